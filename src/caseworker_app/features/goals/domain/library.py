"""The library of goals and steps an association reuses (« bibliothèque d’objectifs »): words, never anybody's.

The program proposes some in a dated table; the association rewrites them, puts them away or adds its own. What
it wrote of a proposed one stands in its place (`origin`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from caseworker_app.features.goals.domain.goal import (
    MAX_INDICATOR,
    Actor,
    GoalWithSteps,
    GoalWording,
    NewStep,
    StepState,
    checked_title,
)
from caseworker_app.features.goals.domain.grid import Grid
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.entries import optional_line
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.parameters import all_dated

TABLE = "goal_library"
MAX_STEPS = 20
LONGEST_MONTHS = 60
LONGEST_DAYS = 366 * 5


@dataclass(frozen=True, slots=True)
class ModelStep:
    """A step of a model: what, who, and how many days after the goal is opened; None: no date."""

    title: str
    actor: Actor = Actor.HOUSEHOLD
    after_days: int | None = None


@dataclass(frozen=True, slots=True)
class GoalModel:
    """A goal to reuse; `months`: how long it is usually given, None: no due date.

    `key`: the id of a row, or the code of a proposed one nobody rewrote; `version`: of the row, empty without;
    `origin`: the code of the proposed one it stands for.
    """

    key: str
    version: str
    title: str
    domain: str
    housing: bool
    indicator: str | None
    months: int | None
    steps: tuple[ModelStep, ...]
    origin: str | None = None

    @property
    def proposed(self) -> bool:
        """Say whether it is the program's wording, which nobody here rewrote."""
        return not self.version


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model as the file keeps it; `steps`: JSON; `retired`: put away."""

    id: str
    version: str
    title: str
    domain: str
    housing: bool
    indicator: str | None
    months: int | None
    steps: str
    origin: str | None
    retired: bool


@dataclass(frozen=True, slots=True)
class NewModel:
    """A model about to be written."""

    title: str
    domain: str
    housing: bool
    indicator: str | None = None
    months: int | None = None
    steps: tuple[ModelStep, ...] = ()
    origin: str | None = None


def proposed_models(day: date) -> list[GoalModel]:
    """Return what the program proposes on a day, in the order of the dated table."""
    return [_proposed(row.value) for row in all_dated(TABLE, "goal", day)]


def library(rows: Iterable[ModelRow], day: date) -> list[GoalModel]:
    """Return the models to choose from: the association's own, then those proposed that it neither rewrote
    nor put away.
    """
    known = list(rows)
    replaced = {row.origin for row in known if row.origin}
    own = [_read(row) for row in known if not row.retired]
    return [*own, *(each for each in proposed_models(day) if each.key not in replaced)]


def found_models(models: Sequence[GoalModel], typed: str, grid: Grid) -> list[GoalModel]:
    """Return the models that hold every word typed, in their title, domain or steps; all where none is."""
    words = fold(typed).split()
    return [each for each in models if all(word in _folded(each, grid) for word in words)]


def check_model(new: NewModel, grid: Grid) -> NewModel:
    """Return a model as it is written, tidied.

    Raises InvalidEntry for no title, an unknown domain, one of health or children about the dwelling, too many
    steps, a delay that is none.
    """
    domain = grid.domain(new.domain)
    if new.months is not None and not 1 <= new.months <= LONGEST_MONTHS:
        raise InvalidEntry(f"Comptez de 1 à {LONGEST_MONTHS} mois.", "months")
    if len(new.steps) > MAX_STEPS:
        raise InvalidEntry(f"Un modèle a {MAX_STEPS} étapes au plus.", "steps")
    steps = tuple(replace(each, title=checked_title(each.title, "steps")) for each in new.steps)
    for each in steps:
        if each.after_days is not None and not 0 <= each.after_days <= LONGEST_DAYS:
            raise InvalidEntry("Une étape vient dans les cinq ans.", "steps")
    return replace(
        new,
        title=checked_title(new.title),
        housing=domain.housing_goal(new.housing),
        indicator=optional_line(new.indicator, MAX_INDICATOR, "indicator"),
        steps=steps,
    )


def wording_from(model: GoalModel, opened_on: date) -> GoalWording:
    """Return what a goal made from a model says, opened on a day."""
    target = add_months(opened_on, model.months) if model.months else None
    return GoalWording(model.title, model.domain, model.housing, opened_on, target, None, model.indicator)


def steps_from(model: GoalModel, opened_on: date) -> tuple[NewStep, ...]:
    """Return the steps of a goal made from a model, dated from its opening."""
    return tuple(
        NewStep(
            each.title,
            each.actor,
            due_on=None if each.after_days is None else opened_on + timedelta(days=each.after_days),
        )
        for each in model.steps
    )


def model_of(goal: GoalWithSteps) -> NewModel:
    """Return the model a goal gives: its words and delays, no name and no date of anybody's."""
    about = goal.goal
    months = None
    if about.target_on is not None:
        months = max(1, min(LONGEST_MONTHS, round((about.target_on - about.opened_on).days / 30.4)))
    steps = tuple(
        ModelStep(step.title, step.actor, _delay(step.due_on, about.opened_on))
        for step in goal.steps
        if step.state is not StepState.DROPPED
    )
    return NewModel(about.title, about.domain, about.housing, about.indicator, months, steps[:MAX_STEPS])


def names_somebody(new: NewModel, names: Iterable[str]) -> bool:
    """Say whether the words of a model name one of some people; names shorter than three letters are passed over."""
    told = " ".join((new.title, new.indicator or "", *(step.title for step in new.steps)))
    words = set(fold(told).replace("-", " ").split())
    return bool(
        words & {part for name in names for part in fold(name).replace("-", " ").split() if len(part) > 2}
    )


def check_names_nobody(new: NewModel, names: Iterable[str]) -> None:
    """Refuse a model whose words name somebody of the household it comes from: the library outlives them.

    Raises InvalidEntry.
    """
    if names_somebody(new, names):
        raise InvalidEntry(
            "Cet objectif nomme une personne du ménage\u00a0: retirez son nom avant de le garder dans la bibliothèque.",
            "title",
        )


def steps_content(steps: Sequence[ModelStep]) -> str:
    """Return steps as the file keeps them."""
    return json.dumps(
        [{"title": s.title, "actor": s.actor.value, "after_days": s.after_days} for s in steps],
        ensure_ascii=False,
    )


def _delay(due_on: date | None, opened_on: date) -> int | None:
    return None if due_on is None or due_on < opened_on else min(LONGEST_DAYS, (due_on - opened_on).days)


def _read(row: ModelRow) -> GoalModel:
    steps = tuple(_step(each) for each in json.loads(row.steps))
    return GoalModel(
        row.id, row.version, row.title, row.domain, row.housing, row.indicator, row.months, steps, row.origin
    )


def _proposed(value: dict[str, Any]) -> GoalModel:
    steps = tuple(_step(each) for each in value.get("steps", ()))
    return GoalModel(
        value["code"],
        "",
        value["label"],
        value["domain"],
        value.get("housing", False),
        value.get("indicator"),
        value.get("months"),
        steps,
    )


def _step(value: dict[str, Any]) -> ModelStep:
    return ModelStep(value["title"], Actor(value.get("actor", Actor.HOUSEHOLD)), value.get("after_days"))


def _folded(model: GoalModel, grid: Grid) -> str:
    domain = grid.domain(model.domain).label if grid.holds(model.domain) else ""
    return fold(" ".join((model.title, domain, model.indicator or "", *(s.title for s in model.steps))))
