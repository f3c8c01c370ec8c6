"""Goals and steps written by another program (JSON, « carnet de bord »): themes, goals, actions, with states and days.

Read by what it is made of, not by its name: anywhere in the file, an object that has a title and a list of actions
is a goal. Who the file speaks of is told to whoever chooses the household, and nothing of it is kept: neither name,
nor number, nor address.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from caseworker_app.features.goals.domain.goal import (
    CLOSED_STATES,
    MAX_TITLE,
    GoalState,
    NewGoal,
    NewStep,
    StepState,
)
from caseworker_app.features.goals.domain.grid import Grid
from caseworker_app.features.goals.domain.library import MAX_STEPS, ModelStep, NewModel
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import capital

MOST_GOALS, DEEPEST = 2_000, 20
# The keys under which programs write the same thing, the likeliest first.
_TITLES = ("target", "goal", "objective", "objectif", "title", "titre", "libelle", "label", "name", "nom")
_ACTIONS = ("actions", "steps", "etapes", "tasks", "taches")
_STEP_TITLES = ("action", "step", "etape", "task", "tache", *_TITLES[4:])
_THEMES = ("theme", "thematique", "domain", "domaine", "category", "categorie")
_STATES = ("status", "state", "statut", "etat")
_BEGUN = ("started_at", "start_date", "date_debut", "created_at", "date")
_ENDED = ("done_at", "completed_at", "end_date", "date_fin", "updated_at", "created_at")
_DUE = ("due_on", "due_date", "deadline", "echeance", "date_echeance")
_PEOPLE = ("beneficiary", "beneficiaire", "person", "personne", "usager", "household", "menage")
_GIVEN, _FAMILY = ("firstname", "first_name", "prenom"), ("lastname", "last_name", "nom", "nom_usage")
_STATE_WORDS = {
    GoalState.ACHIEVED: ("done", "achieved", "completed", "success", "atteint", "realise", "termine", "fait"),
    GoalState.ABANDONED: ("abandon", "cancel", "dropped", "failed", "annule"),
    GoalState.ON_HOLD: ("hold", "pause", "standby", "suspend"),
    GoalState.PLANNED: ("planned", "todo", "to do", "prevu", "a faire", "not started"),
}
# Words of a theme or a title, and the domain of the grid they speak of; the first that fits.
_DOMAIN_WORDS = (
    ("debts", ("dette", "surendettement", "impaye")),
    ("rent_payment", ("loyer",)),
    ("energy_water", ("energie", "electricite", "facture d eau")),
    ("upkeep", ("entretien", "insalubr", "travaux")),
    ("housing_status", ("logement", "hebergement", "habitat", "siao")),
    ("budget", ("budget", "financ", "bancaire")),
    ("employment", ("emploi", "formation", "professionnel", "siae", "ressource", "qualification")),
    ("health", ("sante", "soin", "handicap", "medical", "addiction")),
    ("children", ("enfant", "parent", "famil", "garde", "scolar")),
    ("paperwork", ("numerique", "administrati", "demarche", "papier", "mobilite", "langue", "francais")),
    ("rights", ("droit", "rsa", "juridi", "prestation", "caf", "sejour")),
    ("neighbourhood", ("voisin",)),
    ("social_ties", ("social", "isolement", "loisir", "culture", "sport", "citoyen")),
)
_ELSE = ("paperwork", "rights")


@dataclass(frozen=True, slots=True)
class ForeignGoal:
    """A goal as the file tells it, read into our terms; `theme`: its word there, `number`: its place in the file."""

    number: int
    title: str
    theme: str
    domain: str
    state: GoalState
    opened_on: date
    closed_on: date | None
    target_on: date | None
    steps: tuple[NewStep, ...]

    def new_goal(self, household_id: str) -> NewGoal:
        """Return the goal to add to a household; what was cut of a long title is in the note, *interne*."""
        theme = f"\u00a0(thème\u00a0: {self.theme})" if self.theme else ""
        whole = f"\n{self.title}" if len(self.title) > MAX_TITLE else ""
        return NewGoal(
            household_id, shortened(self.title), self.domain, self.steps, state=self.state,
            opened_on=self.opened_on, target_on=self.target_on, closed_on=self.closed_on,
            note=f"Repris d’un autre logiciel{theme}.{whole}",
        )  # fmt: skip

    def model(self) -> NewModel:
        """Return the words alone, for the library: no day, no state."""
        steps = tuple(ModelStep(step.title, step.actor) for step in self.steps[:MAX_STEPS])
        return NewModel(shortened(self.title), self.domain, False, None, None, steps)


@dataclass(frozen=True, slots=True)
class Notebook:
    """The goals of one person or household of the file; `whose`: as it names them, `names`: their parts."""

    whose: str
    names: tuple[str, ...]
    goals: tuple[ForeignGoal, ...]


def looks_like_goals(text: str) -> bool:
    """Say whether a file of data holds goals with actions."""
    try:
        return next(_goals_in(json.loads(text), "", 0), None) is not None
    except (ValueError, RecursionError):
        return False


def notebooks(text: str, grid: Grid, today: date) -> tuple[Notebook, ...]:
    """Return what a file holds, a notebook for each person it names; none where it holds no goal.

    Raises ValueError for what is no JSON.
    """
    value = json.loads(text)
    roots = value if isinstance(value, list) else [value]
    made: list[Notebook] = []
    number = 0
    for root in roots:
        goals = []
        for raw, theme in _goals_in(root, "", 0):
            if number >= MOST_GOALS:
                break
            number += 1
            goals.append(_goal(number, raw, theme, grid, today))
        if goals:
            names = _names(root)
            made.append(Notebook(" ".join(names) or f"Carnet {len(made) + 1}", names, tuple(goals)))
    return tuple(made)


def domain_of(theme: str, title: str, grid: Grid) -> str:
    """Return the domain of the grid a goal speaks of: by its title first where the theme is wide, else by the theme."""
    for words in (fold(title), fold(theme)):
        for code, stems in _DOMAIN_WORDS:
            if grid.holds(code) and any(stem in words for stem in stems):
                return code
    known = [code for code in _ELSE if grid.holds(code)]
    return known[0] if known else grid.domains[0].code


def shortened(title: str) -> str:
    """Return a title that fits, cut at a word with an ellipsis where it is too long."""
    return title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"


def _goals_in(value: Any, theme: str, depth: int) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Find the goals of a tree, each with the theme it stands under; text that is JSON itself is read as such."""
    if depth > DEEPEST:
        return
    if isinstance(value, str) and value[:1] in "[{" and len(value) > 1:
        try:
            value = json.loads(value)
        except ValueError:
            return
    if isinstance(value, list):
        for each in value:
            yield from _goals_in(each, theme, depth + 1)
    elif isinstance(value, dict):
        theme = _text(value, _THEMES) or theme
        if _text(value, _TITLES) and isinstance(_listed(value), list):
            yield value, theme
            return
        for each in value.values():
            yield from _goals_in(each, theme, depth + 1)


