"""Goals and their steps (« objectifs, étapes »): states, dates, who does what, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from caseworker_app.kernel.entries import one_line, optional_line
from caseworker_app.kernel.errors import InvalidEntry

MAX_TITLE = 200
MAX_REASON = 500
MAX_INDICATOR = 200
# Nouns of our trade that end like a verb.


class GoalState(StrEnum):
    """Where a goal stands; a person says so, no count of steps decides it."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    ACHIEVED = "achieved"
    ABANDONED = "abandoned"


GOAL_STATE_LABELS = {
    GoalState.PLANNED: "prévu",
    GoalState.IN_PROGRESS: "en cours",
    GoalState.ON_HOLD: "en pause",
    GoalState.ACHIEVED: "atteint",
    GoalState.ABANDONED: "abandonné",
}
CLOSED_STATES = frozenset({GoalState.ACHIEVED, GoalState.ABANDONED})


class StepState(StrEnum):
    """Where a step stands."""

    TO_DO = "to_do"
    DONE = "done"
    DROPPED = "dropped"


STEP_STATE_LABELS = {
    StepState.TO_DO: "à faire",
    StepState.DONE: "faite",
    StepState.DROPPED: "sans suite",
}


class Actor(StrEnum):
    """Who does something that was agreed (« qui fait quoi »)."""

    HOUSEHOLD = "household"
    WORKER = "worker"
    TOGETHER = "together"
    LANDLORD = "landlord"
    PARTNER = "partner"


ACTOR_LABELS = {
    Actor.HOUSEHOLD: "ménage",
    Actor.WORKER: "intervenant·e",
    Actor.TOGETHER: "ensemble",
    Actor.LANDLORD: "bailleur",
    Actor.PARTNER: "partenaire",
}


def actor_text(actor: Actor, name: str | None) -> str:
    """Return who does it as shown: the name where one was given, else the label of the actor."""
    return name or ACTOR_LABELS[actor]


@dataclass(frozen=True, slots=True)
class Goal:
    """Something the household and the worker agreed to reach (« objectif »).

    `domain`: code of the autonomy grid; `housing`: it concerns the dwelling, so that its progress may be
    proposed for a landlord; `closed_on`: the day it was achieved or abandoned, None while it is open; `note`:
    *interne*; `position`: the place a person gave it among the household's goals, None before anyone did;
    `closing_reason`: why it was abandoned, *interne*; `indicator`: by what one will see that it is reached
    (« indicateur »); `on_hold_until`, `hold_reason`: of a goal on hold alone, the reason *interne*.
    """

    id: str
    version: str
    household_id: str
    title: str
    domain: str
    housing: bool
    state: GoalState
    opened_on: date
    target_on: date | None
    closed_on: date | None
    note: str | None
    position: int | None = None
    closing_reason: str | None = None
    indicator: str | None = None
    on_hold_until: date | None = None
    hold_reason: str | None = None

    @property
    def open(self) -> bool:
        """Say whether the goal is still worked on or on hold."""
        return self.state not in CLOSED_STATES


@dataclass(frozen=True, slots=True)
class GoalStep:
    """One step towards a goal (« étape »); `actor_name` names who does it where the label is not enough."""

    id: str
    version: str
    household_id: str
    goal_id: str
    position: int
    title: str
    actor: Actor
    actor_name: str | None
    due_on: date | None
    done_on: date | None
    state: StepState

    def days_late(self, day: date) -> int:
        """Return by how many days the step is late on a day; 0 when done, dropped, not due or not dated."""
        if self.state is not StepState.TO_DO or self.due_on is None:
            return 0
        return max(0, (day - self.due_on).days)


@dataclass(frozen=True, slots=True)
class GoalWithSteps:
    """A goal with its steps in order."""

    goal: Goal
    steps: tuple[GoalStep, ...]

    @property
    def counted(self) -> int:
        """How many steps count: all but the dropped ones."""
        return sum(step.state is not StepState.DROPPED for step in self.steps)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.state is StepState.DONE for step in self.steps)

    @property
    def next_step(self) -> GoalStep | None:
        """The first step still to do, None when there is none."""
        return next((step for step in self.steps if step.state is StepState.TO_DO), None)

    def late_steps(self, day: date) -> tuple[GoalStep, ...]:
        """Return the steps that are late on a day; those of a closed goal or a goal on hold are not."""
        if self.goal.state not in (GoalState.PLANNED, GoalState.IN_PROGRESS):
            return ()
        return tuple(step for step in self.steps if step.days_late(day))

    def is_late(self, day: date) -> bool:
        """Say whether a step is late, or the goal's own date has passed while it is worked on."""
        working = self.goal.state in (GoalState.PLANNED, GoalState.IN_PROGRESS)
        overdue = self.goal.target_on is not None and self.goal.target_on < day
        return working and (overdue or bool(self.late_steps(day)))


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step about to be added; a step that was done brings its day."""

    title: str
    actor: Actor = Actor.HOUSEHOLD
    actor_name: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    state: StepState = StepState.TO_DO


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal about to be added with its steps.

    `opened_on` None: today. `housing` None: as the grid says of its domain.
    """

    household_id: str
    title: str
    domain: str
    steps: tuple[NewStep, ...] = ()
    housing: bool | None = None
    state: GoalState = GoalState.IN_PROGRESS
    opened_on: date | None = None
    target_on: date | None = None
    closed_on: date | None = None
    note: str | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class GoalWording:
    """What may be rewritten of a goal without changing its state."""

    title: str
    domain: str
    housing: bool
    opened_on: date
    target_on: date | None = None
    note: str | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class StateChange:
    """A goal put into a state: `on` closes it (default today); `reason`: why it waits or is abandoned,
    *interne*; `until`: the day one looks at a goal on hold again.
    """

    state: GoalState
    on: date | None = None
    reason: str | None = None
    until: date | None = None


