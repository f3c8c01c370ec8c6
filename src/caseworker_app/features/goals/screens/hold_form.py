"""Why a goal waits (« en pause »), and when one looks at it again."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from caseworker_app.features.goals.domain.goal import Goal
from caseworker_app.features.goals.screens.goal_forms import InlineForm
from caseworker_app.kernel.dates import format_date
from caseworker_app.ui_kit.flow import Flow


class HoldForm(InlineForm):
    """Both may be left empty: a goal may wait without a day."""

    def __init__(self, goal: Goal) -> None:
        """Ask about a goal; one on hold shows what was said."""
        super().__init__(f"Mettre en pause «\u00a0{goal.title}\u00a0»", "Mettre en pause")
        self.column.addWidget(self.add_entry("reason", "Pourquoi (interne, facultatif)"))
        line = QWidget()
        flow = Flow(line, gap=12)
        flow.addWidget(self.add_entry("until", "Jusqu’au (facultatif)", 160, tabular=True))
        self.column.addWidget(line)
        self.finish_layout(flow)
        self.put("reason", goal.hold_reason or "")
        self.put("until", format_date(goal.on_hold_until) if goal.on_hold_until else "")

    def read(self, today: date) -> tuple[str, date | None]:
        """Return the reason and the day it is looked at again. Raises InvalidEntry."""
        return self.typed("reason").strip(), self.day("until", today)
