"""Spelling while one writes: unknown words are underlined, nothing is corrected alone, nothing waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit
from shiboken6 import isValid

from caseworker_app.kernel.spelling import TypedWord, misspelt, suggestions, words_of_text
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import colour

# After the last key: a word is looked at once it is typed, not at each letter.
AFTER_MS = 400
KEY = "F7"
AddWord = Callable[[str], None]


class Speller(QObject):
    """What is known of words, for several zones. Each word is asked once of another process; the window never waits.

    `known`: words that are right whatever the dictionary says (the household's names, the association's own).
    """

    def __init__(self, tasks: Tasks, add: AddWord, owner: QObject) -> None:
        """Know nothing yet; `add(word)` keeps a word in the dictionary of the association."""
        super().__init__(owner)
        self._tasks, self._add = tasks, add
        self._right: set[str] = set()
        self._wrong: set[str] = set()
        self._known: frozenset[str] = frozenset()
        self._asked: set[str] = set()
        self._marks: list[ZoneSpelling] = []

    def watch(self, zones: Sequence[TextZone]) -> None:
        """Underline what is typed in some zones."""
        self._marks += [ZoneSpelling(zone, self) for zone in zones]

    def know(self, words: Iterable[str]) -> None:
        """Take words as right: names of people, words of the association."""
        self._known = frozenset(part.casefold() for word in words for part in word.replace("'", "’").split())
        self._show()

    def look(self) -> None:
        """Look at what the zones hold now."""
        for marks in self._marks:
            marks.look()

    def is_wrong(self, word: str) -> bool:
        """Say whether a word is underlined."""
        return word in self._wrong and word.casefold() not in self._known

    def look_at(self, words: Iterable[str]) -> None:
        """Ask for the words nobody asked for yet."""
        known = self._right | self._wrong | self._asked
        new = tuple({word for word in words if word not in known and word.casefold() not in self._known})
        if not new:
            return
        self._asked |= set(new)
        self._tasks.compute(
            misspelt, new, then=lambda wrong: self._told(new, wrong), failed=lambda _error: None, owner=self,
            words="Orthographe", unseen=True,
        )  # fmt: skip

    def suggest(self, word: str, then: Callable[[tuple[str, ...]], None], owner: QObject) -> None:
        """Ask which words may have been meant."""
        self._tasks.compute(
            suggestions, word, then=then, failed=lambda _error: then(()), owner=owner, words="Orthographe"
        )

    def add(self, word: str) -> None:
        """Take a word as right from now on, and keep it for the association."""
        self._known |= {word.casefold()}
        self._add(word)
        self._show()

    def _told(self, asked: Iterable[str], wrong: Iterable[str]) -> None:
        self._wrong |= set(wrong)
        self._right |= set(asked) - self._wrong
        self._asked -= set(asked)
        self._show()

    def _show(self) -> None:
        for marks in self._marks:
            if isValid(marks.zone):
                marks.show()


class ZoneSpelling(QObject):
    """The underlined words of one zone; its menu, by the right button, the menu key or F7."""

    def __init__(self, zone: TextZone, speller: Speller) -> None:
        """Watch a zone."""
        super().__init__(zone)
        self.zone, self._speller = zone, speller
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(self.look)
        zone.editor.textChanged.connect(self._timer.start)
        zone.editor.installEventFilter(self)
        zone.editor.viewport().installEventFilter(self)
        shortcut = QShortcut(QKeySequence(KEY), zone)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.go_to_next)

    def look(self) -> None:
        """Ask for the words not known yet, and show those that are."""
        words = words_of_text(self.zone.text())
        self._speller.look_at(each.word for each in words)
        self._underline(words)

    def show(self) -> None:
        """Show again what is known."""
        self._underline(words_of_text(self.zone.text()))

    def wrong(self) -> list[TypedWord]:
        """Return the words underlined."""
        return [each for each in words_of_text(self.zone.text()) if self._speller.is_wrong(each.word)]

    def go_to_next(self) -> None:
        """Choose the next word underlined, round the end, and open its menu."""
        wrong = self.wrong()
        if not wrong:
            return
        here = self.zone.editor.textCursor().selectionEnd()
        word = next((each for each in wrong if each.start >= here), wrong[0])
        cursor = self._chosen(word)
        self.zone.editor.setTextCursor(cursor)
        corner = self.zone.editor.viewport().mapToGlobal(self.zone.editor.cursorRect().bottomLeft())
        self._open(word, corner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open our menu on a word underlined, Qt's own elsewhere."""
        if event.type() != QEvent.Type.ContextMenu or not isinstance(event, QContextMenuEvent):
            return False
        editor = self.zone.editor
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        pointed = editor.viewport().mapFromGlobal(event.globalPos())
        at = editor.textCursor() if by_key else editor.cursorForPosition(pointed)
        word = next((each for each in self.wrong() if each.start <= at.position() <= each.end), None)
        if word is None:
            return False
        corner = editor.viewport().mapToGlobal(editor.cursorRect(at).bottomLeft())
        self._open(word, corner)
        return True

    def make_menu(self, word: TypedWord, found: Sequence[str]) -> Menu:
        """Return what may be done with a word: replaced by one of those found, or added to the dictionary."""
        menu = Menu("", self.zone)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in found:
            menu.addAction(each, partial(self.replace, word, each))
        if not found:
            menu.addAction("Aucune proposition").setEnabled(False)
        menu.addSeparator()
        menu.addAction("&Ajouter au dictionnaire", lambda: self._speller.add(word.word))
        return menu

    def replace(self, word: TypedWord, chosen: str) -> None:
        """Write another word in its place; Ctrl+Z takes it back."""
        cursor = self._chosen(word)
        if cursor.selectedText().replace("'", "’") == word.word:
            cursor.insertText(chosen)

    def _open(self, word: TypedWord, corner: QPoint) -> None:
        self._speller.suggest(word.word, lambda found: self.make_menu(word, found).popup(corner), self)

    def _chosen(self, word: TypedWord) -> QTextCursor:
        cursor = QTextCursor(self.zone.editor.document())
        cursor.setPosition(word.start)
        cursor.setPosition(word.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _underline(self, words: Sequence[TypedWord]) -> None:
        # Not by a highlighter: it would change the document, which counts as typing for drafts.
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        shape.setUnderlineColor(colour("danger"))
        marks = []
        for word in words:
            if self._speller.is_wrong(word.word):
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = self._chosen(word), shape
                marks.append(mark)
        self.zone.editor.setExtraSelections(marks)
