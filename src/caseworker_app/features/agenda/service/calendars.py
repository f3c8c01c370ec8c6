"""Calendars of others taken in, ours given out: looked at before anything is written, counted, undone in one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from caseworker_app.features.agenda.domain.calendar_preview import CalendarPreview
from caseworker_app.features.agenda.domain.ics_blocks import (
    MAX_BYTES,
    NOT_A_CALENDAR,
    TOO_BIG,
    CalendarRefused,
    looks_like_text,
)
from caseworker_app.features.agenda.domain.ics_reading import FoundTime, read_calendar
from caseworker_app.features.agenda.domain.ics_writing import UID_END, write_calendar
from caseworker_app.features.agenda.domain.shown import ShownTime
from caseworker_app.features.agenda.service.reading import read_span
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.appointment import kept_form
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

_CHUNK = 1 << 16
# A line of a calendar has 75 bytes; one of a megabyte is no text.
_LONGEST_LINE = 1_000_000


def preview_import(file: EncryptedFile, who: Who, path: Path) -> CalendarPreview:
    """Read a calendar and say what its import would do; nothing is written.

    Raises CalendarRefused with the one sentence that says what to do, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    reading = read_calendar(_lines(path), today(file.clock))
    with file.reading() as connection:
        known = _known(connection, who, [each.uid for each in reading.times])
    new = tuple(each for each in reading.times if each.uid not in known)
    return CalendarPreview(
        new, len(reading.times) - len(new), reading.outside, reading.cancelled, reading.unreadable,
        tuple(sorted(reading.unknown_zones)), reading.in_unknown_zone,
    )  # fmt: skip


def import_times(file: EncryptedFile, who: Who, found: Sequence[FoundTime]) -> tuple[int, Changes]:
    """Write what a preview found, but what came in since; return how many. One change, undone in one.

    Raises NotAllowed, InvalidEntry.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "agenda_import") as uow:
        known = _known(uow.connection, who, [each.uid for each in found])
        series: dict[str, str] = {}
        rows = []
        for each in found:
            if each.uid not in known:
                kept = kept_form(each.form(), uow.today)
                own = series.setdefault(each.series, new_id()) if each.series else None
                rows.append({**diary.time_row(kept, who.worker_id, own), "outside_uid": each.uid})
        diary.put_in_agenda(uow, rows)
        return len(rows), uow.changes


def export_times(
    file: EncryptedFile, who: Who, first: date, last: date, *, addresses: bool = False
) -> tuple[int, bytes]:
    """Return one's own agenda of a period as a calendar, initials only, and how many times it holds.

    It leaves the house: the log of accesses says so. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    with file.reading() as connection:
        times = outgoing(connection, who, first, last, file.accesses.kept_inside)
    file.accesses.note(who.worker_id, AccessKind.EXPORTED, None, f"agenda:{len(times)}")
    return len(times), write_calendar(times, file.clock.now(), addresses=addresses)


def outgoing(
    connection: Connection, who: Who, first: date, last: date, kept_inside: Collection[str] = ()
) -> list[ShownTime]:
    """Return the times that may leave: one's own, but of households nothing of which may go out. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    times = read_span(connection, who, first, last).times
    return [each for each in times if not each.hidden and each.household_id not in kept_inside]


def _known(connection: Connection, who: Who, uids: Sequence[str]) -> set[str]:
    """Return which names are in the agenda: taken from there before, or our own come back."""
    found = diary.known_outside(connection, who, uids)
    own = {uid.removesuffix(UID_END): uid for uid in uids if uid.endswith(UID_END)}
    return found | {own[key] for key in diary.known_times(connection, who, list(own))}


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file, unread beyond its size. Raises CalendarRefused."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CalendarRefused(TOO_BIG)
        with path.open("rb") as stream:
            if not looks_like_text(stream.read(_CHUNK)):
                raise CalendarRefused(NOT_A_CALENDAR)
            stream.seek(0)
            while line := stream.readline(_LONGEST_LINE):
                if len(line) >= _LONGEST_LINE:
                    raise CalendarRefused(NOT_A_CALENDAR)
                yield line
    except OSError as error:
        raise CalendarRefused(
            "Ce fichier ne s’ouvre pas\u00a0: vérifiez qu’il est toujours là et qu’un autre programme ne le tient pas."
        ) from error
