"""Choosing a passphrase: typed twice, its strength told while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.shell.entrance import CAPITALS, WatchedPassphrase
from caseworker_app.shell.strength import judge, warm_up
from caseworker_app.ui_kit.entries import one_after_another
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.states import Progress, State, StateLabel
from caseworker_app.ui_kit.theme import px


class NewPassphrase(QWidget):
    """Two entries, a bar, a word. `known` gives what an attacker would try first (names typed beside)."""

    def __init__(self, label: str, known: Callable[[], tuple[str, ...]]) -> None:
        """Ask under this label."""
        super().__init__()
        self._known = known
        self.first, self.again = WatchedPassphrase(), WatchedPassphrase()
        self.passphrase = Field(
            label, self.first, hint="Quatre ou cinq mots qui n’ont rien à voir entre eux."
        )
        self.repeated = Field("&Encore une fois", self.again)
        self.strength_bar = Progress("Solidité de la phrase secrète")
        self.strength_word = StateLabel(State("", "text"))
        self.line = SentenceLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for part in (self.passphrase, self.strength_bar, self.strength_word, self.repeated, self.line):
            column.addWidget(part)
        one_after_another(self.first, self.again)
        self.first.returnPressed.connect(self.again.setFocus)
        self.first.textChanged.connect(self._tell_strength)
        self.again.capitals_locked.connect(lambda on: self.repeated.show_hint(CAPITALS if on else ""))

    def showEvent(self, event: QShowEvent) -> None:
        """Make the judgement ready once this is painted: the first letter must not wait for it."""
        super().showEvent(event)
        QTimer.singleShot(0, self, warm_up)

    def chosen(self) -> str:
        """Return the passphrase. Raises InvalidEntry for one that is short, guessed, or typed otherwise twice."""
        # The rule is the vault's; it is imported when it is needed, not when the window opens.
        from caseworker_app.security.passphrase import check_new

        typed = self.first.text()
        check_new(typed)
        if not judge(typed, known=self._known()).enough:
            sentence = (
                "Cette phrase se devine trop vite\u00a0: ajoutez un ou deux mots sans lien avec les autres."
            )
            raise InvalidEntry(sentence, "passphrase")
        if typed != self.again.text():
            raise InvalidEntry("Les deux saisies diffèrent\u00a0: retapez la seconde.", "again")
        self.line.clear()
        return typed

    def refuse(self, error: CaseworkerError) -> None:
        """Put an error beside its entry."""
        place_error(error, {"passphrase": self.passphrase, "again": self.repeated}, self.line)

    def forget(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()

    def _tell_strength(self) -> None:
        found = judge(self.first.text(), known=self._known())
        self.strength_bar.setValue(found.share)
        self.strength_bar.set_tone(found.tone)
        icon = "circle-check" if found.enough else "alert-triangle"
        # Without a word there is nothing to mark either.
        self.strength_word.set_state(
            State(found.words, found.tone, icon) if found.words else State("", "text")
        )
