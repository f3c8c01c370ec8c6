"""What a state of a goal asks first: why it is given up, and when; why it waits, and until when."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from caseworker_app.features.goals.domain.goal import Goal, require_reason
from caseworker_app.features.goals.screens.inline_form import InlineForm, day_typed
from caseworker_app.ui_kit.flow import Flow


class ReasonForm(InlineForm):
    """Why a goal is given up, and since when."""

    def __init__(self, goal: Goal, today: date) -> None:
        """Ask about a goal."""
        super().__init__(f"Abandonner «\u00a0{goal.title}\u00a0»", "Abandonner l’objectif")
        self.column.addWidget(self.add_entry("reason", "Pourquoi (interne)"))
        line = QWidget()
        flow = Flow(line, gap=12)
        flow.addWidget(self.add_entry("closed_on", "Abandonné le", 140, tabular=True))
        self.column.addWidget(line)
        self.finish_layout(flow)
        self.put("closed_on", day_typed(today))

    def read(self, today: date) -> tuple[str, date]:
        """Return the reason and the day. Raises InvalidEntry."""
        return require_reason(self.typed("reason")), self.day("closed_on", today) or today


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
        self.put("until", day_typed(goal.on_hold_until))

    def read(self, today: date) -> tuple[str, date | None]:
        """Return the reason and the day it is looked at again. Raises InvalidEntry."""
        return self.typed("reason").strip(), self.day("until", today)
