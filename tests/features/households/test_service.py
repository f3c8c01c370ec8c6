"""Each intention on a household is one transaction with its history, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.features.households import service
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    HouseholdFile,
    LegalProtection,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Reading,
    Relation,
)
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.declarations import declaration_of, references_to
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.history import count_changesets, household_history
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import snapshot
from caseworker_app.storage.search import find_households
from caseworker_app.storage.undo import undo_last
from caseworker_app.storage.unit_of_work import ChangedMeanwhile

SETE = NewAddress("3 rue Basse", None, "34200", "Sète")
PHONE = NewContact(ContactKind.PHONE, "06 39 98 00 01")
ON = date(2026, 11, 2)


@dataclass(frozen=True)
class Place:
    """A household in its file, as somebody works on it."""

    file: EncryptedFile
    who: Who
    id: str

    def read(self) -> HouseholdFile:
        with self.file.reading() as connection:
            return service.open_household(connection, self.who, self.id)

    def intentions(self) -> list[str]:
        with self.file.reading() as connection:
            return [event.intention for event in household_history(connection, self.id)]

    def found(self, words: str) -> bool:
        with self.file.reading() as connection:
            return any(hit.household_id == self.id for hit in find_households(connection, words))


@pytest.fixture
def place(file: EncryptedFile, who: Who, household: str) -> Place:
    return Place(file, who, household)


@pytest.fixture
def scene(place: Place, request: pytest.FixtureRequest) -> Place:
    """The household as an intention finds it: somebody has left before they return."""
    if request.getfixturevalue("name") == "return_to_household":
        service.leave_household(place.file, place.who, _second(place.read()), ON)
    return place


Intention = Callable[[Place, HouseholdFile, Who], object]


def _second(read: HouseholdFile) -> str:
    return read.members[1].id


def _gone(read: HouseholdFile) -> str:
    return read.former_members[0].id


# Every intention that changes a household, as a person would use it.
INTENTIONS: dict[str, Intention] = {
    "create_household": lambda p, _, w: service.create_household(
        p.file, w, NewHousehold((NewMember("Sorel"),))
    ),
    "add_member": lambda p, _, w: service.add_member(p.file, w, p.id, NewMember("Sorel")),
    "change_member": lambda p, r, w: service.change_member(p.file, w, _second(r), NewMember("Sorel")),
    "change_reference_person": lambda p, r, w: service.change_reference_person(
        p.file, w, _second(r), Relation.PARENT
    ),
    "leave_household": lambda p, r, w: service.leave_household(p.file, w, _second(r), ON),
    "return_to_household": lambda p, r, w: service.return_to_household(p.file, w, _gone(r)),
    "remove_member": lambda p, r, w: service.remove_member(p.file, w, _second(r)),
    "move_house": lambda p, _, w: service.move_house(p.file, w, p.id, SETE, ON),
    "add_address": lambda p, _, w: service.add_address(p.file, w, p.id, SETE),
    "change_address": lambda p, r, w: service.change_address(p.file, w, r.addresses[0].id, SETE),
    "remove_address": lambda p, r, w: service.remove_address(p.file, w, r.addresses[0].id),
    "add_contact": lambda p, _, w: service.add_contact(p.file, w, p.id, PHONE),
    "change_contact": lambda p, r, w: service.change_contact(p.file, w, r.contacts[0].id, PHONE),
    "remove_contact": lambda p, r, w: service.remove_contact(p.file, w, r.contacts[0].id),
    "set_visit_instructions": lambda p, _, w: service.set_visit_instructions(p.file, w, p.id, "Sonner"),
    "change_note": lambda p, _, w: service.change_note(p.file, w, p.id, "Suite"),
    "set_protected": lambda p, _, w: service.set_protected(p.file, w, p.id, protected=True),
}
READS: dict[str, Intention] = {
    "open_household": lambda p, _, w: _reading(p, service.open_household, w, p.id),
    "find_by_reference": lambda p, r, w: _reading(p, service.find_by_reference, w, r.household.reference),
    "count_households": lambda p, _, w: _reading(p, service.count_households, w),
    "page_of_households": lambda p, _, w: _reading(p, service.page_of_households, w, offset=0, limit=5),
    "summaries": lambda p, _, w: _reading(p, service.summaries, w, [p.id]),
    "former_of": lambda p, _, w: _reading(p, service.former_of, w, p.id),
    "separations_of": lambda p, _, w: _reading(p, service.separations_of, w, p.id),
}
IMPORT_READS: dict[str, Intention] = {
    "references": lambda p, _, w: _reading(p, service.references, w),
    "known_members": lambda p, _, w: _reading(p, service.known_members, w),
    "known_contacts": lambda p, _, w: _reading(p, service.known_contacts, w),
    "known_addresses": lambda p, _, w: _reading(p, service.known_addresses, w),
    "count_members": lambda p, _, w: _reading(p, service.count_members, w),
}


def _reading(place: Place, read: Callable[..., object], *arguments: object, **named: object) -> object:
    with place.file.reading() as connection:
        return read(connection, *arguments, **named)


def _rows(file: EncryptedFile) -> dict[str, list[tuple[object, ...]]]:
    with file.reading() as connection:
        return snapshot(connection)


def _changesets(file: EncryptedFile) -> int:
    with file.reading() as connection:
        return count_changesets(connection)


def test_every_intention_of_the_room_is_tried_here() -> None:
    steps = {"add_checked_households", "add_household", "add_households", "complete_household"}
    # Those of merging and parting are tried in the dossier.
    steps |= {"add_first_address", "add_former", "add_separation", "open_separated", "settle_members"}
    # Those of archiving and erasing, in the room of retention.
    steps |= {"anonymous_fields", "rename_for_good", "rows_of_member", "set_archived", "texts_citing"}
    # That of a referral about violence, in the room of referrals.
    steps |= {"protect"}
    tried = {*INTENTIONS, *READS, *IMPORT_READS}
    assert tried == {name for name in service.__all__ if name.islower()} - steps


@pytest.mark.parametrize("name", INTENTIONS)
@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_role_that_may_not_write_is_told_so_and_nothing_is_written(
    scene: Place, name: str, role: Role
) -> None:
    place = scene
    read, before = place.read(), _rows(place.file)
    with pytest.raises(NotAllowed, match=r"ne permet pas.*chef·fe de service"):
        INTENTIONS[name](place, read, replace(place.who, role=role))
    assert _rows(place.file) == before


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_role_that_may_not_read_files_is_told_so(place: Place, name: str, role: Role) -> None:
    with pytest.raises(NotAllowed, match="ne permet pas"):
        READS[name](place, place.read(), replace(place.who, role=role))


@pytest.mark.parametrize("name", IMPORT_READS)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.VOLUNTEER])
def test_a_role_that_may_not_import_is_refused_before_the_first_row(
    place: Place, name: str, role: Role
) -> None:
    with pytest.raises(NotAllowed, match="ne permet pas"):
        IMPORT_READS[name](place, place.read(), replace(place.who, role=role))


@pytest.mark.parametrize("name", INTENTIONS)
def test_an_intention_is_one_transaction_in_the_history_and_can_be_undone(scene: Place, name: str) -> None:
    place = scene
    read, before, count = place.read(), _rows(place.file), _changesets(place.file)
    done = INTENTIONS[name](place, read, place.who)
    changes = done if isinstance(done, Changes) else done[1]  # type: ignore[index]
    assert changes.tables
    assert _changesets(place.file) == count + 1
    if name != "create_household":
        assert changes.concerns(household=place.id)
        assert place.intentions()[0] == name
    assert undo_last(place.file, place.who.worker_id)[0] == name
    assert _without_versions(_rows(place.file)) == _without_versions(before)
    with place.file.reading() as connection:
        assert verify(connection).sound


def _without_versions(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows without their versions, which an undo renews."""
    return {
        table: [
            tuple(
                value
                for value, column in zip(row, declaration_of(table).table.columns, strict=True)
                if column.name != "version"
            )
            for row in content
        ]
        for table, content in rows.items()
    }


