"""Entries of forms: one line of text, a passphrase, a choice in a list; each can show that it is refused."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QMimeData, QRect, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.buttons import IconButton
from caseworker_app.ui_kit.theme import colour, px

_INSET = 10


def see_through(widget: QWidget) -> None:
    """Let a native control paint no ground of its own, so that ours shows."""
    palette = widget.palette()
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        palette.setColor(role, QColor(0, 0, 0, 0))
    widget.setPalette(palette)


def draw_field(painter: QPainter, widget: QWidget, *, refused: bool) -> None:
    """Paint the ground of an entry: border, two pixels in accent with the focus, in danger when refused."""
    ground = "surface" if widget.isEnabled() else "sunken"
    paint.rounded(painter, widget.rect(), ground, "field", paint.CONTROL_RADIUS)
    if widget.hasFocus() or refused:
        paint.ring(painter, widget.rect(), token="danger" if refused else "accent")


class Entry(QLineEdit):
    """One line of text, 36 high. `distinct` draws l, I and 0 apart; `tabular` lines figures up.

    What is pasted or dropped comes on one line; files of the disk are left to whatever is around, as in long texts.
    """

    def __init__(
        self,
        placeholder: str = "",
        *,
        height: int = 36,
        icon: str = "",
        distinct: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty entry."""
        super().__init__(parent)
        self._icon, self._height, self._refused = icon, height, False
        self._right_room = 0
        self.setFrame(False)
        self.setPlaceholderText(placeholder)
        self.setFont(fonts.font(13, distinct=distinct, tabular=tabular))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        see_through(self)
        self._fit_margins()

    def set_refused(self, refused: bool) -> None:
        """Show (or stop showing) that what is typed is refused."""
        self._refused = refused
        self.update()

    def reserve_right(self, pixels: int) -> None:
        """Keep room at the right for what stands inside the entry."""
        self._right_room = pixels
        self._fit_margins()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste on one line."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            self.insert_words(QApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the usual menu, whose « Coller » pastes on one line too."""
        menu = self.createStandardContextMenu()
        found = menu.findChild(QAction, "edit-paste")
        if isinstance(found, QAction):
            found.triggered.disconnect()
            found.triggered.connect(lambda: self.insert_words(QApplication.clipboard().mimeData()))
        menu.exec(event.globalPos())
        menu.deleteLater()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave files to whatever is around: their paths are no words."""
        event.ignore() if _holds_files(event.mimeData()) else super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Leave files to whatever is around."""
        event.ignore() if _holds_files(event.mimeData()) else super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Drop words on one line, at the pointer; a part of these words, moved within them, as it always was."""
        if _holds_files(event.mimeData()):
            event.ignore()
        elif event.source() is self or self.isReadOnly():
            super().dropEvent(event)
        else:
            self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
            self.insert_words(event.mimeData())
            event.acceptProposedAction()

    def insert_words(self, source: QMimeData) -> None:
        """Insert the words of a clipboard or of a drop at the cursor, over what is selected; Ctrl+Z takes them back."""
        if source.hasText() and not _holds_files(source) and not _too_long(self, source.text()):
            self.insert(self.words_kept(source.text()))

    def words_kept(self, pasted: str) -> str:
        """Return what is kept of what was pasted: all of its words, on one line."""
        # The window that opens a file has entries too, and waits for nothing it does not need.
        from caseworker_app.kernel.pasted_text import pasted_line

        return pasted_line(pasted)

    def sizeHint(self) -> QSize:
        """Return the height of the entry, at a common width."""
        return QSize(px(240), px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Give way down to a few words."""
        return QSize(px(96), px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, then what is typed."""
        painter = paint.begin(self)
        draw_field(painter, self, refused=self._refused)
        if self._icon:
            icons.draw(painter, self._icon, px(12), (self.height() - px(16)) / 2, px(16), "muted")
        painter.end()
        super().paintEvent(event)

    def _fit_margins(self) -> None:
        # QLineEdit adds two pixels of its own on each side.
        left = px(12 + 16 + 8) if self._icon else px(_INSET)
        self.setTextMargins(left - 2, 0, px(_INSET) + self._right_room - 2, 0)


def _too_long(entry: QWidget, pasted: str) -> bool:
    from caseworker_app.ui_kit.long_paste import MOST_LINE, refused_as_too_long

    return refused_as_too_long(entry, pasted, MOST_LINE)


def _holds_files(mime: QMimeData) -> bool:
    from caseworker_app.ui_kit.drops import dropped_paths

    return bool(dropped_paths(mime))


class PassphraseEntry(Entry):
    """A passphrase: hidden, with a button that shows it. It never reaches the undo stack or the clipboard."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(placeholder, distinct=True, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.eye = IconButton("eye", "Afficher la phrase", size=28, icon_size=16, parent=self)
        self.eye.clicked.connect(self._switch)
        self.reserve_right(self.eye.width())

    def words_kept(self, pasted: str) -> str:
        """Keep a passphrase to the letter, but for the end of the line it was copied with."""
        return pasted.rstrip("\r\n")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the eye at the right."""
        super().resizeEvent(event)
        self.eye.move(self.width() - self.eye.width() - px(4), (self.height() - self.eye.height()) // 2)

    def hide_again(self) -> None:
        """Hide what is typed."""
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye.set_icon("eye", "Afficher la phrase")

    def _switch(self) -> None:
        if self.echoMode() == QLineEdit.EchoMode.Normal:
            self.hide_again()
        else:
            self.setEchoMode(QLineEdit.EchoMode.Normal)
            self.eye.set_icon("eye-off", "Masquer la phrase")
        self.setFocus()


def one_after_another(*secrets: PassphraseEntry) -> None:
    """Let Tab go from one secret to the next at once, the eyes after all of them.

    Who types blind goes on after Tab: on an eye, the first space would show the secret to the room.
    """
    for before, after in pairwise([*secrets, *(each.eye for each in secrets)]):
        QWidget.setTabOrder(before, after)


class Choice(QComboBox):
    """One of a list; fill it with `add(key, words)`, read `current_key()`."""

    def __init__(
        self, placeholder: str = "Choisir\u2026", *, height: int = 36, parent: QWidget | None = None
    ) -> None:
        """Make it empty, with nothing chosen."""
        super().__init__(parent)
        self._height, self._refused = height, False
        self.setPlaceholderText(placeholder)
        self.setFont(fonts.font(13))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCurrentIndex(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a wheel turned over a choice must not change what was answered."""
        event.ignore()

    def add(self, key: str, words: str) -> None:
        """Add a line; nothing is chosen until the person or `choose` does."""
        before = self.currentIndex()
        self.addItem(words, key)
        self.setCurrentIndex(before)
        # A longer line asks for more room: the layout is told, or it keeps that of an empty list.
        self.updateGeometry()

    def offer(self, lines: Iterable[tuple[str, str]], otherwise: str = "") -> None:
        """Offer these lines (key, words) in place of the others, telling nobody.

        Whatever was chosen stays chosen where it is still offered; `otherwise` is chosen where it is not.
        """
        chosen, blocked = self.current_key(), self.blockSignals(True)
        self.clear()
        for key, words in lines:
            self.add(key, words)
        self.choose(chosen if self.findData(chosen) >= 0 else otherwise)
        self.blockSignals(blocked)

    def choose(self, key: str) -> None:
        """Choose a line."""
        self.setCurrentIndex(self.findData(key))

    def current_key(self) -> str:
        """Return the key of the chosen line, empty when none is."""
        return str(self.currentData() or "")

    def set_refused(self, refused: bool) -> None:
        """Show (or stop showing) that the choice is refused."""
        self._refused = refused
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the longest line."""
        words = [self.itemText(i) for i in range(self.count())] + [self.placeholderText()]
        wide = max(paint.width(w, self.font()) for w in words) + px(_INSET + 36)
        return QSize(wide, px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Give way down to a few words."""
        return QSize(px(96), px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, words and chevron."""
        painter = paint.begin(self)
        draw_field(painter, self, refused=self._refused)
        words = self.currentText() or self.placeholderText()
        box = QRect(px(_INSET), 0, self.width() - px(_INSET + 32), self.height())
        paint.text(painter, box, words, self.font(), "text" if self.currentIndex() >= 0 else "muted")
        icons.draw(
            painter, "chevron-down", self.width() - px(28), (self.height() - px(16)) / 2, px(16), "muted"
        )
        painter.end()


class SearchField(Entry):
    """A search entry with its magnifier and the cap of the key that brings one there (« Ctrl+K »)."""

    def __init__(self, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        """Make it empty; `key` is only shown, the window holds the shortcut."""
        super().__init__(placeholder, height=34, icon="search", parent=parent)
        self._key = key
        self.setAccessibleName("Rechercher")
        self.setAccessibleDescription(placeholder)
        self.setClearButtonEnabled(False)
        self.reserve_right(self._cap_width() + px(4) if key else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entry, then the key cap while nothing is typed."""
        super().paintEvent(event)
        if not self._key or self.text():
            return
        painter = paint.begin(self)
        wide, tall = self._cap_width(), px(18)
        cap = QRect(self.width() - wide - px(8), (self.height() - tall) // 2, wide, tall)
        paint.rounded(painter, cap, "sunken", "border", 4)
        painter.setPen(colour("muted"))
        painter.setFont(fonts.font(11, fonts.MEDIUM))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()

    def _cap_width(self) -> int:
        return paint.width(self._key, fonts.font(11, fonts.MEDIUM)) + px(12)
