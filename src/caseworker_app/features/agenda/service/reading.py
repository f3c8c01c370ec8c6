"""Reading the agenda: some days of some workers, each time with what whoever asks may see of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from caseworker_app.features.agenda import store
from caseworker_app.features.agenda.domain.holidays import holidays
from caseworker_app.features.agenda.domain.shown import AgendaSpan, Home, ShownTime, shown_time
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.appointment import DAY_MINUTES, LONGEST_MINUTES, PlannedTime
from caseworker_app.features.diary.service.entries import wall_clock
from caseworker_app.features.households.domain.household import address_line
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Role, Who
from caseworker_app.kernel.errors import NotAllowed
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

_LONGEST_DAYS = LONGEST_MINUTES // DAY_MINUTES


def read_span(
    connection: Connection,
    who: Who,
    first: date,
    last: date,
    workers: Sequence[str] | None = None,
    *,
    alsace_moselle: bool = False,
) -> AgendaSpan:
    """Return the agenda from `first` to `last`, both included, of some workers.

    By default of whoever asks; an empty list: of everybody. A handful of statements for all households together.
    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    chosen = [who.worker_id] if workers is None else list(workers)
    names = {each.id: each.name for each in team.list_workers(connection, who)}
    rows = [
        row
        # What lasts for days began before.
        for row in diary.planned_times(connection, who, first - timedelta(days=_LONGEST_DAYS), last)
        if row.ends_at.date() >= first and _touches(row, first) and (not chosen or row.worker_id in chosen)
    ]
    return AgendaSpan(
        first,
        last,
        tuple(shown(connection, who, rows, names, first)),
        holidays(first, last, alsace_moselle=alsace_moselle),
        names,
    )


def shown(
    connection: Connection, who: Who, rows: Sequence[PlannedTime], names: dict[str, str], day: date
) -> list[ShownTime]:
    """Return rows as whoever asks may see them, inside another reading. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    ids = list(dict.fromkeys(row.household_id for row in rows if row.household_id))
    homes = {
        key: Home(home.name, home.protected, address_line(*home.address) if home.address else "")
        for key, home in store.homes(connection, ids, day).items()
    }
    seen = seen_by(connection, who, [key for key, home in homes.items() if home.protected], day)
    found = []
    for row in rows:
        # A household that is not in this file, or no longer, is told like one under protection.
        home = homes.get(row.household_id, Home("", protected=True)) if row.household_id else None
        may_see = row.worker_id == who.worker_id or row.household_id in seen
        found.append(shown_time(row, home, names.get(row.worker_id, ""), may_see=may_see))
    return found


def seen_by(connection: Connection, who: Who, protected: Sequence[str], day: date) -> set[str]:
    """Return the protected households whose appointments with others one may see.

    Those whose measure one leads; all of them for whoever heads the service. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    if who.role is Role.SUPERVISOR:
        return set(protected)
    return store.followed_by(connection, protected, who.worker_id, day)


def require_seen(connection: Connection, who: Who, row: PlannedTime, day: date) -> None:
    """Refuse what is shown as « Occupé ». Raises NotAllowed."""
    who.require(Right.READ_FILES)
    if row.worker_id == who.worker_id or row.household_id is None:
        return
    home = store.homes(connection, [row.household_id], day).get(row.household_id)
    if home is None or (home.protected and not seen_by(connection, who, [row.household_id], day)):
        raise NotAllowed(
            "Ce rendez-vous est celui d’un ménage protégé suivi par quelqu’un d’autre\u00a0: voyez avec cette personne."
        )


def read_form(
    connection: Connection, who: Who, row_id: str, day: date
) -> tuple[PlannedTime, Home | None, int]:
    """Return a row to be changed, its household, and how many occurrences of its repetition follow it.

    Raises NotFound, NotAllowed.
    """
    row = diary.planned_time(connection, who, row_id)
    require_seen(connection, who, row, day)
    home = None
    if row.household_id is not None:
        known = store.homes(connection, [row.household_id], day)[row.household_id]
        home = Home(known.name, known.protected)
    following = 0
    if row.series_id is not None:
        later = diary.times_of_series(connection, who, row.series_id)
        following = sum(each.starts_at > row.starts_at for each in later)
    return row, home, following


def home_named(connection: Connection, who: Who, household_id: str, day: date) -> Home | None:
    """Return the name of a household a time is about, None for one that is not there. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    home = store.homes(connection, [household_id], day).get(household_id)
    return None if home is None else Home(home.name, home.protected)


def now_of(file: EncryptedFile) -> datetime:
    """Return the hour on the office's wall."""
    return wall_clock(file.clock)


def _touches(row: PlannedTime, first: date) -> bool:
    return row.starts_at.date() >= first or (row.ends_at - timedelta(minutes=1)).date() >= first