STALE: dict[str, Callable[[Place, HouseholdFile, str], object]] = {
    "change_member": lambda p, r, v: service.change_member(p.file, p.who, _second(r), NewMember("Sorel"), v),
    "remove_member": lambda p, r, v: service.remove_member(p.file, p.who, _second(r), v),
    "leave_household": lambda p, r, v: service.leave_household(p.file, p.who, _second(r), ON, v),
    "change_address": lambda p, r, v: service.change_address(p.file, p.who, r.addresses[0].id, SETE, v),
    "remove_address": lambda p, r, v: service.remove_address(p.file, p.who, r.addresses[0].id, v),
    "change_contact": lambda p, r, v: service.change_contact(p.file, p.who, r.contacts[0].id, PHONE, v),
    "remove_contact": lambda p, r, v: service.remove_contact(p.file, p.who, r.contacts[0].id, v),
    "set_visit_instructions": lambda p, _, v: service.set_visit_instructions(
        p.file, p.who, p.id, "Sonner", v
    ),
    "change_note": lambda p, _, v: service.change_note(p.file, p.who, p.id, "Suite", v),
}


@pytest.mark.parametrize("name", STALE)
def test_what_changed_since_it_was_read_is_not_overwritten(place: Place, name: str) -> None:
    read, before = place.read(), _rows(place.file)
    with pytest.raises(ChangedMeanwhile, match="relisez-la"):
        STALE[name](place, read, "0" * 32)
    assert _rows(place.file) == before
    # All rows of a creation bear its version.
    STALE[name](place, read, read.household.version)
    assert _rows(place.file) != before


