"""What the window says to the person: empty pages, banners, the confirmation line with « Annuler »."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.announce import announce
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.states import TONE_ICONS, soft_ground
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class EmptyState(QWidget):
    """A page with nothing in it yet: icon, title, one sentence, and the button for it (`button`, None
    without).
    """

    # Widths of the sentence in pixels at 100 %: at most, and what it keeps in a narrow place.
    MEASURE = 400
    LEAST = 240

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        action: str = "",
        action_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Say what goes here; `action` are the words of the button."""
        super().__init__(parent)
        self.setAccessibleName(title)
        disc = Surface("chip", None, px(28))
        disc.setFixedSize(px(56), px(56))
        inner = QVBoxLayout(disc)
        inner.addWidget(Mark(icon, 26), 0, Qt.AlignmentFlag.AlignCenter)
        self._words = Label(sentence, 13, tone="muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._set_measure(px(self.MEASURE))
        self.button = Button(action, "primary", action_icon) if action else None
        column = self._column = QVBoxLayout(self)
        column.setSpacing(px(8))
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(disc, 0, centre)
        column.addSpacing(px(8))
        self._title = Label(title, 16, fonts.SEMI_BOLD)
        column.addWidget(self._title, 0, centre)
        column.addWidget(self._words, 0, centre)
        if self.button is not None:
            column.addSpacing(px(12))
            column.addWidget(self.button, 0, centre)
        column.addStretch(3)
        self._column = column

    def add_other(self, button: Button) -> None:
        """Add another way to begin, under the button."""
        self._column.insertWidget(self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the title and the button need: the sentence takes what there is."""
        parts = [self._title, *([self.button] if self.button is not None else [])]
        inner = max(px(self.LEAST), *(part.sizeHint().width() for part in parts))
        return QSize(inner + self._beside(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sentence the width there is, up to a measure that reads well."""
        super().resizeEvent(event)
        self._set_measure(min(px(self.MEASURE), self.width() - self._beside()))

    def _beside(self) -> int:
        margins = self._column.contentsMargins()
        return margins.left() + margins.right()

    def _set_measure(self, wide: int) -> None:
        # A centred label is given the height of its hint, not the one its width needs.
        self._words.setFixedWidth(wide)
        self._words.setMinimumHeight(self._words.heightForWidth(wide))


class Banner(Surface):
    """A sentence across the page on a tinted ground; `tone`: danger, warn, ok, note (protected household),
    accent.
    """

    def __init__(
        self, sentence: str, tone: str = "accent", icon: str = "", parent: QWidget | None = None
    ) -> None:
        """Show the sentence."""
        super().__init__(soft_ground(tone), None, parent=parent)
        self._words = Label(sentence, 13, fonts.MEDIUM, tone, wrap=True)
        self._icon = Mark(icon or TONE_ICONS[tone], 16, tone)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(px(12), px(8), px(12), px(8))
        self._line.setSpacing(px(8))
        self._line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._words, 1)
        self.setAccessibleName(sentence)

    def show_sentence(self, sentence: str, tone: str, icon: str = "") -> None:
        """Say something else."""
        self.set_ground(soft_ground(tone), None)
        self._words.set_tone(tone)
        self._words.setText(sentence)
        self._icon.set_icon(icon or TONE_ICONS[tone], tone)
        self.setAccessibleName(sentence)

    def add_action(self, action: QPushButton) -> None:
        """Add a button at the right."""
        self._line.addWidget(action)


class Confirmation(Surface):
    """The line at the foot of the window that says what was done and offers « Annuler » for a while."""

    SHOWN_MS = 8000

    def __init__(self, window: QWidget) -> None:
        """Float over a window, hidden."""
        super().__init__("raised", "field", parent=window)
        self._window = window
        self._undo: Callable[[], None] | None = None
        self._icon = Mark("circle-check", 16, "ok")
        self._words = Label("", 13, fonts.MEDIUM)
        self._button = Button("Annuler", "ghost", "arrow-back-up", compact=True)
        self._button.clicked.connect(self.undo)
        close = IconButton("x", "Fermer", size=24, icon_size=14)
        close.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(14), px(6), px(8), px(6))
        line.setSpacing(px(8))
        for part in (self._icon, self._words, self._button, close):
            line.addWidget(part)
        self._timer = QTimer(self, singleShot=True, interval=self.SHOWN_MS)
        self._timer.timeout.connect(self._fade)
        window.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, undo: Callable[[], None] | None = None, tone: str = "ok") -> None:
        """Say what was done; `undo` (None: cannot be undone) runs once if asked."""
        self._undo = undo
        self._icon.set_icon(TONE_ICONS[tone], tone)
        self._words.setText(sentence)
        self._button.setVisible(undo is not None)
        self.setAccessibleName(sentence)
        self.show()
        self.raise_()
        self._place()
        self._timer.start()
        announce(self._words, sentence, urgent=tone == "danger")

    def undo(self) -> None:
        """Undo what the line tells of, once (Ctrl+Z while it shows)."""
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _fade(self) -> None:
        # Someone who stands on the button by keyboard keeps it.
        if self._button.hasFocus() or self.underMouse():
            self._timer.start()
        else:
            self.hide()

    def _place(self) -> None:
        self.setMaximumWidth(self._window.width() - 32)
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, self._window.height() - self.height() - px(24))
