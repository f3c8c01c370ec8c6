"""The delays of retention, read with their source, and the association's own chosen in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.retention import service
from caseworker_app.features.retention.domain.delays import DELAY_LABELS, Delay, DelayInForce
from caseworker_app.features.retention.screens.desk import RetentionDesk
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, Rule
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_OWN, _VERIFIED = State("Choisi ici", "accent"), State("Vérifié à la source", "ok")
_TO_VERIFY = State("À vérifier", "warn", "alert-triangle")


class DelaysCard(Card):
    """Three delays, each with its source and a button."""

    def __init__(self, desk: RetentionDesk, changed: Callable[[], None]) -> None:
        """Make it empty; `changed` is called once a delay is another one."""
        super().__init__("Délais")
        self._desk, self._changed = desk, changed
        self._rows: QWidget | None = None
        self.changes: dict[Delay, Button] = {}
        self.dialog: DelayDialog | None = None

    def read(self) -> None:
        """Read the delays again."""
        desk = self._desk

        def read() -> list[DelayInForce]:
            with desk.file.reading() as connection:
                return service.delays_now(desk.file, connection, desk.who)

        desk.tasks.read(read, self._show, owner=self)

    def ask(self, told: DelayInForce) -> None:
        """Ask another value."""
        if self.dialog is None:
            self.dialog = DelayDialog(self)
            self.dialog.confirm.clicked.connect(self._write)
        self.dialog.ask_for(told)

    def _show(self, delays: list[DelayInForce]) -> None:
        if self._rows is not None:
            self.body.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        for number, told in enumerate(delays):
            if number:
                column.addWidget(Rule())
            column.addLayout(self._row(told))
        self.add(self._rows)

    def _row(self, told: DelayInForce) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(
            Label(f"{DELAY_LABELS[told.code]}\u00a0: {told.value}", 13, fonts.SEMI_BOLD, wrap=True)
        )
        words.addWidget(Label(told.source, 12, tone="muted", wrap=True))
        line.addLayout(words, 1)
        state = _OWN if told.own else _VERIFIED if told.verified else _TO_VERIFY
        line.addWidget(StateLabel(state), 0, Qt.AlignmentFlag.AlignTop)
        button = Button("Changer…", "ghost", compact=True)
        button.setAccessibleName(f"Changer\u00a0: {DELAY_LABELS[told.code]}")
        button.clicked.connect(lambda: self.ask(told))
        self.changes[told.code] = button
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _write(self) -> None:
        desk, dialog = self._desk, self.dialog
        if dialog is None or dialog.code is None:
            return
        code, text, reason = dialog.code, dialog.value.text().strip(), dialog.reason.text()
        if not text.isdecimal():
            dialog.refuse(InvalidEntry("Indiquez un nombre entier.", "value"))
            return
        dialog.confirm.setEnabled(False)
        desk.tasks.run(
            lambda: service.change_delay(desk.file, desk.who, code, int(text), reason),
            lambda changed: self._written(dialog, lambda: desk.done(changed, "Délai changé")),
            dialog.refuse,
            owner=self,
        )

    def _written(self, dialog: DelayDialog, tell: Callable[[], None]) -> None:
        dialog.accept()
        tell()
        self.read()
        self._changed()


class DelayDialog(AskDialog):
    """Asks another value for a delay, with the reason."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Changer un délai", "&Enregistrer", "check", parent)
        self.code: Delay | None = None
        self.value, self.reason = Entry(tabular=True), Entry("Décision du conseil, convention…")
        self.fields = {
            "value": Field("&Durée", self.value),
            "reason": Field("&Raison, qui tient lieu de source", self.reason),
        }
        for field in self.fields.values():
            self.body.addWidget(field)

    def ask_for(self, told: DelayInForce) -> None:
        """Show it for a delay."""
        self.code = told.code
        self.say(f"{DELAY_LABELS[told.code]}. Le nouveau délai vaut à partir d’aujourd’hui.")
        self.value.setText(str(told.value))
        self.reason.clear()
        self.value.selectAll()
        self.begin(self.value)
