"""The plan of goals (« feuille de route ») on one page in large type: what, who, for when, and who signs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.features.goals.documents.signing import signatures
from caseworker_app.features.goals.domain.papers import GoalPlan, PlanGoal, PlanStep
from caseworker_app.kernel.french import capital, plural
from caseworker_app.pdf import colours
from caseworker_app.pdf.document import render
from caseworker_app.pdf.fitting import fitted
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Gap
from caseworker_app.pdf.paper import meta_of, opening
from caseworker_app.pdf.styles import CELL, COLUMN_HEAD, LEAD
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook
from caseworker_app.pdf.text import Text, Words, bold

TITLE = "Plan d’objectifs"
TEMPLATE = "modèle « Plan d’objectifs », n° 1"
_INTRO = "Ce que vous voulez atteindre, étape par étape\u00a0: qui fait quoi, et pour quand. Cette feuille est à vous."
_NEXT = "Prochain point ensemble\u00a0: le ………………………… à ……………"


@dataclass(frozen=True, slots=True)
class Room:
    """How much is told, and how large: goals, steps of each, size of the type, room to sign, in points."""

    goals: int
    steps: int
    size: float
    sign: float
    characters: int = 200

    @property
    def padding(self) -> float:
        """The room above and below a row: less where much is told."""
        return 4.0 if self.size > 12 else 2.6


# The largest type first: the page is read by the household, at arm's length.
ROOMS = tuple(
    Room(goals, steps, size, sign, characters)
    for goals, steps, size, sign, characters in (
        (9, 20, 14, 46, 200), (9, 20, 13, 40, 200), (9, 8, 12.5, 36, 200), (9, 6, 12, 30, 160), (9, 5, 12, 26, 120),
        (9, 4, 12, 22, 100), (8, 3, 12, 22, 90), (7, 3, 12, 20, 80), (6, 3, 12, 20, 70), (6, 2, 12, 18, 60),
        (5, 2, 12, 18, 50), (4, 1, 12, 16, 40), (3, 1, 12, 16, 30), (2, 1, 12, 16, 20),
    )
)  # fmt: skip


def render_plan(content: GoalPlan, identity: Identity) -> bytes:
    """Return the plan as the bytes of a tagged PDF of one page; nothing is written on disk."""
    page = fitted(lambda room: _page(content, identity, room), ROOMS)
    return render([page], meta_of(content.head, identity, TITLE, TEMPLATE, internal=False))


def _page(content: GoalPlan, identity: Identity, room: Room) -> list[Block]:
    lead = replace(LEAD, size=room.size, leading=room.size * 1.35)
    head = content.head
    shown = replace(
        head,
        household=shorten(head.household, max(40, room.characters)),
        signers=tuple(shorten(each, max(30, room.characters // 2)) for each in head.signers[:5]),
    )
    return [
        *opening(shown, identity, TITLE, internal=False),
        Text(_INTRO, lead),
        _table(content, room),
        Gap(6),
        Text(_NEXT, replace(lead, keep_with_next=True)),
        *signatures(shown, room.sign),
    ]


def _table(content: GoalPlan, room: Room) -> Block:
    """Return the goals, each a tinted row, with their steps under them: one head for the whole page."""
    rows: list[list[Cell]] = []
    grounds: list[Any] = []
    for number, goal in enumerate(content.goals[: room.goals], 1):
        rows.append([_goal(number, goal, room), "", _when(goal)])
        steps = _steps(goal.steps, room)
        rows += steps
        grounds += [colours.TINT, *[None] * len(steps)]
    more = len(content.goals) - room.goals
    if more > 0:
        rows.append([f"Et {plural(more, 'autre objectif', 'autres objectifs')} dans votre dossier", "", ""])
        grounds.append(None)
    cell = replace(CELL, size=room.size, leading=room.size * 1.25)
    head = replace(COLUMN_HEAD, size=max(10.0, room.size - 1.5), leading=room.size * 1.2)
    columns = [Column(0.54, "Objectif et étapes"), Column(0.2, "Qui"), Column(0.26, "Pour quand")]
    look = TableLook(padding=room.padding, head=head, first=cell, cell=cell)
    return DataTable(columns, rows, look=look, grounds=grounds)


def _goal(number: int, goal: PlanGoal, room: Room) -> Words:
    title = f"{number}. {shorten(goal.title, room.characters)}"
    if not goal.indicator:
        return bold(title)
    indicator = shorten(goal.indicator, room.characters)
    return [bold(title), f" On saura que c’est atteint\u00a0: {indicator[:1].lower()}{indicator[1:]}."]


def _when(goal: PlanGoal) -> Words:
    told = ", ".join(part for part in (goal.due, goal.waiting) if part)
    return bold(capital(told)) if told else ""


def _steps(steps: tuple[PlanStep, ...], room: Room) -> list[list[Cell]]:
    """Return the steps left to do that there is room for; the others, and what is done, are counted."""
    waiting = [step for step in steps if not step.done]
    rows: list[list[Cell]] = [
        [shorten(step.what, room.characters), shorten(step.who, 40), step.when or "–"]
        for step in waiting[: room.steps]
    ]
    done, more = len(steps) - len(waiting), len(waiting) - len(rows)
    told = [plural(done, "étape déjà faite", "étapes déjà faites")] if done else []
    told += [f"{plural(more, 'autre étape', 'autres étapes')} dans votre dossier"] if more else []
    return [*rows, [" et ".join(told), "", ""]] if told else rows
