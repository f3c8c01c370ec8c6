"""The log of accesses (« journal des accès »): who opened which file, printed, exported, was refused, unlocked.

A chain of its own, apart from the changesets since it tells of reading: each line commits to the one before. A line
is noted in memory, which costs a screen nothing, and written by whoever writes next, in a transaction of its own.
Checkpoints close each day; a purge removes the lines up to a checkpoint, says so in a line of the chain, and leaves
the rest verifiable from there. It is never undone, and for now not synchronised.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection

from caseworker_app.kernel.clock import Clock, stamp, today
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.errors import NotFound
from caseworker_app.kernel.parameters import dated
from caseworker_app.storage.restriction import Restricted

# The same person reading the same file again within this time leaves one line.
ONE_OPENING = timedelta(minutes=15)
# The detail of an opening that showed some lines of a file, not the whole of it.
EXTRACT = "extract"
_FIRST = b"\x00" * 32
_END = "access_end"
_OF_CONNECTION = "access_log"


class AccessKind(StrEnum):
    """What was done with what the file holds."""

    UNLOCKED = "unlocked"  # the whole file was opened with its passphrase, PIN or recovery key
    OPENED = "opened"  # a household's file was read
    PRINTED = "printed"
    EXPORTED = "exported"  # a list, or a piece, was taken out
    REFUSED = "refused"  # a role did not permit what was asked
    ARCHIVED = "archived"  # a household was kept apart for its retention, or put back
    ERASED = "erased"  # a household or a person was erased for good, or made anonymous
    PURGED = "purged"  # lines past their time were removed, up to the number told


_GOING_OUT = frozenset({AccessKind.PRINTED, AccessKind.EXPORTED})


class AccessLine(NamedTuple):
    """One line: `made_at` in UTC; `detail` is a code (a kind of document, a right), never a word typed or searched."""

    number: int
    made_at: str
    device_id: str
    worker_id: str
    kind: str
    household_id: str | None
    detail: str
    hash: bytes


@dataclass(frozen=True, slots=True)
class _Noted:
    made_at: str
    worker_id: str
    kind: AccessKind
    household_id: str | None
    detail: str


class AccessLog:
    """Notes accesses until somebody writes them; `write` is given the writer's connection."""

    def __init__(self, clock: Clock, device_id: str) -> None:
        """Begin with nothing noted; `kept_inside`: the households nothing of which may go out."""
        self._clock, self._device_id = clock, device_id
        self.kept_inside: frozenset[str] = frozenset()
        self._lock = threading.Lock()
        self._noted: list[_Noted] = []
        self._lately: dict[tuple[str, str, str], datetime] = {}

    @property
    def pending(self) -> bool:
        """Say whether something was noted and is not in the file yet."""
        return bool(self._noted)

    def note(
        self,
        worker_id: str,
        kind: AccessKind,
        household_id: str | None = None,
        detail: str = "",
        *,
        to_the_person: bool = False,
    ) -> None:
        """Note an access; an opening, once a quarter of an hour for the same person and household.

        Nothing goes out without its line: what is `kept_inside` is refused here, but to the person themselves.
        Raises Restricted.
        """
        if household_id in self.kept_inside and kind in _GOING_OUT and not to_the_person:
            raise Restricted
        with self._lock:
            if kind is AccessKind.OPENED and not self._is_another(worker_id, household_id or "", detail):
                return
            self._noted.append(_Noted(stamp(self._clock), worker_id, kind, household_id, detail))

    def write(self, raw: Any) -> int:
        """Write what was noted in the transaction that is open; return how many, for `written` once it is committed."""
        noted = tuple(self._noted)
        if noted:
            _append(raw, self._clock, self._device_id, noted)
        return len(noted)

    def written(self, count: int) -> None:
        """Forget the first `count` lines noted: they are in the file."""
        if count:
            with self._lock:
                del self._noted[:count]

    def _is_another(self, worker_id: str, household_id: str, detail: str) -> bool:
        # An extract shown by a search must not hide that the file was opened right after.
        now, key = self._clock.now(), (worker_id, household_id, detail)
        last = self._lately.get(key)
        if last is not None and timedelta(0) <= now - last < ONE_OPENING:
            return False
        if len(self._lately) > 1000:
            # Whoever reads so many files is told twice rather than slowed down.
            self._lately.clear()
        self._lately[key] = now
        return True


def attach(connection: Connection, log: AccessLog) -> None:
    """Let what reads through a connection note its accesses."""
    connection.info[_OF_CONNECTION] = log


def note_access(
    connection: Connection,
    worker_id: str,
    kind: AccessKind,
    household_id: str | None = None,
    detail: str = "",
) -> None:
    """Note an access from a service that holds a connection only. Raises Restricted."""
    log: AccessLog | None = connection.info.get(_OF_CONNECTION)
    if log is not None:
        log.note(worker_id, kind, household_id, detail)


