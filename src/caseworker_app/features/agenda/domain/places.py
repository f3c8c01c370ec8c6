"""Where times stand in a column of hours: side by side when they overlap; and where a move would put one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from caseworker_app.features.agenda.domain.shown import ShownTime
from caseworker_app.features.diary.domain.appointment import DAY_MINUTES

# What is drawn is never shorter, so that its hour can be read.
LEAST_DRAWN = 25
SNAP = 15
SHORTEST = 15


@dataclass(frozen=True, slots=True)
class Placed:
    """A time in the column of a day; minutes since midnight, journeys apart; `lane` of `lanes` side by side."""

    time: ShownTime
    begin: int
    top: int
    bottom: int
    end: int
    lane: int
    lanes: int


def placed(times: Sequence[ShownTime], day: date) -> list[Placed]:
    """Return the times of a day side by side: as many lanes as overlap at once, in each group that touches."""
    midnight = datetime.combine(day, time.min)
    spans = sorted((_span(each, midnight) for each in times), key=lambda s: (s[1], -s[4], s[0].id))
    found: list[Placed] = []
    group: list[tuple[tuple[ShownTime, int, int, int, int], int]] = []
    ends: list[int] = []
    for span in spans:
        if ends and span[1] >= max(ends):
            found += _closed(group, len(ends))
            group, ends = [], []
        lane = next((n for n, end in enumerate(ends) if end <= span[1]), len(ends))
        ends[lane : lane + 1] = [span[4]]
        group.append((span, lane))
    return [*found, *_closed(group, len(ends))]


def _closed(group: list[tuple[tuple[ShownTime, int, int, int, int], int]], lanes: int) -> list[Placed]:
    return [Placed(*span, lane, lanes) for span, lane in group]


def _span(each: ShownTime, midnight: datetime) -> tuple[ShownTime, int, int, int, int]:
    def minute(moment: datetime) -> int:
        return max(0, min(DAY_MINUTES, int((moment - midnight).total_seconds()) // 60))

    top, bottom = minute(each.starts_at), minute(each.ends_at)
    bottom = min(DAY_MINUTES, max(bottom, top + LEAST_DRAWN))
    return each, min(minute(each.busy_from), top), top, bottom, max(minute(each.busy_until), bottom)


def moved(each: ShownTime, days: int = 0, minutes: int = 0) -> datetime:
    """Return the beginning after a move, kept within its day so that it ends by midnight."""
    day = each.starts_at.date() + timedelta(days=days)
    start = each.starts_at.hour * 60 + each.starts_at.minute + minutes
    latest = max(0, DAY_MINUTES - each.minutes) if not each.all_day else 0
    kept = 0 if each.all_day else max(0, min(start, latest))
    return datetime.combine(day, time.min) + timedelta(minutes=kept)


def snapped(minutes: float) -> int:
    """Return minutes on the nearest quarter of an hour."""
    return round(minutes / SNAP) * SNAP


def resized(each: ShownTime, minutes: int) -> int:
    """Return the length after its end moved by `minutes`: a quarter of an hour at least, ended by midnight."""
    start = each.starts_at.hour * 60 + each.starts_at.minute
    return max(SHORTEST, min(each.minutes + minutes, DAY_MINUTES - start))


def neighbour(times: Sequence[ShownTime], current: str, step: int) -> str:
    """Return the time before or after one, by hour; the first when none is stood on."""
    ids = [each.id for each in times]
    if not ids:
        return ""
    if current not in ids:
        return ids[0 if step > 0 else -1]
    return ids[max(0, min(ids.index(current) + step, len(ids) - 1))]


def beside(times: Sequence[ShownTime], current: ShownTime, days: int) -> str:
    """Return the time nearest in hour on the nearest other day that has any, going left or right; else the same."""
    here = current.starts_at.date()
    ahead = [t for t in times if (t.starts_at.date() > here if days > 0 else t.starts_at.date() < here)]
    if not ahead:
        return current.id
    day = (min if days > 0 else max)(t.starts_at.date() for t in ahead)
    wanted = current.starts_at.hour * 60 + current.starts_at.minute
    near = min(
        (t for t in ahead if t.starts_at.date() == day),
        key=lambda t: (abs(t.starts_at.hour * 60 + t.starts_at.minute - wanted), t.id),
    )
    return near.id


def free_hour(times: Sequence[ShownTime], day: date, now: datetime) -> time:
    """Return the hour a new time is proposed at: the next full hour that is free, from 9 on another day."""
    start = 9 if day != now.date() else min(max(8, now.hour + 1), 18)
    taken = [(t.busy_from, t.busy_until) for t in times if not t.all_day and day in t.days()]
    for hour in range(start, 19):
        begin = datetime.combine(day, time(hour))
        if not any(a < begin + timedelta(hours=1) and begin < b for a, b in taken):
            return time(hour)
    return time(start)