GONE: dict[str, Callable[[Place], object]] = {
    "add_member": lambda p: service.add_member(p.file, p.who, "gone", NewMember("Sorel")),
    "change_member": lambda p: service.change_member(p.file, p.who, "gone", NewMember("Sorel")),
    "change_reference_person": lambda p: service.change_reference_person(
        p.file, p.who, "gone", Relation.CHILD
    ),
    "remove_member": lambda p: service.remove_member(p.file, p.who, "gone"),
    "leave_household": lambda p: service.leave_household(p.file, p.who, "gone", ON),
    "return_to_household": lambda p: service.return_to_household(p.file, p.who, "gone"),
    "move_house": lambda p: service.move_house(p.file, p.who, "gone", SETE, ON),
    "add_address": lambda p: service.add_address(p.file, p.who, "gone", SETE),
    "change_address": lambda p: service.change_address(p.file, p.who, "gone", SETE),
    "remove_address": lambda p: service.remove_address(p.file, p.who, "gone"),
    "add_contact": lambda p: service.add_contact(p.file, p.who, "gone", PHONE),
    "change_contact": lambda p: service.change_contact(p.file, p.who, "gone", PHONE),
    "remove_contact": lambda p: service.remove_contact(p.file, p.who, "gone"),
    "set_visit_instructions": lambda p: service.set_visit_instructions(p.file, p.who, "gone", "Sonner"),
    "change_note": lambda p: service.change_note(p.file, p.who, "gone", "Suite"),
    "set_protected": lambda p: service.set_protected(p.file, p.who, "gone", protected=True),
    "open_household": lambda p: _reading(p, service.open_household, p.who, "gone"),
    "find_by_reference": lambda p: _reading(p, service.find_by_reference, p.who, "2026-XXXX-9999"),
}


@pytest.mark.parametrize("name", GONE)
def test_what_is_gone_is_told(place: Place, name: str) -> None:
    before = _rows(place.file)
    with pytest.raises(NotFound):
        GONE[name](place)
    assert _rows(place.file) == before


