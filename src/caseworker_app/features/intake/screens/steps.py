"""The four steps of an import at the right of the title: done, here, to come; done ones can be gone back to."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.theme import colour, px


class Stage(StrEnum):
    """Where an import stands; at WORK, something runs between two steps."""

    CHOOSE = "choose"
    COLUMNS = "columns"
    CHECK = "check"
    DONE = "done"
    WORK = "work"


# The stages that are steps, in their order, and what each is called.
STAGES = (Stage.CHOOSE, Stage.COLUMNS, Stage.CHECK, Stage.DONE)
STEPS = ("Fichier", "Colonnes", "Vérification", "Terminé")
_DISC, _GAP, _LINK = 20, 8, 24


class _Step(paint.KeyboardRing, QPushButton):
    """One step: its number in a disc (a tick once done) and its name."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__(name)
        self._number, self._name = number, name
        self.done = self.here = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def stand(self, *, done: bool, here: bool, open_to: bool) -> None:
        """Show where this step stands; `open_to`: a press goes back to it."""
        self.done, self.here = done, here
        self.setEnabled(open_to)
        self.setCursor(Qt.CursorShape.PointingHandCursor if open_to else Qt.CursorShape.ArrowCursor)
        state = "étape faite, y revenir" if open_to else "étape faite" if done else "étape à venir"
        self.setAccessibleName(f"{self._number}. {self._name}, {'vous y êtes' if here else state}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = px(_DISC + _GAP) + paint.width(self._name, self._face()) + px(12)
        return QSize(wide, px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        if lit:
            paint.rounded(painter, self.rect(), "chip", None, paint.CONTROL_RADIUS)
        disc = QRect(px(6), (self.height() - px(_DISC)) // 2, px(_DISC), px(_DISC))
        if self.done and not self.here:
            icons.draw_centred(painter, "circle-check", disc, px(_DISC), "ok")
        else:
            ground, border = ("accent", None) if self.here else (None, "field")
            paint.rounded(painter, disc, ground, border, px(_DISC) / 2)
            ink = "on_accent" if self.here else "muted"
            centre = Qt.AlignmentFlag.AlignHCenter
            paint.text(painter, disc, str(self._number), fonts.font(11, fonts.SEMI_BOLD), ink, centre)
        words = self.rect().adjusted(px(6 + _DISC + _GAP), 0, 0, 0)
        paint.text(painter, words, self._name, self._face(), "text" if self.here or lit else "muted")
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()

    def _face(self) -> QFont:
        return fonts.font(13, fonts.SEMI_BOLD if self.here else fonts.MEDIUM)


class _Link(QWidget):
    """The line between two steps."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(px(_LINK), px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.fillRect(px(4), self.height() // 2, self.width() - px(8), 1, colour("border"))
        painter.end()


class Steps(QWidget):
    """« ✓ Fichier — ✓ Colonnes — 3 Vérification — 4 Terminé ». `asked(number)` from 0 goes back to one done."""

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Stand on the first step."""
        super().__init__(parent)
        self.setAccessibleName("Étapes de l’import")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.steps: list[_Step] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for number, name in enumerate(STEPS):
            if number:
                line.addWidget(_Link())
            step = _Step(number + 1, name)
            step.clicked.connect(lambda _checked=False, n=number: self.asked.emit(n))
            self.steps.append(step)
            line.addWidget(step)
        self.show_step(0)

    def show_step(self, here: int, *, back: bool = False) -> None:
        """Show where one is, from 0; `back`: the steps already done can be gone back to."""
        last = here == len(self.steps) - 1
        for number, step in enumerate(self.steps):
            step.stand(
                done=number < here or last, here=number == here and not last, open_to=back and number < here
            )
