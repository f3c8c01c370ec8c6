"""Last step: what was done, row by row, to be read here or saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.report_lines import (
    OUTCOME_LABELS,
    Outcome,
    ReportLine,
)
from caseworker_app.features.intake.domain.run import UNDO_DAYS
from caseworker_app.features.intake.domain.wording import outcome_words
from caseworker_app.features.intake.service.checking import Imported
from caseworker_app.kernel.clock import today
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, Surface
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.row_model import PAGE, Column, LazyRows
from caseworker_app.ui_kit.row_table import Cell, RowTable
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

FILTER = "Classeur Excel (*.xlsx);;Données JSON (*.json)"
_COLUMNS = (
    Column("Ligne", 96, right=True), Column("Qui", 220), Column("Ce qui a été fait", 168),
    Column("Dossier", 148, optional=True), Column("Pourquoi, à regarder"),
)  # fmt: skip
_LOOKS = {
    Outcome.CREATED: ("ok", "circle-check"),
    Outcome.JOINED: ("accent", "git-merge"),
    Outcome.LEFT: ("muted", "ban"),
    Outcome.REFUSED: ("danger", "alert-circle"),
}
ALL, TO_LOOK_AT = "all", "look"
_LEAST_TABLE = 40 + 3 * 44
_CHIPS = (
    (ALL, "Toutes"), (Outcome.REFUSED, "Non importées"), (Outcome.LEFT, "Laissées de côté"),
    (TO_LOOK_AT, "À regarder"), (Outcome.JOINED, "Réunies"), (Outcome.CREATED, "Créées"),
)  # fmt: skip


class DoneStep(QWidget):
    """`save_asked(Path)`: the report is to be written there."""

    save_asked = Signal(object)

    def __init__(self, file: EncryptedFile, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._file = file
        self.imported: Imported | None = None
        self.file_name = ""
        self.undo_until = date.max
        self._shown: Sequence[int] = ()
        self.words = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.detail = Label("", 13, tone="muted", wrap=True)
        self.save = Button("Enregistrer le &rapport…", "secondary", "device-floppy")
        self.save.clicked.connect(self._ask_where)
        self.watch = Button("&Mettre en veille…", "secondary", "phone-call")
        self.chips = FilterChips("Lignes du rapport")
        for key, words in _CHIPS:
            self.chips.add(key, words, 0)
        self.chips.chosen.connect(lambda _key: self._show_lines())
        self.rows = LazyRows(_cells_of, lambda line: str(line.row), _COLUMNS)
        self.rows.page_wanted.connect(self._give_page)
        self.table = RowTable("Lignes du rapport", self.rows)
        # A sentence too long for its column is told whole when one stands on its row.
        self.whole = Label("", 12, tone="muted", wrap=True)
        self.whole.setContentsMargins(15, px(8), 15, px(8))
        self.table.stood_on.connect(lambda _key: self._tell_whole())
        self._lay_out()

    def show_report(self, imported: Imported, file_name: str) -> None:
        """Show what an import did."""
        self.imported, self.file_name = imported, file_name
        self.undo_until = today(self._file.clock) + timedelta(days=UNDO_DAYS)
        self.words.setText(outcome_words(imported.plan, imported.counts, done=True))
        for key, _words in _CHIPS:
            self.chips.set_count(key, len(self._places(key)))
        self.chips.choose(Outcome.REFUSED if self._places(Outcome.REFUSED) else ALL)
        self._show_lines()

    def _places(self, key: str) -> Sequence[int]:
        """Return the places of the lines of a filter."""
        if self.imported is None:
            return ()
        if key == ALL:
            return range(len(self.imported.lines))
        if key == TO_LOOK_AT:
            return [place for place, remarked in enumerate(self.imported.remarked) if remarked]
        return [place for place, outcome in enumerate(self.imported.outcomes) if outcome == key]

    def _show_lines(self) -> None:
        self._shown = self._places(self.chips.current_key())
        self.rows.start(len(self._shown), self._lines(0, 2 * PAGE))
        self._stack.setCurrentIndex(0 if self._shown else 1)

    def _tell_whole(self) -> None:
        line = self.rows.row_at(self.table.currentIndex().row())
        self.whole.setText(line.remark if isinstance(line, ReportLine) else "")
        self.whole.setVisible(bool(self.whole.text()))

    def _lines(self, first: int, count: int) -> list[ReportLine]:
        return (
            [self.imported.lines[place] for place in self._shown[first : first + count]]
            if self.imported
            else []
        )

    def _give_page(self, generation: int, first: int, count: int) -> None:
        self.rows.fill(generation, first, self._lines(first, count))

    def _ask_where(self) -> None:
        stem = Path(self.file_name).stem or "import"
        name, chosen = QFileDialog.getSaveFileName(
            self, "Enregistrer le rapport", f"Rapport {stem}.xlsx", FILTER
        )
        if name:
            path = Path(name)
            ending = ".json" if "json" in chosen.casefold() else ".xlsx"
            self.save_asked.emit(
                path if path.suffix in (".json", ".xlsx") else path.with_name(path.name + ending)
            )

    def _lay_out(self) -> None:
        head = Surface("ok_soft", None)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, px(12), 16, px(12))
        line.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.words)
        words.addWidget(self.detail)
        line.addWidget(Mark("circle-check", 24, "ok"))
        line.addLayout(words, 1)
        line.addWidget(self.watch)
        line.addWidget(self.save)
        self.detail.setText("Ce qu’est devenue chaque ligne de votre fichier se lit ci-dessous.")
        card = Card()
        chips = QWidget()
        flow = Flow(chips, gap=8)
        flow.addWidget(self.chips)
        card.add(chips)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState("circle-check", "Aucune ligne", "Aucune ligne de la liste n’est dans ce cas.")
        )
        card.add_rows(self._stack, 1)
        card.add_rows(self.whole)
        self.whole.hide()
        card.body.setContentsMargins(15, px(10), 15, px(10))
        self.table.setMinimumHeight(px(_LEAST_TABLE))
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(*PAGE_INSETS)
        inside.setSpacing(12)
        inside.addWidget(head)
        inside.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ScrollBody(content))


def _cells_of(line: ReportLine) -> Sequence[Cell]:
    tone, icon = _LOOKS[line.outcome]
    return (
        Cell(line.number, line.sheet, tone="muted", tabular=True),
        Cell(line.who or "—", strong=True),
        Cell(OUTCOME_LABELS[line.outcome], tone=tone, icon=icon),
        Cell(line.reference or "—", tone="text" if line.reference else "muted", tabular=True),
        Cell(line.remark, tone="muted"),
    )
