"""Putting a reused sentence where one writes: a list under the cursor, narrowed by typing, its places filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.reused_sentences import (
    FillingIn,
    ReusedSentence,
    filled,
    first_place,
    matching,
)
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import SearchField
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import px

WIDTH, KEYS = 460, "Ctrl+Space"
_ROW, _SEEN = 46, 7
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SEEN, Qt.Key.Key_PageUp: -_SEEN}
_EDITED_IN = "La liste se modifie dans Réglages, «\u00a0Phrases réutilisées\u00a0»."


class SentencePicker(QFrame):
    """The list. `chosen(text)`: a sentence, its places filled in; Escape closes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName("Phrases réutilisées")
        self._sentences: Sequence[ReusedSentence] = ()
        self._values: dict[str, str] = {}
        self.search = SearchField("Chercher une phrase, une catégorie")
        self.list = RowList("Phrases", height=_ROW)
        self.none = Label("Aucune phrase ne contient ces mots.", 13, tone="muted")
        self.setFixedWidth(px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.setSpacing(px(8))
        for part in (
            Label("Phrases réutilisées", 13, fonts.SEMI_BOLD), self.search, self.list, self.none,
            Label(_EDITED_IN, 12, tone="muted"),
        ):  # fmt: skip
            column.addWidget(part)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.opened.connect(self._choose)

    def ask(self, sentences: Sequence[ReusedSentence], filling: FillingIn, at: QPoint) -> None:
        """Show sentences with what is known put in their places; `at`: where, on the screen."""
        self._sentences, self._values = sentences, filling.values()
        self.search.clear()
        self._narrow("")
        self.list.setFixedHeight(px(_ROW) * max(1, min(_SEEN, len(sentences))) + 2)
        self.adjustSize()
        self.move(self._inside(at))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter work on the list while one types."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.rows.key_at(self.list.currentIndex().row()))
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        paint.rounded(painter, self.rect(), "raised", "border", 0)
        painter.end()

    def _narrow(self, words: str) -> None:
        found = matching(self._sentences, words)
        shown = [(str(self._sentences.index(each)), each) for each in found]
        self.list.set_rows(
            [
                Row(key, filled(each.text, self._values).replace("\n", " "), each.category, chevron=False)
                for key, each in shown
            ]
        )
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self.list.rows.index(0, 0))

    def _step(self, by: int) -> None:
        last = self.list.rows.rowCount() - 1
        row = min(last, max(0, self.list.currentIndex().row() + by))
        self.list.setCurrentIndex(self.list.rows.index(row, 0))

    def _choose(self, key: str) -> None:
        if key:
            self.close()
            self.chosen.emit(filled(self._sentences[int(key)].text, self._values))

    def _inside(self, at: QPoint) -> QPoint:
        room = self.screen().availableGeometry()
        return QPoint(
            max(room.left(), min(at.x(), room.right() - self.width())),
            max(room.top(), min(at.y(), room.bottom() - self.height())),
        )


class SentenceHelp(QObject):
    """Offers the sentences in some zones, by a button in each and by Ctrl+Space."""

    def __init__(self, zones: Sequence[TextZone], filling: Callable[[], FillingIn], owner: QWidget) -> None:
        """Join the zones; `filling` tells what is known when the list opens."""
        super().__init__(owner)
        self.sentences: Sequence[ReusedSentence] = ()
        self._filling, self._owner = filling, owner
        self._zone = zones[0]
        self.picker: SentencePicker | None = None
        for zone in zones:
            self._join(zone)

    def open(self, zone: TextZone) -> None:
        """Show the list under the cursor of a zone."""
        if self.picker is None:
            self.picker = SentencePicker(self._owner)
            self.picker.chosen.connect(self._put)
        self._zone = zone
        cursor = zone.editor.cursorRect()
        at = zone.editor.viewport().mapToGlobal(cursor.bottomLeft() + QPoint(0, px(4)))
        self.picker.ask(self.sentences, self._filling(), at)

    def _put(self, text: str) -> None:
        zone = self._zone
        cursor = zone.editor.textCursor()
        start = cursor.selectionStart()
        before = zone.text()[:start]
        glue = "" if not before or before[-1].isspace() else " "
        zone.insert(glue + text)
        select_place(zone, start)

    def _join(self, zone: TextZone) -> None:
        button = Button("Phrases", "quiet", "quote", compact=True)
        button.setAccessibleDescription("Phrases réutilisées, Ctrl + Espace")
        button.setToolTip("Insérer une phrase réutilisée (Ctrl+Espace)")
        button.clicked.connect(lambda: self.open(zone))
        zone.add_action(button)
        QWidget.setTabOrder(zone.editor, button)
        shortcut = QShortcut(QKeySequence(KEYS), zone)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.open(zone))


def select_place(zone: TextZone, after: int = 0) -> None:
    """Choose the first place left to complete from a character on, so that typing replaces it."""
    found = first_place(zone.text()[after:])
    if found is None:
        return
    cursor = zone.editor.textCursor()
    cursor.setPosition(after + found[0])
    cursor.setPosition(after + found[1], QTextCursor.MoveMode.KeepAnchor)
    zone.editor.setTextCursor(cursor)