def test_a_household_comes_back_whole(file: EncryptedFile, who: Who) -> None:
    adult = NewMember(
        "Kaboré", "Awa", Civility.MRS, "Sorel", date(1960, 1, 2),
        legal_protection=LegalProtection.CURATORSHIP, protected_by="Association tutélaire du Lez",
        language="mooré", interpreter_needed=True, reading=Reading.WITH_HELP,
    )  # fmt: skip
    child = NewMember("Kaboré", "Issa", birth_date=date(2015, 2, 3), relation=Relation.CHILD)
    email = NewContact(ContactKind.EMAIL, "AWA@asso.example", "travail", member=0)
    new = NewHousehold(
        (child, replace(adult, relation=Relation.REFERENCE_PERSON)),
        (SETE, NewAddress("1 place Haute", None, "34000", "Montpellier", date(2020, 1, 1), date(2024, 5, 1))),
        (replace(PHONE, member=1), replace(email, member=1)),
        visit_instructions="Code 12\r\nChien",
        note=" Suite ",
        opened_on=date(2025, 3, 1),
    )
    household, changes = service.create_household(file, who, new)
    read = Place(file, who, household).read()
    assert changes == Changes(
        frozenset({"household", "household_member", "address", "contact"}), frozenset({household})
    )
    assert read.household.name == "Mme\u00a0Awa Kaboré"
    assert read.household.opened_on == date(2025, 3, 1)
    assert (read.household.visit_instructions, read.household.note) == ("Code 12\nChien", "Suite")
    assert [m.first_name for m in read.members] == ["Awa", "Issa"]
    reference = read.reference_person
    assert reference == read.members[0]
    assert (reference.legal_protection, reference.protected_by) == (
        LegalProtection.CURATORSHIP,
        "Association tutélaire du Lez",
    )
    assert (reference.language, reference.interpreter_needed, reference.reading) == (
        "mooré",
        True,
        Reading.WITH_HELP,
    )
    assert [a.city for a in read.addresses] == ["Sète", "Montpellier"]
    assert {(c.kind, c.value, c.member_id) for c in read.contacts} == {
        (ContactKind.PHONE, "+33639980001", reference.id),
        (ContactKind.EMAIL, "awa@asso.example", reference.id),
    }


def test_references_follow_one_another(file: EncryptedFile, who: Who) -> None:
    with file.unit_of_work(who.worker_id, "import") as uow:
        ids = service.add_households(
            uow, [NewHousehold((NewMember(name),)) for name in ("Un", "Deux", "Trois")]
        )
    with file.reading() as connection:
        references = [service.open_household(connection, who, i).household.reference for i in ids]
        assert references == [f"2026-{file.state.device_mark}-{n:04d}" for n in (1, 2, 3)]
        assert service.find_by_reference(connection, who, f" {references[1].lower()} ").id == ids[1]


def test_one_impossible_household_keeps_the_whole_batch_out(file: EncryptedFile, who: Who) -> None:
    batch = [NewHousehold((NewMember("Un"),)), NewHousehold((NewMember(""),))]
    with pytest.raises(InvalidEntry), file.unit_of_work(who.worker_id, "import") as uow:
        service.add_households(uow, batch)
    with file.reading() as connection:
        assert service.count_households(connection, who) == 0


def test_an_empty_batch_is_nothing(file: EncryptedFile, who: Who) -> None:
    with file.unit_of_work(who.worker_id, "import") as uow:
        assert service.add_households(uow, []) == []
        assert uow.changes == Changes()


# Members


def test_who_left_stays_in_the_file_and_counts_no_more(place: Place) -> None:
    partner = NewMember("Kaboré", "Ali", birth_date=date(1990, 8, 20), relation=Relation.PARTNER)
    ali, _ = service.add_member(place.file, place.who, place.id, partner)
    service.add_contact(place.file, place.who, place.id, replace(PHONE, member_id=ali))
    assert place.read().household.name == "Solène Marchadier et Ali Kaboré"
    service.leave_household(place.file, place.who, ali, ON)
    read = place.read()
    assert read.household.name == "Mme\u00a0Solène Marchadier"
    assert [m.first_name for m in read.members] == ["Solène", "Lila"]
    assert [(m.first_name, m.left_on) for m in read.former_members] == [("Ali", ON)]
    # Nobody calls by habit the number of somebody who left; what must not tell it still knows it.
    assert PHONE.value not in {contact.value for contact in read.contacts}
    assert [c.member_id for c in read.former_contacts] == [ali]
    assert {c.id for c in read.every_contact} == {c.id for c in (*read.contacts, *read.former_contacts)}
    with place.file.reading() as connection:
        summary = service.summaries(connection, place.who, [place.id])[place.id]
    assert summary.adults_and_children(ON) == (1, 1)
    assert place.found("kaboré")
    service.return_to_household(place.file, place.who, ali)
    assert place.read().household.name == "Solène Marchadier et Ali Kaboré"
    assert len(place.read().contacts) == 2


def test_a_number_of_somebody_who_left_can_be_corrected(place: Place) -> None:
    child = _second(place.read())
    contact, _ = service.add_contact(place.file, place.who, place.id, replace(PHONE, member_id=child))
    service.leave_household(place.file, place.who, child, ON)
    changed = NewContact(ContactKind.PHONE, "06 39 98 00 02", member_id=child)
    service.change_contact(place.file, place.who, contact, changed)
    assert [c.value for c in place.read().former_contacts] == ["+33639980002"]


