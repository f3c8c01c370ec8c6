"""The thread of a file: date, circle on a rail, what happened; a list one can walk with the arrows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.row_list import Index, RowDelegate, RowList, paint_ground, ring_due
from caseworker_app.ui_kit.row_model import ITEM_ROLE
from caseworker_app.ui_kit.states import State, draw_pill, pill_width, soft_ground
from caseworker_app.ui_kit.theme import colour, px

ROW_HEIGHT, DATE_WIDTH, CIRCLE = 52, 52, 28


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its day as short words (« 12 nov. »), title, sentence, icon with its tone, and a pill if
    any.
    """

    key: str
    day: str
    title: str
    sentence: str = ""
    icon: str = "circle"
    tone: str = "muted"
    pill: State | None = None

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        parts = (self.day, self.title, self.pill.words if self.pill else "", self.sentence)
        return ", ".join(part for part in parts if part)


class EventDelegate(RowDelegate):
    """Paints an Event."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint rail, circle, date, words and pill."""
        event = index.data(ITEM_ROLE)
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, rect)
        if isinstance(event, Event):
            last = index.row() == index.model().rowCount() - 1
            self._paint_rail(painter, rect, event, last=last)
            self._paint_words(painter, rect, event)
        if ring_due(option):
            paint.ring(painter, rect, inset=1)
        painter.restore()

    def _paint_rail(self, painter: QPainter, rect: QRect, event: Event, *, last: bool) -> None:
        face = fonts.font(12, fonts.MEDIUM, tabular=True)
        day = QRect(rect.x() + px(16), rect.y() + px(6), px(DATE_WIDTH), px(18))
        paint.text(painter, day, event.day, face, "muted", Qt.AlignmentFlag.AlignRight)
        circle = QRect(day.right() + px(12), rect.y() + px(1), px(CIRCLE), px(CIRCLE))
        if not last:
            top = circle.bottom() + px(4)
            painter.fillRect(circle.center().x(), top, 1, rect.bottom() - top - px(2), colour("border"))
        paint.rounded(painter, circle, soft_ground(event.tone), None, circle.width() / 2)
        icons.draw_centred(painter, event.icon, circle, px(16), event.tone)

    def _paint_words(self, painter: QPainter, rect: QRect, event: Event) -> None:
        left = rect.x() + px(16 + DATE_WIDTH + 12 + CIRCLE + 12)
        right = rect.right() - px(16)
        line = QRect(left, rect.y() + px(5), right - left, px(20))
        title_box = QRect(line)
        if event.pill:
            wide = pill_width(event.pill)
            draw_pill(painter, QRect(right - wide, line.y(), wide, px(20)), event.pill)
            title_box.setRight(right - wide - px(8))
        paint.text(painter, title_box, event.title, fonts.font(13, fonts.SEMI_BOLD))
        paint.text(painter, line.translated(0, px(20)), event.sentence, fonts.font(13), "muted")


class Timeline(RowList):
    """A RowList of Event."""

    def __init__(
        self, name: str = "Fil du dossier", *, fit: bool = False, parent: QWidget | None = None
    ) -> None:
        """Make it empty."""
        super().__init__(name, height=ROW_HEIGHT, fit=fit, parent=parent)
        self.setItemDelegate(EventDelegate(ROW_HEIGHT, self))

    def set_events(self, events: list[Event]) -> None:
        """Show events, the newest first."""
        self.rows.set_rows(events)
