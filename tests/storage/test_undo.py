"""Taking back the last change, or a whole import, without losing what came after."""

from __future__ import annotations

import pytest
from caseworker_app.features.households import service as households
from caseworker_app.features.households import store
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.search import find_households
from caseworker_app.storage.undo import LaterChange, NothingToUndo, PayloadErased, undo_import, undo_last


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
    assert [(m.id, m.last_name, m.birth_date) for m in after] == [(m.id, m.last_name, m.birth_date) for m in before]


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