def test_the_day_somebody_left_can_be_corrected_and_must_be_possible(place: Place) -> None:
    read = place.read()
    child = _second(read)
    service.leave_household(place.file, place.who, child, ON)
    service.leave_household(place.file, place.who, child, date(2026, 10, 30))
    assert place.read().former_members[0].left_on == date(2026, 10, 30)
    for day, words in ((date(2026, 11, 25), "à venir"), (date(2017, 6, 1), "précède la naissance")):
        with pytest.raises(InvalidEntry, match=words) as refused:
            service.leave_household(place.file, place.who, child, day)
        assert refused.value.field == "left_on"
    with pytest.raises(InvalidEntry, match="personne de référence ne peut pas partir"):
        service.leave_household(place.file, place.who, read.reference_person.id, ON)
    with pytest.raises(InvalidEntry, match="notez d’abord son retour"):
        service.change_reference_person(place.file, place.who, child, Relation.PARENT)


def test_the_name_follows_the_members(place: Place) -> None:
    partner, _ = service.add_member(
        place.file, place.who, place.id, NewMember("Kaboré", "Ali", relation=Relation.PARTNER)
    )
    assert place.read().household.name == "Solène Marchadier et Ali Kaboré"
    service.change_member(
        place.file, place.who, partner, NewMember("Marchadier", "Ali", relation=Relation.PARTNER)
    )
    assert place.read().household.name == "Solène et Ali Marchadier"
    first = place.read().members[0]
    service.change_member(place.file, place.who, first.id, NewMember("Étienne", "Solène"))
    assert place.found("etienne")
    with place.file.reading() as connection:
        assert service.summaries(connection, place.who, [place.id])[place.id].sort_name == "etienne solene"
    service.remove_member(place.file, place.who, partner)
    assert place.read().household.name == "Solène Étienne"
    assert not place.found("ali")


def test_a_changed_member_keeps_their_place_and_relation(place: Place) -> None:
    first, second = place.read().members
    service.change_member(place.file, place.who, first.id, NewMember("Marchadier", "Solenne"))
    service.change_member(
        place.file, place.who, second.id, NewMember("Marchadier", "Lila", relation=Relation.CHILD)
    )
    after = place.read().members
    assert [m.id for m in after] == [first.id, second.id]
    assert [m.relation for m in after] == [Relation.REFERENCE_PERSON, Relation.CHILD]
    assert after[0].civility is None


def test_there_is_one_reference_person(place: Place) -> None:
    first, second = place.read().members
    reference = NewMember("Marchadier", relation=Relation.REFERENCE_PERSON)
    for refused in (
        lambda: service.add_member(place.file, place.who, place.id, reference),
        lambda: service.change_member(place.file, place.who, second.id, reference),
        lambda: service.change_member(
            place.file, place.who, first.id, replace(reference, relation=Relation.CHILD)
        ),
        lambda: service.change_reference_person(place.file, place.who, second.id, Relation.REFERENCE_PERSON),
    ):
        with pytest.raises(InvalidEntry, match="une seule") as refusal:
            refused()
        assert refusal.value.field == "relation"


def test_another_becomes_the_reference_person(place: Place) -> None:
    first, second = place.read().members
    service.change_reference_person(place.file, place.who, second.id, Relation.PARENT)
    after = place.read()
    assert [m.id for m in after.members] == [second.id, first.id]
    assert [m.relation for m in after.members] == [Relation.REFERENCE_PERSON, Relation.PARENT]
    assert after.household.name == "Lila Marchadier"
    assert service.change_reference_person(place.file, place.who, second.id, Relation.PARENT) == Changes()


def test_a_member_leaves_with_their_own_numbers(place: Place) -> None:
    second = _second(place.read())
    service.add_contact(place.file, place.who, place.id, replace(PHONE, member_id=second))
    assert place.found("06 39 98 00 01")
    service.remove_member(place.file, place.who, second)
    read = place.read()
    assert [m.first_name for m in read.members] == ["Solène"]
    assert [c.value for c in read.contacts] == ["+33639981247"]
    assert not place.found("06 39 98 00 01")
    undo_last(place.file, place.who.worker_id)
    assert len(place.read().contacts) == 2


