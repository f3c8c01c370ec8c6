"""The log of accesses: any byte changed and any row removed is told; days past their time go, the rest verifies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.access_log import (
    ONE_OPENING,
    AccessKind,
    broken_accesses,
    count_accesses,
    note_access,
    read_accesses,
)
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.engine import connect
from caseworker_app.storage.integrity import verify
from tests.ground import KEY, NOW

KINDS = [kind for kind in AccessKind if kind is not AccessKind.PURGED]
COLUMNS = ("number", "made_at", "device_id", "worker_id", "kind", "household_id", "detail", "hash")
_ADD_BY_HAND = """
    INSERT INTO access_line
    SELECT 40, made_at, device_id, worker_id, kind, household_id, detail, hash FROM access_line WHERE number = 1
"""
CHECKPOINT_COLUMNS = ("number", "day", "line_hash", "hash")


def faults(file: EncryptedFile) -> list[str]:
    with file.reading() as connection:
        return broken_accesses(connection)


def days(file: EncryptedFile, who: Who, clock: FixedClock, count: int, each: int = 3) -> None:
    """Write so many lines a day, for so many days from where the clock stands."""
    for _ in range(count):
        for number in range(each):
            kind = KINDS[number % len(KINDS)]
            file.accesses.note(who.worker_id, kind, f"{number:032x}", "synthese")
        file.keep_accesses()
        clock.instant += timedelta(days=1)


def raw_of(file: EncryptedFile) -> Any:
    """Return a connection of somebody who has the key and does not go through the program."""
    return connect(file.folder / "passerelle.db", KEY, writable=True)


@pytest.fixture(scope="module")
def logged(blank_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(blank_folder, tmp_path_factory.mktemp("logged") / "file"))
    clock = FixedClock(NOW)
    with EncryptedFile.open(folder, KEY, clock) as file:
        days(file, Who(str(file.state.owner_id), "Claire Lenoir", None), clock, 4)  # type: ignore[arg-type]
    return folder


@pytest.fixture
def tampered(logged: Path, tmp_path: Path) -> Iterator[tuple[EncryptedFile, Any]]:
    folder = Path(shutil.copytree(logged, tmp_path / "logged"))
    with EncryptedFile.open(folder, KEY, FixedClock(NOW)) as file:
        raw = raw_of(file)
        yield file, raw
        raw.close()


def test_lines_are_kept_with_the_next_intention_or_by_themselves(file: EncryptedFile, who: Who) -> None:
    file.accesses.note(who.worker_id, AccessKind.OPENED, "a" * 32)
    with file.reading() as connection:
        assert count_accesses(connection) == 0
    with file.unit_of_work(who.worker_id, "anything"):
        file.keep_accesses()  # within an intention: left to it
    assert not file.accesses.pending
    file.accesses.note(who.worker_id, AccessKind.PRINTED, "a" * 32, "synthese")
    file.keep_accesses()
    with file.reading() as connection:
        newest = read_accesses(connection)
        assert [(line.kind, line.detail) for line in newest] == [("printed", "synthese"), ("opened", "")]
        assert verify(connection).accesses == 2
    assert faults(file) == []


def test_what_an_intention_failed_to_write_is_written_later(file: EncryptedFile, who: Who) -> None:
    file.accesses.note(who.worker_id, AccessKind.OPENED, "a" * 32)
    with pytest.raises(RuntimeError), file.unit_of_work(who.worker_id, "anything"):
        raise RuntimeError
    assert file.accesses.pending
    file.keep_accesses()
    with file.reading() as connection:
        assert count_accesses(connection) == 1


def test_closing_writes_what_waits(file: EncryptedFile, who: Who) -> None:
    file.accesses.note(who.worker_id, AccessKind.UNLOCKED)
    file.close()
    with EncryptedFile.open(file.folder, KEY, FixedClock(NOW)) as again, again.reading() as connection:
        assert [line.kind for line in read_accesses(connection)] == ["unlocked"]


def test_opening_the_same_file_again_within_a_quarter_leaves_one_line(
    file: EncryptedFile, who: Who, clock: FixedClock
) -> None:
    def opened(worker: str, household: str) -> None:
        file.accesses.note(worker, AccessKind.OPENED, household)
        file.keep_accesses()

    for _ in range(5):
        opened(who.worker_id, "a" * 32)
    opened(who.worker_id, "b" * 32)
    opened("colleague", "a" * 32)
    clock.instant += ONE_OPENING
    opened(who.worker_id, "a" * 32)
    with file.reading() as connection:
        assert count_accesses(connection) == 4
    for _ in range(2):
        file.accesses.note(who.worker_id, AccessKind.PRINTED, "a" * 32)
    file.keep_accesses()
    with file.reading() as connection:
        assert count_accesses(connection) == 6


def test_a_reader_notes_through_its_connection(file: EncryptedFile, who: Who) -> None:
    with file.reading() as connection:
        note_access(connection, who.worker_id, AccessKind.OPENED, "a" * 32)
    assert file.accesses.pending


def test_lines_are_found_by_person_household_kind_and_day(
    file: EncryptedFile, who: Who, clock: FixedClock
) -> None:
    days(file, who, clock, 3)
    file.accesses.note("colleague", AccessKind.EXPORTED, None, "xlsx")
    file.keep_accesses()
    first = NOW.astimezone().date()
    with file.reading() as connection:
        assert len(read_accesses(connection, worker_id="colleague")) == 1
        assert len(read_accesses(connection, household_ids=[f"{1:032x}"])) == 3
        assert len(read_accesses(connection, kind=AccessKind.EXPORTED)) == 1
        assert len(read_accesses(connection, since=first, until=first)) == 3
        assert len(read_accesses(connection, since=first + timedelta(days=3))) == 1
        newest = read_accesses(connection, limit=4)
        older = read_accesses(connection, before=newest[-1].number)
        assert [line.number for line in (*newest, *older)] == list(range(10, 0, -1))


@given(
    place=st.sampled_from([("access_line", each) for each in COLUMNS]
                          + [("access_checkpoint", each) for each in CHECKPOINT_COLUMNS]
                          + [("local_state", "value")]),
    row=st.integers(0, 11), byte=st.integers(0, 240), bit=st.integers(0, 6),
)  # fmt: skip
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_bit_changed_is_told(
    tampered: tuple[EncryptedFile, Any], place: tuple[str, str], row: int, byte: int, bit: int
) -> None:
    file, raw = tampered
    table, column = place
    where = " WHERE key = 'access_end'" if table == "local_state" else ""
    keys = [each[0] for each in raw.execute(f"SELECT rowid FROM {table}{where} ORDER BY rowid")]
    key = keys[row % len(keys)]
    before = raw.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (key,)).fetchone()[0]
    after = _flipped(before, byte, bit)
    raw.execute("BEGIN")
    raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (after, key))
    raw.execute("COMMIT")
    now = after if column == "number" else key
    try:
        assert faults(file) != [], (place, before, after)
        with file.reading() as connection:
            assert not verify(connection).sound
    finally:
        raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (before, now))
    assert faults(file) == []


def _flipped(value: Any, byte: int, bit: int) -> Any:
    if value is None:
        return "a"
    if isinstance(value, int):
        return value ^ (1 << (bit + 4))
    data = bytearray(value.encode() if isinstance(value, str) else value)
    if not data:
        return "a"
    data[byte % len(data)] ^= 1 << bit
    return data.decode("latin-1") if isinstance(value, str) else bytes(data)


@given(
    table=st.sampled_from(["access_line", "access_checkpoint", "local_state"]),
    first=st.integers(0, 11), count=st.integers(1, 12),
)  # fmt: skip
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_rows_removed_are_told(
    tampered: tuple[EncryptedFile, Any], table: str, first: int, count: int
) -> None:
    file, raw = tampered
    where = " WHERE key = 'access_end'" if table == "local_state" else ""
    rows = raw.execute(f"SELECT rowid, * FROM {table}{where} ORDER BY rowid").fetchall()
    gone = rows[first % len(rows) :][:count]
    raw.executemany(f"DELETE FROM {table} WHERE rowid = ?", [(each[0],) for each in gone])
    try:
        assert faults(file) != []
    finally:
        marks = ", ".join("?" * (len(gone[0]) - 1))
        raw.executemany(f"INSERT INTO {table} VALUES ({marks})", [each[1:] for each in gone])
    assert faults(file) == []


def test_rows_removed_with_their_checkpoints_and_rows_added_are_told(
    tampered: tuple[EncryptedFile, Any],
) -> None:
    file, raw = tampered
    raw.execute("DELETE FROM access_line WHERE number <= 6")
    raw.execute("DELETE FROM access_checkpoint WHERE number <= 6")
    assert faults(file) != []


def test_a_chain_tampered_with_takes_new_lines_and_stays_told(
    tampered: tuple[EncryptedFile, Any], who: Who
) -> None:
    file, raw = tampered
    for statement in (
        "DELETE FROM access_line WHERE number > 9",
        "UPDATE local_state SET value = 'rien' WHERE key = 'access_end'",
        _ADD_BY_HAND,
    ):
        raw.execute(statement)
        assert faults(file) != []
        file.accesses.note(who.worker_id, AccessKind.PRINTED)
        file.keep_accesses()
        assert not file.accesses.pending
        assert faults(file) != []


def test_days_past_their_time_are_removed_and_the_rest_verifies(
    file: EncryptedFile, who: Who, clock: FixedClock
) -> None:
    days(file, who, clock, 10)
    first = NOW.date()
    clock.instant = NOW.replace(year=NOW.year + 1) + timedelta(days=5)
    file.accesses.note(who.worker_id, AccessKind.UNLOCKED)
    file.keep_accesses()
    assert faults(file) == []
    with file.reading() as connection:
        lines = read_accesses(connection)
    oldest = min(datetime.fromisoformat(line.made_at).date() for line in lines)
    assert oldest == first + timedelta(days=5)
    assert lines[0].kind == AccessKind.PURGED
    assert int(lines[0].detail) == 15
    raw = raw_of(file)
    raw.execute("DELETE FROM access_line WHERE number <= 18")
    raw.close()
    assert faults(file) == ["missing:16"]


def test_everything_may_be_past_its_time_and_lines_go_on(
    file: EncryptedFile, who: Who, clock: FixedClock
) -> None:
    days(file, who, clock, 3)
    for _ in range(3):
        clock.instant = clock.instant.replace(year=clock.instant.year + 3)
        days(file, who, clock, 2)
        assert faults(file) == []
    with file.reading() as connection:
        oldest = read_accesses(connection)[-1].made_at
    assert date.fromisoformat(oldest[:10]).year >= clock.instant.year


def test_a_clock_set_back_removes_nothing(file: EncryptedFile, who: Who, clock: FixedClock) -> None:
    days(file, who, clock, 3)
    for instant in (datetime(1999, 1, 1, 12, tzinfo=NOW.tzinfo), NOW + timedelta(days=9)):
        clock.instant = instant
        days(file, who, clock, 2)
        assert faults(file) == []
    with file.reading() as connection:
        assert count_accesses(connection) == 3 * 3 + 2 * 3 + 2 * 3
