"""Paints the rows of the goals’ tree; says how tall each is, and what stands where in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from caseworker_app.features.goals.domain.goal import StepState
from caseworker_app.features.goals.screens.goal_nodes import (
    DAY,
    MORE,
    PROOF,
    TITLE,
    WHO,
    Index,
    Kind,
    Node,
    node_of,
)
from caseworker_app.features.goals.screens.words import goal_pill, step_mark
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.row_list import paint_ground
from caseworker_app.ui_kit.states import draw_pill, pill_width
from caseworker_app.ui_kit.theme import colour, px, theme

_INSET, _PAD, _LINE = 16, 8, 17
_STEP_LEFT = 32
_HEIGHTS = {Kind.SECTION: 32, Kind.GOAL: 40, Kind.STEP: 32, Kind.ADD: 32}
_PILL_TALL = 22


class GoalDelegate(QStyledItemDelegate):
    """Paints sections, goals and steps; a title too long for one line goes to the next."""

    def __init__(self, view: QWidget) -> None:
        """Paint the rows of a tree."""
        super().__init__(view)
        self._view: Any = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the tallest cell of the row."""
        node = node_of(index)
        if node is None:
            return QSize(0, px(32))
        if node.kind is Kind.FORM:
            return QSize(0, self._view.form_height())
        most = max(_lines(node, column, self._view.columnWidth(column), self._view) for column in range(4))
        return QSize(0, px(_HEIGHTS[node.kind]) + px(_LINE) * (most - 1))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tick nothing by itself: the tree asks the file."""
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        node = node_of(index)
        if node is None or node.kind is Kind.FORM:
            return
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if node.kind is Kind.SECTION:
            self._paint_section(painter, rect, node, index.column())
        else:
            if node.kind is Kind.GOAL:
                painter.fillRect(rect, colour("sunken"))
                painter.fillRect(rect.x(), rect.y(), rect.width(), 1, colour("line"))
            paint_ground(painter, option, rect)
            self._paint_cell(painter, rect, node, index)
        painter.restore()

    def _paint_section(self, painter: QPainter, rect: QRect, node: Node, column: int) -> None:
        painter.fillRect(rect, colour("surface"))
        if column == TITLE:
            face = fonts.font(12, fonts.SEMI_BOLD)
            paint.text(painter, rect.adjusted(px(_INSET), px(4), 0, 0), node.words[TITLE], face, "muted")

    def _paint_cell(self, painter: QPainter, rect: QRect, node: Node, index: Index) -> None:
        column = index.column()
        if column == TITLE:
            self._paint_title(painter, rect, node, opened=self._view.isExpanded(index))
        elif column == MORE:
            if node.kind is not Kind.ADD:
                line = QRect(rect.x(), rect.y(), rect.width(), px(_HEIGHTS[node.kind]))
                icons.draw_centred(painter, "dots", line, px(16), "muted")
        else:
            self._paint_words(painter, rect, node, column)

    def _paint_title(self, painter: QPainter, rect: QRect, node: Node, *, opened: bool) -> None:
        top = rect.y() + (px(_HEIGHTS[node.kind]) - px(16)) // 2
        if node.kind is Kind.GOAL and node.goal is not None:
            icons.draw(
                painter,
                "chevron-down" if opened else "chevron-right",
                rect.x() + px(12),
                top,
                px(16),
                "muted",
            )
            draw_pill(painter, pill_rect(rect, node, self._view), goal_pill(node.goal, self._view.today))
        elif node.kind is Kind.STEP and node.step is not None:
            icon, tone = step_mark(node.step, node.late)
            icons.draw(painter, icon, rect.x() + px(_STEP_LEFT), top, px(16), tone)
        else:
            icons.draw(painter, "plus", rect.x() + px(_STEP_LEFT), top, px(16), "accent")
        box = title_rect(rect, node, self._view)
        tone = "accent" if node.kind is Kind.ADD else "muted" if _set_aside(node) else "text"
        _write(painter, box, node.words[TITLE], title_font(node), tone)

    def _paint_words(self, painter: QPainter, rect: QRect, node: Node, column: int) -> None:
        box = rect.adjusted(px(_PAD), (px(_HEIGHTS[node.kind]) - px(_LINE)) // 2, -px(4), 0)
        words = node.words[column]
        tone = "text" if node.kind is Kind.GOAL else "muted"
        late = (node.late and column in (DAY, PROOF)) or (node.overdue and column == DAY)
        weight = fonts.SEMI_BOLD if late else fonts.MEDIUM if node.kind is Kind.GOAL else fonts.REGULAR
        if column == PROOF and node.proofs:
            icons.draw(painter, "paperclip", box.x(), box.y() + px(2), px(14), "accent")
            box.setLeft(box.left() + px(18))
            tone = "accent"
        elif late:
            tone = "danger"
        _write(painter, box, words, fonts.font(12, weight, tabular=column != WHO), tone)
        if column == WHO and node.kind is Kind.GOAL and node.goal is not None and node.goal.counted:
            self._paint_progress(painter, box, node)

    def _paint_progress(self, painter: QPainter, box: QRect, node: Node) -> None:
        goal = node.goal
        if goal is None:
            return
        left = box.x() + paint.width("8 sur 8 ", fonts.font(12, fonts.MEDIUM, tabular=True))
        wide = box.right() - left
        if wide < px(16):
            return
        bar = QRect(left, box.y() + px(_LINE) // 2 - 2, wide, 5)
        paint.rounded(painter, bar, "border", None, 2.5)
        done = QRect(bar.x(), bar.y(), round(bar.width() * goal.done / goal.counted), bar.height())
        if done.width():
            paint.rounded(painter, done, "ok" if goal.done == goal.counted else "accent", None, 2.5)


def title_font(node: Node) -> QFont:
    """Return the font of a row's title."""
    return fonts.font(*_title_face(node))


