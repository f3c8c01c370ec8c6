"""The tree of goals and steps: moved through with the arrows, acted upon by keys, clicks and drags."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QTreeView, QWidget

from caseworker_app.features.goals.domain.board import Section
from caseworker_app.features.goals.domain.goal import GoalState
from caseworker_app.features.goals.domain.proof import Proof
from caseworker_app.features.goals.screens.goal_nodes import (
    DAY,
    MORE,
    NODE_ROLE,
    PROOF,
    TITLE,
    WHO,
    Editing,
    GoalRows,
    Index,
    Kind,
    Node,
    node_of,
)
from caseworker_app.features.goals.screens.goal_painting import GoalDelegate, mark_rect, pill_rect
from caseworker_app.features.goals.screens.goal_titles import HEIGHT, GoalTitles
from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.row_list import ListRing, prepare_view
from caseworker_app.ui_kit.theme import px

_WIDTHS = {WHO: 104, DAY: 116, PROOF: 94, MORE: 34}
_LEAST_TITLE = 240
_BELOW = QAbstractItemView.DropIndicatorPosition.BelowItem


class GoalTree(ListRing, QTreeView):
    """`asked(action, Node)`: open, toggle, state, edit, add, drop, earlier, later, proof, menu.

    `goal_dropped(goal id, state, before id or None, same state)`, `step_dropped(step id, before id or None)`
    when something was dragged. As tall as its rows: the page scrolls.
    """

    asked = Signal(str, object)
    goal_dropped = Signal(str, object, object)
    step_dropped = Signal(str, object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.today = date.min
        self.rows = GoalRows()
        self.form: QWidget | None = None
        self._folded: set[str] = set()
        self._unfolded: set[str] = set()
        self._showing = False
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
        self._dress()
        self.expanded.connect(lambda index: self._fold_kept(index, folded=False))
        self.collapsed.connect(lambda index: self._fold_kept(index, folded=True))

    def show_sections(
        self, sections: Sequence[Section], proofs: Sequence[Proof], today: date, editing: Editing | None,
        form: QWidget | None,
    ) -> None:  # fmt: skip
        """Show sections, with the form where one types; the row one stood on stays."""
        here = self.current_node()
        self.today, self.form = today, form
        self._showing = True
        self.rows.show_sections(sections, proofs, today, editing)
        for item in self.rows.section_items:
            self.setExpanded(item.index(), True)
        for goal_id, item in self.rows.goal_items.items():
            self.setExpanded(item.index(), self._unfolds(goal_id, item.data(NODE_ROLE)))
        self._showing = False
        self._place_form()
        if here is not None:
            self.stand_on(here.key)
        self._fit_columns()
        self._fit()

    def unfold(self, goal_id: str) -> None:
        """Show the steps of a goal, now and at each reading."""
        self._folded.discard(goal_id)
        self._unfolded.add(goal_id)
        item = self.rows.goal_items.get(goal_id)
        if item is not None:
            self.setExpanded(item.index(), True)

    def current_node(self) -> Node | None:
        """Return the row one stands on."""
        return node_of(self.currentIndex())

    def stand_on(self, key: str) -> bool:
        """Put the current row on a goal, step or section; say whether it is there."""
        index = self._find(key)
        if index.isValid():
            self.setCurrentIndex(index)
        return index.isValid()

    def refit(self) -> None:
        """Be as tall as the rows again: the form in one of them grew."""
        self._fitting.start()

    def form_height(self) -> int:
        """Return the height the form needs at the width there is."""
        if self.form is None:
            return 0
        layout = self.form.layout()
        wide = self.viewport().width()
        needed = layout.heightForWidth(wide) if layout is not None and layout.hasHeightForWidth() else 0
        return max(needed, self.form.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Give way down to a title beside its columns."""
        return QSize(px(_LEAST_TITLE) + sum(px(each) for each in _WIDTHS.values()), px(HEIGHT))

    def sizeHint(self) -> QSize:
        """Ask for a roomy title."""
        return QSize(self.minimumSizeHint().width() + px(120), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the current row; the rest as in every list."""
        node, action = self.current_node(), None
        if node is not None:
            action = _action(node, event)
        if action is None or node is None:
            super().keyPressEvent(event)
            return
        self.ring_shown = True
        self.viewport().update()
        event.accept()
        self.asked.emit(action, node)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Bring the row one moves to into sight: the page scrolls, not the tree."""
        super().currentChanged(current, previous)
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        content = page.widget() if page is not None else None
        if page is None or content is None or not self.hasFocus() or not current.isValid():
            return
        rect = self.visualRect(current)
        for edge in (rect.bottomLeft(), rect.topLeft()):
            place = self.viewport().mapTo(content, edge)
            page.ensureVisible(place.x(), place.y(), 0, px(12))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag, or note where the click falls."""
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what stands under the pointer: a circle, a state, a proof, the three dots; else fold."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        moved = (point - self._pressed).manhattanLength() > 6
        if event.button() != Qt.MouseButton.LeftButton or moved or not index.isValid():
            return
        node = node_of(index)
        action = self._clicked(node, index, point) if node is not None else None
        if action == "fold":
            first = index.siblingAtColumn(TITLE)
            self.setExpanded(first, not self.isExpanded(first))
        elif action is not None:
            self.asked.emit(action, node)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the row."""
        node = node_of(self.indexAt(event.position().toPoint()))
        if node is not None and node.kind is Kind.STEP and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit("edit", node)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with a row."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if index.isValid():
                self.setCurrentIndex(index)
        node = self.current_node()
        if node is not None and node.kind in (Kind.GOAL, Kind.STEP):
            self.asked.emit("menu", node)

    def menu_place(self) -> QPoint:
        """Return where a menu of the current row opens."""
        rect = self.visualRect(self.currentIndex().siblingAtColumn(TITLE))
        return self.viewport().mapToGlobal(QPoint(rect.x() + px(36), rect.bottom()))

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dragged where; the file decides, then the tree is made anew."""
        dragged = self.current_node()
        target = node_of(self.indexAt(event.position().toPoint()))
        below = self.dropIndicatorPosition() == _BELOW
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if dragged is not None and target is not None:
            self.drop(dragged, target, below=below)

    def drop(self, dragged: Node, target: Node, *, below: bool) -> None:
        """Drop a row on, above or below another one."""
        if dragged.step is not None and dragged.goal is not None:
            if target.goal is not None and target.goal.goal.id == dragged.goal.goal.id:
                self.step_dropped.emit(dragged.key, _before_step(dragged, target, below=below))
        elif dragged.kind is Kind.GOAL and target.key != dragged.key:
            before = target.goal.goal.id if target.goal is not None else None
            if before is not None and (below or target.step is not None):
                before = self._after(before, target.state)
            self.goal_dropped.emit(dragged.key, target.state, before)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again; titles may go to another line."""
        super().resizeEvent(event)
        self._fit_columns()
        self._fitting.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the ring around the whole current one."""
        super().paintEvent(event)
        index = self.currentIndex()
        if not (index.isValid() and self.hasFocus() and self.ring_shown):
            return
        rect = self.visualRect(index.siblingAtColumn(TITLE))
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRect(QPoint(0, rect.y()), QSize(self.viewport().width(), rect.height()))
        paint.ring(painter, whole, 3)
        painter.end()

    def _dress(self) -> None:
        prepare_view(self)
        self.setAccessibleName("Objectifs et étapes")
        self.setModel(self.rows)
        self.setItemDelegate(GoalDelegate(self))
        self.setHeader(GoalTitles(self))
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        palette = self.palette()
        # The style would paint a chosen row in its own way, under ours.
        palette.setColor(QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))
        self.setPalette(palette)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._pressed = QPoint()

    def _clicked(self, node: Node | None, index: QModelIndex, point: QPoint) -> str | None:
        if node is None or node.kind in (Kind.SECTION, Kind.FORM):
            return None
        if node.kind is Kind.ADD:
            return "add"
        if index.column() == MORE:
            return "menu"
        if index.column() == PROOF and node.proofs:
            return "proof"
        cell = self.visualRect(index)
        if node.kind is Kind.GOAL:
            on_pill = index.column() == TITLE and pill_rect(cell, node, self).contains(point)
            return "state" if on_pill else "fold"
        on_mark = index.column() == TITLE and mark_rect(cell, node).contains(point)
        return "toggle" if on_mark else None

    def _unfolds(self, goal_id: str, node: object) -> bool:
        if self.rows.form_item is not None and self.rows.form_item.parent() is self.rows.goal_items.get(
            goal_id
        ):
            return True
        worked_on = isinstance(node, Node) and node.state is GoalState.IN_PROGRESS
        return goal_id in self._unfolded or (worked_on and goal_id not in self._folded)

    def _fold_kept(self, index: QModelIndex, *, folded: bool) -> None:
        node = node_of(index)
        if self._showing or node is None:
            return
        if node.kind is Kind.SECTION and folded:
            # Sections only part the rows: nothing would say that one is folded.
            QTimer.singleShot(0, self, lambda: self.setExpanded(self._find(node.key), True))
            return
        (self._folded if folded else self._unfolded).add(node.key)
        (self._unfolded if folded else self._folded).discard(node.key)
        self._fitting.start()

    def _place_form(self) -> None:
        item = self.rows.form_item
        if item is None or self.form is None:
            return
        index = item.index()
        self.setFirstColumnSpanned(index.row(), index.parent(), True)
        self.setIndexWidget(index, self.form)

    def _find(self, key: str) -> QModelIndex:
        index = self.rows.index(0, 0)
        while index.isValid():
            node = node_of(index)
            if node is not None and node.key == key:
                return index
            index = self.indexBelow(index)
        return QModelIndex()

    def _after(self, goal_id: str, state: GoalState) -> str | None:
        """Return the goal that follows another one in its section, None at its end."""
        for item in self.rows.section_items:
            node = node_of(item.index())
            if node is None or node.state is not state:
                continue
            keys = [
                n.key for i in range(item.rowCount()) if (n := node_of(item.child(i).index())) is not None
            ]
            place = keys.index(goal_id) + 1 if goal_id in keys else len(keys)
            return keys[place] if place < len(keys) else None
        return None

    def _fit_columns(self) -> None:
        room = self.viewport().width()
        fixed = sum(px(wide) for wide in _WIDTHS.values())
        for column, wide in _WIDTHS.items():
            self.setColumnWidth(column, px(wide))
        self.setColumnWidth(TITLE, max(px(120), room - fixed))

    def _fit(self) -> None:
        """Be as tall as the rows."""
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        tall, index = 0, self.rows.index(0, 0)
        while index.isValid():
            tall = max(tall, self.visualRect(index).bottom() + 1)
            index = self.indexBelow(index)
        self.setFixedHeight(max(px(HEIGHT), tall + self.header().height()))


def _action(node: Node, event: QKeyEvent) -> str | None:
    """Return what a key does to a row, None when the tree itself knows the key."""
    key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    if node.kind is Kind.ADD:
        return "add" if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) else None
    if node.kind not in (Kind.GOAL, Kind.STEP):
        return None
    if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        return "earlier" if key == Qt.Key.Key_Up else "later"
    if alt:
        return None
    return {
        Qt.Key.Key_Return: "edit",
        Qt.Key.Key_Enter: "edit",
        Qt.Key.Key_F2: "edit",
        Qt.Key.Key_Insert: "add",
        Qt.Key.Key_Delete: "drop",
        Qt.Key.Key_Space: "toggle" if node.kind is Kind.STEP else "state",
    }.get(Qt.Key(key))


def _before_step(dragged: Node, target: Node, *, below: bool) -> str | None:
    """Return the step that the dragged one goes before, None after all the others."""
    if dragged.goal is None:
        return None
    order = [step.id for step in dragged.goal.steps if step.id != dragged.key]
    if target.step is None:
        # On the goal itself: to the head; on « Ajouter une étape »: to the end.
        return order[0] if order and target.kind is Kind.GOAL else None
    place = order.index(target.key) if target.key in order else len(order)
    place += 1 if below else 0
    return order[place] if place < len(order) else None