def broken_accesses(connection: Connection) -> list[str]:
    """Check the chain and return what does not hold, one code each (none: all is well).

    `line:N` was changed, `missing:N` is gone, `end` was cut or added to, `checkpoint:N` was changed or is gone.
    """
    return _Check(connection.connection.driver_connection).faults()


def count_accesses(connection: Connection) -> int:
    """Return how many lines the log holds."""
    raw: Any = connection.connection.driver_connection
    return int(raw.execute("SELECT count(*) FROM access_line").fetchone()[0])


def read_accesses(
    connection: Connection,
    *,
    worker_id: str | None = None,
    household_ids: Iterable[str] = (),
    kind: AccessKind | None = None,
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
    limit: int = 200,
) -> list[AccessLine]:
    """Return lines, newest first: those of a person, of households, of a kind, of days on the office's wall.

    `before`: older than this number, to read on.
    """
    households = list(household_ids)
    conditions: list[tuple[str, list[Any]]] = [("number < ?", [before])] if before is not None else []
    if worker_id is not None:
        conditions.append(("worker_id = ?", [worker_id]))
    if households:
        conditions.append((f"household_id IN ({', '.join('?' * len(households))})", list(households)))
    if kind is not None:
        conditions.append(("kind = ?", [kind.value]))
    if since is not None:
        conditions.append(("made_at >= ?", [_begin_of(since)]))
    if until is not None:
        conditions.append(("made_at < ?", [_begin_of(until + timedelta(days=1))]))
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    query = f"SELECT {_COLUMNS} FROM access_line WHERE {where} ORDER BY number DESC LIMIT ?"
    raw: Any = connection.connection.driver_connection
    rows = raw.execute(query, [value for _, values in conditions for value in values] + [limit]).fetchall()
    return [AccessLine(*row) for row in rows]


def keep_months(day: date) -> int:
    """Return for how many months a line is kept, by the dated table `access_log` as it stands on `day`."""
    return int(dated("access_log", "keep_months", day).value)


def _begin_of(day: date) -> str:
    instant = datetime(day.year, day.month, day.day).astimezone().astimezone(UTC)
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _append(raw: Any, clock: Clock, device_id: str, noted: Iterable[_Noted]) -> None:
    day = stamp(clock)[:10]
    end, readable = _end_of(raw)
    another_day = end.day != day
    if another_day and end.number:
        end = _close_day(raw, end, day)
    writing = _Writing(raw, end, device_id)
    for each in noted:
        writing.line(each)
    if another_day:
        _purge(raw, writing, clock)
    if readable:
        writing.finish(day)


def _end_of(raw: Any) -> tuple[_End, bool]:
    """Return where to go on, and whether that was told: an end that was tampered with stops no work, and stays told."""
    try:
        return _End.read(raw), True
    except (ValueError, TypeError):
        return _End(), False


@dataclass(frozen=True, slots=True)
class _End:
    """Where the chain ends, kept apart from it: whoever cuts the last lines off must be seen.

    `day`: the UTC day of the last writing; `checkpoints`: how many there are, and the hash of the last.
    """

    number: int = 0
    hash: bytes = _FIRST
    day: str = ""
    checkpoints: int = 0
    checkpoint_hash: bytes = _FIRST

    @classmethod
    def read(cls, raw: Any) -> _End:
        """Return the end of the chain of a file. Raises ValueError when it says nothing readable."""
        row = raw.execute("SELECT value FROM local_state WHERE key = ?", (_END,)).fetchone()
        if row is None:
            return cls()
        number, digest, day, checkpoints, last, seal = orjson.loads(row[0])
        if seal != _seal((number, digest, day, checkpoints, last)):
            raise ValueError("the end of the log was changed")
        return cls(int(number), bytes.fromhex(digest), str(day), int(checkpoints), bytes.fromhex(last))

    def write(self, raw: Any) -> None:
        """Keep it in the file."""
        told = (self.number, self.hash.hex(), self.day, self.checkpoints, self.checkpoint_hash.hex())
        value = orjson.dumps((*told, _seal(told))).decode()
        raw.execute("INSERT OR REPLACE INTO local_state VALUES (?, ?)", (_END, value))


