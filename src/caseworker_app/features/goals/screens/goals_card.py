"""The card of goals: filter, tree, and the form of what is being typed, in its own row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.features.goals.domain.board import GoalFilter, count_words, sections
from caseworker_app.features.goals.domain.goal import Goal, GoalState, GoalStep, GoalWithSteps
from caseworker_app.features.goals.domain.grid import Grid
from caseworker_app.features.goals.domain.library import GoalModel
from caseworker_app.features.goals.domain.ordering import neighbour
from caseworker_app.features.goals.domain.proof import Proof
from caseworker_app.features.goals.screens.form_strip import FormStrip, form_of, step_of
from caseworker_app.features.goals.screens.goal_board import BOARD, HOW, LIST, GoalBoard
from caseworker_app.features.goals.screens.goal_form import GoalForm
from caseworker_app.features.goals.screens.goal_menus import menu_of
from caseworker_app.features.goals.screens.goal_nodes import (
    GOAL,
    HOLD,
    NEW_GOAL,
    NEW_STEP,
    REASON,
    STEP,
    Editing,
    Kind,
    Node,
    goal_node,
)
from caseworker_app.features.goals.screens.goal_tree import GoalTree
from caseworker_app.features.goals.screens.inline_form import InlineForm
from caseworker_app.features.goals.screens.library_dialog import LibraryDialog
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import FilterChips, Segment
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class GoalsCard(Card):
    """« Objectifs ». Every wish is a signal: the tab asks the file, then shows the card anew.

    `step_ticked(GoalStep)`, `step_dropped(GoalStep)`, `state_chosen(Goal, GoalState)`,
    `goal_moved(goal id, before id)`, `step_moved(step id, before id)`, `proof_opened(Proof)`,
    `model_kept(GoalWithSteps)`, `saved(Editing, what was read)`, `edited()`, `closed()`, `form_opened(its widget)`,
    `view_chosen(LIST or BOARD)`.
    """

    step_ticked = Signal(object)
    step_dropped = Signal(object)
    state_chosen = Signal(object, object)
    goal_moved = Signal(str, object)
    step_moved = Signal(str, object)
    proof_opened = Signal(object)
    model_kept = Signal(object)
    saved = Signal(object, object)
    edited = Signal()
    closed = Signal()
    form_opened = Signal(object)
    view_chosen = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Objectifs")
        self.goals: tuple[GoalWithSteps, ...] = ()
        self.editing: Editing | None = None
        self.form: InlineForm | None = None
        self._proofs: tuple[Proof, ...] = ()
        self._today = date.min
        self._grid: Grid
        self._models: tuple[GoalModel, ...] = ()
        self.filter = FilterChips("Objectifs montrés")
        self.filter.add(GoalFilter.OPEN.value, "Ouverts")
        self.filter.add(GoalFilter.ALL.value, "Tous")
        self.filter.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.view = Segment("Affichage des objectifs")
        self.view.add(LIST, "Liste", "list")
        self.view.add(BOARD, "Colonnes", "columns")
        self.tree, self.board, self.strip = GoalTree(), GoalBoard(), FormStrip()
        self.nothing_open = Label("", 13, tone="muted", wrap=True)
        self.empty = EmptyState(
            "flag",
            "Aucun objectif",
            "Ce que le ménage veut atteindre, en étapes datées\u00a0: qui fait quoi, pour quand.",
            "Ajouter un premier objectif",
            "plus",
        )
        self._lay_out()
        self._join()

    def show_goals(
        self, goals: Sequence[GoalWithSteps], proofs: Sequence[Proof], today: date, grid: Grid,
        models: Sequence[GoalModel] = (),
    ) -> None:  # fmt: skip
        """Show a household's goals, their domains those of a grid; what is being typed stays.

        `models`: the library new ones may be taken from.
        """
        self.goals, self._proofs, self._today = tuple(goals), tuple(proofs), today
        self._grid, self._models = grid, tuple(models)
        content, focused = None, False
        if self.editing is not None and self.form is not None:
            content = self.form.content() if self.form.touched else None
            focused = self.form.holds_focus()
            if not self._still_there(self.editing):
                self.editing = content = None
        self.form = self._make_form(self.editing) if self.editing else None
        if self.form is not None and content is not None:
            self.form.show_content(content)
        self._show()
        if self.form is not None and focused:
            self.form.focus_first()

    @property
    def on_board(self) -> bool:
        """Say whether the goals stand in columns; without any goal there is nothing to part."""
        return self.view.current_key() == BOARD and bool(self.goals)

    def choose_view(self, view: str) -> None:
        """Show the goals as a list or in columns, without telling; what is typed stays."""
        self.view.choose(view if view in (LIST, BOARD) else LIST)
        if self.goals:
            self.show_goals(self.goals, self._proofs, self._today, self._grid, self._models)

    def edit(
        self, editing: Editing, content: Mapping[str, Any] | None = None, *, take_focus: bool = True
    ) -> None:
        """Open a form in its row, with what a draft kept if given."""
        if not self._still_there(editing):
            return
        self.editing = editing
        self.form = self._make_form(editing)
        if content is not None:
            self.form.show_content(content)
        if editing.goal_id:
            self._show_closed_goal(editing.goal_id)
            self.tree.unfold(editing.goal_id)
        self._show()
        if take_focus:
            self.form.focus_first()
            self.form_opened.emit(self.form)

    def close_form(self, stand_on: str = "") -> None:
        """Close the form; the focus goes back to the row it was opened from."""
        if self.editing is None:
            return
        back = stand_on or self.editing.step_id or self.editing.goal_id
        self.editing = self.form = None
        self._show()
        if self.on_board:
            self.board.stand_on(self._goal_holding(back))
        elif self.tree.isVisible() and self.isVisible():
            self.tree.stand_on(back)
            self.tree.setFocus()

    def forget(self) -> None:
        """Forget what is typed and where one stood: another household comes."""
        self.editing = self.form = None
        self.filter.choose(GoalFilter.OPEN.value)

    def form_content(self) -> dict[str, Any] | None:
        """Return what is typed, as a draft keeps it; None when nothing is."""
        if self.editing is None or self.form is None or not self.form.touched:
            return None
        own = self.editing
        place = {"form": own.form, "goal_id": own.goal_id, "step_id": own.step_id}
        return {**place, "fields": self.form.content()}

    def stand_on(self, key: str) -> None:
        """Stand on a goal or a step."""
        if self.on_board:
            self.board.stand_on(self._goal_holding(key))
            return
        for goal in self.goals:
            if key in (goal.goal.id, *(step.id for step in goal.steps)):
                self._show_closed_goal(goal.goal.id)
                self.tree.unfold(goal.goal.id)
        self.tree.stand_on(key)

    def _lay_out(self) -> None:
        self.add_action(self.filter)
        self.add_action(self.view)
        self.nothing_open.setContentsMargins(px(15), 0, px(15), px(12))
        self.add_rows(self.nothing_open, rule=False)
        self.add_rows(self.tree, rule=False)
        self.add_rows(self.strip, rule=False)
        self.how = Label(HOW, 12, tone="muted", wrap=True)
        self.how.setContentsMargins(px(15), 0, px(15), px(8))
        self.add_rows(self.how, rule=False)
        self.add_rows(self.board, rule=False)
        # The last row would paint over the card's round corners.
        foot = QWidget()
        foot.setFixedHeight(px(8))
        self.add_rows(foot, rule=False)
        self.add_rows(self.empty, rule=False)
        self.add_stretch()

    def _join(self) -> None:
        self.filter.chosen.connect(lambda _key: self._show())
        self.view.chosen.connect(self._choose_view)
        self.board.asked.connect(self._act_on_tile)
        self.board.goal_dropped.connect(self._goal_dropped)
        self.tree.asked.connect(self.act)
        self.tree.goal_dropped.connect(self._goal_dropped)
        self.tree.step_dropped.connect(self.step_moved)
        if self.empty.button is not None:
            self.empty.button.set_kind("secondary")
            self.empty.button.clicked.connect(lambda: self.edit(Editing(NEW_GOAL)))

    def _show(self) -> None:
        chosen = GoalFilter(self.filter.current_key())
        shown = sections(self.goals, chosen)
        opened = sum(each.goal.open for each in self.goals)
        self.filter.set_count(GoalFilter.OPEN.value, opened)
        self.filter.set_count(GoalFilter.ALL.value, len(self.goals))
        self.remark.setText(count_words(self.goals))
        board, typing = self.on_board, self.form is not None
        self.filter.setVisible(bool(self.goals) and not board)
        self.view.setVisible(bool(self.goals))
        self.empty.setVisible(not self.goals and not typing)
        nothing = bool(self.goals) and not opened and chosen is GoalFilter.OPEN and not board
        self.nothing_open.setVisible(nothing)
        self.nothing_open.setText(
            "Aucun objectif ouvert\u00a0: «\u00a0Tous\u00a0» montre ceux qui sont clos."
        )
        for part in (self.board, self.how):
            part.setVisible(board and bool(self.goals))
        self.tree.setVisible(not board and (bool(shown and self.goals) or typing))
        self.strip.show_form(self.form if board else None)
        if board:
            self.tree.show_sections((), (), self._today, None, None)
            self.board.show_goals(self.goals, self._today)
            return
        self.tree.show_sections(
            shown if self.goals else (), self._proofs, self._today, self.editing, self.form
        )

    def _show_closed_goal(self, goal_id: str) -> None:
        if any(each.goal.id == goal_id and not each.goal.open for each in self.goals):
            self.filter.choose(GoalFilter.ALL.value)
            self._show()

    def _make_form(self, editing: Editing) -> InlineForm:
        form = form_of(editing, self._goal(editing.goal_id), self._today, self._grid, self._models)
        if isinstance(form, GoalForm):
            form.library_asked.connect(lambda: self.open_library(form))
        form.edited.connect(self.edited)
        form.cancelled.connect(self._cancelled)
        form.saved.connect(self.save)
        return form

    def open_library(self, form: GoalForm) -> LibraryDialog:
        """Offer the library for a new goal."""
        dialog = LibraryDialog(self._models, self._grid, self)
        dialog.chosen.connect(form.take_model)
        dialog.chosen.connect(lambda _model: self.tree.refit())
        dialog.finished.connect(dialog.deleteLater)
        dialog.begin(dialog.search)
        return dialog

    def save(self) -> None:
        """Read the form and tell the tab; refuse beside its field what cannot be read."""
        if self.form is None or self.editing is None:
            return
        try:
            read = self.form.read(self._today)  # type: ignore[attr-defined]
        except InvalidEntry as error:
            self.form.refuse(error)
            return
        self.saved.emit(self.editing, read)

    def _cancelled(self) -> None:
        self.close_form()
        self.closed.emit()

    def _still_there(self, editing: Editing) -> bool:
        goal = self._goal(editing.goal_id)
        if editing.form == NEW_GOAL:
            return True
        return goal is not None and (not editing.step_id or step_of(goal, editing.step_id) is not None)

    def _goal(self, goal_id: str) -> GoalWithSteps | None:
        return next((each for each in self.goals if each.goal.id == goal_id), None)

    def _goal_holding(self, key: str) -> str:
        """Return the goal a key names, itself or by one of its steps."""
        return next(
            (each.goal.id for each in self.goals if key in (each.goal.id, *(step.id for step in each.steps))),
            "",
        )

    def act(self, action: str, node: Node) -> None:
        """Do what a key, a click or a line of a menu asks of a row or a tile."""
        goal, step = node.goal, node.step
        if goal is None:
            return
        if action == "edit":
            form = STEP if step else GOAL
            self.edit(Editing(form, goal.goal.id, step.id if step else ""))
        elif action == "add":
            self.edit(Editing(NEW_STEP, goal.goal.id))
        elif action == "toggle" and step is not None:
            self.step_ticked.emit(step)
        elif action == "drop":
            self._drop(goal.goal, step)
        elif action in ("earlier", "later"):
            self._move(node, later=action == "later")
        elif action == "list":
            self._show_in_list(goal.goal.id)
        else:
            self._open_menu(action, node)

    def _act_on_tile(self, action: str, goal: GoalWithSteps) -> None:
        self.act(action, goal_node(goal, self._proofs, self._today, Kind.TILE))

    def _choose_view(self, view: str) -> None:
        self.choose_view(view)
        self.view_chosen.emit(view)

    def _show_in_list(self, goal_id: str) -> None:
        self.view.choose(LIST)
        self._choose_view(LIST)
        self.stand_on(goal_id)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, goal: Goal, step: GoalStep | None) -> None:
        if step is not None:
            self.step_dropped.emit(step)
        elif goal.state is not GoalState.ABANDONED:
            self.edit(Editing(REASON, goal.id))

    def _move(self, node: Node, *, later: bool) -> None:
        if node.goal is None:
            return
        if node.step is not None:
            order = [step.id for step in node.goal.steps]
        else:
            order = [each.goal.id for each in self.goals if each.goal.state is node.state]
        before = neighbour(order, node.key, later=later)
        if before == node.key:
            return
        (self.step_moved if node.step is not None else self.goal_moved).emit(node.key, before)

    def _goal_dropped(self, goal_id: str, state: GoalState, before: str | None) -> None:
        goal = self._goal(goal_id)
        if goal is None:
            return
        if goal.goal.state is state:
            if before != goal_id:
                self.goal_moved.emit(goal_id, before)
        else:
            self.choose_state(goal.goal, state)

    def choose_state(self, goal: Goal, state: GoalState) -> None:
        """Put a goal into a state; first say why it is abandoned, or why and until when it waits."""
        if state is GoalState.ABANDONED:
            self.edit(Editing(REASON, goal.id))
        elif state is GoalState.ON_HOLD:
            self.edit(Editing(HOLD, goal.id))
        else:
            self.state_chosen.emit(goal, state)

    def _open_menu(self, action: str, node: Node) -> None:
        if action == "proof" and len(node.proofs) == 1:
            self.proof_opened.emit(node.proofs[0])
            return
        self.menu_of(action, node).popup(self._menu_place(node))

    def _menu_place(self, node: Node) -> QPoint:
        """Return where a menu opens: at the pointer that asked for it, else under the row or the tile."""
        tile = self.board.tiles.get(node.key) if node.kind is Kind.TILE else None
        if tile is not None:
            at_pointer = tile.underMouse() and not tile.ring_shown
            return QCursor.pos() if at_pointer else tile.mapToGlobal(QPoint(0, tile.height()))
        at_pointer = self.tree.underMouse() and not self.tree.ring_shown
        return QCursor.pos() if at_pointer else self.tree.menu_place()

    def menu_of(self, action: str, node: Node) -> Menu:
        """Build the menu of a row or a tile."""
        return menu_of(action, node, self, self)

    def open_proof(self, proof: Proof) -> None:
        """Ask for the visit that proves something."""
        self.proof_opened.emit(proof)

    def keep_model(self, goal: GoalWithSteps) -> None:
        """Ask that a goal be kept in the library."""
        self.model_kept.emit(goal)
