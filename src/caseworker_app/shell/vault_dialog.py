"""The dialog that changes a way into the vault: who asks proves it first, then chooses, then keeps the new key on
paper.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.shell.dialogs import Dialog
from caseworker_app.shell.entrance import WatchedPassphrase
from caseworker_app.shell.new_passphrase import NewPassphrase
from caseworker_app.shell.pin_entry import pin_entry
from caseworker_app.shell.recovery_step import RecoveryStep, SaveHook
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import one_after_another
from caseworker_app.ui_kit.form import Field, SentenceLine
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.unkept_typing import let_go

_WIDTH = 480


class NewPin(QWidget):
    """A PIN typed twice, digits only."""

    def __init__(self) -> None:
        """Ask for it."""
        super().__init__()
        self.first, self.again = pin_entry(), pin_entry()
        self.field = Field("&Code", self.first, hint="De 6 à 12\u00a0chiffres.")
        self.repeated = Field("&Encore une fois", self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.field)
        column.addWidget(self.repeated)
        one_after_another(self.first, self.again)
        self.first.returnPressed.connect(self.again.setFocus)

    def chosen(self) -> str:
        """Return the PIN. Raises InvalidEntry."""
        from caseworker_app.security.quick_unlock import check_new_pin

        check_new_pin(self.first.text())
        if self.first.text() != self.again.text():
            raise InvalidEntry("Les deux saisies diffèrent\u00a0: retapez la seconde.", "again")
        return self.first.text()

    def refuse(self, error: CaseworkerError) -> None:
        """Put an error beside its entry."""
        field = self.repeated if isinstance(error, InvalidEntry) and error.field == "again" else self.field
        field.refuse(error.sentence)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()


class VaultDialog(Dialog):
    """`asked(proof, choice)` once both are typed; then `refuse`, `show_recovery` or `accept`.

    `choice` is the new passphrase or PIN, empty when there is none to choose.
    """

    asked = Signal(str, str)

    def __init__(
        self,
        title: str,
        sentence: str,
        go_on: str,
        parent: QWidget,
        choice: NewPassphrase | NewPin | None = None,
    ) -> None:
        """Ask for the proof, then for a choice; `go_on` are the words of the button."""
        super().__init__(title, parent)
        let_go(self)  # secrets are kept nowhere
        self._words, self.choice, self._room = go_on, choice, parent.window()
        self.setFixedWidth(min(px(_WIDTH), parent.window().width() - 48))
        self.proof = WatchedPassphrase()
        hint = "Oubliée\u202f? Recopiez ici votre clé de secours."
        self.proof_field = Field("Phrase secrète &actuelle", self.proof, hint=hint, lines=2)
        self.line = SentenceLine()
        self.recovery: RecoveryStep | None = None
        self.steps = QStackedWidget()
        self.steps.addWidget(self._first_step(sentence))
        self._scroll = ScrollBody(self.steps)
        self.steps.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._scroll)
        self.cancel = self.add_button("Annuler", 0)
        self.go_on = Button(go_on, "primary")
        self.buttons.addWidget(self.go_on)
        self.cancel.setAutoDefault(False)
        self.go_on.setAutoDefault(False)
        self.go_on.clicked.connect(self.submit)
        self.finished.connect(lambda _answer: self.forget())
        self.proof.returnPressed.connect(self._after_proof)
        if choice is not None:
            choice.again.returnPressed.connect(self.submit)
            one_after_another(self.proof, choice.first, choice.again)
        self.proof.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Check what is typed, then ask."""
        self.line.clear()
        if not self.proof.text():
            self.proof_field.refuse("Écrivez votre phrase secrète actuelle.")
            self.proof.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            chosen = self.choice.chosen() if self.choice is not None else ""
        except CaseworkerError as error:
            self.refuse(error)
            return
        self._set_busy(True)
        self.asked.emit(self.proof.text(), chosen)

    def refuse(self, error: CaseworkerError) -> None:
        """Say why it was refused, where it was typed."""
        from caseworker_app.security.errors import WrongSecret

        self._set_busy(False)
        if isinstance(error, WrongSecret):
            self.proof_field.refuse(
                "Ce n’est ni votre phrase secrète ni votre clé de secours\u00a0: recommencez."
            )
            self.proof.selectAll()
            self.proof.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.choice is not None and isinstance(error, InvalidEntry):
            self.choice.refuse(error)
        else:
            self.line.refuse(error.sentence)

    def show_recovery(
        self, key: str, save: SaveHook | None, tasks: Tasks, end: str, then: Callable[[], None]
    ) -> None:
        """Show a new recovery key to print, ask a group of it back, then go on; nothing is in force before."""
        step = RecoveryStep(save, None, tasks, end=end, steps=())
        step.show_key(key)
        step.finished.connect(then)
        self.recovery = step
        self.steps.addWidget(step)
        self.steps.setCurrentWidget(step)
        self._set_busy(False)
        self.go_on.hide()
        self._fit()
        step.begin()

    def forget(self) -> None:
        """Forget what was typed and shown."""
        self.proof.clear()
        if self.choice is not None:
            self.choice.forget()
        if self.recovery is not None:
            self.recovery.show_key("")

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that is needed, the window's at most; the rest scrolls."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() - 48 - px(8)
        page = self.steps.currentWidget()
        layout = page.layout() if page is not None else None
        if page is None or layout is None:
            return
        wrapped = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else 0
        tall, room = max(wrapped, page.sizeHint().height()), self._room.height() - px(170)
        self._scroll.setFixedHeight(min(tall, max(px(160), room)))
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let no Return close the dialog: each entry says itself what follows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)

    def _after_proof(self) -> None:
        if self.choice is None:
            self.submit()
        else:
            self.choice.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _set_busy(self, busy: bool) -> None:
        self.go_on.setText("Vérification\u2026" if busy else self._words)
        self.steps.setEnabled(not busy)
        self.go_on.setEnabled(not busy)

    def _first_step(self, sentence: str) -> QWidget:
        step = QWidget()
        column = QVBoxLayout(step)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(Label(sentence, 13, tone="muted", wrap=True))
        column.addWidget(self.proof_field)
        if self.choice is not None:
            column.addWidget(self.choice)
        column.addWidget(self.line)
        column.addStretch(1)
        return step
