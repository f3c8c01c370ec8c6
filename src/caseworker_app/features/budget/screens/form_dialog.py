"""The small forms of the budget: a title, a body that scrolls in a low window, buttons, a draft meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import PlainText
from caseworker_app.ui_kit.theme import colour, px

_WIDTH = 640


class NoteZone(PlainText):
    """A few lines of text inside a form, with the border of an entry."""

    def sizeHint(self) -> QSize:
        """Return three lines high."""
        return QSize(px(240), px(76))

    def minimumSizeHint(self) -> QSize:
        """Keep the three lines."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of an entry, then the text."""
        painter = paint.begin(self.viewport())
        paint.rounded(painter, self.viewport().rect(), "note_soft", "note_line", paint.CONTROL_RADIUS)
        if self.hasFocus():
            paint.ring(painter, self.viewport().rect())
        painter.end()
        super().paintEvent(event)


class FormDialog(QDialog):
    """`asked(object)` with what was typed; the tab writes it, then `done` or `refuse`s.

    A form names its parts in `parts`, by field: they are kept as a draft while one types.
    """

    asked = Signal(object)

    def __init__(self, title: str, save: str, parent: QWidget) -> None:
        """Make the frame of a form; `save` are the words of its button."""
        super().__init__(parent)
        self._window = parent.window()
        self.setWindowTitle("Passerelle")
        self.setAccessibleName(title)
        self.parts: dict[str, Field] = {}
        self.checks: dict[str, Check] = {}
        self.keeper: DraftKeeper | None = None
        self.error = SentenceLine()
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(px(24), 0, px(12), 0)
        self.body.setSpacing(px(8))
        self._scroll = ScrollBody(content)
        for ground in (content, self._scroll.viewport()):
            ground.setAutoFillBackground(False)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(px(8))
        self._lay_out(title, save)

    def add_row(self, *fields: tuple[Field, int]) -> None:
        """Put fields side by side, each with its share of the width."""
        line = QHBoxLayout()
        line.setSpacing(px(12))
        for field, share in fields:
            line.addWidget(field, share)
        self.body.addLayout(line)

    def add_side_action(self, button: Button) -> None:
        """Put a button at the left of the others."""
        self._buttons.insertWidget(0, button)

    def refuse(self, error: CaseworkerError) -> None:
        """Put an error beside its field."""
        place_error(error, self.parts, self.error)

    def submit(self) -> None:
        """Read the form and ask for it to be written, or say what is wrong."""
        self.error.clear()
        try:
            self.asked.emit(self.read())
        except InvalidEntry as error:
            self.refuse(error)

    def read(self) -> object:
        """Return what was typed. Raises InvalidEntry."""
        raise NotImplementedError

    def keep_drafts(self, keeper: DraftKeeper, draft: Mapping[str, Any] | None) -> None:
        """Begin with what was typed before an interruption, and keep what is typed from now on."""
        if draft is not None:
            self._restore(draft)
            self.error.say("Votre saisie interrompue est reprise ici.")
        self.keeper = keeper
        for field in self.parts.values():
            _on_change(field.editor, keeper.touch)
        for check in self.checks.values():
            check.toggled.connect(lambda _on: keeper.touch())

    def content(self) -> dict[str, Any]:
        """Return what is typed, as a draft holds it."""
        texts = {name: _text(field.editor) for name, field in self.parts.items()}
        return {"texts": texts, "checks": {name: each.isChecked() for name, each in self.checks.items()}}

    def text(self, name: str) -> str:
        """Return the text of a field, or the key of its choice."""
        return _text(self.parts[name].editor)

    def set_text(self, name: str, text: str) -> None:
        """Fill a field."""
        _set_text(self.parts[name].editor, text)

    def choice(self, name: str) -> Choice:
        """Return the list of a field."""
        editor = self.parts[name].editor
        if not isinstance(editor, Choice):
            raise TypeError("this field holds a choice")
        return editor

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height the form needs, the window's at most; the rest scrolls."""
        super().showEvent(event)
        wide, room = min(px(_WIDTH), self._window.width() - 48), self._window.height() - px(190)
        needed = self.body.totalHeightForWidth(wide - 12) if self.body.hasHeightForWidth() else 0
        tall = max(needed, self.body.sizeHint().height())
        self._scroll.setFixedHeight(min(tall, max(px(160), room)))
        self.setFixedWidth(wide)
        self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.end()

    def _restore(self, draft: Mapping[str, Any]) -> None:
        for name, text in dict(draft.get("texts", {})).items():
            if name in self.parts:
                _set_text(self.parts[name].editor, str(text))
        for name, ticked in dict(draft.get("checks", {})).items():
            if name in self.checks:
                self.checks[name].setChecked(bool(ticked))

    def _lay_out(self, title: str, save: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(20), 0, px(20))
        column.setSpacing(px(12))
        heading = Label(title, 16, fonts.SEMI_BOLD, wrap=True)
        heading.setContentsMargins(px(24), 0, px(24), 0)
        column.addWidget(heading)
        column.addWidget(self._scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(24), 0, px(24), 0)
        foot.addWidget(self.error)
        self._buttons.addStretch(1)
        cancel, self.save = Button("Annuler", "secondary"), Button(save, "primary")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.submit)
        self.save.setDefault(True)
        self._buttons.addWidget(cancel)
        self._buttons.addWidget(self.save)
        foot.addLayout(self._buttons)
        column.addLayout(foot)


def entry(placeholder: str = "", *, figures: bool = False) -> Entry:
    """Return an entry, its figures lined up when it holds an amount or a date."""
    return Entry(placeholder, tabular=figures)


def _text(editor: QWidget) -> str:
    if isinstance(editor, Entry):
        return editor.text()
    if isinstance(editor, Choice):
        return editor.current_key()
    return editor.words() if isinstance(editor, PlainText) else ""


def _set_text(editor: QWidget, text: str) -> None:
    if isinstance(editor, Entry):
        editor.setText(text)
    elif isinstance(editor, Choice):
        editor.choose(text)
    elif isinstance(editor, PlainText):
        editor.set_text(text)


def _on_change(editor: QWidget, then: Callable[[], None]) -> None:
    if isinstance(editor, Entry):
        editor.textEdited.connect(lambda _text: then())
    elif isinstance(editor, Choice):
        editor.activated.connect(lambda _row: then())
    elif isinstance(editor, PlainText):
        editor.textChanged.connect(then)
