"""A time on the page: a button with its hour and words, dragged by its middle or its lower edge, moved by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.features.agenda.domain.shown import ShownTime, hour_words, overlap_words, spoken
from caseworker_app.features.diary.domain.appointment import AppointmentKind
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.theme import colour, px

_EDGE = 6
# Narrower, a sign would hide the words it stands beside.
_ROOM_FOR_SIGN = 84
_ROOM_FOR_WORDS = 48
# A hand that trembles does not move an appointment.
_DRAG_FROM = 5
_OF_TEAM = frozenset({AppointmentKind.MEETING, AppointmentKind.TRAINING, AppointmentKind.OTHER})
_WALKS = {
    Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down", Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right",
    Qt.Key.Key_Home: "first", Qt.Key.Key_End: "last",
}  # fmt: skip


_OF_STATES = {
    AppointmentState.CANCELLED: ("surface", "border", "muted"),
    AppointmentState.MISSED: ("danger_soft", "danger", "text"),
    AppointmentState.DONE: ("ok_soft", "ok", "text"),
}


def dress_of(time: ShownTime) -> tuple[str, str, str]:
    """Return the ground, the bar and the ink of a block: tokens of the theme."""
    if time.hidden:
        return "chip", "muted", "muted"
    if time.state in _OF_STATES:
        return _OF_STATES[time.state]
    if time.kind is AppointmentKind.LEAVE:
        return "warn_soft", "warn", "text"
    if time.protected:
        return "note_soft", "note", "text"
    return ("chip", "muted", "text") if time.kind in _OF_TEAM else ("accent_soft", "accent", "text")


class TimeBlock(paint.KeyboardRing, QPushButton):
    """A time. `walked(way)`, `nudged(days, minutes)`, `stretched(minutes)`, `removed()`.

    `dragged(offset, edge, end)`: from where it was pressed; `edge`: by its lower edge; `end`: it was let go.
    """

    walked = Signal(str)
    nudged = Signal(int, int)
    stretched = Signal(int)
    removed = Signal()
    new_asked = Signal()
    dragged = Signal(QPoint, bool, bool)
    dropped = Signal()

    def __init__(self, parent: QWidget, *, whole_day: bool = False) -> None:
        """Make it empty; `whole_day`: one line above the hours, never stretched."""
        super().__init__(parent)
        self.time: ShownTime | None = None
        self._whole_day = whole_day
        self._words: tuple[str, ...] = ()
        self._initials = ""
        self._overlaps = False
        self._pressed: QPoint | None = None
        self._edge = False
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_time(self, time: ShownTime, others: Sequence[ShownTime], initials: str = "") -> None:
        """Show a time, those it overlaps, and whose it is where several people stand together."""
        self.time = time
        self._initials, self._overlaps = initials, bool(others)
        bring = f"À apporter\u00a0: {time.bring}" if time.bring else ""
        self._words = tuple(part for part in (time.about, time.where, bring) if part)
        self.setAccessibleName(spoken(time, others))
        lines = [
            time.hours(),
            time.title,
            *self._words,
            time.worker if initials else "",
            overlap_words(others),
        ]
        self.setToolTip("\n".join(line for line in lines if line))
        movable = Qt.CursorShape.PointingHandCursor
        self.setCursor(movable if not time.hidden else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for nothing: the hours say where it stands, and its tooltip says what is cut."""
        return QSize(1, 1)

    def minimumSizeHint(self) -> QSize:
        """Ask for nothing."""
        return QSize(1, 1)

    def event(self, event: QEvent) -> bool:
        """Keep Alt+arrows for moving the time: elsewhere Alt+← goes back to the page before."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and Qt.Key(event.key()) in _WALKS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, move with Alt, stretch with Alt+Shift; Delete removes, N begins a new one."""
        key = Qt.Key(event.key())
        if key in _WALKS:
            self.ring_shown = True
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._move(key, stretch=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            else:
                self.walked.emit(_WALKS[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif key == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.new_asked.emit()
        elif key == Qt.Key.Key_Escape and self._dragging:
            self._end_drag(cancelled=True)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag would begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self._edge = not self._whole_day and self._pressed.y() >= self.height() - px(_EDGE)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag; show by the pointer what the lower edge does."""
        here = event.position().toPoint()
        if self.time is None or not self.time.movable:
            return
        if self._pressed is None:
            at_edge = not self._whole_day and here.y() >= self.height() - px(_EDGE)
            shape = Qt.CursorShape.SizeVerCursor if at_edge else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape)
            return
        offset = self.mapToParent(here) - self.mapToParent(self._pressed)
        if self._dragging or offset.manhattanLength() >= px(_DRAG_FROM):
            if not self._dragging:
                self._dragging = True
                self._origin = self.mapToParent(self._pressed)
                self.raise_()
            self.dragged.emit(self.mapToParent(here) - self._origin, self._edge, False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop, or open."""
        if self._dragging:
            offset = self.mapToParent(event.position().toPoint()) - self._origin
            self.setDown(False)
            self._pressed, self._dragging = None, False
            self.dragged.emit(offset, self._edge, True)
            return
        self._pressed = None
        super().mouseReleaseEvent(event)

    def _end_drag(self, *, cancelled: bool) -> None:
        self._pressed, self._dragging = None, False
        self.setDown(False)
        if cancelled:
            self.dropped.emit()

    def _move(self, key: Qt.Key, *, stretch: bool) -> None:
        up_down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        if stretch and up_down:
            self.stretched.emit(15 * up_down)
        elif not stretch and (up_down or days):
            self.nudged.emit(days, 15 * up_down)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, bar, words and ring."""
        if self.time is None:
            return
        painter = paint.begin(self)
        ground, bar, ink = dress_of(self.time)
        cancelled = self.time.state is AppointmentState.CANCELLED
        paint.rounded(painter, self.rect(), ground, "border" if cancelled else None, 5)
        strip = QRect(0, 0, px(3), self.height())
        painter.setClipRect(strip)
        paint.rounded(painter, self.rect(), bar, None, 5)
        painter.setClipping(False)
        self._paint_words(painter, ink)
        if self._overlaps and self.width() >= px(_ROOM_FOR_SIGN):
            icons.draw(painter, "alert-triangle", self.width() - px(17), px(4), px(13), "warn")
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect(), 5)
        elif self.underMouse() and not self.time.hidden:
            paint.rounded(painter, self.rect(), None, bar, 5)
        painter.end()

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        time = self.time
        if time is None:
            return
        left, line = px(9), px(16)
        signed = (self._overlaps or time.protected) and self.width() >= px(_ROOM_FOR_SIGN)
        wide = self.width() - left - px(20 if signed else 4)
        face = fonts.font(12, fonts.SEMI_BOLD)
        if time.state is AppointmentState.CANCELLED:
            face.setStrikeOut(True)
        if signed and not self._overlaps:
            icons.draw(
                painter, "lock", self.width() - px(17), px(4), px(13), "note" if not time.hidden else "muted"
            )
        head = f"{self._initials} · {time.title}" if self._initials else time.title
        if self._whole_day:
            paint.text(painter, QRect(left, 0, wide, self.height()), head, face, ink)
            return
        if self.height() < 2 * line + px(6):
            self._paint_one_line(painter, QRect(left, (self.height() - line) // 2, wide, line), head, time)
            return
        top, bottom = px(3), self.height() - px(1)
        if self._initials and self.width() < px(_ROOM_FOR_WORDS):
            # A word cut to two letters says nothing: whose it is does, the tooltip says the rest.
            paint.text(painter, QRect(px(6), top, self.width() - px(7), line), self._initials, face, ink)
            return
        two = top + 3 * line <= bottom
        for words in _two_lines(head, face, wide) if two else (head,):
            paint.text(painter, QRect(left, top, wide, line), words, face, ink)
            top += line
        plain = fonts.font(12, tabular=True)
        hours = time.hours() if paint.width(time.hours(), plain) <= wide else hour_words(time.starts_at)
        for words in (hours, *self._words):
            if top + line > bottom:
                break
            paint.text(painter, QRect(left, top, self.width() - left - px(4), line), words, plain, "muted")
            top += line

    def _paint_one_line(self, painter: QPainter, box: QRect, head: str, time: ShownTime) -> None:
        ink = dress_of(time)[2]
        face, hour = fonts.font(12, fonts.SEMI_BOLD), hour_words(time.starts_at)
        if time.state is AppointmentState.CANCELLED:
            face.setStrikeOut(True)
        taken = min(paint.width(head, face), box.width())
        paint.text(painter, QRect(box.x(), box.y(), taken, box.height()), head, face, ink)
        rest = box.width() - taken - px(6)
        plain = fonts.font(12, tabular=True)
        if rest >= paint.width(hour, plain):
            paint.text(
                painter, QRect(box.x() + taken + px(6), box.y(), rest, box.height()), hour, plain, "muted"
            )


def _two_lines(words: str, face: QFont, wide: int) -> list[str]:
    """Cut words after the last one that fits; what is left stands below, cut there where it is too long."""
    if paint.width(words, face) <= wide:
        return [words]
    told = words.split(" ")
    fits = [n for n in range(1, len(told)) if paint.width(" ".join(told[:n]), face) <= wide]
    return [" ".join(told[: fits[-1]]), " ".join(told[fits[-1] :])] if fits else [words]


def hatch(painter: QPainter, rect: QRect) -> None:
    """Fill a band of journey: thin lines aslant over the ground, inside a rounded edge."""
    if rect.height() <= 1:
        return
    painter.save()
    paint.rounded(painter, rect, "sunken", "line", 4)
    painter.setClipRect(rect.adjusted(1, 1, -1, -1))
    ink = QColor(colour("muted"))
    ink.setAlpha(90)
    painter.setPen(ink)
    step = px(6)
    for left in range(rect.left() - rect.height(), rect.right(), step):
        painter.drawLine(left, rect.bottom(), left + rect.height(), rect.top())
    painter.restore()
