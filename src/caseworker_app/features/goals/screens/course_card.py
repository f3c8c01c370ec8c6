"""Each domain at every date of a view, in words: a row a domain, a column a date, as many as the page shows at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtGui import QResizeEvent

from caseworker_app.features.goals.domain.autonomy import (
    LEVEL_LABELS,
    TREND_LABELS,
    EvaluationWithLevels,
    Trend,
    View,
    rung,
)
from caseworker_app.features.goals.domain.course import CoursePoint, DomainCourse, course_days, courses
from caseworker_app.features.goals.screens.words import TREND_DRESS
from caseworker_app.kernel.dates import format_short_date
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.row_model import Column, LazyRows
from caseworker_app.ui_kit.row_table import HEADER_HEIGHT, ROW_HEIGHT, Cell, RowTable
from caseworker_app.ui_kit.theme import px

_DATE_WIDE, _DOMAIN_WIDE = 116, 232


class CourseCard(Card):
    """« Évolution, date par date »; hidden where there are fewer than two dates. As tall as its rows."""

    def __init__(self) -> None:
        """Make it empty and hidden."""
        super().__init__("Évolution, date par date")
        self._courses: tuple[DomainCourse, ...] = ()
        self._days: tuple[date, ...] = ()
        self._last = 0
        self.older = Button("Dates plus anciennes", "quiet", "arrow-left", compact=True)
        self.newer = Button("Dates plus récentes", "quiet", "arrow-right", compact=True)
        self.table = CourseTable()
        for button in (self.older, self.newer):
            self.add_action(button)
        self.add_rows(self.table, rule=False)
        self.older.clicked.connect(lambda: self._move(-1))
        self.newer.clicked.connect(lambda: self._move(1))
        self.hide()

    def show_courses(self, evaluations: Sequence[EvaluationWithLevels], view: View) -> None:
        """Show every date of a view, the latest ones first in sight."""
        self._courses, self._days = courses(evaluations, view), course_days(evaluations, view)
        self._last = len(self._days)
        self.remark.setText(plural(len(self._days), "date"))
        self._show()

    @property
    def filled(self) -> bool:
        """Say whether there is something to compare: two dates at least."""
        return len(self._days) > 1

    @property
    def shown_days(self) -> tuple[date, ...]:
        """The dates in sight, oldest first."""
        return self._days[self._first : self._last]

    @property
    def _first(self) -> int:
        return max(0, self._last - self._fitting())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many dates as there is room for."""
        super().resizeEvent(event)
        self._show()

    def _fitting(self) -> int:
        """Return how many dates the width holds, two at least."""
        return max(2, (self.width() - px(_DOMAIN_WIDE)) // px(_DATE_WIDE))

    def _move(self, way: int) -> None:
        step = max(1, self._fitting() - 1) * way
        self._last = min(len(self._days), max(self._fitting(), self._last + step))
        self._show()

    def _show(self) -> None:
        first, last = self._first, self._last
        self.older.setVisible(first > 0)
        self.newer.setVisible(last < len(self._days))
        self.table.show_courses(self._courses, self._days, first, last)


class CourseTable(RowTable):
    """The rows; its columns are the dates in sight."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__(
            "Évolution, date par date", LazyRows(_cells, lambda row: row[0].domain.code, _columns(()))
        )

    def show_courses(
        self, shown: Sequence[DomainCourse], days: Sequence[date], first: int, last: int
    ) -> None:
        """Show domains from one date to another."""
        self.rows.columns = _columns(days[first:last])
        self.rows.set_rows([(each, first, last) for each in shown])
        self.setFixedHeight(px(HEADER_HEIGHT) + px(ROW_HEIGHT) * len(shown))
        self._fit_columns()


def _columns(days: Sequence[date]) -> tuple[Column, ...]:
    titles = (f"{format_short_date(day)}\u00a0{day.year}" for day in days)
    return (Column("Domaine"), *(Column(title, _DATE_WIDE) for title in titles))


def _cells(row: tuple[DomainCourse, int, int]) -> tuple[Cell, ...]:
    """Return the domain and its levels from one date to another, each with an arrow where it moved."""
    course, first, last = row
    inner = course.domain.internal
    name = Cell(
        course.domain.label,
        "interne" if inner else "",
        detail_tone="note",
        detail_icon="lock" if inner else "",
    )
    moves = (Trend.STABLE, *(_move(before, after) for before, after in pairwise(course.points)))
    shown = zip(course.points[first:last], moves[first:last], strict=True)
    return (name, *(_level(point, move) for point, move in shown))


def _move(before: CoursePoint, after: CoursePoint) -> Trend:
    """Return how a domain moved between two dates in the same words of the grid; stable where nothing can be told."""
    earlier, later = rung(before.level), rung(after.level)
    if not after.joined or earlier is None or later is None or earlier == later:
        return Trend.STABLE
    return Trend.PROGRESS if later > earlier else Trend.DECLINE


def _level(point: CoursePoint, move: Trend) -> Cell:
    words = LEVEL_LABELS[point.level]
    if rung(point.level) is None:
        return Cell(words, tone="muted")
    if move is Trend.STABLE:
        return Cell(words)
    icon, tone = TREND_DRESS[move]
    return Cell(words, TREND_LABELS[move], detail_tone=tone, detail_icon=icon)
