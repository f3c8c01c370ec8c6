"""Rows to correct in place: the table of what is wrong, the whole row beside it, proposals taken by one key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from caseworker_app.features.intake.domain.checked import (
    ASIDE,
    TO_CORRECT,
    TO_LOOK_AT,
    Fix,
    FixKey,
    RowsToCheck,
    state_of,
)
from caseworker_app.features.intake.domain.fixes import CellToCheck, RowToCheck
from caseworker_app.features.intake.domain.proposal import ERROR, WARNING
from caseworker_app.features.intake.screens.correction_table import CorrectionTable, Wrong
from caseworker_app.features.intake.screens.row_card import WIDE, RowCard, RowLine
from caseworker_app.features.intake.screens.wrong_cells import Numbered, WrongCells
from caseworker_app.kernel.french import capital, plural
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_CARD_FROM = 960
_LEAST_TABLE = 40 + 3 * 44
_TONES = {ERROR: "danger", WARNING: "warn"}
_STATES = (TO_CORRECT, TO_LOOK_AT, ASIDE)
_CHIPS = {TO_CORRECT: "À corriger", TO_LOOK_AT: "À regarder", ASIDE: "Écartées"}
_EMPTY = {
    TO_CORRECT: ("circle-check", "Rien à corriger", "Toutes les lignes qui restent peuvent être importées."),
    TO_LOOK_AT: ("circle-check", "Rien à regarder", "Chaque case reprise a été lue telle quelle."),
    ASIDE: (
        "ban",
        "Aucune ligne écartée",
        "Une ligne écartée n’est pas importée\u202f; elle se reprend ici.",
    ),
}


class CorrectionsStep(QWidget):
    """`typed(row, column, text)`; `fixes_taken([(row, column, text)])`; `aside_asked(rows, aside)`."""

    typed = Signal(int, int, str)
    fixes_taken = Signal(object)
    aside_asked = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._rows = RowsToCheck()
        self._changed: dict[int, RowToCheck] = {}
        self._numbered: Numbered = _plain_number
        self.wrong = WrongCells(self._rows, {}, TO_CORRECT, _plain_number)
        self._alike: Counter[FixKey] = Counter()
        self.chips = FilterChips("Lignes à voir")
        for state in _STATES:
            self.chips.add(str(state), _CHIPS[state], 0)
        self.table = CorrectionTable("Lignes à corriger")
        self.table.setMinimumHeight(px(_LEAST_TABLE))
        self.card = RowCard("La ligne entière")
        self.hint = Label("", 12, tone="muted", wrap=True)
        self.all = Button("", "secondary", "sparkles", compact=True)
        self.aside = Button("&Écarter ces lignes", "ghost", compact=True)
        self._lay_out()
        self._join()
        self._show_list(stand=0)

    @property
    def shown(self) -> int:
        """Return which rows are shown: to correct, to look at, set aside."""
        return int(self.chips.current_key())

    def choose(self, state: int) -> None:
        """Show the rows that stand in this way."""
        self.chips.choose(str(state))
        self._show_list(stand=0)

    def show_rows(self, rows: RowsToCheck, numbered: Numbered, *, begin: bool) -> None:
        """Show the rows to check; `numbered` writes the number of a row. `begin`: stand on the first."""
        self._rows, self._numbered = rows, numbered
        self._changed = {}
        if begin:
            nothing = not self.count(TO_CORRECT) and self.count(TO_LOOK_AT)
            self.chips.choose(str(TO_LOOK_AT if nothing else TO_CORRECT))
        self._show_list(stand=0 if begin else None)

    def put(self, rows: Iterable[RowToCheck]) -> None:
        """Show rows as they are after a correction; those that are right now leave the list."""
        self._changed.update((row.row, row) for row in rows)
        self._show_list()

    def count(self, state: int) -> int:
        """Return how many rows are to correct, to look at or set aside."""
        now = [(self._changed.get(number), i) for i, number in enumerate(self._rows.numbers)]
        return sum((state_of(row) if row else self._rows.states[i]) == state for row, i in now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the whole row where there is room."""
        super().resizeEvent(event)
        self.card.setVisible(self.width() >= px(_CARD_FROM) and bool(self.wrong))

    def _lay_out(self) -> None:
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        for state in _STATES:
            self._body.addWidget(EmptyState(*_EMPTY[state]))
        main = Card()
        head = QWidget()
        line = Flow(head, gap=8)
        for part in (self.chips, self.all, self.aside):
            line.addWidget(part)
        main.add(head)
        main.add_rows(self._body, 1)
        main.body.setContentsMargins(15, px(10), 15, px(10))
        self.hint.setContentsMargins(15, px(8), 15, px(8))
        main.add_foot(self.hint)
        self.card.setFixedWidth(px(WIDE))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(main, 1)
        whole.addWidget(self.card)

    def _join(self) -> None:
        self.chips.chosen.connect(lambda _key: self._show_list(stand=0))
        self.table.stood_on.connect(lambda _key: self._show_row())
        self.table.typed.connect(lambda key, text: self.typed.emit(*_place(key), text))
        self.table.fix_taken.connect(lambda _key: self._take())
        self.table.fix_taken_everywhere.connect(lambda _key: self._take_everywhere())
        self.table.aside_asked.connect(lambda _key: self._set_aside())
        self.card.typed.connect(self._typed_in_card)
        self.all.clicked.connect(lambda: self._take_those(lambda _fix: True))
        self.aside.clicked.connect(lambda: self.aside_asked.emit(self.wrong.row_numbers(), True))

    def _show_list(self, stand: int | None = None) -> None:
        for state in _STATES:
            self.chips.set_count(str(state), self.count(state))
        here, row = self.table.current, self.table.currentIndex().row()
        self.wrong = WrongCells(self._rows, self._changed, self.shown, self._numbered)
        self._alike = self.wrong.alike()
        self.table.show_listed(self.wrong)
        if self.wrong:
            found = self.wrong.place_of(here.row) if here is not None and stand is None else stand
            self.table.stand_on(row if found is None else found)
        self._body.setCurrentIndex(0 if self.wrong else _STATES.index(self.shown) + 1)
        self._show_row()
        self._show_actions()

    def _show_row(self) -> None:
        wrong = self.table.current if self.wrong else None
        self.card.setVisible(wrong is not None and self.width() >= px(_CARD_FROM))
        self.hint.setVisible(wrong is not None)
        if wrong is not None:
            row = self.wrong.row_at(self.table.currentIndex().row())
            detail = f"{row.title} · {wrong.sheet}" if wrong.sheet else row.title
            self.card.show_row(f"Ligne {wrong.number}", detail, [_line(cell, row) for cell in row.cells])
            self.hint.setText(self._help(wrong))

    def _help(self, wrong: Wrong) -> str:
        if wrong.skipped:
            return "Entrée\u00a0: reprendre la ligne."
        parts = []
        if wrong.fix:
            alike = self._alike[wrong.fix_key] if wrong.fix_key is not None else 0
            parts.append(f"Entrée\u00a0: {wrong.fix[:1].lower()}{wrong.fix[1:]}")
            if alike > 1:
                same = plural(alike, "ligne semblable", "lignes semblables")
                parts.append(f"Ctrl\u00a0+\u00a0Entrée\u00a0: de même pour les {same}")
            parts.append("F2\u00a0: écrire autre chose")
        elif wrong.editable:
            parts.append("Entrée\u00a0: corriger")
        parts.append("Suppr\u00a0: écarter la ligne")
        # Large text cuts sentences in the table: the one stood on is told whole.
        told = wrong.fix_key[1] if wrong.fix_key is not None else wrong.why
        return f"{told}\n{' · '.join(parts)}"

    def _show_actions(self) -> None:
        fixes = self._alike.total()
        self.all.setVisible(fixes > 1 and self.shown != ASIDE)
        self.all.setText(f"&Tout accepter ({plural(fixes, 'proposition')})")
        self.aside.setVisible(self.shown == TO_CORRECT and len(self.wrong) > 0)
        self.all.updateGeometry()

    def _take(self) -> None:
        wrong = self.table.current
        cell = self._cell(wrong) if wrong is not None else None
        if wrong is not None and cell is not None and cell.fix is not None:
            self.fixes_taken.emit([(wrong.row, wrong.column, cell.fix.proposed)])

    def _take_everywhere(self) -> None:
        wrong = self.table.current
        if wrong is not None:
            self._take_those(lambda fix: (fix.column, fix.why) == wrong.fix_key)

    def _take_those(self, wanted: Callable[[Fix], bool]) -> None:
        taken = [(fix.row, fix.column, fix.proposed) for fix in self.wrong.fixes() if wanted(fix)]
        if taken:
            self.fixes_taken.emit(taken)

    def _set_aside(self) -> None:
        wrong = self.table.current
        if wrong is not None:
            self.aside_asked.emit([wrong.row], not wrong.skipped)

    def _typed_in_card(self, key: str, text: str) -> None:
        wrong = self.table.current
        if wrong is not None:
            self.typed.emit(wrong.row, int(key), text)

    def _cell(self, wrong: Wrong) -> CellToCheck | None:
        cells: Sequence[CellToCheck] = self.wrong.row_at(self.table.currentIndex().row()).cells
        return next((cell for cell in cells if cell.column == wrong.column), None)


def _line(cell: CellToCheck, row: RowToCheck) -> RowLine:
    tone = _TONES.get(cell.severity, "text")
    return RowLine(
        str(cell.column),
        capital(cell.label),
        cell.theirs,
        cell.value,
        tone,
        cell.message,
        editable=not row.skipped,
    )


def _plain_number(row: int) -> tuple[str, str]:
    return str(row), ""


def _place(key: str) -> tuple[int, int]:
    row, column = key.split(":")
    return int(row), int(column)
