"""Asks until when something is put off, and why."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from caseworker_app.features.week.domain.due import Due
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field

_AHEAD = (("Demain", 1), ("Dans une semaine", 7), ("Dans deux semaines", 14), ("Dans un mois", 30))


class PutOffDialog(AskDialog):
    """Asks until when and why; `due` is what it is about."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Reporter", "&Reporter", "clock", parent)
        self.due: Due | None = None
        self.until, self.reason = Choice(), Entry("Rendez-vous pris avec le bailleur le 3")
        self.fields = {"until": Field("&Jusqu’à", self.until), "reason": Field("&Pourquoi", self.reason)}
        for field in self.fields.values():
            self.body.addWidget(field)

    def ask(self, due: Due, day: date) -> None:
        """Show it for something due, from a day."""
        self.due = due
        self.say(f"{due.title}, {due.household}. La raison reste dans l’association.")
        self.until.clear()
        for words, days in _AHEAD:
            on = day + timedelta(days)
            self.until.add(on.isoformat(), f"{words} ({format_long_date(on, weekday=True)})")
        self.until.choose((day + timedelta(7)).isoformat())
        self.reason.clear()
        self.begin(self.reason)

    @property
    def day(self) -> date:
        """Return the day chosen."""
        return date.fromisoformat(self.until.current_key())
