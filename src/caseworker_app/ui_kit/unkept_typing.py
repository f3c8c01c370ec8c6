"""What is typed where no form keeps a draft: found by looking at the entries themselves, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.entries import PassphraseEntry, SearchField

# Set on an entry, or on what holds it, that nobody would miss: words that are searched, a secret.
FLEETING = "fleeting"
# Set on an entry that the draft of the form around it does not hold: words on their way into a list.
APART = "apart"
Editor = QLineEdit | QPlainTextEdit | QTextEdit


@dataclass(frozen=True, slots=True)
class LeftText:
    """A text that was typed: in which page or dialog, in which entry."""

    where: str
    label: str
    text: str


def let_go(widget: QWidget) -> None:
    """Say that what is typed in a widget, or in what it holds, need not outlive it."""
    widget.setProperty(FLEETING, True)


def stand_apart(widget: QWidget) -> None:
    """Say that the draft of the form around an entry does not hold it."""
    widget.setProperty(APART, True)


def unkept(windows: Iterable[QWidget]) -> list[LeftText]:
    """Return what somebody typed in windows, was not written since, and no `DraftKeeper` watches over."""
    return [
        LeftText(_place(editor), editor.accessibleName(), text)
        for window in windows
        for editor in editors(window)
        if is_typed_in(editor)
        and (text := text_of(editor)).strip()
        and not (is_fleeting(editor) or is_kept(editor))
    ]


def editors(window: QWidget) -> Iterator[Editor]:
    """Walk through the entries of a window, not those of the dialogs that stand over it."""
    found: list[Editor] = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
    found += window.findChildren(QTextEdit)
    yield from (editor for editor in found if editor.window() is window)


def text_of(editor: Editor) -> str:
    """Return what an entry holds."""
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def is_typed_in(editor: Editor) -> bool:
    """Say whether a person typed there since the program last filled it."""
    return editor.isModified() if isinstance(editor, QLineEdit) else editor.document().isModified()


def is_fleeting(editor: Editor) -> bool:
    """Say whether nobody would miss what is typed there, or nobody may keep it."""
    if isinstance(editor, SearchField | PassphraseEntry) or editor.isReadOnly():
        return True
    if isinstance(editor, QLineEdit) and editor.echoMode() != QLineEdit.EchoMode.Normal:
        return True
    return any(each.property(FLEETING) for each in _upwards(editor))


def is_kept(editor: Editor) -> bool:
    """Say whether the form around an entry keeps its own draft."""
    if editor.property(APART):
        return False
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return any(each.findChild(DraftKeeper, options=direct) is not None for each in _upwards(editor))


def _upwards(editor: QWidget) -> Iterator[QWidget]:
    """Climb from an entry to its window; a dialog is not the form it stands over."""
    at: QWidget | None = editor
    while at is not None:
        yield at
        at = None if at.isWindow() else at.parentWidget()


def _place(editor: QWidget) -> str:
    """Return the name of the nearest page or dialog around an entry that has one."""
    named = [
        each.accessibleName() for each in _upwards(editor) if each is not editor and each.accessibleName()
    ]
    return named[0] if named else ""
