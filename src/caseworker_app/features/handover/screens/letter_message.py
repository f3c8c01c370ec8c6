"""The free text of a letter: typed at the side, shown on the page a moment after the last key."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import px

_AFTER_MS = 600
_HEIGHT = 148


class LetterMessage(TextZone):
    """What the writer adds in their own words. `settled`: the text is another one and nobody types any more.

    What is typed for one letter waits there while another one is shown.
    """

    settled = Signal()

    def __init__(self) -> None:
        """Make it empty, for no letter."""
        super().__init__("Message", "relu avant de partir", "pencil", may_share=False)
        self.set_internal(False)
        self.setFixedHeight(px(_HEIGHT))
        self._of, self._typed = "", dict[str, str]()
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.settled)
        self.edited.connect(self._timer.start)

    def stand_for(self, letter: str) -> None:
        """Show what was typed for a letter, told by what it is about."""
        if letter == self._of:
            return
        self._typed[self._of] = self.text()
        self._of = letter
        self._timer.stop()
        self.set_text(self._typed.pop(letter, ""))

    @property
    def waiting(self) -> bool:
        """Say whether keys were typed that no page shows yet."""
        return self._timer.isActive()

    def settle(self) -> None:
        """Take what is typed as settled: a page is asked for with it."""
        self._timer.stop()

    def clear_letter(self) -> None:
        """Forget what was typed: the letter has left."""
        self._timer.stop()
        self.set_text("")
