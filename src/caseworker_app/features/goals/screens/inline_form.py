"""The form typed in a row of the goals: fields, a sentence beside what is wrong, Enter and Esc, a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import PlainText
from caseworker_app.ui_kit.theme import px

_LINE = 32


class InlineForm(Surface):
    """What the forms share: a title, fields, « Enregistrer » (Enter, Ctrl+Enter) and « Annuler » (Esc).

    `saved()`, `cancelled()`, `edited()`; `read` gives what was typed, `content` and `show_content` a draft.
    """

    saved = Signal()
    cancelled = Signal()
    edited = Signal()

    def __init__(self, title: str, save_words: str) -> None:
        """Make it empty."""
        super().__init__("accent_soft", None, 0)
        self.fields: dict[str, Field] = {}
        self.touched = False
        self.edited.connect(self._touch)
        self.title = Label(title, 13, fonts.SEMI_BOLD)
        self.setAccessibleName(title)
        self.rest = SentenceLine()
        self.rest.hide()
        self.save = Button(save_words, "secondary", "check", compact=True)
        self.cancel = Button("Annuler", "quiet", compact=True)
        self.save.clicked.connect(self.saved)
        self.cancel.clicked.connect(self.cancelled)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(16), px(10), px(16), px(10))
        self.column.setSpacing(px(4))
        self.column.addWidget(self.title)

    def add_entry(
        self, key: str, label: str, wide: int = 0, *, hint: str = "", tabular: bool = False
    ) -> Field:
        """Add a field of one line; `wide` 0: the whole width."""
        entry = Entry(height=_LINE, tabular=tabular)
        entry.textEdited.connect(self.edited)
        entry.installEventFilter(self)
        return self._field(key, label, entry, wide, hint)

    def add_text(self, key: str, label: str) -> Field:
        """Add a field of three lines for words that stay inside, tinted as all of them are."""
        text = _InsideText()
        text.editor.setAccessibleName(label)
        text.editor.textChanged.connect(self.edited)
        text.editor.installEventFilter(self)
        return self._field(key, label, text, 0, "")

    def holds_focus(self) -> bool:
        """Say whether one types in this form."""
        window = self.window()
        return window.isActiveWindow() and self.isAncestorOf(window.focusWidget())

    def add_choice(self, key: str, label: str, lines: Mapping[str, str], wide: int) -> Field:
        """Add a choice in a list."""
        choice = Choice(height=_LINE)
        for each, words in lines.items():
            choice.add(each, words)
        choice.activated.connect(lambda _index: self.edited.emit())
        choice.installEventFilter(self)
        return self._field(key, label, choice, wide, "")

    def typed(self, key: str) -> str:
        """Return what stands in a field: its text, or the key chosen."""
        editor = self.fields[key].editor
        if isinstance(editor, _InsideText):
            return editor.editor.words()
        return editor.current_key() if isinstance(editor, Choice) else _entry(editor).text()

    def put(self, key: str, value: str) -> None:
        """Fill a field."""
        editor = self.fields[key].editor
        if isinstance(editor, Choice):
            editor.choose(value)
        elif isinstance(editor, _InsideText):
            blocked = editor.editor.blockSignals(True)
            editor.editor.set_text(value)
            editor.editor.blockSignals(blocked)
        else:
            _entry(editor).setText(value)

    def day(self, key: str, near: date) -> date | None:
        """Read the date typed in a field, None when there is none. Raises InvalidEntry."""
        text = self.typed(key).strip()
        return parse_day(text, near, key) if text else None

    def content(self) -> dict[str, Any]:
        """Return what is typed, as a draft keeps it."""
        return {key: self.typed(key) for key in self.fields}

    def show_content(self, content: Mapping[str, Any]) -> None:
        """Fill the form with what a draft kept."""
        self.touched = True
        for key in self.fields:
            if isinstance(content.get(key), str):
                self.put(key, content[key])

    def _touch(self) -> None:
        self.touched = True

    def refuse(self, error: CaseworkerError) -> None:
        """Say what is wrong, beside the field it names."""
        self.rest.setVisible(not (isinstance(error, InvalidEntry) and error.field in self.fields))
        place_error(error, self.fields, self.rest)
        self.updateGeometry()

    def focus_first(self) -> None:
        """Put the cursor in the first field."""
        first = next(iter(self.fields.values())).editor
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save with Enter in a line, give up with Esc anywhere."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, Entry):
            self.saved.emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter from a choice or a tick too; keep every key from the tree, which would act on its row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.window().focusWidget()
            chosen = focused if isinstance(focused, Button) and self.isAncestorOf(focused) else self.save
            chosen.click()
        event.accept()

    def finish_layout(self, line: Flow) -> None:
        """Put the buttons after the last line of fields."""
        self.column.addWidget(self.rest)
        buttons = QWidget()
        inner = QHBoxLayout(buttons)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        inner.addWidget(self.save)
        inner.addWidget(self.cancel)
        inner.addStretch(1)
        self.buttons = inner
        self.column.addWidget(buttons)
        for each in (self.save, self.cancel):
            each.installEventFilter(self)

    def _field(self, key: str, label: str, editor: QWidget, wide: int, hint: str) -> Field:
        field = Field(label, editor, hint=hint)
        if wide:
            field.setFixedWidth(px(wide))
        field.line.setMinimumHeight(px(18) if hint else 0)
        self.fields[key] = field
        return field


class _InsideText(Surface):
    """Three lines on a violet ground."""

    def __init__(self) -> None:
        super().__init__("note_soft", "note_line", 6)
        self.editor = PlainText()
        self.editor.setFixedHeight(px(3 * 20))
        self.setFocusProxy(self.editor)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(px(10), px(6), px(6), px(6))
        inner.addWidget(self.editor)


def day_typed(day: date | None) -> str:
    """Return a day as it is typed, empty without one."""
    return format_date(day) if day else ""


def _entry(editor: QWidget) -> Entry:
    if not isinstance(editor, Entry):
        raise TypeError(f"{type(editor).__name__} is no entry")
    return editor
