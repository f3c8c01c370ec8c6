"""A sheet that floats over a window, at its lower right: what is written there does not leave the page behind."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.theme import px

_GAP = 16


class Sheet(Surface):
    """Over the window given to `show_over`, as large as it asks for and the window allows. Escape puts it away.

    `put_away()` once it is. Override `leave` to keep what is being typed.
    """

    put_away = Signal()

    def __init__(self, width: int) -> None:
        """Make it `width` pixels wide at 100 %."""
        super().__init__("raised", "field")
        self._asked = width
        self._over: QWidget | None = None
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.dismiss)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_over(self, window: QWidget) -> None:
        """Float over a window."""
        self._over = window
        self.setParent(window)
        window.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Put the sheet away; what is typed is kept."""
        self.leave()
        self.hide()
        self.put_away.emit()

    def leave(self) -> None:
        """Keep what is being typed."""

    def wanted(self) -> QSize:
        """Return the size that shows everything."""
        return self.sizeHint()

    def place(self) -> None:
        """Stand in the corner, never larger than the window."""
        if self._over is None:
            return
        room = self._over.size()
        wide = min(px(self._asked), room.width() - 2 * _GAP)
        tall = min(self.wanted().height(), room.height() - 2 * _GAP)
        self.setGeometry(room.width() - wide - _GAP, room.height() - tall - _GAP, wide, tall)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes size."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.place()
        return False
