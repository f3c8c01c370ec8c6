"""Taking back the last change, or a whole import, without losing what came after."""

from __future__ import annotations

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.households import store
from caseworker_app.features.households.domain import ContactKind, NewContact, NewHousehold, NewMember
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.search import find_households
from caseworker_app.storage.transactions import last_transactions, taken_back
from caseworker_app.storage.undo import (
    AlreadyUndone,
    HasLeft,
    ImportComesFirst,
    LaterChange,
    NothingToUndo,
    PayloadErased,
    undo_import,
    undo_last,
    undo_transaction,
)
from tests.storage.any_rows import Filler


def _instructions(file, household):
    with file.reading() as connection:
        return store.households.one(connection, household).visit_instructions


def test_undo_goes_back_change_by_change(file, who, household):
    for text in ("un", "deux", "trois"):
        households.set_visit_instructions(file, who, household, text)
    seen = []
    for _ in range(3):
        assert undo_last(file, who.worker_id)[0] == "set_visit_instructions"
        seen.append(_instructions(file, household))
    assert seen == ["deux", "un", None]


def test_an_undone_creation_is_no_longer_found(file, who, household):
    assert undo_last(file, who.worker_id)[0] == "create_household"
    with file.reading() as connection:
        assert find_households(connection, "marchadier") == []
        assert verify(connection).sound


def test_a_deleted_row_comes_back_whole(file, who, household):
    with file.reading() as connection:
        before = store.members_of(connection, household)
    with file.unit_of_work(who.worker_id, "delete") as uow:
        uow.delete(store.member, before[1].id)
    undo_last(file, who.worker_id)
    with file.reading() as connection:
        after = store.members_of(connection, household)
    assert [(m.id, m.last_name, m.birth_date) for m in after] == [
        (m.id, m.last_name, m.birth_date) for m in before
    ]


def test_nothing_to_undo_is_said(file):
    with pytest.raises(NothingToUndo):
        undo_last(file, "personne")


def test_what_something_later_rests_on_is_not_taken_back(file, who, household):
    with file.unit_of_work("collegue", "change_household") as uow:
        uow.update(store.household, household, {"name": "Autre nom"})
    with pytest.raises(LaterChange):
        undo_last(file, who.worker_id)


def test_an_erased_change_is_not_taken_back(file, who, household):
    from caseworker_app.storage.history import erase_payloads

    with file.unit_of_work("collegue", "erase") as uow:
        erase_payloads(uow.connection.connection.driver_connection, household)
    with pytest.raises(PayloadErased):
        undo_last(file, who.worker_id)


def test_what_was_filled_in_since_is_not_lost_with_its_row(file, who, household):
    """The creation wrote no instructions: taking it back would lose those written since."""
    households.set_visit_instructions(file, who, household, "Sonner deux fois")
    with file.reading() as connection:
        later, creation, *_ = last_transactions(connection)
    with pytest.raises(LaterChange) as refused:
        undo_transaction(file, who.worker_id, creation.id)
    error = refused.value
    told = (error.intention, error.worker_id, error.made_at)
    assert told == ("set_visit_instructions", who.worker_id, later.made_at)
    assert _instructions(file, household) == "Sonner deux fois"


def test_any_change_nothing_rests_on_is_undone_and_done_again(file, who, household):
    households.set_visit_instructions(file, who, household, "Sonner deux fois")
    households.add_member(file, who, household, NewMember("Bassoua", "Ilan"))
    with file.reading() as connection:
        told = last_transactions(connection)[1]
    undo_transaction(file, who.worker_id, told.id)
    assert _instructions(file, household) is None
    with pytest.raises(AlreadyUndone):
        undo_transaction(file, who.worker_id, told.id)
    for expected in ("Sonner deux fois", None):
        with file.reading() as connection:
            last = last_transactions(connection, limit=1)[0]
        undo_transaction(file, who.worker_id, last.id)
        assert _instructions(file, household) == expected
    with file.reading() as connection:
        assert [m.first_name for m in store.members_of(connection, household)] == ["Solène", "Lila", "Ilan"]
        assert told.key in taken_back(connection)
        assert verify(connection).sound


def test_a_row_does_not_come_back_without_what_it_points_to(file, who, household):
    with file.reading() as connection:
        lila = store.members_of(connection, household)[1]
    contact = NewContact(ContactKind.EMAIL, "lila@ecole.example", member_id=lila.id)
    contact_id, _ = households.add_contact(file, who, household, contact)
    households.remove_contact(file, who, contact_id)
    with file.reading() as connection:
        removal = last_transactions(connection, limit=1)[0]
    households.remove_member(file, who, lila.id)
    with pytest.raises(LaterChange) as refused:
        undo_transaction(file, who.worker_id, removal.id)
    assert refused.value.intention == "remove_member"


def test_a_transaction_of_several_spaces_is_undone_in_all_of_them(file, who, household):
    with file.unit_of_work(who.worker_id, "fill") as uow:
        filler = Filler(uow, 1)
        other = filler.household(filler.space("Autre"), {})
    with file.unit_of_work(who.worker_id, "both") as uow:
        for each in (household, other):
            uow.update(store.household, each, {"note": "Vu ensemble"})
    with file.reading() as connection:
        both = last_transactions(connection, limit=1)[0]
        query = "SELECT id FROM changeset WHERE number = ?"
        (second,) = connection.connection.driver_connection.execute(query, (both.numbers[1],)).fetchone()
    undo_transaction(file, who.worker_id, second)
    with file.reading() as connection:
        assert len(both.numbers) == len(last_transactions(connection, limit=1)[0].numbers) == 2
        notes = [store.households.one(connection, each).note for each in (household, other)]
    assert "Vu ensemble" not in notes


def test_what_has_left_the_house_stays_in_the_register(file, who):
    with file.unit_of_work(who.worker_id, "fill") as uow:
        Filler(uow, 1).household(uow.default_space, {"transmission": 1})
    with file.reading() as connection:
        filled = last_transactions(connection, limit=1)[0]
    with pytest.raises(HasLeft):
        undo_transaction(file, who.worker_id, filled.id)


def test_the_undo_of_an_import_is_not_taken_back_in_parts(file, who):
    _import(file, who, "import-1", "Un")
    undo_import(file, who.worker_id, "import-1")
    with file.reading() as connection:
        undo = last_transactions(connection, limit=1)[0]
    with pytest.raises(ImportComesFirst):
        undo_transaction(file, who.worker_id, undo.id)


def _import(file, who, tag, *names):
    ids = []
    for name in names:
        with file.unit_of_work(who.worker_id, "import_households", tag=tag) as uow:
            ids.append(households.add_household(uow, NewHousehold((NewMember(name),))))
    return ids


def test_a_whole_import_is_undone(file, who, household):
    _import(file, who, "import-1", "Un", "Deux", "Trois")
    assert undo_import(file, who.worker_id, "import-1").kept_households == frozenset()
    with file.reading() as connection:
        assert [h.id for h in store.households.all(connection)] == [household]
        assert verify(connection).sound


def test_a_household_worked_on_since_its_import_stays(file, who):
    first, second = _import(file, who, "import-1", "Un", "Deux")
    households.set_visit_instructions(file, who, second, "Sonner deux fois")
    assert undo_import(file, who.worker_id, "import-1").kept_households == {second}
    with file.reading() as connection:
        assert [h.id for h in store.households.all(connection)] == [second]
        assert store.members_of(connection, second)
    assert first != second