def state_fields(goal: Goal, change: StateChange, today: date) -> dict[str, Any]:
    """Return what a change of state writes: what belonged to the state before is emptied.

    Raises InvalidEntry for a day of closing outside the goal's life, a pause that ends before it begins, a
    reason beyond 500 characters.
    """
    on_hold = change.state is GoalState.ON_HOLD
    if on_hold and change.until is not None and change.until <= today:
        raise InvalidEntry("Une pause se termine après aujourd’hui : vérifiez la date.", "until")
    return {
        "state": change.state,
        "closed_on": closing_date(change.state, goal.opened_on, change.on, today),
        "closing_reason": closing_reason(change.state, change.reason),
        "on_hold_until": change.until if on_hold else None,
        "hold_reason": optional_line(change.reason, MAX_REASON, "reason") if on_hold else None,
    }


def checked_title(text: str, field: str = "title") -> str:
    """Return a title without useless spaces. Raises InvalidEntry when empty or beyond 200 characters."""
    title = " ".join(text.split())
    if not title:
        raise InvalidEntry("Écrivez ce qu’il y a à faire, en une phrase courte.", field)
    if len(title) > MAX_TITLE:
        raise InvalidEntry(f"Cette phrase est trop longue\u00a0: {MAX_TITLE} caractères au plus.", field)
    return title


def check_goal_dates(opened_on: date, target_on: date | None, today: date) -> None:
    """Refuse a goal opened in the future, or to be reached before it is opened. Raises InvalidEntry."""
    if opened_on > today:
        raise InvalidEntry("Un objectif ne peut pas être ouvert à une date à venir.", "opened_on")
    if target_on is not None and target_on < opened_on:
        raise InvalidEntry(
            "L’échéance d’un objectif vient après son ouverture\u00a0: vérifiez les dates.", "target_on"
        )


def closing_date(state: GoalState, opened_on: date, on: date | None, today: date) -> date | None:
    """Return the day a goal in this state was closed: `on` or today for a closed state, None for an open one.

    Steps left to do do not forbid it: the count stays what it is. Raises InvalidEntry for a day before the
    opening or in the future.
    """
    if state not in CLOSED_STATES:
        return None
    closed_on = on or today
    if not opened_on <= closed_on <= today:
        raise InvalidEntry(
            "Un objectif se clôt entre son ouverture et aujourd’hui\u00a0: vérifiez la date.", "closed_on"
        )
    return closed_on


def closing_reason(state: GoalState, reason: str | None) -> str | None:
    """Return why a goal in this state was given up; only an abandoned one has a reason.

    Raises InvalidEntry beyond 500 characters.
    """
    return optional_line(reason, MAX_REASON, "reason") if state is GoalState.ABANDONED else None


def require_reason(reason: str) -> str:
    """Return the reason a person typed for abandoning a goal. Raises InvalidEntry when there is none."""
    typed = one_line(reason, MAX_REASON, "reason")
    if not typed:
        raise InvalidEntry("Dites en quelques mots pourquoi l’objectif est abandonné.", "reason")
    return typed


def check_step(step: NewStep, today: date) -> None:
    """Refuse a step without title, done in the future, or whose day does not fit its state.

    Raises InvalidEntry.
    """
    checked_title(step.title)
    if (step.state is StepState.DONE) != (step.done_on is not None):
        raise InvalidEntry("Une étape faite porte le jour où elle l’a été, et elle seule.", "done_on")
    check_done_on(step.done_on, today)


def check_done_on(done_on: date | None, today: date) -> None:
    """Refuse a step done in the future. Raises InvalidEntry."""
    if done_on is not None and done_on > today:
        raise InvalidEntry("Une étape ne peut pas être faite à une date à venir.", "done_on")
