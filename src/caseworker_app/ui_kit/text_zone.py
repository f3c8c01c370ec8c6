"""Long texts: a titled zone to write in, wholly tinted violet while what it holds is « interne »."""

from __future__ import annotations

import re
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
    QTextTable,
)
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from caseworker_app.kernel.pasted_text import plain_text
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.drops import dropped_paths
from caseworker_app.ui_kit.entries import see_through
from caseworker_app.ui_kit.long_paste import MOST_TEXT, refused_as_too_long
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.scroll import slim
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

INTERNAL, SHAREABLE = "internal", "shareable"
_LINE = 20
_BULLETS = frozenset({
    QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListCircle, QTextListFormat.Style.ListSquare,
    QTextListFormat.Style.ListStyleUndefined,
})  # fmt: skip
# What a word processor tells as deleted by whoever reviewed the page.
_STRUCK = re.compile(r"<del\b[^>]*>.*?</del>", re.IGNORECASE | re.DOTALL)


class PlainText(QTextEdit):
    """Text without markup, on lines 20 high; Tab leaves it, as everywhere in a form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        slim(self)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(fonts.font(13))
        self.document().setDocumentMargin(0)
        see_through(self)
        see_through(self.viewport())
        self._space_lines()

    def words(self) -> str:
        """Return what is written with its no-break spaces, which `toPlainText` turns into plain ones."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def set_text(self, words: str) -> None:
        """Replace the text (not undoable) and put the cursor at its end."""
        self.setPlainText(words)
        self._space_lines()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Leave files of the disk to whatever is around: their paths are no words."""
        return not dropped_paths(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop as plain text: a page of a word processor keeps its words, its lists and its columns."""
        if dropped_paths(source):
            return
        page = source.html()
        if refused_as_too_long(self, source.text(), MOST_TEXT, page):
            return
        # The plain text of a page with tracked changes says what was struck out as if it still held.
        by_page = not source.hasText() or _STRUCK.search(page) is not None
        self.insertPlainText(plain_text(_words_of_page(page) if by_page else source.text()))

    def _space_lines(self) -> None:
        spacing = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight
        spacing.setLineHeight(px(_LINE), fixed.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        self.document().clearUndoRedoStacks()


def _words_of_page(page: str) -> str:
    """Return the words of a page of HTML that comes without plain text, its lists marked, its cells parted by tabs."""
    document = QTextDocument()
    document.setHtml(_STRUCK.sub("", page))
    lines, before, block = list[str](), None, document.begin()
    while block.isValid():
        words, place = f"{_item_mark(block)}{block.text()}", _cell_of(block)
        if place is not None and before is not None and place[:2] == before[:2]:
            lines[-1] += f"{' ' if place == before else chr(9)}{words}"
        else:
            lines.append(words)
        before, block = place, block.next()
    return "\n".join(lines)


def _item_mark(block: QTextBlock) -> str:
    """Return what begins an item of a list: its number, else a bullet."""
    # The typing of Qt says that there always is one.
    found = cast("QTextList | None", block.textList())
    if found is None:
        return ""
    return "•" if found.format().style() in _BULLETS else f"{found.itemText(block)}\t"


def _cell_of(block: QTextBlock) -> tuple[int, int, int] | None:
    """Return the table, the row and the column a block stands in, None outside tables."""
    table = cast("QTextTable | None", QTextCursor(block).currentTable())
    if table is None:
        return None
    cell = table.cellAt(block.position())
    return table.objectIndex(), cell.row(), cell.column()


# Said of what stays inside: the household may be handed a copy of it all the same (RGPD, article 15).
_READ = "La personne peut en demander la copie\u00a0: écrivez ce qu’elle pourrait lire."


class TextZone(Surface):
    """Icon, title, hint, a switch « Interne / Partageable », and the text. `edited` at each key,
    `shared(bool)`.
    """

    edited = Signal()
    shared = Signal(bool)

    def __init__(
        self, title: str, hint: str, icon: str, *, may_share: bool = True, parent: QWidget | None = None
    ) -> None:
        """Make an empty zone, *interne* as everything typed is by default; `may_share` offers the switch."""
        super().__init__("note_soft", "note_line", parent=parent)
        self._icon = icon
        self.editor = PlainText()
        self.editor.setAccessibleName(title)
        self.editor.setAccessibleDescription(hint)
        self.editor.textChanged.connect(self.edited)
        self.editor.installEventFilter(self)
        self._mark = Mark(icon, 16, "note")
        self.switch = self._make_switch(title)
        self.switch.setVisible(may_share)
        self._head = QHBoxLayout()
        self._build(title, hint)
        self.set_internal(True)

    @property
    def internal(self) -> bool:
        """Say whether the text is *interne* (never leaves the association)."""
        return self.switch.current_key() == INTERNAL

    def set_internal(self, internal: bool) -> None:
        """Show the text as *interne* or as one that may be proposed for an outside document."""
        self.switch.choose(INTERNAL if internal else SHAREABLE)
        self.set_ground("note_soft" if internal else "surface", "note_line" if internal else "border")
        self.editor.setAccessibleDescription(f"Texte interne. {_READ}" if internal else "Texte partageable")
        self.switch.setToolTip(f"Interne\u00a0: ne sort pas de l’association. {_READ}" if internal else "")
        self._mark.set_icon(self._icon, "note" if internal else "muted")

    def text(self) -> str:
        """Return what is written."""
        return self.editor.words()

    def set_text(self, words: str) -> None:
        """Replace what is written, without emitting `edited`."""
        blocked = self.editor.blockSignals(True)
        self.editor.set_text(words)
        self.editor.blockSignals(blocked)

    def insert(self, words: str) -> None:
        """Insert a sentence at the cursor (a phrase the association reuses); Ctrl+Z takes it back."""
        cursor = self.editor.textCursor()
        cursor.beginEditBlock()
        cursor.insertText(words)
        cursor.endEditBlock()
        self.editor.setFocus()

    def add_action(self, action: QWidget) -> None:
        """Add a button before the switch (« Phrases »)."""
        self._head.insertWidget(self._head.count() - 1, action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Repaint the ring when the focus moves."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and the ring around the zone one writes in."""
        super().paintEvent(event)
        if self.editor.hasFocus():
            painter = paint.begin(self)
            paint.ring(painter, self.rect(), paint.CARD_RADIUS, "note" if self.internal else "accent")
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys to the text."""
        event.ignore()

    def _make_switch(self, title: str) -> Segment:
        switch = Segment(f"Diffusion de «\u00a0{title}\u00a0»")
        switch.add(INTERNAL, "Interne", "lock", "note")
        switch.add(SHAREABLE, "Partageable", "share-3")
        switch.chosen.connect(self._switched)
        return switch

    def _switched(self, key: str) -> None:
        self.set_internal(key == INTERNAL)
        self.shared.emit(key == SHAREABLE)

    def _build(self, title: str, hint: str) -> None:
        name = Label(title, 14, fonts.SEMI_BOLD)
        name.setBuddy(self.editor)
        self._head.setSpacing(px(8))
        self._head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addWidget(name)
        self._head.addWidget(Label(hint, 12, tone="muted"))
        self._head.addStretch(1)
        self._head.addWidget(self.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 12, 12)
        column.setSpacing(px(6))
        column.addLayout(self._head)
        column.addWidget(self.editor, 1)
