"""Two households made one, and one parted: shown field by field, nothing lost, undone in one click."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.domain.merging import MergeChoices
from caseworker_app.features.dossier.domain.splitting import SplitChoices
from caseworker_app.features.dossier.domain.undoing import CannotUndo
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Relation,
)
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed
from caseworker_app.kernel.joining import Outcome
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.search import find_households
from tests.ground import KEY, NOW

DAY = date(2026, 11, 24)


@pytest.fixture
def other(file: EncryptedFile, who: Who) -> str:
    """The same person written twice, a partner, and what the first file does not know."""
    new = NewHousehold(
        (
            NewMember("MARCHADIER", "Solene", Civility.MRS, birth_date=date(1992, 3, 14), language="créole"),
            NewMember("Bassoua", "Ilan", Civility.MR, relation=Relation.PARTNER),
        ),
        (NewAddress("14, rue des tisserands", "bât. B, apt 12", "59100", "ROUBAIX", date(2024, 1, 2)),),
        (
            NewContact(ContactKind.PHONE, "+33639981247", instructions="Pas le matin"),
            NewContact(ContactKind.PHONE, "06 39 98 55 20", member=1),
        ),
        note="Deuxième dossier, ouvert par erreur.",
        opened_on=date(2026, 3, 1),
    )
    return households.create_household(file, who, new)[0]


def opened(file: EncryptedFile, who: Who, household_id: str):
    with file.reading() as connection:
        return households.open_household(connection, who, household_id)


def proposed(file: EncryptedFile, who: Who, kept: str, absorbed: str):
    with file.reading() as connection:
        return service.propose_merge(connection, who, kept, absorbed, DAY)


def found(file: EncryptedFile, words: str) -> list[str]:
    with file.reading() as connection:
        return [hit.household_id for hit in find_households(connection, words)]


def sound(file: EncryptedFile) -> bool:
    with file.reading() as connection:
        return verify(connection).sound


def test_both_are_shown_field_by_field(file, who, household, other):
    proposal = proposed(file, who, household, other)
    assert proposal.refusal is None
    assert [(same.why) for same in proposal.same_members] == ["même nom et même date de naissance"]
    shown = {(f.subject, f.label): (f.kept, f.absorbed, f.outcome) for f in proposal.fields}
    person = "personne «\u00a0Solène Marchadier\u00a0»"
    phone = "coordonnée «\u00a006\u00a039\u00a098\u00a012\u00a047\u00a0»"
    assert shown[person, "prénom"] == ("Solène", "Solene", Outcome.CHOOSE)
    assert shown[person, "langue"] == ("vide", "créole", Outcome.FILLED)
    assert shown[phone, "utilisable sans risque"] == ("oui", "non", Outcome.CAUTIOUS)
    assert shown[phone, "consignes"] == ("SMS après 17 h", "Pas le matin", Outcome.BOTH)
    assert shown["dossier", "ouvert le"] == ("24/11/2026", "01/03/2026", Outcome.CHOOSE)
    assert [(c.words, c.count) for c in proposal.coming] == [("coordonnée", 1), ("personne", 1)]


def test_what_was_one_thing_in_both_is_not_doubled(file, who, household, other):
    choices = proposed(file, who, household, other).choices()
    report, changes = service.merge_households(file, who, household, other, choices)
    people = opened(file, who, household)
    assert [m.first_name for m in people.members] == ["Solène", "Lila", "Ilan"]
    assert people.members[0].relation is Relation.REFERENCE_PERSON
    assert people.household.name == "Solène Marchadier et Ilan Bassoua"
    assert [a.from_date for a in people.addresses] == [date(2024, 1, 2)]
    assert sorted(c.value for c in people.contacts) == ["+33639981247", "+33639985520"]
    shared = next(c for c in people.contacts if c.value == "+33639981247")
    assert not shared.safe
    assert shared.instructions is not None
    assert {"SMS après 17 h", "Pas le matin"} <= set(shared.instructions.splitlines())
    assert people.household.note == "Deuxième dossier, ouvert par erreur."
    assert report.not_doubled == 2
    assert any("prénom\u00a0: Solene" in line for line in report.set_aside)
    assert changes.concerns(household=household)
    assert changes.concerns(household=other)
    assert sound(file)


def test_what_the_person_takes_from_the_other_is_kept(file, who, household, other):
    proposal = proposed(file, who, household, other)
    key = next(f.key for f in proposal.fields if f.label == "ouvert le")
    choices = MergeChoices(proposal.choices().same_members, frozenset({key}))
    report, _ = service.merge_households(file, who, household, other, choices)
    assert opened(file, who, household).household.opened_on == date(2026, 3, 1)
    assert "dossier, ouvert le\u00a0: 24/11/2026" in report.set_aside


def test_the_reference_and_the_name_that_went_still_find_the_household(file, who, household, other):
    gone = opened(file, who, other).household
    service.merge_households(file, who, household, other, MergeChoices())
    with file.reading() as connection:
        assert households.find_by_reference(connection, who, gone.reference).id == household
        former = households.former_of(connection, who, household)
    assert [(f.reference, f.name, f.former_id) for f in former] == [(gone.reference, gone.name, other)]
    assert former[0].note is not None
    assert "était la personne de référence" in former[0].note
    for words in (gone.reference, "bassoua", "06 39 98 55 20", "par erreur", "lila"):
        assert found(file, words) == [household], words


def test_the_history_of_both_is_read_from_the_one_that_stays(file, who, household, other):
    households.set_visit_instructions(file, who, other, "Sonner deux fois")
    service.merge_households(file, who, household, other, MergeChoices())
    with file.reading() as connection:
        lines = service.history_of(connection, who, household)
    assert [line.action for line in lines] == [
        "réunion de deux dossiers",
        "consignes de visite",
        "dossier créé",
        "dossier créé",
    ]
    assert "personne\u00a0: repris d’un dossier réuni à celui-ci (2 fois)" in lines[0].details
    assert lines[1].changes[0].fields[0].after == "Sonner deux fois"


def test_a_merge_is_undone_in_one_click(file, who, household, other):
    before = [opened(file, who, each) for each in (household, other)]
    service.merge_households(file, who, household, other, proposed(file, who, household, other).choices())
    words, _ = service.take_back_last(file, who)
    assert words == "réunion de deux dossiers"
    after = [opened(file, who, each) for each in (household, other)]
    assert [_said(each) for each in after] == [_said(each) for each in before]
    assert found(file, "bassoua") == [other]
    assert sound(file)


def _said(people) -> str:
    """A household file without the versions of its rows."""
    rows = [
        asdict(people.household),
        *(asdict(r) for r in (*people.members, *people.addresses, *people.contacts)),
    ]
    return repr([{k: v for k, v in row.items() if k != "version"} for row in rows])


def test_a_merge_that_something_rests_on_says_what(file, who, household, other):
    service.merge_households(file, who, household, other, MergeChoices())
    ilan = next(m for m in opened(file, who, household).members if m.first_name == "Ilan")
    lila = next(c for c in opened(file, who, household).contacts if c.value == "+33639981247")
    changed = NewContact(ContactKind.PHONE, "06 39 98 12 47", member_id=ilan.id)
    households.change_contact(file, who, lila.id, changed)
    with file.reading() as connection:
        merge = service.undoable_changes(connection, who, household)[1]
    assert merge.action == "réunion de deux dossiers"
    assert merge.obstacle is not None
    with pytest.raises(CannotUndo) as refused:
        service.undo_change(file, who, merge.changeset_id)
    sentence = refused.value.sentence
    assert "Claire Lenoir a enregistré «\u00a0téléphone ou courriel modifié\u00a0»" in sentence
    assert "24/11/2026 à " in sentence
    later = refused.value.later_changeset_id
    assert later is not None
    service.undo_change(file, who, later)
    service.undo_change(file, who, merge.changeset_id)
    assert opened(file, who, other).household.id == other


def test_what_is_done_again_can_be_undone_again(file, who, household, other):
    service.merge_households(file, who, household, other, MergeChoices())
    service.take_back_last(file, who)
    for expected in (household, other, household):
        with file.reading() as connection:
            last = service.undoable_changes(connection, who)[0]
        assert last.is_undo
        service.undo_change(file, who, last.changeset_id)
        assert found(file, "bassoua") == [expected]
        assert sound(file)


def test_a_volunteer_merges_nothing(file, who, household, other):
    with pytest.raises(NotAllowed):
        service.merge_households(file, Who("x", "X", Role.VOLUNTEER), household, other, MergeChoices())


def test_one_household_is_not_merged_with_itself(file, who, household):
    assert proposed(file, who, household, household).refusal is not None
    with pytest.raises(InvalidEntry, match="deux dossiers différents"):
        service.merge_households(file, who, household, household, MergeChoices())


def test_a_protected_one_never_goes_where_more_people_read(file, who, household, other):
    households.set_protected(file, who, other, protected=True)
    with file.unit_of_work(who.worker_id, "move") as uow:
        space = uow.insert(declaration_of("space").table, {"name": "Réservé", "kind": "protected"})
        uow.update(declaration_of("household").table, other, {"space_id": space})
    with pytest.raises(InvalidEntry, match="espace protégé"):
        service.merge_households(file, who, household, other, MergeChoices())
    service.merge_households(file, who, other, household, MergeChoices())
    assert opened(file, who, other).household.protected
    assert sound(file)
    service.take_back_last(file, who)
    assert not opened(file, who, household).household.protected
    assert sound(file)


def test_protection_of_either_stays(file, who, household, other):
    households.set_protected(file, who, other, protected=True)
    service.merge_households(file, who, household, other, MergeChoices())
    assert opened(file, who, household).household.protected


@pytest.fixture
def drafts(tmp_path: Path):
    with Drafts(tmp_path, KEY, FixedClock(NOW)) as opened:
        yield opened


def test_what_is_being_typed_follows_and_comes_back(file, who, household, other, drafts):
    drafts.keep(f"visit:{other}", {"household_id": other, "observed": "Rien"}, other)
    service.merge_households(file, who, household, other, MergeChoices(), drafts)
    followed = drafts.find(f"visit:{household}")
    assert followed is not None
    assert followed.content == {"household_id": household, "observed": "Rien"}
    drafts.keep(f"visit:{household}", {"household_id": household, "observed": "Rien à dire"}, household)
    service.take_back_last(file, who, drafts)
    back = drafts.find(f"visit:{other}")
    assert back is not None
    assert back.content == {"household_id": other, "observed": "Rien à dire"}
    assert drafts.find(f"visit:{household}") is None


def test_two_drafts_of_one_form_must_be_settled_first(file, who, household, other, drafts):
    for each in (household, other):
        drafts.keep(f"visit:{each}", {}, each)
    with pytest.raises(InvalidEntry, match="brouillons"):
        service.merge_households(file, who, household, other, MergeChoices(), drafts)
    assert opened(file, who, other).household.id == other


def test_members_who_leave_take_what_is_theirs(file, who, other):
    ilan = opened(file, who, other).members[1]
    with file.reading() as connection:
        proposal = service.propose_split(connection, who, other, [ilan.id], DAY)
    leaving = {part.words for part in proposal.parts if part.leaves}
    assert leaving == {
        "Personne «\u00a0Ilan Bassoua\u00a0»",
        "Coordonnée «\u00a006\u00a039\u00a098\u00a055\u00a020\u00a0»",
    }
    where = NewAddress("3 rue du Port", None, "59800", "Lille", date(2026, 11, 20))
    report, _ = service.split_household(
        file, who, other, SplitChoices((ilan.id,), ilan.id, new_address=where)
    )
    first, new = opened(file, who, other), opened(file, who, report.household_id)
    assert (first.household.name, new.household.name) == (
        "Mme\u00a0Solene MARCHADIER",
        "M.\u00a0Ilan Bassoua",
    )
    assert [c.value for c in first.contacts] == ["+33639981247"]
    assert [c.value for c in new.contacts] == ["+33639985520"]
    assert [a.city for a in new.addresses] == ["Lille"]
    assert new.members[0].relation is Relation.REFERENCE_PERSON
    assert found(file, "06 39 98 55 20") == [report.household_id]
    with file.reading() as connection:
        link = households.separations_of(connection, who, other)[0]
    assert (link.other_id, link.separated_on) == (report.household_id, DAY)
    assert sound(file)
    service.take_back_last(file, who)
    assert len(opened(file, who, other).members) == 2
    assert found(file, "bassoua") == [other]


def test_files_of_spouses_never_show_each_other_when_either_is_protected(file, who, other):
    ilan = opened(file, who, other).members[1]
    report, _ = service.split_household(file, who, other, SplitChoices((ilan.id,), ilan.id))
    households.set_protected(file, who, other, protected=True)
    with file.reading() as connection:
        for each in (other, report.household_id):
            assert households.separations_of(connection, who, each) == []
        told = repr(service.history_of(connection, who, other))
    assert report.reference not in told


def test_a_file_protected_as_it_is_separated_is_linked_to_nothing(file, who, other):
    solene, ilan = opened(file, who, other).members
    choices = SplitChoices((solene.id,), solene.id, protect_new=True)
    report, _ = service.split_household(file, who, other, choices)
    households.set_protected(file, who, report.household_id, protected=False)
    with file.reading() as connection:
        assert households.separations_of(connection, who, other) == []
    assert opened(file, who, other).reference_person.id == ilan.id


def test_someone_must_stay_and_someone_must_leave(file, who, other):
    everyone = tuple(m.id for m in opened(file, who, other).members)
    for leaving, sentence in (((), "Choisissez au moins"), (everyone, "Une personne au moins reste")):
        with pytest.raises(InvalidEntry, match=sentence):
            service.split_household(file, who, other, SplitChoices(leaving, everyone[0]))


def test_the_last_changes_say_what_stands_in_their_way(file, who, household):
    households.set_visit_instructions(file, who, household, "un")
    households.set_visit_instructions(file, who, household, "deux")
    with file.reading() as connection:
        last, before, created = service.undoable_changes(connection, who, household)
    assert (last.obstacle, last.undone) == (None, False)
    assert before.obstacle is not None
    assert "consignes de visite" in before.obstacle
    assert created.obstacle is not None
    service.undo_change(file, who, last.changeset_id)
    service.undo_change(file, who, before.changeset_id)
    with file.reading() as connection:
        told = {each.changeset_id: each for each in service.undoable_changes(connection, who, household)}
    assert told[before.changeset_id].undone
    assert opened(file, who, household).household.visit_instructions is None
