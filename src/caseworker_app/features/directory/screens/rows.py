"""How a household of the list is painted: its columns and cells."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from caseworker_app.features.directory.domain import (
    ALERT_LABELS,
    ENDING_DAYS,
    SILENT_DAYS,
    Alert,
    ListedHousehold,
)
from caseworker_app.features.dossier.domain.when import from_today
from caseworker_app.kernel.dates import format_date
from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.row_model import Column
from caseworker_app.ui_kit.row_table import Cell, RowTable
from caseworker_app.ui_kit.theme import px

COLUMNS = (
    Column("Ménage"),
    Column("Commune", 120),
    Column("Mesure", 144, optional=True),
    Column("Fin de mesure", 136),
    Column("Dernier contact", 116, optional=True),
    Column("Alerte", 124),
)
_ALERT_LOOKS = {
    Alert.OVERDUE: ("danger", "alert-circle"),
    Alert.SILENT: ("danger", "message-off"),
    Alert.ENDING: ("warn", "clock"),
    Alert.UP_TO_DATE: ("ok", "circle-check"),
    Alert.NOT_FOLLOWED: ("muted", "circle"),
}


NAME, TOWN, MEASURE, CONTACT = 0, 1, 2, 4
# The name is what one reads: it keeps this much, and gives what is beyond the second to town and measure.
_LEAST_NAME, _ENOUGH_NAME, _MOST_GIVEN = 196, 300, 130


class HouseholdTable(RowTable):
    """The table of the list: the current row keeps its ring even while one types in the search."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep names readable: other columns give way where width is short, and grow where it is not."""
        super().resizeEvent(event)
        for column in (CONTACT, MEASURE):
            if self.columnWidth(NAME) < px(_LEAST_NAME) and not self.isColumnHidden(column):
                self.setColumnWidth(NAME, self.columnWidth(NAME) + self.columnWidth(column))
                self.setColumnHidden(column, True)
        given = min(px(_MOST_GIVEN), max(0, (self.columnWidth(NAME) - px(_ENOUGH_NAME)) // 3))
        for column in (TOWN, MEASURE):
            if given and not self.isColumnHidden(column):
                self.setColumnWidth(column, self.columnWidth(column) + given)
                self.setColumnWidth(NAME, self.columnWidth(NAME) - given)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the ring of the current row."""
        super().paintEvent(event)
        index = self.currentIndex()
        if not index.isValid():
            return
        rect = self.visualRect(index)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.ring(painter, QRect(QPoint(0, rect.y()), QSize(self.viewport().width(), rect.height())), 3)
        painter.end()


def cells_of(row: ListedHousehold, day: date) -> tuple[Cell, ...]:
    """Return the cells of a household, one a column, seen on `day`."""
    ground = "note_soft" if row.protected else ""
    tone, icon = _ALERT_LOOKS[row.alert]
    return (
        _name(row, ground),
        _city(row, ground),
        Cell(row.measure or "—", tone="text" if row.measure else "muted", ground=ground),
        _end(row, day, ground),
        _contact(row, day, ground),
        Cell(ALERT_LABELS[row.alert], tone=tone, icon=icon, ground=ground),
    )


def _name(row: ListedHousehold, ground: str) -> Cell:
    lock = "shield-lock" if row.protected else ""
    # The lock is violet; a strong cell writes its words in the text's own colour.
    tone = "note" if row.protected else "text"
    if row.found is None:
        return Cell(row.title, row.people, tone, icon=lock, strong=True, ground=ground)
    where = f"{row.found.label}\u00a0: {row.found.context}"
    return Cell(row.title, where, tone, "accent", lock, "search", strong=True, ground=ground)


def _city(row: ListedHousehold, ground: str) -> Cell:
    if row.protected:
        return Cell("Masquée", tone="muted", icon="eye-off", ground=ground)
    return Cell(row.city or "—", tone="text" if row.city else "muted", ground=ground)


def _end(row: ListedHousehold, day: date, ground: str) -> Cell:
    if row.ends_on is None:
        return Cell("Sans terme" if row.measure else "—", tone="muted", ground=ground)
    left = (row.ends_on - day).days
    tone = "danger" if left < 0 else "warn" if left <= ENDING_DAYS else "muted"
    icon = "" if tone == "muted" else "alert-circle" if left < 0 else "clock"
    words = format_date(row.ends_on)
    return Cell(
        words, from_today(row.ends_on, day), detail_tone=tone, detail_icon=icon, tabular=True, ground=ground
    )


def _contact(row: ListedHousehold, day: date, ground: str) -> Cell:
    if row.last_contact is None:
        return Cell("Jamais" if row.measure else "—", tone="muted", ground=ground)
    silent = row.measure is not None and (day - row.last_contact).days > SILENT_DAYS
    words, tone = format_date(row.last_contact), "danger" if silent else "muted"
    return Cell(words, from_today(row.last_contact, day), detail_tone=tone, tabular=True, ground=ground)
