"""Beside the sheet: the four figures of the month, and the course of one of them over the months."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.budget.domain.explaining import Reading, courses, month_before, readings
from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.budget.screens.showing import figure_of, trend_of
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.explain import Explain
from caseworker_app.ui_kit.figures import Figure, FigureTile
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.trend_chart import TrendChart

_FIGURES = 4
# More months than that stand too close to be read.
MONTHS_DRAWN = 12
TITLES = {
    "residual": "Reste à vivre par jour et par personne",
    "ratio": "Taux d’effort net",
    "balance": "Solde du mois",
}


class FigureTiles(QWidget):
    """The four figures; a click says how one was made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make them empty."""
        super().__init__(parent)
        self._readings: tuple[Reading, ...] = ()
        self.tiles = [FigureTile(Figure("", "")) for _ in range(_FIGURES)]
        grid = Columns(self, gap=12)
        for number, tile in enumerate(self.tiles):
            tile.clicked.connect(lambda _on=False, n=number: self.explain(n))
            grid.addWidget(tile)

    def show_month(
        self, sheets: Sequence[BudgetSheet], sheet: BudgetSheet, what_if: BudgetSheet | None
    ) -> None:
        """Show the figures of a month, compared with the one before and with what is supposed."""
        self._readings = readings(sheet, month_before(sheets, sheet.month.month), what_if)
        for tile, reading in zip(self.tiles, self._readings, strict=True):
            tile.show_figure(figure_of(reading))
            tile.setEnabled(reading.explanation is not None)

    def explain(self, number: int) -> Explain | None:
        """Show how a figure was made, under its tile; None where there is nothing to tell."""
        explanation = self._readings[number].explanation if number < len(self._readings) else None
        if explanation is None:
            return None
        window = Explain(explanation, self)
        window.open_under(self.tiles[number])
        return window


class CourseCard(Card):
    """The course over the months of the figure one chooses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__("Évolution", parent=parent)
        self._sheets: tuple[BudgetSheet, ...] = ()
        self._what_if: BudgetSheet | None = None
        self.choice = Segment("Figure suivie")
        self.choice.add("residual", "Reste à vivre")
        self.choice.add("ratio", "Taux d’effort")
        self.choice.add("balance", "Solde")
        self.choice.chosen.connect(lambda _key: self._show())
        self.chart = TrendChart()
        self.words = Label("", 12, tone="muted", wrap=True)
        self.add_action(self.choice)
        self.add(self.chart)
        self.add(self.words)

    def show_months(self, sheets: Sequence[BudgetSheet], what_if: BudgetSheet | None) -> None:
        """Show the course of months, oldest first; `what_if`: the last of them as it would be."""
        self._sheets, self._what_if = tuple(sheets), what_if
        self._show()

    def _show(self) -> None:
        key = self.choice.current_key()
        course = next(each for each in courses(self._sheets) if each.key == key)
        supposed = None
        if self._what_if is not None:
            supposed = next(each for each in courses([self._what_if]) if each.key == key)
        trend = trend_of(course, supposed, TITLES[key])
        self.chart.show_trend(trend)
        self.chart.setVisible(len(trend.points) > 1)
        self.setAccessibleName(TITLES[key])
        self.words.setVisible(len(trend.points) < 2)
        self.words.setText(
            f"La courbe se dessine à partir de deux mois\u00a0: {plural(len(trend.points), 'mois', 'mois')} saisi."
        )


class FiguresSide(QWidget):
    """Figures, then their course."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make them empty."""
        super().__init__(parent)
        self.figures = FigureTiles()
        self.course = CourseCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.figures)
        column.addWidget(self.course)

    def show_month(
        self, sheets: Sequence[BudgetSheet], sheet: BudgetSheet | None, what_if: BudgetSheet | None
    ) -> None:
        """Show a month, and the course of the months up to it; nothing of a month without budget."""
        self.setVisible(sheet is not None)
        if sheet is None:
            return
        self.figures.show_month(sheets, sheet, what_if)
        self.course.show_months(sheets, what_if)
