"""The copy of the data: nothing held is forgotten, nothing of others is told, what is missing has its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.domain.splitting import SplitChoices
from caseworker_app.features.handover.domain.kinds import DATA_COMMUNICATION
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.handover.service.reviews import register_of
from caseworker_app.features.handover.service.team_printing import print_team
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.features.rights.documents import render_disclosure
from caseworker_app.features.rights.domain.held import NOT_TOLD, PARTS, TOLD_WHOLE
from caseworker_app.features.rights.domain.redaction import Redaction, RedactionReason, marker, redacted
from caseworker_app.features.rights.domain.restriction import NewRestriction, RestrictionReason
from caseworker_app.features.rights.service import set_restriction
from caseworker_app.features.rights.service.disclosing import (
    ChangedSinceReview,
    HandOver,
    disclosures_of,
    hand_over,
    prepare_disclosure,
)
from caseworker_app.features.rights.service.holding import _is_bookkeeping
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.access_log import AccessKind, read_accesses
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.household_rows import rows_of_household
from caseworker_app.storage.integrity import verify
from tests.bootstrap.canary import Gardener, found
from tests.features.handover import rich_household
from tests.ground import KEY

DAY = date(2026, 11, 24)
AT_TEN = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - the hour on the office's wall


def text_of(path: Path) -> str:
    reader = pypdf.PdfReader(BytesIO(path.read_bytes()))
    return "\n".join(page.extract_text() for page in reader.pages) + str(reader.metadata)


def copy_of(file, who, household, tmp_path, **wanted) -> str:
    out = tmp_path / "copie.pdf"
    hand_over(file, who, HandOver(household, **wanted), out, render_disclosure)
    return text_of(out)


def write(file, who, household, text):
    entry = NewEntry(household, EntryKind.CALL, AT_TEN, observed=text)
    return diary.add_note(file, who, entry)


@pytest.fixture
def couple(file, who):
    """Two adults and a child, with what each is reached by."""
    new = NewHousehold(
        (
            NewMember("Sauvadet", "Nour", Civility.MRS, birth_date=date(1990, 1, 2)),
            NewMember("Bellonte", "Tancrède", Civility.MR, birth_date=date(1988, 3, 4)),
            NewMember("Sauvadet", "Iris", birth_date=date(2016, 5, 6)),
        ),
        (NewAddress("3 rue des Fileuses", None, "59100", "Roubaix"),),
        (NewContact(ContactKind.PHONE, "06 39 98 20 01", safe=True),),
    )
    household = households.create_household(file, who, new)[0]
    with file.reading() as connection:
        people = households.open_household(connection, who, household)
    nour, tancrede, iris = (member.id for member in people.members)
    households.add_contact(
        file, who, household, NewContact(ContactKind.PHONE, "06 39 98 20 02", safe=True, member_id=tancrede)
    )
    return household, nour, tancrede, iris


def test_every_table_is_told_or_says_why_it_is_not():
    without = {name for name, declared in declared_tables().items() if declared.household is None}
    assert without == {*NOT_TOLD, *TOLD_WHOLE}
    told = [table for tables in PARTS.values() for table in tables]
    assert len(told) == len(set(told))
    assert set(told) <= declared_tables().keys()


def test_every_value_of_every_declared_column_is_told_or_taken_out_with_a_reason(file, who, tmp_path):
    """Words planted in each text of each table, and each other value, by the declarations alone."""
    rich = rich_household.build(file, who)
    copy_of(file, who, rich.household_id, tmp_path)
    planted = Gardener().plant(file, who, rich.household_id)
    preparation = prepare_disclosure(file, who, rich.household_id)
    places = {told.place for _, told in preparation.held.fields()}
    with file.reading() as connection:
        rows = rows_of_household(connection, rich.household_id)
    checked = 0
    for table, held in rows.items():
        for row in held:
            for name, value in row.items():
                if value not in (None, "") and not _is_bookkeeping(table, name):
                    assert f"{table}.{name}:{row['id']}" in places, (table, name)
                    checked += 1
    assert checked > 200
    texts = {told.place: told.text for _, told in preparation.held.fields()}
    out_of_it = " ".join(texts[each.place][each.start : each.end] for each in preparation.proposals)
    told = copy_of(file, who, rich.household_id, tmp_path)
    hidden = {"sort_name", "content_hash", "written_to"}
    wanted = {word for (table, name), words in planted.words.items() if name not in hidden for word in words}
    wanted -= {
        word
        for (table, name), words in planted.words.items()
        if declared_tables()[table].household is None and table not in TOLD_WHOLE
        for word in words
    }
    missing = wanted - found(wanted, told) - found(wanted, out_of_it)
    assert missing == set()
    assert found(planted.internal, told), "internal notes are told to the person"


def test_what_was_corrected_or_removed_is_told_as_it_was(file, who, household, tmp_path):
    households.set_visit_instructions(file, who, household, "Sonner chez Vermillon")
    households.set_visit_instructions(file, who, household, "Interphone 7")
    told = copy_of(file, who, household, tmp_path)
    assert "Interphone 7" in told
    assert "Sonner chez Vermillon" in told
    assert "Valeurs antérieures" in told


def test_the_copy_says_its_use_who_read_and_carries_its_number(file, who, household, tmp_path):
    with file.reading() as connection:
        dossier.open_dossier(connection, who, household, DAY)
    file.keep_accesses()
    told = " ".join(copy_of(file, who, household, tmp_path).split())
    for words in ("À quoi servent ces informations", "Combien de temps", "Se plaindre auprès de la CNIL",
                  "Dossier consulté", "Chef·fe de service", "COM-2026-", "sans relecture"):  # fmt: skip
        assert words in told, words


def test_it_is_tagged_and_in_french(file, who, household, tmp_path):
    out = tmp_path / "copie.pdf"
    hand_over(file, who, HandOver(household), out, render_disclosure)
    root = pypdf.PdfReader(out).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr-FR"


def test_people_phones_and_mails_that_are_not_of_the_household_are_taken_out(file, who, household, tmp_path):
    neighbour = NewHousehold((NewMember("Bassoua", "Ilan", Civility.MR), NewMember("Le Vezouet", "Maïwenn")))
    households.create_household(file, who, neighbour)
    write(
        file, who, household,
        "Ilan Bassoua se plaint du bruit, Maïwenn Le Vezouet aussi ; Mme Tavernel, voisine, au 06 39 98 77 66 ou "
        "tavernel@voisine.example, 8 rue des Inventés. Solène Marchadier joignable au 06 39 98 12 47.",
    )  # fmt: skip
    told = copy_of(file, who, household, tmp_path)
    for word in ("Bassoua", "Ilan", "Vezouet", "Tavernel", "77 66", "voisine.example", "Inventés"):
        assert word not in told, word
    for word in (
        "se plaint du bruit",
        "Solène",
        "06 39 98 12 47",
        "[retiré",
        "autre ménage",
        "tierce personne",
    ):
        assert word in " ".join(told.split()), word


def test_a_declared_third_person_is_taken_out_unless_of_the_household_or_the_association(
    file, who, household, tmp_path
):
    with file.reading() as connection:
        member = households.open_household(connection, who, household).members[0]
    with file.unit_of_work(who.worker_id, "plant") as uow:
        uow.update(
            declared_tables()["household_member"].table, member.id, {"protected_by": "Hortense Quimarch"}
        )
    told = copy_of(file, who, household, tmp_path)
    assert "Quimarch" not in told
    with file.unit_of_work(who.worker_id, "plant") as uow:
        uow.update(declared_tables()["household_member"].table, member.id, {"protected_by": "Claire Lenoir"})
    assert "Claire Lenoir" in copy_of(file, who, household, tmp_path)


def test_one_person_alone_is_told_nothing_of_the_others(file, who, couple, tmp_path):
    household, nour, _, _ = couple
    write(file, who, household, "Tancrède a repris un emploi. Nour cherche une place en crèche pour Iris.")
    told = copy_of(file, who, household, tmp_path, member_id=nour)
    for word in ("Tancrède", "Bellonte", "04/03/1988", "20 02", "Iris", "06/05/2016"):
        assert word not in told, word
    for word in (
        "Nour",
        "02/01/1990",
        "3 rue des Fileuses",
        "cherche une place en crèche",
        "autre personne du ménage",
    ):
        assert word in " ".join(told.split()), word


def test_whoever_left_is_told_nothing_written_since(file, who, couple, tmp_path, clock):
    household, _, tancrede, _ = couple
    households.leave_household(file, who, tancrede, DAY)
    file.close()
    later = FixedClock(clock.now().replace(month=12, day=20))
    with EncryptedFile.open(file.folder, KEY, later) as again:
        households.move_house(
            again,
            who,
            household,
            NewAddress("9 rue des Nacelles", None, "62000", "Arras"),
            date(2026, 12, 20),
        )
        write(again, who, household, "Nour est rassurée depuis le déménagement.")
        told = copy_of(again, who, household, tmp_path, member_id=tancrede)
        for word in ("Nacelles", "Arras", "rassurée"):
            assert word not in told, word
        assert "après le départ" in " ".join(told.split())
        preparation = prepare_disclosure(again, who, household, tancrede)
        assert any(each.locked for each in preparation.proposals)
        # What nobody may put back is taken out even from a review that left it in.
        assert "Nacelles" not in copy_of(again, who, household, tmp_path, member_id=tancrede, redactions=())


def test_after_a_violent_separation_neither_copy_tells_of_the_other_file(file, who, couple, tmp_path):
    household, nour, _, iris = couple
    households.set_protected(file, who, household, protected=True)
    split = dossier.split_household(file, who, household, SplitChoices((nour, iris), nour))
    refuge = split[0] if isinstance(split, tuple) else split
    refuge = getattr(refuge, "household_id", refuge)
    households.move_house(file, who, refuge, NewAddress("2 impasse du Refuge", None, "80000", "Amiens"), DAY)
    households.add_contact(file, who, refuge, NewContact(ContactKind.PHONE, "06 39 98 55 55", safe=True))
    write(file, who, household, "Nour serait partie 2 impasse du Refuge, à joindre au 06 39 98 55 55.")
    told = copy_of(file, who, household, tmp_path)
    with file.reading() as connection:
        reference = households.summaries(connection, who, [refuge])[refuge].reference
    for word in ("Refuge", "Amiens", "55 55", "Nour", reference):
        assert word not in told, word


def test_a_protected_household_has_its_places_masked_on_paper(file, who, tmp_path):
    rich = rich_household.build(file, who, protected=True)
    copy_of(file, who, rich.household_id, tmp_path)
    planted = Gardener().plant(file, who, rich.household_id)
    print_document(file, who, DATA_COMMUNICATION.code, rich.household_id, tmp_path / "c.pdf", renderers())
    assert found(planted.places, text_of(tmp_path / "c.pdf")) == set()


def test_it_is_entered_in_both_registers_and_in_the_log(file, who, household, tmp_path):
    write(file, who, household, "Mme Tavernel, voisine, a appelé.")
    printed = print_document(file, who, DATA_COMMUNICATION.code, household, tmp_path / "c.pdf", renderers())
    file.keep_accesses()
    with file.reading() as connection:
        (line,) = register_of(connection, who, household)
        (kept,) = disclosures_of(connection, who, household)
        (access,) = read_accesses(connection, household_ids=(household,), kind=AccessKind.PRINTED)
        assert verify(connection).sound
    assert (line.number, line.recipient_name, line.landlord_id) == (
        printed.number,
        "la personne concernée",
        None,
    )
    assert line.pages == printed.pages > 2
    assert kept.transmission_id == line.id
    assert (kept.passages, kept.reasons) == (1, "third_person")
    assert access.detail == DATA_COMMUNICATION.code
    assert "1\u00a0passage retiré" in printed.remark


def test_under_restriction_the_person_still_receives_it(file, who, household, tmp_path):
    set_restriction(file, who, NewRestriction(household, RestrictionReason.CLAIM, DAY))
    assert "Marchadier" in copy_of(file, who, household, tmp_path)


def test_a_file_that_changed_since_the_review_is_reviewed_again(file, who, household, tmp_path):
    preparation = prepare_disclosure(file, who, household)
    write(file, who, household, "Mme Tavernel a appelé.")
    with pytest.raises(ChangedSinceReview):
        copy_of(
            file,
            who,
            household,
            tmp_path,
            redactions=preparation.proposals,
            fingerprint=preparation.held.fingerprint,
        )
    assert list(tmp_path.glob("*copie*")) == []
    with file.reading() as connection:
        assert register_of(connection, who, household) == []


def test_a_review_takes_out_what_was_chosen_and_nothing_else(file, who, household, tmp_path):
    write(file, who, household, "Mme Tavernel a prêté 40 euros pour le voyage.")
    preparation = prepare_disclosure(file, who, household)
    (proposed,) = preparation.proposals
    text = next(told.text for _, told in preparation.held.fields() if told.place == proposed.place)
    start = text.index("40 euros")
    chosen = (Redaction(proposed.place, start, start + 8, RedactionReason.RIGHTS),)
    told = copy_of(
        file, who, household, tmp_path, redactions=chosen, fingerprint=preparation.held.fingerprint
    ).replace("\n", " ")
    assert "Tavernel" in told
    assert "40 euros" not in told
    assert "sans relecture" not in told


def test_a_team_is_no_answer_to_a_person(file, who, household, tmp_path):
    with pytest.raises(InvalidEntry, match="demande d’une personne"):
        print_team(file, who, DATA_COMMUNICATION.code, "Les Amarres", tmp_path, renderers())


def test_overlapping_passages_become_one():
    passages = [
        Redaction("p", 0, 5, RedactionReason.RIGHTS),
        Redaction("p", 3, 8, RedactionReason.THIRD_PERSON),
    ]
    assert redacted("abcdefghij", passages) == f"{marker(RedactionReason.RIGHTS)}ij"
    assert redacted("abc", ()) == "abc"
    assert redacted("abc", [replace(passages[0], end=3)]) == "[retiré\u00a0: droits d’un tiers]"
