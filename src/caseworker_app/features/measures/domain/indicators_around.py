"""What indicators count around the measures of an agreement: referrals and their delays, rehousings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.folding import fold

# A reason for an end that is a rehousing is worded so, in the list of the program as in that of an agreement.
_REHOUSED = "relogement"


@dataclass(frozen=True, slots=True)
class CountedReferral:
    """A referral under the agreement, as counting needs it.

    `answered_on`: the day it was decided, put on the waiting list, or closed by its diagnosis; `due_on`: by when it was
    to be decided.
    """

    received_on: date
    answered_on: date | None
    due_on: date


def received_in(referrals: Iterable[CountedReferral], period: Period) -> int:
    """Return how many were received in a period."""
    return sum(period.holds(each.received_on) for each in referrals)


def decision_days(referrals: Iterable[CountedReferral], period: Period) -> list[int]:
    """Return the days from reception to decision of those decided in a period, the quickest first."""
    return sorted(
        max(0, (each.answered_on - each.received_on).days)
        for each in referrals
        if each.answered_on is not None and period.holds(each.answered_on)
    )


def median(days: Sequence[int]) -> Decimal | None:
    """Return the middle of sorted counts, the mean of the two middle ones where they are even; None of nothing."""
    if not days:
        return None
    half = len(days) // 2
    return Decimal(days[half]) if len(days) % 2 else Decimal(days[half - 1] + days[half]) / 2


def late_in(referrals: Iterable[CountedReferral], period: Period) -> int:
    """Return how many were decided late in a period, or still waited past their day on its last one."""
    last = period.end or period.start
    return sum(_late(each, period, last) for each in referrals if each.received_on <= last)


def is_rehousing(reason: str | None) -> bool:
    """Say whether a measure ended with the household rehoused, by the words of its reason."""
    return reason is not None and fold(reason).startswith(_REHOUSED)


def _late(of: CountedReferral, period: Period, last: date) -> bool:
    if of.answered_on is not None and of.answered_on <= last:
        return period.holds(of.answered_on) and of.answered_on > of.due_on
    return of.due_on < last
