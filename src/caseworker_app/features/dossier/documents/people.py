"""The household, its path and its goals, as pages of the follow-up file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseworker_app.features.dossier.domain.follow_up_content import (
    GoalPart,
    PathEvent,
    PathKind,
    PeoplePart,
    StepLine,
)
from caseworker_app.kernel.dates import format_short_date
from caseworker_app.kernel.french import NO_BREAK, capital, plural
from caseworker_app.pdf import colours
from caseworker_app.pdf.contents import Chapter
from caseworker_app.pdf.figures import StepGauge
from caseworker_app.pdf.fonts import BOLD
from caseworker_app.pdf.layout import Block, Gap, Section
from caseworker_app.pdf.styles import BULLET, CAPTION, CELL, LEAD, NOTE
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook, key_values
from caseworker_app.pdf.text import Text, Words, bold, bullets, coloured
from caseworker_app.pdf.timeline import Event, MarkShape, TimelineLegend, timeline

_GOAL = replace(CAPTION, before=13, after=0)
_GOAL_DETAIL = replace(NOTE, before=0, keep_with_next=True)
_SHAPES = {
    PathKind.MEASURE: MarkShape.DISC,
    PathKind.HOUSING: MarkShape.SQUARE,
    PathKind.PROGRESS: MarkShape.DIAMOND,
    PathKind.DOCUMENT: MarkShape.TRIANGLE,
}


def people_chapter(part: PeoplePart | None) -> Chapter:
    """Return who lives there, how to reach them, who is around, where things stand."""
    title = "Le ménage"
    if part is None:
        return Chapter(title)
    return Chapter(
        title,
        (),
        (
            ("Composition du ménage", _composition(part)),
            (
                "Adresses et façons de joindre",
                [key_values([(line.label, line.text) for line in part.lines])] if part.lines else [],
            ),
            ("Personnes et services autour du ménage", _around(part)),
            ("Où en est-on ?", _standing(part)),
        ),
    )


def _composition(part: PeoplePart) -> list[Block]:
    columns = [
        Column(0.27, "Personne"),
        Column(0.235, "Lien"),
        Column(0.14, "Naissance"),
        Column(0.105, "Âge"),
        Column(0.25, "À savoir"),
    ]
    rows = [
        [each.name, each.relation, each.birth or "–", each.age or "–", each.remarks or "–"]
        for each in part.people
    ]
    return [DataTable(columns, rows, head_columns=(0,)), Text(part.summary, NOTE)]


def _around(part: PeoplePart) -> list[Block]:
    if not part.around:
        return []
    columns = [Column(0.3, "Qui"), Column(0.27, "Rôle"), Column(0.43, "Accord de partage")]
    rows = [[each.name, each.role, each.agreement] for each in part.around]
    return [DataTable(columns, rows, head_columns=(0,))]


def _standing(part: PeoplePart) -> list[Block]:
    said: list[Words] = []
    for label, facts in (("Acquis", part.reached), ("En cours", part.under_way), ("À venir", part.coming)):
        said += [(bold(label), f" : {fact}") for fact in facts]
    return bullets(said, BULLET)


def path_chapter(events: Sequence[PathEvent]) -> Chapter:
    """Return the marked days, the oldest first; what is to come hangs on a dashed line."""
    title = "Parcours depuis l’entrée"
    if not events:
        return Chapter(title)
    kinds = [kind for kind in PathKind if any(e.kind is kind and not e.coming for e in events)]
    names = [(_SHAPES[kind], capital(kind.value)) for kind in kinds]
    if any(event.coming for event in events):
        names.append((MarkShape.RING, "À venir"))
    rows = timeline(
        [
            Event(
                f"{format_short_date(event.day)}{NO_BREAK}{event.day.year}",
                event.what,
                event.detail,
                MarkShape.RING if event.coming else _SHAPES[event.kind],
            )
            for event in events
        ]
    )
    lead = Text(
        "Les jours marquants, du plus ancien au plus récent ; ce qui est à venir est relié en pointillé.",
        LEAD,
    )
    return Chapter(title, (lead, TimelineLegend(names), *rows))


# Goals


def goals_chapter(goals: Sequence[GoalPart]) -> Chapter:
    """Return each goal with its steps, those worked on first."""
    title = "Objectifs et étapes"
    return Chapter(
        title,
        (),
        (
            ("Objectifs en cours", [_goal(goal) for goal in goals if goal.open]),
            ("Objectifs clos", [_goal(goal) for goal in goals if not goal.open]),
        ),
    )


def _goal(goal: GoalPart) -> Block:
    done = f"{plural(goal.done, 'étape faite', 'étapes faites')} sur {goal.counted}"
    blocks: list[Block] = [Text(goal.title, _GOAL), Text(f"{goal.detail}.", _GOAL_DETAIL)]
    if goal.note:
        blocks.append(Text(goal.note, CELL))
    if goal.steps:
        columns = [Column(0.42, "Étape"), Column(0.18, "Qui"), Column(0.15, "Pour le"), Column(0.25, "État")]
        rows = [_step_row(step) for step in goal.steps]
        table = DataTable(columns, rows, head_columns=(0,), look=TableLook(first=CELL, padding=2.6))
        if goal.counted:
            blocks += [StepGauge(goal.done, goal.counted, done), Gap(4)]
        blocks.append(table)
    return Section(blocks)


def _step_row(step: StepLine) -> list[Cell]:
    state = capital(step.state)
    shown: Words = coloured(state, colours.INTERNAL_TEXT, BOLD) if step.late else state
    return [step.title, step.who, step.due or "–", shown]
