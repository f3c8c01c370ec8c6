"""A time that comes again (« répétition »): its days, until a date or so many times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from caseworker_app.features.diary.domain.appointment import Repeat
from caseworker_app.features.diary.domain.visit import FURTHEST_APPOINTMENT
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.errors import InvalidEntry

# Every working day of a year, and some: each is a row of its own.
MOST_TIMES = 260
_DAYS = {Repeat.DAILY: 1, Repeat.WEEKLY: 7, Repeat.FORTNIGHTLY: 14}


class Scope(StrEnum):
    """What a change of a repeated time is about."""

    ONE = "one"
    FOLLOWING = "following"


@dataclass(frozen=True, slots=True)
class Repetition:
    """How often, and until when: either `until`, its day included, or `times`, the first one counted."""

    repeat: Repeat
    until: date | None = None
    times: int | None = None


def occurrences(first: datetime, repetition: Repetition) -> list[datetime]:
    """Return every beginning, the first included, at the same hour on the wall.

    Monthly keeps the day of the month, held back at the end of a shorter one (31 January, 28 February, 31 March).
    Raises InvalidEntry for « until » or « times »: none or both said, nothing to repeat, too many, too far.
    """
    _check_end(first, repetition)
    found: list[datetime] = []
    for moment in _moments(first, repetition.repeat):
        if repetition.until is not None and moment.date() > repetition.until:
            break
        if repetition.times is not None and len(found) == repetition.times:
            break
        found.append(moment)
        if len(found) > MOST_TIMES:
            raise InvalidEntry(
                f"Cette répétition fait plus de {MOST_TIMES}\u00a0rendez-vous\u00a0: choisissez une fin plus proche.",
                "until" if repetition.until else "times",
            )
    if found[-1] - first > FURTHEST_APPOINTMENT:
        raise InvalidEntry(
            "Cette répétition va à plus de deux ans\u00a0: choisissez une fin plus proche.",
            "until" if repetition.until else "times",
        )
    return found


def _check_end(first: datetime, repetition: Repetition) -> None:
    until, times = repetition.until, repetition.times
    if (until is None) == (times is None):
        raise InvalidEntry("Dites jusqu’à quel jour, ou combien de fois.", "until")
    if until is not None and until <= first.date():
        raise InvalidEntry(
            "La répétition finit après le premier rendez-vous\u00a0: vérifiez la date.", "until"
        )
    if times is not None and times < 2:
        raise InvalidEntry("Un rendez-vous répété a lieu au moins 2 fois.", "times")


def _moments(first: datetime, repeat: Repeat) -> Iterator[datetime]:
    """Yield the beginnings without end."""
    number = 0
    while True:
        if repeat is Repeat.MONTHLY:
            yield datetime.combine(add_months(first.date(), number), first.time())
        else:
            yield first + timedelta(days=number * _DAYS[repeat])
        number += 1
