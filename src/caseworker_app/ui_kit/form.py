"""Forms: a label with its letter, the entry, and under it the place of a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.announce import announce
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class SentenceLine(QWidget):
    """A line kept free for a hint or an error, so that nothing jumps when one appears."""

    def __init__(self, hint: str = "", lines: int = 1, parent: QWidget | None = None) -> None:
        """Show the hint; `lines` is how many lines of text are kept free."""
        super().__init__(parent)
        self.hint = hint
        self._mark: Mark | None = None
        self._words = Label("", 12, wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(5))
        self._line.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(px(18) * lines)
        self._refusal = False
        self.clear()

    @property
    def sentence(self) -> str:
        """Return the error shown, empty when there is none."""
        return self._words.text() if self._refusal else ""

    def refuse(self, sentence: str) -> None:
        """Show an error, and have it read aloud."""
        self._show(sentence, refusal=True)
        announce(self._words, sentence, urgent=True)

    def say(self, words: str) -> None:
        """Change the hint; an error shown stays."""
        self.hint = words
        if not self._refusal:
            self._show(words, refusal=False)

    def clear(self) -> None:
        """Go back to the hint."""
        self._show(self.hint, refusal=False)

    def _show(self, words: str, *, refusal: bool) -> None:
        self._refusal = refusal
        self._words.set_tone("danger" if refusal else "muted")
        self._words.setText(words)
        if refusal and self._mark is None:
            self._mark = self._refusal_mark()
        if self._mark is not None:
            self._mark.setVisible(refusal)

    def _refusal_mark(self) -> Mark:
        """Return the icon before an error, made with the first one: most lines never show any."""
        mark = Mark("alert-circle", 14, "danger")
        mark.setFixedHeight(px(18))
        self._line.insertWidget(0, mark, 0, Qt.AlignmentFlag.AlignTop)
        return mark


class Field(QWidget):
    """One entry of a form with its label above and its sentence below.

    `label` may mark its letter with `&`; the editor takes the label as its accessible name.
    """

    def __init__(
        self, label: str, editor: QWidget, *, hint: str = "", lines: int = 1, parent: QWidget | None = None
    ) -> None:
        """Put label, editor and sentence in a column."""
        super().__init__(parent)
        self.editor = editor
        self.label = QLabel(label)
        self.label.setFont(fonts.font(13, fonts.MEDIUM))
        self.label.setBuddy(editor)
        editor.setAccessibleName(label.replace("&", ""))
        editor.setAccessibleDescription(hint)
        self.line = SentenceLine(hint, lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self.line)
        if isinstance(editor, Entry):
            editor.textEdited.connect(self.accept)
        if isinstance(editor, Choice):
            editor.activated.connect(self.accept)

    @property
    def sentence(self) -> str:
        """Return the error shown, empty when there is none."""
        return self.line.sentence

    def show_hint(self, words: str) -> None:
        """Change the hint under the entry; an error shown stays."""
        self.line.say(words)
        if not self.line.sentence:
            self.editor.setAccessibleDescription(words)

    def refuse(self, sentence: str) -> None:
        """Show why the entry is refused."""
        self.line.refuse(sentence)
        self.editor.setAccessibleDescription(sentence)
        self._mark(refused=True)

    def accept(self) -> None:
        """Take the refusal away (done by itself as soon as the person types)."""
        if self.line.sentence:
            self.line.clear()
            self.editor.setAccessibleDescription(self.line.hint)
            self._mark(refused=False)

    def _mark(self, *, refused: bool) -> None:
        if isinstance(self.editor, Entry | Choice):
            self.editor.set_refused(refused)


def place_error(error: CaseworkerError, fields: Mapping[str, Field], rest: SentenceLine) -> None:
    """Show an error beside its field (and put the cursor there), or on the form's own line when it names
    none.
    """
    field = fields.get(error.field) if isinstance(error, InvalidEntry) else None
    if field is None:
        rest.refuse(error.sentence)
        _scroll_to(rest)
        return
    field.refuse(error.sentence)
    field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
    _scroll_to(field)


def _scroll_to(refused: QWidget) -> None:
    """Bring an error into sight, once it has its height: in a long form, a refusal out of sight looks like nothing."""

    def scroll() -> None:
        area = refused.parentWidget()
        while area is not None:
            if isinstance(area, QScrollArea):
                area.ensureWidgetVisible(refused, 0, px(16))
            area = area.parentWidget()

    QTimer.singleShot(0, refused, scroll)
