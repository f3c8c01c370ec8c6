"""What one types with in a sheet: the entry laid over a cell, and the sentence under a refused one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.announce import announce
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.entries import see_through
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_WIDTH = 300


class Step(NamedTuple):
    """Where a key sends one after the cell: rows down, columns to the right; `tab`: to the next cell to type
    into, on the next row if need be.
    """

    rows: int
    columns: int
    tab: bool = False


_TABS = {Qt.Key.Key_Tab: Step(0, 1, tab=True), Qt.Key.Key_Backtab: Step(0, -1, tab=True)}
_UP_DOWN = {Qt.Key.Key_Up: Step(-1, 0), Qt.Key.Key_Down: Step(1, 0)}
# While the cell is being replaced rather than corrected, these leave it too, as in any spreadsheet.
_SIDEWAYS = {Qt.Key.Key_Left: Step(0, -1), Qt.Key.Key_Right: Step(0, 1)}


class SheetEditor(QLineEdit):
    """The entry over a cell. `left(step)`: the person goes on; `given_up()`: Escape."""

    left = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden, inside the view's viewport."""
        super().__init__(parent)
        self.replacing = False
        self._refused = False
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(fonts.font(13, fonts.SEMI_BOLD, tabular=True))
        see_through(self)
        self.setTextMargins(px(4), 0, px(10) - 2, 0)
        self.textEdited.connect(lambda _text: self.set_refused(refused=False))
        self.hide()

    def begin(self, rect: QRect, name: str, text: str, *, replacing: bool) -> None:
        """Lie over a cell with a text: what is there (to correct), or the key just typed (to replace)."""
        self.replacing = replacing
        self.set_refused(refused=False)
        self.setGeometry(rect)
        self.setAccessibleName(name)
        self.setText(text)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if replacing:
            self.end(False)
        else:
            self.selectAll()

    def set_refused(self, *, refused: bool) -> None:
        """Show, or stop showing, that what is typed is refused."""
        self._refused = refused
        self.update()

    def event(self, event: QEvent) -> bool:
        """Keep Tab, which Qt would give to the next widget, and the window's own shortcuts out of it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _TABS:
                self.left.emit(_TABS[key])
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the cell with the keys of a spreadsheet; the others type."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key == Qt.Key.Key_F2:
            self.replacing = False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.left.emit(Step(-1 if back else 1, 0))
        elif key in _UP_DOWN:
            self.left.emit(_UP_DOWN[key])
        elif self.replacing and key in _SIDEWAYS and not event.modifiers():
            self.left.emit(_SIDEWAYS[key])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Confirm what is typed when the person clicks or goes elsewhere."""
        super().focusOutEvent(event)
        # Its own menu, and another window in front, are not leaving the cell.
        reasons = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self.isVisible() and event.reason() not in reasons:
            self.left.emit(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and its ring inside the cell, then what is typed."""
        painter = paint.begin(self)
        paint.rounded(painter, self.rect(), "surface", None, 2)
        paint.ring(painter, self.rect(), 2, "danger" if self._refused else "accent")
        painter.end()
        super().paintEvent(event)


class SheetSentence(Surface):
    """The sentence that says why a cell is refused, just under it (or above, near the foot of the sheet)."""

    def __init__(self, view: QWidget) -> None:
        """Make it hidden, over a view."""
        super().__init__("danger_soft", "danger", paint.CONTROL_RADIUS, view)
        self._view = view
        self._words = Label("", 12, fonts.MEDIUM, "danger", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(10), px(6), px(10), px(6))
        line.setSpacing(px(6))
        line.addWidget(Mark("alert-circle", 14, "danger"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """Return the sentence shown, empty when there is none."""
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str, place: Callable[[], QRect]) -> None:
        """Show a sentence beside a cell (`place`: its rectangle in the view), and have it read aloud."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        cell, view = place(), self._view
        wide = min(px(_WIDTH), view.width() - px(16))
        self.setFixedWidth(wide)
        self._words.setFixedWidth(wide - px(40))
        self.setFixedHeight(self._words.heightForWidth(wide - px(40)) + px(14))
        left = min(max(px(4), cell.right() - wide), view.width() - wide - px(4))
        below = cell.bottom() + px(4)
        top = below if below + self.height() < view.height() else cell.top() - self.height() - px(4)
        self.move(QPoint(max(px(4), left), max(px(4), top)))
        self.show()
        self.raise_()
        announce(self._words, sentence, urgent=True)
