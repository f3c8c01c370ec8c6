"""Which backups are kept: seven days, four weeks, twelve months; a pure function of when they were made."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime, timedelta

from caseworker_app.kernel.dates import add_months

DAYS, WEEKS, MONTHS = 7, 4, 12


def kept(made: Iterable[datetime]) -> set[datetime]:
    """Return the instants, in the office's own time, whose backups are kept.

    The newest of each of the last seven days that have one, of each of the last four weeks, of each of the last
    twelve months. Periods are those that have backups, whatever today is: a clock gone wrong for a while must not
    empty the shelf. Once there are seven days, what is more than twelve months older than the oldest of them goes, so
    that what was erased from the file leaves its backups too.
    """
    instants = sorted(set(made), reverse=True)
    days = _newest_of_each(instants, DAYS, datetime.date)
    older = _newest_of_each(instants, WEEKS, lambda one: one.isocalendar()[:2])
    older |= _newest_of_each(instants, MONTHS, lambda one: (one.year, one.month))
    limit = _limit(days)
    return days | {one for one in older if limit is None or one.date() >= limit}


def gone_by(day: date) -> date:
    """Return the day by which no backup holds any more what was erased on `day`, if one is made each day until then.

    Where the program is opened less often, later: periods count where backups are. A backup kept from before a
    migration, one made by hand elsewhere, and a second place have their own time.
    """
    return add_months(day, MONTHS) + timedelta(DAYS)


def _newest_of_each(
    newest_first: list[datetime], most: int, period: Callable[[datetime], Hashable]
) -> set[datetime]:
    found: dict[Hashable, datetime] = {}
    for one in newest_first:
        found.setdefault(period(one), one)
    return set(list(found.values())[:most])


def _limit(days: set[datetime]) -> date | None:
    oldest = min((one.date() for one in days), default=None)
    if oldest is None or len(days) < DAYS or oldest.year <= date.min.year + 1:
        return None
    return add_months(oldest, -MONTHS)
