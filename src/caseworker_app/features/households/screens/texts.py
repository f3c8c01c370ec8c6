"""Long texts of a household, *interne*: what to know before a visit, and the note of the file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.households.domain import Household
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.states import INTERNAL, Pill
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import px

# Lines of text seen before the zone scrolls.
_LEAST, _MOST = 3, 9
_LINE = 20


class TextSection(QWidget):
    """One text. `edited` at each key, `submitted` on « Enregistrer », `given_up` on « Revenir »."""

    edited = Signal()
    submitted = Signal()
    given_up = Signal()

    def __init__(self, key: str, title: str, hint: str, icon: str, letters: tuple[str, str]) -> None:
        """Make it empty; `key` is the field of the household, `letters` those of its two buttons."""
        super().__init__()
        self.key, self.title = key, title
        self.version: str | None = None
        self._before = ""
        self.zone = TextZone(title, hint, icon, may_share=False)
        self.zone.add_action(Pill(INTERNAL))
        self.rest = SentenceLine(lines=0)
        self.save = Button(
            "Enregistrer".replace(letters[0], f"&{letters[0]}", 1), "primary", "check", compact=True
        )
        self.cancel = Button(
            "Revenir au texte d’avant".replace(letters[1], f"&{letters[1]}", 1), "quiet", compact=True
        )
        self.save.clicked.connect(self.submitted)
        self.cancel.clicked.connect(self.given_up)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(px(8))
        for button in (self.save, self.cancel):
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        for part in (self.zone, self.rest, self._foot):
            column.addWidget(part)
        self.zone.edited.connect(self._edited)
        self._fit()

    @property
    def touched(self) -> bool:
        """Say whether the text was changed and not written."""
        return self.text() != self._before

    def text(self) -> str:
        """Return what is written."""
        return self.zone.text()

    def show_household(self, household: Household, *, anew: bool) -> None:
        """Show a text of a household; what is being typed stays, unless another household is shown (`anew`)."""
        words = getattr(household, self.key) or ""
        if self.touched and not anew:
            # The row has one version for all its fields: another one changed, not this text.
            if words == self._before:
                self.version = household.version
            return
        self._before, self.version = words, household.version
        self.zone.set_text(words)
        self.rest.clear()
        self._fit()

    def show_typed(self, words: str, version: str | None = None) -> None:
        """Show what a draft kept."""
        self.zone.set_text(words)
        self.version = version or self.version
        self._fit()

    def written(self) -> None:
        """Take what is typed for what is in the file."""
        self._before = self.text()
        self.rest.clear()
        self.set_busy(False)
        self._fit()

    def go_back(self) -> None:
        """Show the text of the file again."""
        self.zone.set_text(self._before)
        self.rest.clear()
        self._fit()
        self.zone.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: CaseworkerError) -> None:
        """Show why the text is not written."""
        self.set_busy(False)
        self.rest.refuse(error.sentence)

    def set_busy(self, busy: bool) -> None:
        """Hold the button while the text is written."""
        self.save.setEnabled(not busy)

    def _edited(self) -> None:
        self._fit()
        self.edited.emit()

    def _fit(self) -> None:
        self._foot.setVisible(self.touched)
        self.rest.setVisible(bool(self.rest.sentence) or self.touched)
        lines = min(max(self.zone.editor.document().lineCount(), _LEAST), _MOST)
        self.zone.editor.setFixedHeight(px(_LINE) * lines + px(4))
