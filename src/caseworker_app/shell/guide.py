"""The guide (F1): its pages, its search, beside the window one works in; nothing is fetched from any network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from caseworker_app.kernel import paths
from caseworker_app.kernel.folding import words_of
from caseworker_app.kernel.marking import marks_in
from caseworker_app.shell.guide_pages import (
    SHORTCUTS_PAGE,
    GuidePage,
    find_in_guide,
    guide_pages,
    page_of,
)
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.card import Rule
from caseworker_app.ui_kit.entries import SearchField, see_through
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.scroll import slim
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px, theme

__all__ = ["SHORTCUTS_PAGE", "GuideWindow"]
_SIDE, _MARGIN = 264, 32
# A line of text is read at ease up to so many pixels at 100 %.
_COLUMN = 720
# By level of heading; 0 is text.
_SIZES = {0: 14, 1: 22, 2: 17}

# What a document holds where a picture stands.
_PICTURE = "\ufffc"


class GuideText(QTextBrowser):
    """A page of the guide, set like the rest of the program; only files of the guide are ever loaded."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        slim(self)
        see_through(self)
        see_through(self.viewport())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOpenLinks(False)
        self.setAccessibleName("Page du guide")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._page: GuidePage | None = None
        self._width = 0

    def show_page(self, page: GuidePage) -> None:
        """Show a page from its top."""
        self._page = page
        self._set()
        self.verticalScrollBar().setValue(0)

    def mark(self, words: list[str]) -> int:
        """Mark the words wherever they begin a word, go to the first one; return how many there are."""
        selections = []
        for block in _blocks(self.document()):
            for start, end in marks_in(block.text(), words):
                selection = QTextEdit.ExtraSelection()
                cursor = QTextCursor(block)
                cursor.setPosition(block.position() + start)
                cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
                selection.cursor = cursor
                marked = QTextCharFormat()
                marked.setBackground(colour("warn_soft"))
                marked.setFontUnderline(True)
                marked.setUnderlineColor(colour("warn"))
                selection.format = marked
                selections.append(selection)
        self.setExtraSelections(selections)
        if selections:
            first = QTextCursor(selections[0].cursor)
            first.clearSelection()
            self.setTextCursor(first)
            # A third down, with what stands before it in sight.
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 3)
        return len(selections)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the guide, as wide as the column at most; nothing else, from nowhere else."""
        address = name.toString() if isinstance(name, QUrl) else name
        folder = paths.guide().resolve()
        file = (folder / address).resolve()
        if kind != QTextDocument.ResourceType.ImageResource.value or folder.parent not in file.parents:
            return None
        dark = file.with_name(f"{file.stem}-dark{file.suffix}")
        shown = dark if theme().dark and dark.is_file() else file
        picture = QImage(str(shown)) if shown.is_file() else QImage()
        if picture.isNull():
            return None
        return _fitted(picture, self._column(), self.devicePixelRatio())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the page again at the width there is."""
        super().resizeEvent(event)
        if self._page is not None and self.viewport().width() != self._width:
            bar = self.verticalScrollBar()
            share = bar.value() / bar.maximum() if bar.maximum() else 0.0
            self._set()
            bar.setValue(round(share * bar.maximum()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange and self._page is not None:
            self._set()

    def _column(self) -> int:
        return max(px(240), min(px(_COLUMN), self.viewport().width() - 2 * px(_MARGIN)))

    def _set(self) -> None:
        if self._page is None:
            return
        # Told first: setting the page may ask for another size, which would come back here.
        self._width = self.viewport().width()
        document = self.document()
        document.setDefaultFont(fonts.font(14))
        document.setMarkdown(self._page.markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        _space(document)
        room = self.viewport().width() - self._column()
        frame = document.rootFrame().frameFormat()
        frame.setMargin(0)
        frame.setLeftMargin(px(_MARGIN))
        frame.setRightMargin(max(px(_MARGIN), room - px(_MARGIN)))
        frame.setTopMargin(px(24))
        frame.setBottomMargin(px(48))
        document.rootFrame().setFrameFormat(frame)
        # The cursor was pushed to the end; where it stands is what a focus shows.
        self.moveCursor(QTextCursor.MoveOperation.Start)


class GuideWindow(QWidget):
    """The guide in a window of its own, above the one it belongs to."""

    def __init__(self, parent: QWidget) -> None:
        """List the pages, none open yet."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Passerelle, guide")
        self.setMinimumSize(px(560), px(400))
        room = self.screen().availableSize()
        self.resize(min(px(1040), room.width() - 40), min(px(720), room.height() - 60))
        self.search = SearchField("Chercher dans le guide")
        self.pages = RowList("Pages du guide", height=44)
        self.count = Label("", 12, tone="muted", wrap=True)
        self.text = GuideText()
        self._page = ""
        self._lay_out()
        self.search.textChanged.connect(self._searched)
        self.search.returnPressed.connect(lambda: self._choose(self.pages.rows.key_at(0)))
        self.pages.opened.connect(self._choose)
        self.pages.stood_on.connect(self._choose)
        self.text.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.setFocus)
        self._list_pages()

    def open_page(self, key: str) -> None:
        """Show a page, all of them listed beside it."""
        self.search.clear()
        self._list_pages()
        self._choose(page_of(key).key)
        self.pages.stand_on(self._page)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def page(self) -> str:
        """The key of the page shown."""
        return self._page

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the list on the side's."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.fillRect(0, 0, px(_SIDE), self.height(), colour("side"))
        painter.end()

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(12, 16, 12, 12)
        side.setSpacing(px(8))
        side.addWidget(self.search)
        side.addWidget(self.count)
        side.addWidget(self.pages, 1)
        holder = QWidget()
        holder.setFixedWidth(px(_SIDE))
        holder.setLayout(side)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(holder)
        line.addWidget(Rule("border", vertical=True))
        line.addWidget(self.text, 1)

    def _list_pages(self) -> None:
        self.pages.set_rows([Row(page.key, page.title, chevron=False) for page in guide_pages()])
        self.count.hide()

    def _searched(self, typed: str) -> None:
        if not words_of(typed):
            self._list_pages()
            self.pages.stand_on(self._page)
            self.text.mark([])
            return
        hits = find_in_guide(guide_pages(), typed)
        self.pages.set_rows([Row(hit.page.key, hit.page.title, hit.excerpt, chevron=False) for hit in hits])
        self.count.show()
        self.count.setText("" if hits else "Aucune page ne contient ces mots.")
        self.count.setVisible(not hits)

    def _choose(self, key: str) -> None:
        if not key:
            return
        page = page_of(key)
        if page.key != self._page:
            self._page = page.key
            self.text.show_page(page)
        self.text.mark(words_of(self.search.text()))

    def _follow(self, link: QUrl) -> None:
        name = Path(link.path()).stem
        # Addresses of the web are for reading: the program opens no network.
        if not link.scheme() and any(page.key == name for page in guide_pages()):
            self._choose(name)
            self.pages.stand_on(name)


def _blocks(document: QTextDocument) -> list[Any]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _space(document: QTextDocument) -> None:
    """Give lines and paragraphs room, headings weight, tables thin rules."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for block in _blocks(document):
        level = block.blockFormat().headingLevel()
        room = QTextBlockFormat()
        # Room above a line of words would be, of a picture, half its height left blank.
        tall = 100 if block.text() == _PICTURE else 125 if level else 145
        room.setLineHeight(tall, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        room.setTopMargin(px(22 if level == 2 else 0))
        room.setBottomMargin(px(8 if level else 4 if block.textList() else 10))
        cursor.setPosition(block.position())
        cursor.mergeBlockFormat(room)
        for start, end, strong in _pieces(block):
            if level or strong:
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(_face(cursor.charFormat(), _SIZES.get(level, 15)))
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _rule(frame)
    cursor.endEditBlock()


def _pieces(block: Any) -> list[tuple[int, int, bool]]:
    """Return where the pieces of a paragraph are, and which are strong."""
    found, pieces = [], block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        strong = piece.charFormat().fontWeight() > fonts.SEMI_BOLD
        found.append((piece.position(), piece.position() + piece.length(), strong))
        pieces += 1
    return found


def _face(face: QTextCharFormat, size: int) -> QTextCharFormat:
    """Return a face in the strongest weight the program ships: a heavier one would be smeared."""
    face.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    face.setFont(fonts.font(size, fonts.SEMI_BOLD))
    return face


def _rule(table: QTextTable) -> None:
    look = table.format()
    look.setBorder(1)
    look.setBorderCollapse(True)
    look.setBorderBrush(QColor(colour("border")))
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setCellPadding(px(6))
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(look)


def _fitted(picture: QImage, width: int, ratio: float) -> QImage:
    wide = min(width, picture.width())
    scaled = picture.scaledToWidth(round(wide * ratio), Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(ratio)
    return scaled