class _Writing:
    """Adds lines behind an end."""

    def __init__(self, raw: Any, end: _End, device_id: str) -> None:
        self._raw, self._end, self._device_id = raw, end, device_id
        last = raw.execute("SELECT ifnull(max(number), 0) FROM access_line").fetchone()[0]
        # Beyond its end there is only what was put there by hand: `verify` tells it, work goes on.
        self._number, self._hash = max(end.number, last), end.hash

    def line(self, noted: _Noted) -> None:
        """Add a line."""
        self._number += 1
        told = (
            self._number, noted.made_at, self._device_id, noted.worker_id, noted.kind.value, noted.household_id,
            noted.detail,
        )  # fmt: skip
        self._hash = _line_hash(self._hash, told)
        self._raw.execute("INSERT INTO access_line VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*told, self._hash))

    def finish(self, day: str) -> None:
        """Keep where the chain ends now."""
        end = self._end
        _End(self._number, self._hash, day, end.checkpoints, end.checkpoint_hash).write(self._raw)


def _close_day(raw: Any, end: _End, day: str) -> _End:
    """Put a checkpoint behind the last line of a day gone by."""
    told = (end.number, end.day, end.hash)
    digest = _checkpoint_hash(end.checkpoint_hash, told)
    raw.execute("INSERT OR REPLACE INTO access_checkpoint VALUES (?, ?, ?, ?)", (*told, digest))
    return _End(end.number, end.hash, day, end.checkpoints + 1, digest)


def _purge(raw: Any, writing: _Writing, clock: Clock) -> None:
    """Remove the days whose lines are past their time, and say so in a line."""
    day = today(clock)
    try:
        months = keep_months(day)
    except NotFound:  # a clock set back before the table begins: nothing is past its time
        return
    oldest = add_months(day, -months).isoformat()
    # A day told wrong by a clock set back never takes with it days that are still to be kept.
    last = raw.execute(_LAST_TO_PURGE, (oldest,)).fetchone()[0]
    if last is None or raw.execute("SELECT 1 FROM access_line WHERE number <= ?", (last,)).fetchone() is None:
        return
    raw.execute("DELETE FROM access_line WHERE number <= ?", (last,))
    writing.line(_Noted(stamp(clock), "", AccessKind.PURGED, None, str(last)))


def _seal(told: tuple[Any, ...]) -> str:
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


def _line_hash(previous: bytes, told: tuple[Any, ...]) -> bytes:
    return hashlib.sha256(orjson.dumps((previous.hex(), told))).digest()


def _checkpoint_hash(previous: bytes, told: tuple[int, str, bytes]) -> bytes:
    number, day, line_hash = told
    return hashlib.sha256(orjson.dumps((previous.hex(), number, day, line_hash.hex()))).digest()


class _Check:
    """Looks a whole chain through."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._faults: list[str] = []

    def faults(self) -> list[str]:
        """Return what does not hold."""
        try:
            end = _End.read(self._raw)
        except (ValueError, TypeError):
            return ["end"]
        try:
            checkpoints = self._checkpoints(end)
            self._lines(end, checkpoints)
        except (ValueError, TypeError, AttributeError):  # a cell of another kind than what was written there
            self._faults.append("unreadable")
        return self._faults

    def _checkpoints(self, end: _End) -> dict[int, bytes]:
        previous, found = _FIRST, {}
        rows = self._raw.execute("SELECT number, day, line_hash, hash FROM access_checkpoint ORDER BY number")
        for number, day, line_hash, digest in rows.fetchall():
            if digest != _checkpoint_hash(previous, (number, day, line_hash)):
                self._faults.append(f"checkpoint:{number}")
            previous, found[number] = digest, line_hash
        if len(found) != end.checkpoints or previous != end.checkpoint_hash:
            self._faults.append("checkpoints")
        return found

    def _lines(self, end: _End, checkpoints: dict[int, bytes]) -> None:
        purged = self._purged_to()
        previous = checkpoints.get(purged, _FIRST)
        expected = purged + 1
        rows = self._raw.execute(f"SELECT {_COLUMNS} FROM access_line ORDER BY number")
        for row in rows:
            line = AccessLine(*row)
            if line.number != expected:
                self._faults.append(f"missing:{expected}")
            elif line.hash != _line_hash(previous, tuple(row[:-1])):
                self._faults.append(f"line:{line.number}")
            if checkpoints.get(line.number, line.hash) != line.hash:
                self._faults.append(f"checkpoint:{line.number}")
            previous, expected = line.hash, line.number + 1
        if (expected - 1, previous) != (end.number, end.hash):
            self._faults.append("end")

    def _purged_to(self) -> int:
        query = "SELECT detail FROM access_line WHERE kind = ? ORDER BY number DESC LIMIT 1"
        row = self._raw.execute(query, (AccessKind.PURGED.value,)).fetchone()
        return int(row[0]) if row else 0


_LAST_TO_PURGE = """
    SELECT max(number) FROM access_checkpoint
    WHERE number < ifnull((SELECT min(number) FROM access_checkpoint WHERE day >= ?), 9223372036854775807)
"""
_COLUMNS = "number, made_at, device_id, worker_id, kind, household_id, detail, hash"
