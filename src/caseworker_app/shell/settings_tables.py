"""Settings: the dated tables the program works by, to be read and checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.shell.dated_tables import DatedTable, TableRow, dated_tables
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import Card, Rule
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.scroll import bring_into_sight
from caseworker_app.ui_kit.settings_section import SettingsSection
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

VERIFIED = State("Vérifié à la source", "ok")
TO_VERIFY = State("À vérifier", "warn", "alert-triangle")
_LEAST = 300


class TablesSection(SettingsSection):
    """The tables listed; the rows of one beside."""

    def __init__(self, tasks: Tasks, today: Callable[[], date]) -> None:
        """Make it empty: the files are read when it is first seen."""
        super().__init__()
        self._tasks, self._today = tasks, today
        self._tables: dict[str, DatedTable] = {}
        self.shown = ""
        self.list = RowList("Barèmes", height=52, fit=True)
        self.list.stood_on.connect(self.show_table)
        self.list.opened.connect(self._open)
        names = Card("Barèmes")
        names.add_rows(self.list)
        names.setMinimumWidth(px(_LEAST))
        self.card = Card(" ")
        self.card.setMinimumWidth(px(_LEAST))
        self._rows: QWidget | None = None
        both = QWidget()
        columns = Columns(both, weights=(2, 3))
        for part in (names, self.card):
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addWidget(part)
            inner.addStretch(1)
            columns.addWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(both)
        column.addStretch(1)

    def show_section(self) -> None:
        """Read the tables once."""
        if not self._tables:
            self._tasks.read(lambda: dated_tables(self._today()), self._show, owner=self)

    def show_table(self, name: str) -> None:
        """Show the rows of a table."""
        if name == self.shown or name not in self._tables:
            return
        self.shown = name
        table = self._tables[name]
        self.card.title.setText(table.title)
        self.card.setAccessibleName(table.title)
        if self._rows is not None:
            self.card.body.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = _rows(table)
        self.card.add(self._rows)

    def _open(self, name: str) -> None:
        self.show_table(name)
        bring_into_sight(self.card)

    def _show(self, tables: list[DatedTable]) -> None:
        self._tables = {table.name: table for table in tables}
        self.list.set_rows([Row(each.name, each.title, each.summary, chevron=False) for each in tables])
        self.show_table(tables[0].name)
        self.list.stand_on(tables[0].name)


def _rows(table: DatedTable) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(8))
    for number, row in enumerate(table.rows):
        if number:
            column.addWidget(Rule())
        column.addLayout(_one(row))
    return whole


def _one(row: TableRow) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(2))
    head = QHBoxLayout()
    head.setSpacing(px(8))
    head.addWidget(Label(row.label, 13, fonts.SEMI_BOLD, "text" if row.in_force else "muted", wrap=True), 1)
    head.addWidget(StateLabel(VERIFIED if row.verified else TO_VERIFY), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    if row.value:
        column.addWidget(Label(row.value, 13, wrap=True))
    told = " · ".join(part for part in (row.dates, "" if row.in_force else "n’est plus en vigueur") if part)
    source = f"Source\u00a0: {row.source}" if row.source else "Sans source"
    column.addWidget(Label(f"{source} ({told})" if told else source, 12, tone="muted", wrap=True))
    return column