def test_the_reference_person_cannot_be_removed(place: Place) -> None:
    with pytest.raises(InvalidEntry, match="autre"):
        service.remove_member(place.file, place.who, place.read().members[0].id)


def test_somebody_the_file_speaks_of_cannot_be_removed(place: Place) -> None:
    """A line of the budget, a consent… would speak of nobody."""
    table, field = _citing_tables()[0]
    second, columns = _second(place.read()), declaration_of(table).table.columns
    # A row as another room would hold it: only what it points to matters here.
    numbers = (int, bool)
    values: dict[str, Any] = {
        str(c.name): 0 if c.type.python_type in numbers else "2026-01-01" for c in columns if not c.nullable
    }
    values |= {field: second, "household_id": place.id, "id": "f" * 32}
    with place.file.unit_of_work(place.who.worker_id, "cite") as uow:
        uow.insert(declaration_of(table).table, values)
    with pytest.raises(InvalidEntry, match="parle de cette personne"):
        service.remove_member(place.file, place.who, second)


def _citing_tables() -> list[tuple[str, str]]:
    return [(t, f) for t, f in references_to("household_member") if t != "contact"]


# Addresses


def test_moving_ends_the_present_address_that_day(place: Place) -> None:
    service.move_house(place.file, place.who, place.id, SETE, ON)
    new, old = place.read().addresses
    assert (new.city, new.from_date, new.to_date) == ("Sète", ON, None)
    assert (old.city, old.from_date, old.to_date) == ("Roubaix", None, ON)
    assert place.read().address_on(ON) == new
    assert place.read().address_on(date(2026, 11, 1)) == old
    assert place.found("rue basse")
    assert place.found("tisserands")


def test_one_does_not_move_before_one_came(place: Place) -> None:
    service.move_house(place.file, place.who, place.id, SETE, ON)
    before = place.read()
    with pytest.raises(InvalidEntry, match="02/11/2026") as refusal:
        service.move_house(
            place.file, place.who, place.id, replace(SETE, street="9 quai Haut"), date(2026, 11, 1)
        )
    assert refusal.value.field == "on"
    assert place.read() == before


def test_a_move_to_nowhere_is_refused(place: Place) -> None:
    with pytest.raises(InvalidEntry, match="commune"):
        service.move_house(place.file, place.who, place.id, NewAddress(), ON)
    assert place.read().addresses[0].to_date is None


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(days=st.lists(st.dates(date(2026, 1, 1), date(2026, 2, 28)), max_size=5))
def test_however_one_moves_one_home_is_present(file: EncryptedFile, who: Who, days: list[date]) -> None:
    household, _ = service.create_household(file, who, NewHousehold((NewMember("Sorel"),), (SETE,)))
    place, last = Place(file, who, household), date.min
    for number, day in enumerate(days):
        if day < last:
            with pytest.raises(InvalidEntry):
                service.move_house(file, who, household, replace(SETE, street=str(number)), day)
        else:
            service.move_house(file, who, household, replace(SETE, street=str(number)), day)
            last = day
    read = place.read()
    assert [a.to_date is None for a in read.addresses] == [True] + [False] * (len(read.addresses) - 1)
    stays = read.addresses[::-1]
    assert all(a.to_date == b.from_date for a, b in pairwise(stays))
    assert read.address_on(date(2026, 11, 24)) == read.addresses[0]


def test_an_address_of_before_leaves_the_present_one(place: Place) -> None:
    past = NewAddress(city="Lens", from_date=date(2020, 1, 1), to_date=date(2022, 1, 1))
    service.add_address(place.file, place.who, place.id, past)
    assert [a.city for a in place.read().addresses] == ["Roubaix", "Lens"]


def test_an_address_is_corrected_or_removed(place: Place) -> None:
    address = place.read().addresses[0]
    service.change_address(place.file, place.who, address.id, replace(SETE, from_date=ON))
    assert place.read().addresses[0].one_line() == "3 rue Basse, 34200 Sète"
    with pytest.raises(InvalidEntry, match="précéder"):
        service.change_address(
            place.file, place.who, address.id, replace(SETE, from_date=ON, to_date=date(2026, 1, 1))
        )
    service.remove_address(place.file, place.who, address.id)
    assert place.read().addresses == ()
    assert not place.found("rue basse")