def _goal(number: int, raw: Mapping[str, Any], theme: str, grid: Grid, today: date) -> ForeignGoal:
    title, state = _text(raw, _TITLES), _state(raw, GoalState.IN_PROGRESS)
    opened_on = min(_day(raw, _BEGUN) or today, today)
    closed_on = None
    if state in CLOSED_STATES:
        closed_on = max(opened_on, min(_day(raw, _ENDED) or today, today))
    target_on = _day(raw, _DUE)
    if target_on is not None and target_on < opened_on:
        target_on = None
    steps = tuple(_step(each, today) for each in _listed(raw) or () if _step_title(each))
    # The first letter alone: the rest is as somebody wrote it.
    return ForeignGoal(
        number, capital(title), theme, domain_of(theme, title, grid), state, opened_on,
        closed_on, target_on, steps,
    )  # fmt: skip


def _step(raw: Any, today: date) -> NewStep:
    title = shortened(_step_title(raw))
    if not isinstance(raw, Mapping):
        return NewStep(title)
    state = _state(raw, GoalState.IN_PROGRESS)
    step = NewStep(title, due_on=_day(raw, _DUE))
    if state is GoalState.ACHIEVED:
        return replace(step, state=StepState.DONE, done_on=min(_day(raw, _ENDED) or today, today))
    return replace(step, state=StepState.DROPPED) if state is GoalState.ABANDONED else step


def _step_title(raw: Any) -> str:
    if isinstance(raw, str):
        return " ".join(raw.split())
    return _text(raw, _STEP_TITLES) if isinstance(raw, Mapping) else ""


def _listed(raw: Mapping[str, Any]) -> list[Any] | None:
    found = next((value for key, value in raw.items() if _key(key) in _ACTIONS), None)
    if isinstance(found, str):
        try:
            found = json.loads(found)
        except ValueError:
            return None
    return found if isinstance(found, list) else None


def _state(raw: Mapping[str, Any], usual: GoalState) -> GoalState:
    words = fold(_text(raw, _STATES)).replace("_", " ")
    for state, stems in _STATE_WORDS.items():
        if any(stem in words for stem in stems):
            return state
    return usual


def _text(raw: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """Return the first of some keys that holds words."""
    folded = {_key(key): value for key, value in raw.items()}
    found = (folded.get(key) for key in keys)
    return next((" ".join(each.split()) for each in found if isinstance(each, str) and each.strip()), "")


def _day(raw: Mapping[str, Any], keys: tuple[str, ...]) -> date | None:
    """Return the first of some keys that holds a day, written as data files write it: 2020-07-01…"""
    folded = {_key(key): value for key, value in raw.items()}
    for key in keys:
        value = folded.get(key)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value[:10])
            except ValueError:
                continue
    return None


def _names(root: Any) -> tuple[str, ...]:
    if not isinstance(root, Mapping):
        return ()
    person = next((each for key, each in root.items() if _key(key) in _PEOPLE), root)
    if not isinstance(person, Mapping):
        return ()
    return tuple(name for name in (_text(person, _GIVEN), _text(person, _FAMILY)) if name)


def _key(key: object) -> str:
    """Return a key as those above are written, whatever joins its words."""
    return fold(str(key)).replace(" ", "_").replace("-", "_")
