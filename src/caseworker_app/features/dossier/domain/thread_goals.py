"""What goals and evaluations say in the thread of a dossier: set, worked at, closed, looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.features.dossier.domain.happening import Happening, Reach, Thread
from caseworker_app.features.dossier.domain.overview import Tone
from caseworker_app.features.dossier.domain.when import NB
from caseworker_app.features.goals.domain.autonomy import EvaluationWithLevels
from caseworker_app.features.goals.domain.goal import (
    GOAL_STATE_LABELS,
    GoalState,
    GoalStep,
    GoalWithSteps,
    StepState,
    actor_text,
)
from caseworker_app.kernel.french import capital, plural


def goal_happenings(of: GoalWithSteps) -> Iterator[Happening]:
    """Say when a goal was set, when it was closed, and when each of its steps was done."""
    goal, counted = of.goal, plural(of.counted, "étape") if of.counted else ""
    title = f"Objectif fixé{NB}: {goal.title}"
    yield Happening(f"goal:{goal.id}", Thread.SUPPORT, goal.opened_on, title, counted, "target")
    yield from _closed(of)
    for step in of.steps:
        yield from _done(step, goal.title)


def evaluation_happening(of: EvaluationWithLevels) -> Happening:
    """Say that the household's autonomy was looked at; what was found stays in the house."""
    return Happening(
        f"evaluation:{of.evaluation.id}",
        Thread.SUPPORT,
        of.evaluation.evaluated_on,
        "Évaluation de l’autonomie",
        f"{plural(len(of.levels), 'domaine')} regardés avec le ménage",
        "list-check",
        reach=Reach.INTERNAL,
    )


def _closed(of: GoalWithSteps) -> Iterator[Happening]:
    goal = of.goal
    if goal.closed_on is None:
        return
    yield Happening(
        f"goal-end:{goal.id}",
        Thread.SUPPORT,
        goal.closed_on,
        f"Objectif {GOAL_STATE_LABELS[goal.state]}{NB}: {goal.title}",
        f"{of.done} étapes faites sur {of.counted}" if of.counted else "",
        "target",
        Tone.DONE if goal.state is GoalState.ACHIEVED else Tone.PLAIN,
    )


def _done(step: GoalStep, goal_title: str) -> Iterator[Happening]:
    if step.state is not StepState.DONE or step.done_on is None:
        return
    actor = actor_text(step.actor, step.actor_name)
    yield Happening(
        f"step:{step.id}",
        Thread.SUPPORT,
        step.done_on,
        f"Étape faite{NB}: {step.title}",
        f"{capital(actor)}, pour «{NB}{goal_title}{NB}»",
        "circle-check",
        Tone.DONE,
    )
