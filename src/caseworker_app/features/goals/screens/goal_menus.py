"""The menus of a goal and of a step: what one can do with it, its states, its proofs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from caseworker_app.features.goals.domain.goal import (
    GOAL_STATE_LABELS,
    Goal,
    GoalState,
    GoalStep,
    GoalWithSteps,
    StepState,
)
from caseworker_app.features.goals.domain.proof import Proof
from caseworker_app.features.goals.screens.goal_nodes import Kind, Node
from caseworker_app.features.goals.screens.words import GOAL_DRESS
from caseworker_app.ui_kit import icons
from caseworker_app.ui_kit.menu import Menu

_STATE_ACTIONS = {
    GoalState.PLANNED: "Remettre à &prévu",
    GoalState.IN_PROGRESS: "Mettre en &cours",
    GoalState.ON_HOLD: "Mettre en pa&use…",
    GoalState.ACHIEVED: "C’est &atteint",
    GoalState.ABANDONED: "A&bandonner…",
}


class MenuWishes(Protocol):
    """What the lines of a menu ask for."""

    def act(self, action: str, node: Node) -> None:
        """Do an action of a row."""

    def choose_state(self, goal: Goal, state: GoalState) -> None:
        """Put a goal into a state."""

    def open_proof(self, proof: Proof) -> None:
        """Open a proof."""

    def keep_model(self, goal: GoalWithSteps) -> None:
        """Keep a goal in the library."""


def menu_of(action: str, node: Node, wishes: MenuWishes, parent: QWidget) -> Menu:
    """Build the menu of a row: its states, its proofs, or everything one can do with it."""
    menu = Menu(parent=parent)
    if action in ("menu", "proof"):
        for proof in node.proofs:
            words = f"Ouvrir\u00a0: {proof.words}" if action == "menu" else proof.words
            menu.addAction(icons.icon("paperclip"), words).triggered.connect(
                lambda _on=False, p=proof: wishes.open_proof(p)
            )
    if action == "proof" or node.goal is None:
        return menu
    if action == "menu":
        _add_row_actions(menu, node, wishes)
    if node.kind in (Kind.GOAL, Kind.TILE):
        goal = node.goal
        menu.addSeparator()
        _add_states(menu, goal.goal, wishes)
        menu.addSeparator()
        keep = menu.addAction(icons.icon("bookmark"), "Garder dans la bib&liothèque")
        keep.triggered.connect(lambda: wishes.keep_model(goal))
    return menu


def _add_row_actions(menu: Menu, node: Node, wishes: MenuWishes) -> None:
    def add(words: str, icon: str, action: str) -> None:
        menu.addAction(icons.icon(icon), words).triggered.connect(_asking(wishes, action, node))

    if node.proofs:
        menu.addSeparator()
    if node.step is not None:
        _add_tick(add, node.step)
    add("&Modifier\tEntrée", "pencil", "edit")
    if node.goal is not None and node.goal.goal.open:
        add("Ajouter une é&tape\tInser", "plus", "add")
    if node.kind is Kind.TILE:
        add("&Voir ses étapes dans la liste", "list", "list")
    add("Mon&ter\tAlt+↑", "arrow-up", "earlier")
    add("Descen&dre\tAlt+↓", "arrow-down", "later")
    if node.step is not None and node.step.state is not StepState.DROPPED:
        add("&Sans suite\tSuppr", "ban", "drop")


def _add_tick(add: Callable[[str, str, str], None], step: GoalStep) -> None:
    to_do = step.state is StepState.TO_DO
    add("C’est &fait\tEspace" if to_do else "Remettre à &faire\tEspace", "circle-check", "toggle")


def _asking(wishes: MenuWishes, action: str, node: Node) -> Callable[..., None]:
    return lambda *_checked: wishes.act(action, node)


def _add_states(menu: Menu, goal: Goal, wishes: MenuWishes) -> None:
    for state, words in _STATE_ACTIONS.items():
        tone, icon = GOAL_DRESS[state]
        entry = menu.addAction(icons.icon(icon, tone), words)
        entry.setEnabled(goal.state is not state)
        entry.setToolTip(GOAL_STATE_LABELS[state])
        entry.triggered.connect(lambda _on=False, s=state: wishes.choose_state(goal, s))
