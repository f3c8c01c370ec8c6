"""A goal on the board: its title, what comes next, its day and progress; dragged, or moved by keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy

from caseworker_app.features.goals.domain.board import goal_day_words, next_words, progress_words, spoken_goal
from caseworker_app.features.goals.domain.goal import GoalState, GoalWithSteps
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.theme import colour, px

_PAD, _GAP, _LINE, _MARK, _MORE = 10, 4, 18, 18, 24
_LEAST = 112
_DRAG_FROM = 6
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_WAYS = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
_ACTIONS = {
    Qt.Key.Key_Return: "edit",
    Qt.Key.Key_Enter: "edit",
    Qt.Key.Key_F2: "edit",
    Qt.Key.Key_Insert: "add",
    Qt.Key.Key_Delete: "drop",
    Qt.Key.Key_Space: "state",
    Qt.Key.Key_Menu: "menu",
}
_KEYS = "Alt et une flèche\u00a0: changer de colonne ou de place. Espace\u00a0: choisir l’état."


class GoalTile(paint.KeyboardRing, QPushButton):
    """`asked(action)`: edit, add, drop, state, menu; `walked(way)` and `moved(way)` by arrows, the second with Alt.

    `dragged(global place)` while it is dragged, `dropped(global place)` at its end, `let_go()` when given up.
    """

    asked = Signal(str)
    walked = Signal(str)
    moved = Signal(str)
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    let_go = Signal()

    def __init__(self, goal: GoalWithSteps, today: date) -> None:
        """Show a goal."""
        super().__init__()
        self.goal, self.dragging = goal, False
        self._pressed: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_goal(goal, today)

    def show_goal(self, goal: GoalWithSteps, today: date) -> None:
        """Show what became of it."""
        self.goal = goal
        self._late = goal.is_late(today)
        self._next, self._day = next_words(goal, today), goal_day_words(goal.goal)
        self._progress = progress_words(goal) if goal.counted else ""
        spoken = spoken_goal(goal, today)
        self.setAccessibleName(f"{spoken}, ensuite\u00a0: {self._next}" if self._next else spoken)
        self.setAccessibleDescription(_KEYS)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a common width and the height that goes with it."""
        return QSize(px(180), self.heightForWidth(px(180)))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than the longest word."""
        words = QFontMetrics(_title_font())
        longest = max(words.horizontalAdvance(word) for word in self.goal.goal.title.split() or [""])
        return QSize(max(px(_LEAST), longest + px(_PAD + _MORE)), px(56))

    def heightForWidth(self, width: int) -> int:
        """Return the height its words take at a width."""
        title, following = self._heights(width)
        gap = px(_GAP) if following else 0
        foot = sum(tall for _line, tall in self._foot_lines(width))
        return px(2 * _PAD) + title + gap + following + px(_GAP) + foot

    def hasHeightForWidth(self) -> bool:
        """Grow taller where it is narrow."""
        return True

    def picture(self) -> QPixmap:
        """Return what it looks like, for the pointer to carry."""
        dragging, self.dragging = self.dragging, False
        drawn = self.grab()
        self.dragging = dragging
        return drawn

    def event(self, event: QEvent) -> bool:
        """Keep Alt+arrows for the goal: elsewhere Alt+← goes back to the page before."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and Qt.Key(event.key()) in _WAYS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, move with Alt, act; Esc gives a drag up."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape and self.dragging:
            self._stop()
            self.let_go.emit()
        elif key in _WAYS:
            self.ring_shown = True
            self.update()
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            (self.moved if alt else self.walked).emit(_WAYS[key])
        elif key in _ACTIONS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ring_shown = True
            self.asked.emit(_ACTIONS[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag would begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag once the pointer went far enough."""
        here = event.position().toPoint()
        if self._pressed is None:
            return
        if not self.dragging and (here - self._pressed).manhattanLength() >= px(_DRAG_FROM):
            self.dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()
        if self.dragging:
            self.dragged.emit(self.mapToGlobal(here))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop it, or show what the three dots hold."""
        here, dragged = event.position().toPoint(), self.dragging
        self._stop()
        super().mouseReleaseEvent(event)
        if dragged:
            self.dropped.emit(self.mapToGlobal(here))
        elif event.button() == Qt.MouseButton.LeftButton and self._more().contains(here):
            self.asked.emit("menu")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit("edit")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with it."""
        self.asked.emit("menu")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, words, progress, ring."""
        painter = paint.begin(self)
        if self.dragging:
            painter.setOpacity(0.4)
        ground = "sunken" if self.underMouse() else "surface"
        paint.rounded(painter, self.rect(), ground, "border", paint.CONTROL_RADIUS)
        top = self._paint_words(painter)
        for (icon, words, tone), tall in self._foot_lines(self.width()):
            icons.draw(painter, icon, px(_PAD), top + px(1), px(14), tone)
            box = QRect(px(_PAD + _MARK), top, self.width() - px(2 * _PAD + _MARK), tall)
            _write(painter, box, words, fonts.font(12), tone)
            top += tall
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()

    def _paint_words(self, painter: QPainter) -> int:
        """Paint title and next step; return where the foot begins."""
        title, following = self._heights(self.width())
        closed = self.goal.goal.state is GoalState.ABANDONED
        _write(
            painter,
            QRect(px(_PAD), px(_PAD), self.width() - px(_PAD + _MORE), title),
            self.goal.goal.title,
            _title_font(),
            "muted" if closed else "text",
        )
        icons.draw_centred(painter, "dots", self._more(), px(16), "muted")
        top = px(_PAD) + title
        if following:
            box = QRect(px(_PAD), top + px(_GAP), self.width() - px(2 * _PAD), following)
            _write(painter, box, self._next, fonts.font(12), "muted")
            top = box.bottom() + 1
        return top + px(_GAP)

    def _foot(self) -> list[tuple[str, str, str]]:
        """Return the lines under the words: icon, words, tone."""
        day = "en retard" if self._late else self._day
        told = "alert-triangle" if self._late else "calendar"
        lines = [(told, day, "danger" if self._late else "muted")]
        if self._late and self.goal.goal.target_on is not None:
            lines.append(("calendar", self._day, "muted"))
        if self._progress:
            lines.append(("list-check", self._progress, "muted"))
        return lines

    def _foot_lines(self, width: int) -> list[tuple[tuple[str, str, str], int]]:
        """Return the lines under the words, each with how tall it is at a width."""
        room = width - px(2 * _PAD + _MARK)
        return [(line, max(px(_LINE), _tall(line[1], fonts.font(12), room))) for line in self._foot()]

    def _heights(self, width: int) -> tuple[int, int]:
        """Return how tall title and next step are at a width."""
        room = width - px(_PAD + _MORE)
        following = _tall(self._next, fonts.font(12), width - px(2 * _PAD)) if self._next else 0
        return _tall(self.goal.goal.title, _title_font(), room), following

    def _more(self) -> QRect:
        return QRect(self.width() - px(_MORE + 2), px(_PAD - 4), px(_MORE), px(_MORE))

    def _stop(self) -> None:
        self._pressed, self.dragging = None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setDown(False)
        self.update()


def _title_font() -> QFont:
    return fonts.font(13, fonts.SEMI_BOLD)


def _tall(words: str, font: QFont, room: int) -> int:
    box = QRect(0, 0, max(1, room), 10_000)
    return QFontMetrics(font).boundingRect(box, _WRAP, words).height()


def _write(painter: QPainter, box: QRect, words: str, font: QFont, tone: str) -> None:
    painter.setFont(font)
    painter.setPen(colour(tone))
    painter.drawText(box, _WRAP, words)
