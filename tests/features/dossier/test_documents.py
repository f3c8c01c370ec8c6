"""The follow-up file and its synthesis read back: what they say, at every size, and what they never say."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import (
    AttachmentForm,
    AttachmentKind,
    NewAttachment,
)
from caseworker_app.features.diary import service as diary
from caseworker_app.features.dossier.documents.follow_up import (
    render_follow_up,
    render_material,
    write_follow_up,
)
from caseworker_app.features.dossier.documents.synthesis import render_synthesis
from caseworker_app.features.dossier.domain.follow_up_content import FollowUpFile
from caseworker_app.features.dossier.domain.follow_up_of import follow_up_of
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.autonomy import Level, NewEvaluation, NewLevel, View
from caseworker_app.features.handover.domain.follow_up_sections import (
    BUDGET_AND_HOUSING,
    COMPLETE,
    DIARY_ONLY,
    FOLLOW_UP_PRESETS,
    SYNTHESIS,
    WITHOUT_WRITINGS,
    FollowUpSection,
)
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.lease import Account
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.features.housing.service import rent
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.orientations.domain.orientation import Answer, NewOrientation
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.procedures.domain.procedure import NewProcedure
from caseworker_app.features.procedures.domain.standing import Standing
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.following import Conclusion, NewDiagnosis
from caseworker_app.features.referrals.domain.referral import (
    Decision,
    Given,
    NewDecision,
    NewReferral,
    Sender,
)
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.dossier.follow_up_scene import (
    IDENTITY,
    MARK,
    content,
    multiplied,
    only_a_name,
    read,
    with_words,
    write_entries,
)
from tests.features.handover.rich_household import DAY, Rich, build
from tests.features.handover.test_nothing_leaks import HOME, internal_fields, plant_column
from tests.features.procedures.conftest import paper_pdf
from tests.pdf.reading import assert_sound, links, page_count, poppler, text


@pytest.fixture
def rich(file: EncryptedFile, who: Who) -> Rich:
    return build(file, who)


@pytest.fixture
def full(file: EncryptedFile, who: Who, rich: Rich) -> FollowUpFile:
    return content(file, who, rich.household_id)


def headings(data: bytes) -> list[str]:
    """Return the numbered chapters, by their bookmarks."""
    chapters = PdfReader(BytesIO(data)).outline[1]
    return [entry.title.replace("\u00a0", " ") for entry in chapters if not isinstance(entry, list)]


def test_the_file_of_a_household_followed_for_a_year(full: FollowUpFile) -> None:
    data = render_follow_up(full, IDENTITY)
    tree = assert_sound(data)
    assert [re.sub(r"^\d+\. ", "", heading) for heading in headings(data)] == [
        "Le ménage",
        "Parcours depuis l’entrée",
        "Logement et loyer",
        "Mesures d’accompagnement",
        "Objectifs et étapes",
        "Autonomie à deux dates",
        "Budget – novembre 2026",
        "Journal des visites et des appels",
        "Accords de partage",
    ]
    assert len(tree.all("TOC")) == 1
    assert len(links(data)) == len(tree.all("TOCI")) > 15


def test_it_says_what_the_file_holds(full: FollowUpFile) -> None:
    said = text(render_follow_up(full, IDENTITY))
    for words in (
        "Mme Solène Marchadier",
        "curatelle simple (Udaf inventée)",
        "8 allée des Glycines, porte 23, 35990 Valmère",
        "503,40 € (loyer 450,00 € ; charges 53,40 €)",
        "Loyer et charges dus à l’association et payés",
        "8 mensualités de 12,45 €",
        "à jour, justificatif reçu le 28 octobre 2026",
        "fragile",
        "Ressources − charges contraintes : 980,00 −",
        "Crédit inventé",
        "fatigue à surveiller, voir le médecin",
        "passage du plombier",
        "en cours jusqu’au 31 mars 2027",
    ):
        assert words.lower() in said.lower(), words


def test_every_page_tells_which_copy_it_is(full: FollowUpFile) -> None:
    pages = [
        " ".join(p.extract_text().replace("\u00a0", " ").split())
        for p in PdfReader(BytesIO(render_follow_up(full, IDENTITY))).pages
    ]
    for number, page in enumerate(pages, start=1):
        assert f"Page {number}/{len(pages)}" in page
        assert MARK.copy in page
        assert "Imprimé le 24/11/2026 à 14 h 32 par Claire Lenoir" in page
        assert "Interne" in page


def test_two_accounts_of_a_sublease_are_never_one(file: EncryptedFile, who: Who, rich: Rich) -> None:
    owed = NewRentEntry(
        rich.household_id,
        rich.lease_id,
        Account.ASSOCIATION_TO_LANDLORD,
        date(2026, 11, 1),
        RentEntryKind.DUE,
        61_234,
    )
    rent.record_rent_entry(file, who, owed)
    made = content(file, who, rich.household_id)
    assert made.housing is not None
    assert [account.payee for account in made.housing.accounts] == ["l’association", "Valmère Habitat"]
    balances = [account.lines[0].text for account in made.housing.accounts]
    assert ["612,34" in balance for balance in balances] == [False, True]
    said = text(render_follow_up(made, IDENTITY))
    assert "Ce que le ménage doit à l’association" in said
    assert "Ce que l’association doit au bailleur" in said


def test_orientations_stand_with_what_came_of_them(file: EncryptedFile, who: Who, rich: Rich) -> None:
    ccas = partners.add_partner(file, who, NewPartner("CCAS de Hem"))[0]
    new = NewOrientation(
        ccas, "Dettes d’énergie", DAY, answer=Answer.ACCEPTED, answered_on=DAY, result="Aide accordée"
    )
    orientations.propose_orientation(file, who, rich.household_id, new)
    told = squeezed(text(render_follow_up(content(file, who, rich.household_id), IDENTITY)))
    for words in (
        "Orientations vers des partenaires", "CCAS de Hem", "Acceptée", "Dettes d’énergie", "Aide accordée",
    ):  # fmt: skip
        assert squeezed(words) in told
    (line,) = content(file, who, rich.household_id, WITHOUT_WRITINGS).orientations
    assert (line.state, line.why, line.result) == ("Acceptée", "", "")


def test_referrals_stand_with_what_was_decided_and_on_the_path(
    file: EncryptedFile, who: Who, rich: Rich
) -> None:
    asked = NewReferral(
        DAY,
        Sender.LANDLORD,
        ("unpaid_rent",),
        body="Valmère Habitat",
        given=Given(statement="Ne répond plus"),
    )
    key = referrals.receive_referral(file, who, asked, rich.household_id)[0].referral_id
    found = NewDiagnosis(DAY, conclusion=Conclusion.NO_MEASURE, no_measure_code="autonomous")
    referrals.write_diagnosis(file, who, key, found)
    whole = content(file, who, rich.household_id)
    told = squeezed(text(render_follow_up(whole, IDENTITY)))
    for words in (
        "Demandes reçues", "Valmère Habitat (bailleur)", "DEM-", "Non-lieu à mesure", "Impayé de loyer",
        "Ne répond plus",
    ):  # fmt: skip
        assert squeezed(words) in told
    marked = [event.what.replace("\u00a0", " ") for event in whole.path]
    assert "Demande reçue : Valmère Habitat" in marked
    assert "Diagnostic : non-lieu à mesure" in marked
    decision = NewDecision(Decision.WAITING_LIST, DAY, review_on=DAY + timedelta(30))
    referrals.decide_referral(file, who, key, decision)
    bare = content(file, who, rich.household_id, WITHOUT_WRITINGS)
    (line,) = bare.referrals
    assert (line.state, line.why, line.statement) == ("Liste d’attente", "", "")
    assert any(event.what == "Demande en liste d’attente" for event in bare.path)


def test_nothing_adds_levels_up(full: FollowUpFile) -> None:
    data = render_follow_up(full, IDENTITY)
    words = text(data) + " ".join(figure.alt for figure in assert_sound(data).all("Figure"))
    assert not re.search(r"\bcrise\b|\bscore\b|niveau moyen|\d\s*/\s*5\b|\bsur 5\b", words)
    assert full.autonomy is not None
    assert {each.now for each in full.autonomy.domains} == {"en progrès"}


def test_a_domain_not_assessed_is_said_and_not_drawn(file: EncryptedFile, who: Who, rich: Rich) -> None:
    levels = (
        NewLevel("rent_payment", Level.NOT_ASSESSED),
        NewLevel("budget", Level.NOT_APPLICABLE),
        NewLevel("upkeep", Level.FRAGILE, "observation écrite"),
    )
    goals.record_evaluation(file, who, NewEvaluation(rich.household_id, DAY, View.WORKER, levels))
    part = content(file, who, rich.household_id).autonomy
    assert part is not None
    told = {each.label: (each.before, each.now, each.now_place, each.trend) for each in part.domains}
    assert told["Paiement du loyer"] == ("fragile", "non évalué", None, "–")
    assert told["Budget"] == ("fragile", "sans objet", None, "–")
    assert told["Entretien et usage"] == ("fragile", "fragile", 2, "stable")


def test_a_household_of_which_only_the_name_is_known(file: EncryptedFile, who: Who) -> None:
    made = content(file, who, only_a_name(file, who))
    data = render_follow_up(made, IDENTITY)
    assert_sound(data)
    assert page_count(data) == 3
    assert headings(data) == ["1. Le ménage"]
    assert "Parties où rien n’est encore écrit" in text(data)
    assert_sound(render_synthesis(made, IDENTITY))


@pytest.mark.parametrize("preset", FOLLOW_UP_PRESETS)
def test_no_preset_fails_on_a_name_only(file: EncryptedFile, who: Who, preset) -> None:
    assert_sound(render_material(read(file, who, only_a_name(file, who), preset), IDENTITY))


def test_procedures_say_what_is_received_missing_or_expired_and_never_the_pieces(
    file: EncryptedFile, who: Who, rich: Rich
) -> None:
    key, _ = procedures.begin_procedure(
        file,
        who,
        rich.household_id,
        NewProcedure("social_housing", DAY - timedelta(3), note="Voir la CAF, porte 23"),
    )
    first, second = [line.key for line in _standing(file, who, rich.household_id).lines][:2]
    held, _ = attachments.keep_file(file, who, paper_pdf(), "Secret de famille.pdf")
    form = AttachmentForm("Secret de famille", AttachmentKind.PROOF)
    piece = attachments.add_attachments(file, who, rich.household_id, [NewAttachment(held, form)])[0][0]
    procedures.receive_paper(file, who, key, second, piece, dated_on=DAY)
    procedures.receive_paper(file, who, key, first, until=DAY - timedelta(2))
    (part,) = content(file, who, rich.household_id).procedures
    assert part.note
    assert [each.state for each in part.papers[:3]] == ["Expirée", "Reçue", "Manquante"]
    assert part.papers[1].days == "reçue le 24/11/2026, datée du 24/11/2026"
    assert "vue, sans copie, expirée depuis le 22/11/2026" in part.papers[0].days
    said = text(render_material(read(file, who, rich.household_id), IDENTITY))
    assert "Démarches et pièces demandées" in said
    assert "Secret de famille" not in said
    assert content(file, who, rich.household_id, WITHOUT_WRITINGS).procedures[0].note == ""
    assert content(file, who, rich.household_id, BUDGET_AND_HOUSING).procedures == ()


def _standing(file: EncryptedFile, who: Who, household_id: str) -> Standing:
    with file.reading() as connection:
        return procedures.standings_of(connection, who, household_id, DAY)[0]


def test_three_hundred_entries_run_over_pages_each_whole(file: EncryptedFile, who: Who, rich: Rich) -> None:
    write_entries(file, who, rich.household_id, 300)
    data = render_follow_up(content(file, who, rich.household_id, DIARY_ONLY), IDENTITY)
    assert_sound(data)
    said = text(data)
    for number in range(300):
        assert said.count(f"Appel numéro {number}.") == 1
    assert "Année 2026 : " in said
    assert 30 < page_count(data) < 90


def test_an_addition_stands_with_what_it_completes(file: EncryptedFile, who: Who, rich: Rich) -> None:
    diary.add_addition(file, who, rich.visit_id, "le plombier a rappelé")
    made = content(file, who, rich.household_id).diary
    (entry,) = [
        each for each in made if each.number and any("plombier a rappelé" in r.text for r in each.rows)
    ]
    assert entry.rows[-2].label.startswith("Complément du")
    assert len(made) == 3


def test_each_preset_prints_its_sections_and_names_the_others(
    file: EncryptedFile, who: Who, rich: Rich
) -> None:
    only_diary = render_material(read(file, who, rich.household_id, DIARY_ONLY), IDENTITY)
    assert headings(only_diary) == ["1. Journal des visites et des appels"]
    money = render_material(read(file, who, rich.household_id, BUDGET_AND_HOUSING), IDENTITY)
    assert headings(money) == ["1. Logement et loyer", "2. Budget – novembre 2026"]
    assert "Parties non imprimées dans cet exemplaire" in text(money)
    assert "journal des visites" in text(money)


@pytest.mark.parametrize("section", list(FollowUpSection))
def test_any_section_may_be_left_out(file: EncryptedFile, who: Who, rich: Rich, section) -> None:
    preset = replace(COMPLETE, sections=COMPLETE.sections - {section})
    made = content(file, who, rich.household_id, preset)
    assert not getattr(made, section.value)
    assert len(made.head.left_out) == 1
    assert_sound(render_follow_up(made, IDENTITY))


# Masks and writings


def test_a_protected_household_shows_neither_home_nor_phone(file: EncryptedFile, who: Who) -> None:
    rich = build(file, who, protected=True)
    diary.add_addition(file, who, rich.visit_id, "vue 8, allée des Glycines, joindre au 06.39.98.12.47")
    for preset in FOLLOW_UP_PRESETS:
        said = text(render_material(read(file, who, rich.household_id, preset), IDENTITY))
        for hidden in ("Glycines", "porte 23", "35990", "98 12 47", "98.12.47", "04-118-023", "chien au rez"):
            assert hidden not in said, (preset.code, hidden)
        assert "asqué" in said, preset.code


def test_a_protected_household_hides_every_field_of_its_home(file: EncryptedFile, who: Who) -> None:
    rich = build(file, who, protected=True)
    numbers = iter(range(100, 999))
    with file.unit_of_work(who.worker_id, "plant") as uow:
        planted = [w for each in HOME for w in plant_column(uow, *each, "1", numbers)]
        planted += plant_column(uow, "contact", "value", "1", numbers)
    said = str(content(file, who, rich.household_id))
    assert [word for word in planted if word in said] == []


def test_an_ordinary_household_shows_its_home(file: EncryptedFile, who: Who, rich: Rich) -> None:
    said = text(render_material(read(file, who, rich.household_id), IDENTITY))
    assert "Glycines" in said
    assert "06 39 98 12 47" in said


def test_without_writings_nothing_declared_interne_is_printed(
    file: EncryptedFile, who: Who, rich: Rich
) -> None:
    numbers = iter(range(100, 999))
    with file.unit_of_work(who.worker_id, "plant") as uow:
        planted = [
            w for table, name in internal_fields() for w in plant_column(uow, table, name, "1", numbers)
        ]
        for table, name in (("promise", "text"), ("room_condition", "observation")):
            planted += plant_column(uow, table, name, "shareable = 0", numbers)
        planted += plant_column(uow, "goal", "title", "domain IN ('health', 'children')", numbers)
    assert len(planted) > 25
    material = read(file, who, rich.household_id, WITHOUT_WRITINGS)
    said = str(follow_up_of(material)) + text(render_material(material, IDENTITY))
    assert [word for word in planted if word in said] == []
    assert "curatelle" not in said
    assert "Santé" not in said
    whole = str(content(file, who, rich.household_id))
    assert sum(word in whole for word in planted) > 15, "the complete file does print what is planted"


# The synthesis is one page


def synthesis_pages(made: FollowUpFile) -> int:
    data = render_synthesis(made, IDENTITY)
    assert_sound(data)
    return page_count(data)


def test_the_synthesis_says_the_essential_on_one_page(file: EncryptedFile, who: Who, rich: Rich) -> None:
    made = content(file, who, rich.household_id, SYNTHESIS)
    said = text(render_synthesis(made, IDENTITY))
    assert synthesis_pages(made) == 1
    for words in (
        "Solène Marchadier",
        "Signaler les travaux",
        "visite à domicile",
        "Prochaine étape",
        "en progrès",
    ):
        assert words in said, words


@pytest.mark.parametrize("words", ["", "x" * 5000, "W" * 40, "mot " * 2000, "<b>\x00漢</b>\n" * 300])
@pytest.mark.parametrize("times", [1, 8])
def test_the_synthesis_is_one_page_whatever_there_is(full: FollowUpFile, words: str, times: int) -> None:
    data = render_synthesis(multiplied(with_words(full, words), times), IDENTITY)
    assert page_count(data) == 1


def test_the_synthesis_of_too_much_counts_what_it_leaves_out(full: FollowUpFile) -> None:
    said = text(render_synthesis(multiplied(full, 8), IDENTITY))
    assert "de plus au dossier" in said


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text(max_size=300), times=st.integers(1, 4))
def test_the_synthesis_is_one_page_whatever_was_typed(full: FollowUpFile, words: str, times: int) -> None:
    data = render_synthesis(multiplied(with_words(full, words), times), IDENTITY)
    assert page_count(data) == 1


# Any text


@pytest.mark.parametrize("words", ["", " ", "x" * 3000, "mot " * 900, "<b>&amp;\x00漢\u202e</b>\n" * 100])
def test_any_text_holds_on_its_pages(full: FollowUpFile, words: str) -> None:
    data = render_follow_up(with_words(full, words), IDENTITY)
    if words.strip():
        assert_sound(data)
    assert page_count(data) >= 3


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text(st.characters(), max_size=200))
def test_anything_typed_anywhere_is_printed(full: FollowUpFile, words: str) -> None:
    assert page_count(render_follow_up(with_words(full, words), IDENTITY)) >= 3


def test_the_same_content_gives_the_same_bytes(full: FollowUpFile) -> None:
    assert render_follow_up(full, IDENTITY) == render_follow_up(full, IDENTITY)


def test_it_is_written_whole_and_refused_in_french(full: FollowUpFile, tmp_path: Path) -> None:
    out = tmp_path / "dossier.pdf"
    write_follow_up(full, IDENTITY, out)
    read_back = poppler("pdfinfo", "-struct-text", out)
    assert "TOCI" in read_back
    assert all(line.split()[-5] == "yes" for line in poppler("pdffonts", out).splitlines()[2:])
    with pytest.raises(CaseworkerError, match="n’existe pas"):
        write_follow_up(full, IDENTITY, tmp_path / "absent" / "dossier.pdf")


def test_no_text_of_the_content_is_lost_on_the_way_to_the_page(full: FollowUpFile) -> None:
    said = squeezed(text(render_follow_up(full, IDENTITY)))
    worded_otherwise = {"Dit par le ménage"}
    for words in set(texts_of(full)) - worded_otherwise:
        for line in words.splitlines():
            assert squeezed(line) in said, line


def squeezed(words: str) -> str:
    """Return letters and digits only: lines break and typography changes on the way."""
    return re.sub(r"\W+", "", words).casefold()


def texts_of(value: Any) -> list[str]:
    """Return every text of a content, but the keys of titles that the page words in its own way."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [words for each in value for words in texts_of(each)]
    if is_dataclass(value) and not isinstance(value, type):
        return [words for each in fields(value) for words in texts_of(getattr(value, each.name))]
    return []


def test_whoever_left_is_told_with_the_day_and_counted_no_more(
    file: EncryptedFile, who: Who, household: str
) -> None:
    with file.reading() as connection:
        lila = households.open_household(connection, who, household).members[1]
    households.leave_household(file, who, lila.id, date(2026, 11, 3))
    told = str(content(file, who, household)).replace("\\xa0", " ")
    assert "Line(label='A quitté le ménage', text='Lila Marchadier, le 3 novembre 2026'" in told
    assert "1 personne." in told
