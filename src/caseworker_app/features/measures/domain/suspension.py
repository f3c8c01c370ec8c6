"""A measure suspended for a time (« suspension »): the household is away, in hospital, or asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from caseworker_app.features.measures.domain.measure import (
    MAX_MONTHS_AHEAD,
    MeasureFile,
    SupportMeasure,
    Suspension,
    check_year_of_end,
)
from caseworker_app.kernel.dates import Period, add_months, format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural


def check_suspension(
    measure: SupportMeasure,
    from_date: date,
    to_date: date | None,
    others: Iterable[Suspension],
    today: date,
) -> None:
    """Refuse a suspension outside its measure, reversed, or over another one. Raises InvalidEntry."""
    if measure.ended_on is not None:
        raise InvalidEntry("Cette mesure est terminée\u00a0: elle ne se suspend plus.", "from_date")
    if from_date < measure.starts_on:
        raise InvalidEntry(
            f"La mesure commence le {format_date(measure.starts_on)}\u00a0: elle ne se suspend pas avant.",
            "from_date",
        )
    if from_date > add_months(today, MAX_MONTHS_AHEAD):
        raise InvalidEntry("Cette date n’est pas possible\u00a0: vérifiez l’année.", "from_date")
    if to_date is not None and to_date < from_date:
        raise InvalidEntry("La suspension ne peut pas finir avant de commencer.", "to_date")
    check_year_of_end(from_date, to_date, "to_date")
    for other in others:
        if Period(from_date, to_date).overlaps(Period(other.from_date, other.to_date)):
            raise InvalidEntry(
                f"La mesure est déjà suspendue {days_words(other)}\u00a0: reprenez-la d’abord.", "from_date"
            )


def last_day_suspended(suspension: Suspension, resumed_on: date) -> date:
    """Return the last day of a suspension when the measure goes on from a day.

    Raises InvalidEntry when that day is not after its start, or the measure goes on already.
    """
    if resumed_on <= suspension.from_date:
        raise InvalidEntry("La mesure ne peut pas reprendre avant d’avoir été suspendue.", "resumed_on")
    if suspension.to_date is not None and suspension.to_date < resumed_on:
        raise InvalidEntry(f"Cette suspension a fini le {format_date(suspension.to_date)}.", "resumed_on")
    return resumed_on - timedelta(days=1)


def suspended_on(file: MeasureFile, day: date) -> Suspension | None:
    """Return the suspension a measure is under on a day."""
    return next((each for each in file.suspensions if each.holds(day)), None)


def days_suspended(suspensions: Iterable[Suspension], day: date) -> int:
    """Return how many days a measure was suspended, up to `day` included."""
    ended = ((each.from_date, min(day, each.to_date or day)) for each in suspensions)
    return sum(max(0, (last - first).days + 1) for first, last in ended)


def days_words(suspension: Suspension) -> str:
    """Say the days of a suspension: « du 03/11/2026 au 20/11/2026 », « depuis le 03/11/2026 »."""
    start = format_date(suspension.from_date)
    if suspension.to_date is None:
        return f"depuis le {start}"
    return f"du {start} au {format_date(suspension.to_date)}"


def state_words(suspension: Suspension, day: date) -> tuple[str, str]:
    """Return the words and the tone of a suspension that holds on a day."""
    if suspension.to_date is None:
        return f"Suspendue depuis {plural((day - suspension.from_date).days + 1, 'jour')}", "warn"
    return f"Suspendue jusqu’au {format_date(suspension.to_date)}", "warn"
