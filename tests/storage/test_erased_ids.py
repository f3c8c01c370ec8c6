"""The ids of erased households beside the file: kept as long as a backup may hold them, told once, never trusted."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.storage import erased_ids
from caseworker_app.storage.erased_ids import FILE_NAME, ErasedId

DAY, LATER = date(2026, 11, 24), date(2027, 12, 1)


def note(file, who, ids, until=LATER, kind="erase") -> None:
    with file.unit_of_work(who.worker_id, "erase") as uow:
        erased_ids.note_erased(uow, ids, kind, until)


def keep(file, day=DAY) -> None:
    with file.reading() as connection:
        erased_ids.keep_beside(file.folder, connection, day)
    with file.receiving() as raw:
        erased_ids.forget_pending(raw)


def back(file) -> list[str]:
    with file.reading() as connection:
        return [each.household_id for each in erased_ids.came_back(file.folder, connection)]


def test_what_is_noted_lies_beside_and_adds_up(file, who) -> None:
    note(file, who, ["a1"])
    keep(file)
    note(file, who, ["b2"], kind="anonymise")
    note(file, who, ["c3"])
    keep(file)
    assert erased_ids.read_beside(file.folder) == {
        "a1": ErasedId("a1", "erase", LATER), "b2": ErasedId("b2", "anonymise", LATER),
        "c3": ErasedId("c3", "erase", LATER),
    }  # fmt: skip


def test_an_id_goes_once_no_backup_holds_its_household(file, who) -> None:
    note(file, who, ["a1"], until=DAY)
    keep(file)
    note(file, who, ["b2"])
    keep(file, date(2026, 11, 25))
    assert set(erased_ids.read_beside(file.folder)) == {"b2"}


def test_a_household_that_is_there_all_the_same_is_told_until_it_was(file, who) -> None:
    made, _ = households.create_household(file, who, NewHousehold((NewMember("Ane"),)))
    assert back(file) == []
    note(file, who, [made, "gone"])
    keep(file)
    assert back(file) == [made]
    with file.unit_of_work(who.worker_id, "told") as uow:
        erased_ids.note_told(uow, [ErasedId(made, "erase", LATER)])
    assert back(file) == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"a": 1}', b'{"a": ["erase", "hier"]}', b'{"a": ["erase"]}', b"\xff" * 9]
)
def test_a_torn_list_says_nothing_and_is_written_anew(file, who, content: bytes) -> None:
    (file.folder / FILE_NAME).write_bytes(content)
    assert erased_ids.read_beside(file.folder) == {}
    assert back(file) == []
    note(file, who, ["a1"])
    keep(file)
    assert set(erased_ids.read_beside(file.folder)) == {"a1"}
