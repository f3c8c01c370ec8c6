"""The levels of each domain over all the evaluations of a view: a line a domain, never one for them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.goals.domain.autonomy import (
    LEVEL_LABELS,
    EvaluationWithLevels,
    Level,
    View,
    rung,
)
from caseworker_app.features.goals.domain.comparing import of_view
from caseworker_app.features.goals.domain.grid import GridDomain
from caseworker_app.kernel.dates import format_long_date


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """The level at a date; `joined`: a line leads to it from the point before, both having a level in the same
    words of the grid.
    """

    day: date
    level: Level
    joined: bool

    @property
    def words(self) -> str:
        """Return « fragile le 6 avril 2026 »."""
        return f"{LEVEL_LABELS[self.level]} le {format_long_date(self.day)}"


@dataclass(frozen=True, slots=True)
class DomainCourse:
    """One domain at every date, oldest first."""

    domain: GridDomain
    points: tuple[CoursePoint, ...]

    @property
    def spoken(self) -> str:
        """Say the course whole, as it is read aloud."""
        inner = ", interne" if self.domain.internal else ""
        return f"{self.domain.label}{inner}\u00a0: {', '.join(point.words for point in self.points)}"

    @property
    def last(self) -> Level:
        """The level at the last date."""
        return self.points[-1].level


def courses(evaluations: Sequence[EvaluationWithLevels], view: View) -> tuple[DomainCourse, ...]:
    """Return the course of every domain that has a level at one date at least, in the order of the last grid.

    A domain the last version does not know comes after the others.
    """
    seen = of_view(evaluations, view)
    known: dict[str, GridDomain] = {}
    for each in reversed(seen):
        for domain in each.grid.known:
            known.setdefault(domain.code, domain)
    placed = {c for c in known if any(rung(each.level(c)) for each in seen)}
    return tuple(DomainCourse(known[code], _points(seen, code)) for code in known if code in placed)


def _points(seen: Sequence[EvaluationWithLevels], code: str) -> tuple[CoursePoint, ...]:
    points = []
    for place, each in enumerate(seen):
        before = seen[place - 1] if place else None
        points.append(
            CoursePoint(each.evaluation.evaluated_on, each.level(code), _joined(before, each, code))
        )
    return tuple(points)


def _joined(before: EvaluationWithLevels | None, after: EvaluationWithLevels, code: str) -> bool:
    if before is None or not (before.grid.holds(code) and after.grid.holds(code)):
        return False
    same = before.grid.domain(code).anchors == after.grid.domain(code).anchors
    return same and bool(rung(before.level(code))) and bool(rung(after.level(code)))


def course_days(evaluations: Sequence[EvaluationWithLevels], view: View) -> tuple[date, ...]:
    """Return the day of every evaluation of a view, oldest first; a day evaluated twice stands twice."""
    return tuple(each.evaluation.evaluated_on for each in of_view(evaluations, view))
