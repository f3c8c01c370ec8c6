"""Where one is in a few steps: done, here, to come; told by number, tick and weight, not by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.theme import colour, px

_DISC, _GAP, _LINK = 20, 8, 20


class StepsLine(QWidget):
    """« ✓ Vous — 2 Phrase secrète — 3 Clé de secours »."""

    def __init__(self, steps: tuple[str, ...], here: int, parent: QWidget | None = None) -> None:
        """Show the steps; `here` counts from 0."""
        super().__init__(parent)
        self._steps, self._here = steps, here
        self.setAccessibleName(f"Étape {here + 1} sur {len(steps)}\u00a0: {steps[here]}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of all steps."""
        words = sum(paint.width(step, self._face(number)) for number, step in enumerate(self._steps))
        each = px(_DISC) + px(_GAP)
        return QSize(
            words + len(self._steps) * each + (len(self._steps) - 1) * (px(_LINK) + 2 * px(_GAP)), px(28)
        )

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the steps."""
        painter = paint.begin(self)
        left = 0
        for number, step in enumerate(self._steps):
            left = self._paint_step(painter, left, number, step)
            if number < len(self._steps) - 1:
                painter.fillRect(left + px(_GAP), self.height() // 2, px(_LINK), 1, colour("border"))
                left += px(_LINK) + 2 * px(_GAP)
        painter.end()

    def _paint_step(self, painter: QPainter, left: int, number: int, step: str) -> int:
        disc = QRect(left, (self.height() - px(_DISC)) // 2, px(_DISC), px(_DISC))
        if number < self._here:
            icons.draw_centred(painter, "circle-check", disc, px(_DISC), "ok")
        else:
            here = number == self._here
            paint.rounded(painter, disc, "accent" if here else None, None if here else "field", px(_DISC) / 2)
            ink = "on_accent" if here else "muted"
            centre = Qt.AlignmentFlag.AlignHCenter
            paint.text(painter, disc, str(number + 1), fonts.font(11, fonts.SEMI_BOLD), ink, centre)
        left += px(_DISC) + px(_GAP)
        wide = paint.width(step, self._face(number))
        tone = "text" if number == self._here else "muted"
        paint.text(painter, QRect(left, 0, wide, self.height()), step, self._face(number), tone)
        return left + wide

    def _face(self, number: int) -> QFont:
        return fonts.font(12, fonts.SEMI_BOLD if number == self._here else fonts.MEDIUM)
