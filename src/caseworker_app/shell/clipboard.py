"""What this program put in the clipboard, and taking it away at the lock; what others put there is theirs."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication


class OwnClipboard(QObject):
    """Remembers (as a hash) the last text copied while one of our windows was in front."""

    def __init__(self, app: QGuiApplication) -> None:
        """Begin to listen."""
        super().__init__(app)
        self._app, self._clipboard = app, app.clipboard()
        self._ours: int | None = None
        self._clipboard.dataChanged.connect(self._note)

    def empty(self) -> None:
        """Empty the clipboard of what we put there, and the selection that a middle click pastes."""
        board = self._clipboard
        if board.ownsClipboard() or (self._ours is not None and hash(board.text()) == self._ours):
            board.clear()
        if board.supportsSelection() and board.ownsSelection():
            board.clear(QClipboard.Mode.Selection)
        self._ours = None

    def _note(self) -> None:
        in_front = self._app.focusWindow() is not None
        text = self._clipboard.text()
        self._ours = hash(text) if text and (in_front or self._clipboard.ownsClipboard()) else None
