"""What the unlock and first-run windows share: a calm panel that says what this is, and a column to act
in.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.shell.logo import Logo
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.entries import PassphraseEntry
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

PANEL_WIDTH, COLUMN_WIDTH = 336, 424
CAPITALS = "Les majuscules sont verrouillées."
_PROMISES = (
    ("lock", "Votre fichier est chiffré sur ce PC."),
    ("device-floppy", "Ce qui est enregistré le reste, même après une coupure."),
    ("shield-check", "Rien ne part sans que vous le demandiez."),
)


class _Panel(QWidget):
    """The left side: sign, one sentence, three promises, a footbridge drawn below."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(px(PANEL_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(32), px(36), px(28), px(32))
        column.setSpacing(px(12))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(Logo(36))
        head.addWidget(Label("Passerelle", 20, fonts.SEMI_BOLD))
        head.addStretch(1)
        column.addLayout(head)
        column.addSpacing(px(20))
        column.addWidget(Label("Le suivi logement, de la liste du bailleur au bilan signé.", 16, wrap=True))
        column.addSpacing(px(8))
        for icon, words in _PROMISES:
            column.addLayout(self._promise(icon, words))
        column.addStretch(1)

    def _promise(self, icon: str, words: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(px(10))
        line.addWidget(Mark(icon, 16, "ok"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(words, 13, tone="muted", wrap=True), 1)
        return line

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        paint.fill(painter, self.rect(), "side")
        draw_footbridge(painter, QRectF(0, self.height() - px(150), self.width(), px(118)))
        paint.fill(painter, QRect(self.width() - 1, 0, 1, self.height()), "border")
        painter.end()


def draw_footbridge(painter: QPainter, box: QRectF) -> None:
    """Draw a hanging footbridge across a box, in the accent's faint line."""
    faint = QColor(colour("accent_line"))
    deck, top, left, right = box.bottom() - 22, box.top() + 6, box.left(), box.right()
    first, second = left + box.width() * 0.26, left + box.width() * 0.74
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faint, 2))
    cable = QPainterPath(QPointF(left - 10, deck - 10))
    cable.quadTo(QPointF((left + first) / 2 + 12, deck - 16), QPointF(first, top))
    middle = QPointF((first + second) / 2, 2 * (deck - 12) - top)
    cable.quadTo(middle, QPointF(second, top))
    cable.quadTo(QPointF((second + right) / 2 - 12, deck - 16), QPointF(right + 10, deck - 10))
    painter.drawPath(cable)
    painter.setPen(QPen(faint, 1))
    for step in range(1, 60):
        at = cable.pointAtPercent(step / 60)
        painter.drawLine(at, QPointF(at.x(), deck))
    painter.setPen(QPen(faint, 3))
    painter.drawLine(QPointF(left, deck), QPointF(right, deck))
    for x in (first, second):
        painter.drawLine(QPointF(x, top - 4), QPointF(x, box.bottom()))


class EntranceWindow(QWidget):
    """A window with the panel at its left and one column of steps at its right. `left()` when it was
    closed.
    """

    left = Signal()

    def __init__(self) -> None:
        """Make it without steps."""
        super().__init__()
        self.setWindowTitle("Passerelle")
        self.resize(min(px(PANEL_WIDTH + COLUMN_WIDTH + 160), 1280), min(px(620), 680))
        self.steps = QStackedWidget()
        self.steps.setFixedWidth(px(COLUMN_WIDTH))
        holder = QWidget()
        middle = QHBoxLayout(holder)
        middle.setContentsMargins(24, 24, 24, 24)
        middle.addStretch(1)
        middle.addWidget(self.steps)
        middle.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_Panel())
        row.addWidget(ScrollBody(holder), 1)


def step_column(title: str, sentence: str = "") -> tuple[QWidget, QVBoxLayout]:
    """Return a step with its title and sentence, and the column to fill; content is centred in height."""
    step = QWidget()
    outer = QVBoxLayout(step)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addStretch(2)
    column = QVBoxLayout()
    column.setSpacing(px(8))
    column.addWidget(Label(title, 22, fonts.SEMI_BOLD, wrap=True))
    if sentence:
        column.addWidget(Label(sentence, 13, tone="muted", wrap=True))
    column.addSpacing(px(12))
    outer.addLayout(column)
    outer.addStretch(3)
    return step, column


class WatchedPassphrase(PassphraseEntry):
    """A passphrase entry that notices capitals locked. `capitals_locked(bool)` when what it believes
    changes.
    """

    capitals_locked = Signal(bool)

    def __init__(self) -> None:
        """Believe that capitals are free."""
        super().__init__()
        self._locked = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at each letter typed."""
        locked = capitals_of_system()
        if locked is None:
            locked = capitals_of_key(event)
        super().keyPressEvent(event)
        if locked is not None and locked != self._locked:
            self._locked = locked
            self.capitals_locked.emit(locked)


def capitals_of_system() -> bool | None:
    """Ask Windows whether capitals are locked; None elsewhere, where nothing tells."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)
    return None


def capitals_of_key(event: QKeyEvent) -> bool | None:
    """Guess from one letter: a capital without Shift, or a small one with it; None for anything else."""
    letter = event.text()
    if len(letter) != 1 or not letter.isalpha() or letter.upper() == letter.lower():
        return None
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return letter.isupper() != shifted