# Contacts


@pytest.mark.parametrize("form", ["06.39.98.00.01", "+33 (0)6 39 98 00 01", "639980001", "'0639980001"])
def test_a_phone_is_kept_and_found_in_any_form(place: Place, form: str) -> None:
    contact, _ = service.add_contact(place.file, place.who, place.id, NewContact(ContactKind.PHONE, form))
    assert {c.id: c.value for c in place.read().contacts}[contact] == "+33639980001"
    for typed in (form, "06 39 98 00 01", "+33639980001", "0639 98 00"):
        assert place.found(typed)


def test_the_same_contact_is_not_added_twice(place: Place) -> None:
    first, _ = service.add_contact(place.file, place.who, place.id, PHONE)
    again = service.add_contact(place.file, place.who, place.id, replace(PHONE, value="+33 6 39 98 00 01"))
    assert again == (first, Changes())
    other, _ = service.add_contact(place.file, place.who, place.id, replace(PHONE, label="voisine"))
    assert other != first


def test_safe_contacts_come_first_and_can_cease_to_be(place: Place) -> None:
    contact, _ = service.add_contact(place.file, place.who, place.id, PHONE)
    first, second = place.read().contacts
    assert (first.safe, second.id) == (True, contact)
    service.change_contact(
        place.file, place.who, first.id, replace(PHONE, value=first.value, label="conjoint")
    )
    changed = {c.id: c for c in place.read().contacts}[first.id]
    assert (changed.safe, changed.label, changed.instructions) == (False, "conjoint", None)


def test_a_contact_belongs_to_somebody_of_the_household(place: Place) -> None:
    second = _second(place.read())
    contact, _ = service.add_contact(place.file, place.who, place.id, replace(PHONE, member=1))
    assert {c.id: c.member_id for c in place.read().contacts}[contact] == second
    stranger, _ = service.create_household(place.file, place.who, NewHousehold((NewMember("Sorel"),)))
    other = Place(place.file, place.who, stranger).read().members[0].id
    for wrong in (replace(PHONE, member=2), replace(PHONE, member_id=other)):
        with pytest.raises(InvalidEntry, match="ne fait pas partie"):
            service.change_contact(place.file, place.who, contact, wrong)
        with pytest.raises(InvalidEntry, match="ne fait pas partie"):
            service.add_contact(place.file, place.who, place.id, wrong)


def test_an_unreadable_phone_changes_nothing(place: Place) -> None:
    before = place.read()
    with pytest.raises(InvalidEntry, match="numéro"):
        service.change_contact(place.file, place.who, before.contacts[0].id, replace(PHONE, value="06 39"))
    assert place.read() == before


# The household itself


def test_texts_are_written_and_emptied(place: Place) -> None:
    service.set_visit_instructions(place.file, place.who, place.id, " Code 12\r\nChien \n")
    service.change_note(place.file, place.who, place.id, "Suite du dossier bleu")
    read = place.read().household
    assert (read.visit_instructions, read.note) == ("Code 12\nChien", "Suite du dossier bleu")
    assert place.found("dossier bleu")
    service.set_visit_instructions(place.file, place.who, place.id, "  ")
    service.change_note(place.file, place.who, place.id, "")
    read = place.read().household
    assert (read.visit_instructions, read.note) == (None, None)
    assert not place.found("dossier bleu")


def test_too_long_a_text_is_refused(place: Place) -> None:
    with pytest.raises(InvalidEntry, match="trop long") as refusal:
        service.change_note(place.file, place.who, place.id, "a" * 20_001)
    assert refusal.value.field == "note"


def test_a_household_is_put_under_protection_and_out_of_it(place: Place) -> None:
    for protected in (True, False):
        changes = service.set_protected(place.file, place.who, place.id, protected=protected)
        assert changes.concerns(household=place.id)
        assert place.read().household.protected is protected
        with place.file.reading() as connection:
            assert service.summaries(connection, place.who, [place.id])[place.id].protected is protected
    assert service.set_protected(place.file, place.who, place.id, protected=False) == Changes()
    assert place.intentions()[:2] == ["set_protected", "set_protected"]
