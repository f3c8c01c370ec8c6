"""Third step: what is to be looked at before importing, each in its tab."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.checked import TO_CORRECT, TO_LOOK_AT
from caseworker_app.features.intake.domain.report_lines import numbered
from caseworker_app.features.intake.screens.assistant import Assistant
from caseworker_app.features.intake.screens.corrections_step import CorrectionsStep
from caseworker_app.features.intake.screens.duplicates_step import DuplicatesStep
from caseworker_app.features.intake.screens.last_done import LastDone
from caseworker_app.features.intake.screens.workers_step import WorkersStep
from caseworker_app.features.team.domain import Worker
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.tabs import Tabs

ROWS, DUPLICATES, WORKERS = "rows", "duplicates", "workers"


class CheckStep(QWidget):
    """The tabs « Lignes à voir », « Doublons probables », « Référents », on what the assistant holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.tabs = Tabs("Ce qui est à vérifier")
        self.last = LastDone()
        self.rows, self.duplicates, self.workers = CorrectionsStep(), DuplicatesStep(), WorkersStep()
        self._pages = {ROWS: self.rows, DUPLICATES: self.duplicates, WORKERS: self.workers}
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.tabs.add(ROWS, "Lignes à voir", 0)
        self.tabs.add(DUPLICATES, "Doublons probables", 0)
        self.tabs.add(WORKERS, "Référents", 0)
        self.tabs.chosen.connect(lambda key: self._stack.setCurrentWidget(self._pages[key]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(PAGE_INSETS[0], 12, *PAGE_INSETS[2:])
        inside.addWidget(self._stack)
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 0)
        # Tabs draw together where they are given no more than they need.
        line.addWidget(self.tabs, 3)
        line.addWidget(self.last, 2)
        column.addLayout(line)
        column.addWidget(ScrollBody(content), 1)

    def show_checked(self, assistant: Assistant, workers: list[Worker], *, begin: bool) -> None:
        """Show a list read whole; `begin`: for the first time, standing where there is most to do."""
        now = assistant.now
        if now is None:
            return
        sheets = now.plan.sheets
        self.rows.show_rows(now.rows, lambda row: numbered(row, sheets), begin=begin)
        self.duplicates.show_sides(now.sides, assistant.settled(), now.plan.kind, begin=begin)
        self.workers.show_matches(now.workers, workers)
        self.tabs.setTabVisible(2, bool(now.workers))
        self.tabs.set_count(WORKERS, len(now.workers))
        self.count(assistant)
        if begin:
            self.tabs.choose(DUPLICATES if not self.rows.count(TO_CORRECT) and now.sides.numbers else ROWS)

    def count(self, assistant: Assistant) -> None:
        """Count again what is left to look at."""
        self.tabs.set_count(ROWS, self.rows.count(TO_CORRECT) + self.rows.count(TO_LOOK_AT))
        waiting = assistant.settled().open_places(assistant.now.sides) if assistant.now is not None else ()
        self.tabs.set_count(DUPLICATES, len(waiting))

    def focus_first(self) -> None:
        """Stand on the table of the tab shown."""
        if self.tabs.current_key() == DUPLICATES:
            self.duplicates.focus_first()
        elif self.tabs.current_key() == ROWS:
            self.rows.table.setFocus(Qt.FocusReason.OtherFocusReason)