def _title_face(node: Node) -> tuple[int, int]:
    if node.kind is Kind.GOAL:
        return 13, fonts.SEMI_BOLD
    return 13, fonts.MEDIUM if node.kind is Kind.ADD else fonts.REGULAR


def title_rect(rect: QRect, node: Node, view: Any) -> QRect:
    """Return where the title stands in its cell."""
    left = px(12 + 16 + 8) if node.kind is Kind.GOAL else px(_STEP_LEFT + 16 + 8)
    top = (px(_HEIGHTS[node.kind]) - px(_LINE)) // 2
    right = px(_PAD)
    if node.kind is Kind.GOAL and node.goal is not None:
        right += pill_width(goal_pill(node.goal, view.today)) + px(4)
    return rect.adjusted(left, top, -right, 0)


def pill_rect(rect: QRect, node: Node, view: Any) -> QRect:
    """Return where a goal's state stands in the title's cell."""
    if node.goal is None:
        return QRect()
    wide = pill_width(goal_pill(node.goal, view.today))
    top = rect.y() + (px(_HEIGHTS[Kind.GOAL]) - px(_PILL_TALL)) // 2
    return QRect(rect.right() - wide - px(4), top, wide, px(_PILL_TALL))


def mark_rect(rect: QRect, node: Node) -> QRect:
    """Return where a step's circle, or a goal's chevron, is clicked in the title's cell."""
    left = px(4) if node.kind is Kind.GOAL else px(_STEP_LEFT - 8)
    return QRect(rect.x() + left, rect.y(), px(32), px(_HEIGHTS[node.kind]))


def _set_aside(node: Node) -> bool:
    return node.step is not None and node.step.state is StepState.DROPPED


def _lines(node: Node, column: int, wide: int, view: Any) -> int:
    """Return on how many lines a cell's words go."""
    if not node.words[column] or node.kind is Kind.SECTION:
        return 1
    if column == TITLE:
        size, weight = _title_face(node)
        room = title_rect(QRect(0, 0, wide, 100), node, view).width()
    else:
        size, weight = 12, fonts.MEDIUM
        room = wide - px(_PAD + 4) - (px(18) if column == PROOF and node.proofs else 0)
    return _lines_of(node.words[column], size, weight, max(1, room), theme().scale)


@lru_cache(maxsize=4096)
def _lines_of(words: str, size: int, weight: int, room: int, _scale: int) -> int:
    """Return on how many lines words go; a tree asks again for every row at each change of one."""
    metrics = QFontMetrics(fonts.font(size, weight))
    box = metrics.boundingRect(QRect(0, 0, room, 10_000), _WRAP, words)
    return max(1, round(box.height() / metrics.lineSpacing()))


_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


def _write(painter: QPainter, box: QRect, words: str, face: QFont, tone: str) -> None:
    painter.setFont(face)
    painter.setPen(colour(tone))
    painter.drawText(box, _WRAP | Qt.AlignmentFlag.AlignTop, words)
