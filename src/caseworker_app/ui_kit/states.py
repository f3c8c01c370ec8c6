"""How a thing stands: pills, states (icon, word and colour together), initials, progress."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.theme import px

# The icon that goes with a tone when none is named: colour alone never tells a state.
TONE_ICONS = {
    "danger": "alert-circle",
    "warn": "clock",
    "ok": "circle-check",
    "note": "lock",
    "accent": "info-circle",
    "muted": "circle",
    "text": "",
}
_SOFT = {
    "danger": "danger_soft",
    "warn": "warn_soft",
    "ok": "ok_soft",
    "note": "note_soft",
    "accent": "accent_soft",
}


@dataclass(frozen=True, slots=True)
class State:
    """A state to show: its word, its tone (danger, warn, ok, note, accent, muted), its icon (by default the
    tone's).
    """

    words: str
    tone: str = "muted"
    icon: str = ""

    @property
    def icon_name(self) -> str:
        """Return the icon to draw."""
        return self.icon or TONE_ICONS[self.tone]


INTERNAL = State("Interne", "note", "lock")
SHAREABLE = State("Partageable", "muted", "share-3")


def soft_ground(tone: str) -> str:
    """Return the token of the tinted ground that goes with a tone."""
    return _SOFT.get(tone, "chip")


class StateWidget(QWidget):
    """What pills and state labels share: a state that can change, read aloud as its words."""

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        """Show a state."""
        super().__init__(parent)
        self.state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(state.words)

    def set_state(self, state: State) -> None:
        """Show another state, and let screen readers know."""
        self.state = state
        self.setAccessibleName(state.words)
        self.updateGeometry()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()


class StateLabel(StateWidget):
    """A state in a row or under a figure: icon 14, word in 12/500, no ground."""

    def sizeHint(self) -> QSize:
        """Return the room of icon and word."""
        wide = paint.width(self.state.words, fonts.font(12, fonts.MEDIUM))
        return QSize(wide + (px(14) + px(4) if self.state.icon_name else 0), px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon and word."""
        painter = paint.begin(self)
        left = 0
        if self.state.icon_name:
            icons.draw(
                painter, self.state.icon_name, 0, (self.height() - px(14)) / 2, px(14), self.state.tone
            )
            left = px(14) + px(4)
        box = QRect(left, 0, self.width() - left, self.height())
        paint.text(painter, box, self.state.words, fonts.font(12, fonts.MEDIUM), self.state.tone)
        painter.end()


class Pill(StateWidget):
    """The state of a whole object, on a tinted ground: « Suivi en cours », « Interne »."""

    def sizeHint(self) -> QSize:
        """Return the room of the pill, 22 high."""
        wide = paint.width(self.state.words, fonts.font(12, fonts.MEDIUM)) + 2 * px(8)
        return QSize(wide + (px(14) + px(4) if self.state.icon_name else 0), px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon and word."""
        painter = paint.begin(self)
        draw_pill(painter, self.rect(), self.state)
        painter.end()


def pill_width(state: State) -> int:
    """Return how wide a painted pill is (for delegates)."""
    wide = paint.width(state.words, fonts.font(12, fonts.MEDIUM)) + 2 * px(8)
    return wide + (px(14) + px(4) if state.icon_name else 0)


def draw_pill(painter: QPainter, rect: QRect, state: State) -> None:
    """Paint a pill in a rectangle, in a widget or in a delegate."""
    paint.rounded(painter, rect, soft_ground(state.tone), None, rect.height() / 2)
    left = rect.x() + px(8)
    if state.icon_name:
        icons.draw(
            painter, state.icon_name, left, rect.y() + (rect.height() - px(14)) / 2, px(14), state.tone
        )
        left += px(14) + px(4)
    box = QRect(left, rect.y(), rect.right() - px(4) - left + 1, rect.height())
    paint.text(painter, box, state.words, fonts.font(12, fonts.MEDIUM), state.tone)


class Avatar(QWidget):
    """Initials in a circle; says nothing aloud, the name stands beside it."""

    def __init__(
        self, initials: str, size: int = 44, tone: str = "accent", parent: QWidget | None = None
    ) -> None:
        """Show up to two letters."""
        super().__init__(parent)
        self._initials, self._tone = initials[:2], tone
        self._font = fonts.font(size * 0.36, fonts.SEMI_BOLD)
        self.setFixedSize(px(size), px(size))

    def set_initials(self, initials: str) -> None:
        """Show other letters."""
        self._initials = initials[:2]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circle and the letters."""
        painter = paint.begin(self)
        paint.rounded(painter, self.rect(), soft_ground(self._tone), None, self.width() / 2)
        paint.text(
            painter, self.rect(), self._initials, self._font, self._tone, Qt.AlignmentFlag.AlignHCenter
        )
        painter.end()


class Progress(QProgressBar):
    """A thin bar, 6 high: a goal's steps, a passphrase's strength. `tone` may be accent, ok, warn or
    danger.
    """

    def __init__(
        self, name: str, maximum: int = 100, tone: str = "accent", parent: QWidget | None = None
    ) -> None:
        """Make an empty bar; `name` says what it measures."""
        super().__init__(parent)
        self.tone = tone
        self.setAccessibleName(name)
        self.setRange(0, maximum)
        self.setTextVisible(False)
        self.setFixedHeight(6)

    def set_tone(self, tone: str) -> None:
        """Change the colour of the part done."""
        self.tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track and the part done."""
        painter = paint.begin(self)
        paint.rounded(painter, self.rect(), "line", None, 3)
        share = self.value() / self.maximum() if self.maximum() else 0
        done = QRect(0, 0, round(self.width() * share), self.height())
        if share > 0:
            paint.rounded(painter, done, self.tone, None, 3)
        painter.end()
