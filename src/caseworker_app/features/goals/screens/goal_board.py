"""The board of goals: a column a state, goals dragged from one to another by the pointer or by keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.features.goals.domain.board import (
    COLUMN_ORDER,
    SECTION_LABELS,
    Section,
    columns,
    spoken_column,
    state_beside,
)
from caseworker_app.features.goals.domain.goal import GoalState, GoalWithSteps
from caseworker_app.features.goals.domain.ordering import neighbour
from caseworker_app.features.goals.screens.goal_tile import GoalTile
from caseworker_app.features.goals.screens.words import GOAL_DRESS
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

# The two ways of showing goals, as they are remembered.
LIST, BOARD = "list", "board"
HOW = (
    "Glissez un objectif d’une colonne à l’autre, ou Alt+← et Alt+→\u202f; Espace propose ses états,"
    " Entrée ouvre sa fiche."
)
_NONE = "Aucun objectif"
_HERE = "Déposer ici"
_EDGE = 48
_SIDE, _GAP, _LEAST = 15, 8, 300


class BoardColumn(Surface):
    """A state with its goals, one below the other."""

    def __init__(self, state: GoalState) -> None:
        """Make it empty."""
        super().__init__("sunken", "line", 6)
        self.state = state
        self.tiles: list[GoalTile] = []
        tone, icon = GOAL_DRESS[state]
        self._count = Label("", 13, tone="muted", tabular=True)
        self._empty = Label(_NONE, 12, tone="muted", wrap=True)
        head = self._head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(Mark(icon, 16, tone))
        head.addWidget(Label(SECTION_LABELS[state], 13, fonts.SEMI_BOLD))
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(_GAP), px(_GAP), px(_GAP), px(_GAP))
        column.setSpacing(px(_GAP))
        column.addLayout(head)
        self._goals = QVBoxLayout()
        self._goals.setSpacing(px(_GAP))
        column.addLayout(self._goals)
        column.addWidget(self._empty)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_tiles(self, section: Section, tiles: Sequence[GoalTile]) -> None:
        """Show the goals of the state, in order."""
        self.tiles = list(tiles)
        for place, tile in enumerate(tiles):
            self._goals.insertWidget(place, tile)
        self._count.setText(str(len(section.goals)))
        self.setAccessibleName(spoken_column(section))
        self._empty.setVisible(not tiles)

    def fit(self, wide: int) -> int:
        """Give every goal its height in a column about so wide; return how tall the column is."""
        # What the layout gave, once it did: shared among five columns, a width has a pixel more here and there.
        own = self.width() if abs(self.width() - wide) <= len(COLUMN_ORDER) else wide
        tall = self._head.sizeHint().height() + px(2 * _GAP)
        for tile in self.tiles:
            tile.setFixedHeight(tile.heightForWidth(own - px(2 * _GAP)))
            tall += tile.height() + px(_GAP)
        return tall + (0 if self.tiles else self._empty.sizeHint().height() + px(_GAP))

    def show_target(self, *, on: bool) -> None:
        """Show that a goal dragged would fall here."""
        self.set_ground("accent_soft" if on else "sunken", "accent" if on else "line")
        self._empty.setText(_HERE if on else _NONE)

    def place_under(self, point: QPoint) -> str | None:
        """Return the goal before which one dropped at a global point comes, None after the last."""
        for tile in self.tiles:
            if not tile.dragging and self.mapFromGlobal(point).y() < tile.geometry().center().y():
                return tile.goal.goal.id
        return None


class GoalBoard(QWidget):
    """`asked(action, GoalWithSteps)`; `goal_dropped(goal id, state, before id or None)`. As tall as its goals."""

    asked = Signal(str, object)
    goal_dropped = Signal(str, object, object)

    def __init__(self) -> None:
        """Make the five columns."""
        super().__init__()
        self.setAccessibleName("Objectifs par état")
        self.tiles: dict[str, GoalTile] = {}
        self.columns = {state: BoardColumn(state) for state in COLUMN_ORDER}
        self._ghost: QLabel | None = None
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(_SIDE), 0, px(_SIDE), px(_GAP))
        line.setSpacing(px(_GAP))
        for column in self.columns.values():
            line.addWidget(column, 1)

    def show_goals(self, goals: Sequence[GoalWithSteps], today: date) -> None:
        """Show goals; the one stood on keeps the focus, wherever it went."""
        here = self.current_key()
        self._end_drag()
        known = {each.goal.id for each in goals}
        for key in [key for key in self.tiles if key not in known]:
            self.tiles.pop(key).deleteLater()
        for each in goals:
            self._tile(each, today)
        for section in columns(goals):
            tiles = [self.tiles[each.goal.id] for each in section.goals]
            self.columns[section.state].show_tiles(section, tiles)
        self._order_tabs()
        self._fit()
        if here:
            self.stand_on(here)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every goal the height its words take at the new width."""
        super().resizeEvent(event)
        self._fit()
        self._fitting.start()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the size of text changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """Be as tall as the tallest column: the page scrolls, not the board."""
        wide = (self.width() - px(2 * _SIDE) - px(_GAP) * (len(self.columns) - 1)) // len(self.columns)
        tallest = max(column.fit(wide) for column in self.columns.values())
        self.setFixedHeight(max(px(_LEAST), tallest + px(_GAP)))

    def current_key(self) -> str:
        """Return the goal that has the focus, empty without one."""
        return next((key for key, tile in self.tiles.items() if tile.hasFocus()), "")

    def stand_on(self, key: str) -> bool:
        """Put the focus on a goal and bring it into sight; say whether it is there."""
        tile = self.tiles.get(key)
        if tile is None:
            return False
        tile.setFocus(Qt.FocusReason.OtherFocusReason)
        # Once the columns have their new heights.
        QTimer.singleShot(0, tile, lambda: self._bring_into_sight(tile))
        return True

    def focus_first(self) -> bool:
        """Stand on the first goal in progress, else on the first one there is."""
        order = (GoalState.IN_PROGRESS, *COLUMN_ORDER)
        first = next((t.goal.goal.id for state in order for t in self.columns[state].tiles), "")
        return self.stand_on(first)

    def _tile(self, goal: GoalWithSteps, today: date) -> None:
        key = goal.goal.id
        if key in self.tiles:
            self.tiles[key].show_goal(goal, today)
            return
        tile = self.tiles[key] = GoalTile(goal, today)
        tile.asked.connect(lambda action: self.asked.emit(action, self.tiles[key].goal))
        tile.walked.connect(partial(self._walk, key))
        tile.moved.connect(partial(self._move, key))
        tile.dragged.connect(partial(self._drag, key))
        tile.dropped.connect(partial(self._drop, key))
        tile.let_go.connect(self._end_drag)

    def _order_tabs(self) -> None:
        """Have Tab go through the columns from left to right."""
        tiles = [tile for column in self.columns.values() for tile in column.tiles]
        for before, after in pairwise(tiles):
            QWidget.setTabOrder(before, after)

    def _walk(self, key: str, way: str) -> None:
        """Stand on the goal above or below, or at about the same height in the next column that has some."""
        state = self.tiles[key].goal.goal.state
        own = self.columns[state].tiles
        place = own.index(self.tiles[key])
        if way in ("up", "down"):
            place += 1 if way == "down" else -1
            if 0 <= place < len(own):
                self.stand_on(own[place].goal.goal.id)
            return
        step = 1 if way == "right" else -1
        beside = state_beside(state, step)
        while beside is not None and not self.columns[beside].tiles:
            beside = state_beside(beside, step)
        if beside is not None:
            others = self.columns[beside].tiles
            self.stand_on(others[min(place, len(others) - 1)].goal.goal.id)

    def _move(self, key: str, way: str) -> None:
        """Put a goal into the state beside, or a place higher or lower in its own."""
        state = self.tiles[key].goal.goal.state
        if way in ("left", "right"):
            beside = state_beside(state, 1 if way == "right" else -1)
            if beside is not None:
                self.goal_dropped.emit(key, beside, None)
            return
        order = [tile.goal.goal.id for tile in self.columns[state].tiles]
        before = neighbour(order, key, later=way == "down")
        if before != key:
            self.goal_dropped.emit(key, state, before)

    def _drag(self, key: str, point: QPoint) -> None:
        tile = self.tiles[key]
        if self._ghost is None:
            # On the window: the board would cut what hangs over its edge.
            self._ghost = QLabel(self.window())
            self._ghost.setPixmap(tile.picture())
            self._ghost.adjustSize()
            self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._ghost.show()
        here = self.mapFromGlobal(point)
        self._ghost.move(self.window().mapFromGlobal(point) - QPoint(tile.width() // 2, px(16)))
        self._ghost.raise_()
        target = self._column_at(point)
        for column in self.columns.values():
            column.show_target(on=column is target)
        page = self._page()
        content = page.widget() if page is not None else None
        if page is not None and content is not None:
            place = self.mapTo(content, here)
            page.ensureVisible(place.x(), place.y(), 0, px(_EDGE))

    def _drop(self, key: str, point: QPoint) -> None:
        target = self._column_at(point)
        before = target.place_under(point) if target is not None else None
        self._end_drag()
        if target is not None and before != key:
            self.goal_dropped.emit(key, target.state, before)

    def _end_drag(self) -> None:
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
            self._ghost = None
        for column in self.columns.values():
            column.show_target(on=False)

    def _column_at(self, point: QPoint) -> BoardColumn | None:
        """Return the column under a global point, whatever the height; None beside them all."""
        here = self.mapFromGlobal(point)
        inside = self.rect().adjusted(0, -px(_EDGE), 0, px(_EDGE)).contains(here)
        columns_here = (c for c in self.columns.values() if c.x() <= here.x() <= c.geometry().right())
        return next(columns_here, None) if inside else None

    def _bring_into_sight(self, tile: GoalTile) -> None:
        page = self._page()
        if page is not None and tile.isVisible():
            page.ensureWidgetVisible(tile, 0, px(12))

    def _page(self) -> QScrollArea | None:
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        return page
