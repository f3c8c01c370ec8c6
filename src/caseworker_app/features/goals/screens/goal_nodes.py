"""The rows of the goals’ tree: sections by state, goals, steps, and the row where one is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from caseworker_app.features.goals.domain.board import (
    Section,
    days_late,
    goal_day_words,
    late_words,
    progress_words,
    spoken_goal,
    spoken_step,
    step_day_words,
)
from caseworker_app.features.goals.domain.goal import (
    GoalState,
    GoalStep,
    GoalWithSteps,
    StepState,
    actor_text,
)
from caseworker_app.features.goals.domain.proof import Proof, proof_words, proofs_of_goal, proofs_of_step
from caseworker_app.kernel.french import capital, plural

Index = QModelIndex | QPersistentModelIndex
NODE_ROLE = Qt.ItemDataRole.UserRole + 1
TITLE, WHO, DAY, PROOF, MORE = range(5)
HEADINGS = ("Objectif", "Qui", "Échéance", "Preuve", "")


class Kind(StrEnum):
    """What a row is."""

    SECTION = "section"
    GOAL = "goal"
    STEP = "step"
    ADD = "add"
    FORM = "form"
    TILE = "tile"


@dataclass(frozen=True, slots=True)
class Node:
    """A row: what it is of, and its words by column."""

    kind: Kind
    key: str
    state: GoalState
    words: tuple[str, ...]
    spoken: str
    goal: GoalWithSteps | None = None
    step: GoalStep | None = None
    proofs: tuple[Proof, ...] = ()
    late: int = 0
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Editing:
    """Where one types: a new goal (both ids empty), a goal, a new step of a goal, a step, or why a goal is
    given up or waits.
    """

    form: str
    goal_id: str = ""
    step_id: str = ""


NEW_GOAL, GOAL, NEW_STEP, STEP, REASON, HOLD = "new_goal", "goal", "new_step", "step", "reason", "hold"


class GoalRows(QStandardItemModel):
    """The tree's rows, made anew at each reading."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__(0, len(HEADINGS))
        self.setHorizontalHeaderLabels(list(HEADINGS))
        self.form_item: QStandardItem | None = None
        self.goal_items: dict[str, QStandardItem] = {}
        self.section_items: list[QStandardItem] = []

    def show_sections(
        self, sections: Sequence[Section], proofs: Sequence[Proof], today: date, editing: Editing | None
    ) -> None:
        """Show sections; where one types stands an empty row for the form."""
        self.removeRows(0, self.rowCount())
        self.form_item, self.goal_items, self.section_items = None, {}, []
        root = self.invisibleRootItem()
        if editing is not None and editing.form == NEW_GOAL:
            self._add_form(root, editing)
        for section in sections:
            title = _append(root, _section_node(section))
            self.section_items.append(title)
            for goal in section.goals:
                if editing is not None and editing.form == GOAL and editing.goal_id == goal.goal.id:
                    self._add_form(title, editing)
                    continue
                item = _append(title, goal_node(goal, proofs, today))
                self.goal_items[goal.goal.id] = item
                self._add_steps(item, goal, proofs, today, editing)

    def _add_steps(
        self, item: QStandardItem, goal: GoalWithSteps, proofs: Sequence[Proof], today: date,
        editing: Editing | None,
    ) -> None:  # fmt: skip
        own = editing if editing is not None and editing.goal_id == goal.goal.id else None
        if own is not None and own.form in (REASON, HOLD):
            self._add_form(item, own)
        for step in goal.steps:
            if own is not None and own.form == STEP and own.step_id == step.id:
                self._add_form(item, own)
            else:
                _append(item, _step_node(goal, step, proofs, today))
        if own is not None and own.form == NEW_STEP:
            self._add_form(item, own)
        elif goal.goal.open:
            _append(item, _add_node(goal))

    def _add_form(self, parent: QStandardItem, editing: Editing) -> None:
        words = ("",) * len(HEADINGS)
        node = Node(Kind.FORM, editing.form, GoalState.IN_PROGRESS, words, "Formulaire")
        self.form_item = _append(parent, node)


def node_of(index: Index) -> Node | None:
    """Return the node of a row."""
    found = index.sibling(index.row(), TITLE).data(NODE_ROLE) if index.isValid() else None
    return found if isinstance(found, Node) else None


def _section_node(section: Section) -> Node:
    count = plural(len(section.goals), "objectif") if section.goals else "aucun"
    words = (f"{section.words} · {count}", "", "", "", "")
    return Node(Kind.SECTION, section.state.value, section.state, words, f"{section.words}, {count}")


def goal_node(goal: GoalWithSteps, proofs: Sequence[Proof], today: date, kind: Kind = Kind.GOAL) -> Node:
    """Return a goal with its words, as a row of the tree or a tile of the board."""
    own, shown = goal.goal, proofs_of_goal(proofs, goal.goal.id)
    overdue = own.target_on is not None and own.target_on < today and goal.is_late(today)
    words = (own.title, progress_words(goal), goal_day_words(own), proof_words(len(shown)), "")
    spoken = spoken_goal(goal, today) + (f", {words[PROOF]}" if shown else "")
    return Node(kind, own.id, own.state, words, spoken, goal, None, shown, 0, overdue)


def _step_node(goal: GoalWithSteps, step: GoalStep, proofs: Sequence[Proof], today: date) -> Node:
    shown, late = proofs_of_step(proofs, step.id), days_late(goal, step, today)
    who = actor_text(step.actor, step.actor_name)
    proof = proof_words(len(shown)) or late_words(late)
    words = (step.title, capital(who), step_day_words(step, today), proof, "")
    spoken = spoken_step(goal, step, today) + (f", {proof}" if shown else "")
    return Node(
        Kind.STEP, step.id, goal.goal.state, words, spoken, goal, step, shown, late, bool(late and not shown)
    )


def _add_node(goal: GoalWithSteps) -> Node:
    words = ("Ajouter une étape", "", "", "", "")
    spoken = f"Ajouter une étape à «\u00a0{goal.goal.title}\u00a0»"
    return Node(Kind.ADD, f"add:{goal.goal.id}", goal.goal.state, words, spoken, goal)


def _append(parent: QStandardItem, node: Node) -> QStandardItem:
    items = []
    for column, words in enumerate(node.words):
        item = QStandardItem(words)
        spoken = node.spoken if column == TITLE else words
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        item.setEditable(False)
        item.setDragEnabled(node.kind in (Kind.GOAL, Kind.STEP))
        item.setDropEnabled(node.kind in (Kind.SECTION, Kind.GOAL))
        items.append(item)
    first = items[TITLE]
    first.setData(node, NODE_ROLE)
    if node.step is not None:
        # Told to screen readers as a box to tick; painted as a circle.
        first.setCheckable(True)
        done = node.step.state is StepState.DONE
        first.setCheckState(Qt.CheckState.Checked if done else Qt.CheckState.Unchecked)
    parent.appendRow(items)
    return first
