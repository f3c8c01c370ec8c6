"""An invented household with goals, steps and evaluations of both views, for the tests of the tab."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.autonomy import Level, NewEvaluation, NewLevel, View
from caseworker_app.features.goals.domain.goal import Actor, GoalState, NewGoal, NewStep, StepState
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile

APRIL, OCTOBER = date(2026, 4, 6), date(2026, 10, 6)
LEVELS = {
    "housing_status": (Level.FRAGILE, Level.STABLE),
    "upkeep": (Level.STABLE, Level.STABLE),
    "rent_payment": (Level.FRAGILE, Level.PROGRESSING),
    "budget": (Level.STABLE, Level.FRAGILE),
    "debts": (Level.FRAGILE, Level.NOT_ASSESSED),
    "health": (Level.STABLE, Level.PROGRESSING),
    "children": (Level.NOT_APPLICABLE, Level.NOT_APPLICABLE),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What was written, by id; goals: paying, bathroom (late), neighbours (on hold), canteen (achieved)."""

    household: str
    paying: str
    bathroom: str
    neighbours: str
    canteen: str
    april: str
    october: str
    asked: str


def fill(file: EncryptedFile, who: Who, household: str) -> Scene:
    """Write the scene into a household."""
    made = [service.add_goal(file, who, each)[0] for each in _goals(household)]
    april = _evaluation(household, APRIL, View.WORKER, 0)
    october = _evaluation(household, OCTOBER, View.WORKER, 1)
    asked = _evaluation(household, OCTOBER, View.HOUSEHOLD, 0)
    ids = [service.record_evaluation(file, who, each)[0] for each in (april, october, asked)]
    return Scene(household, *made, *ids)


def _goals(household: str) -> tuple[NewGoal, ...]:
    opened = date(2026, 5, 4)
    return (
        NewGoal(
            household,
            "Payer le loyer et le plan chaque mois",
            "rent_payment",
            (
                NewStep("Virement permanent mis en place", done_on=date(2026, 9, 12), state=StepState.DONE),
                NewStep("Trois mois payés de suite", due_on=date(2027, 2, 5)),
                NewStep("Six mois payés de suite"),
            ),
            opened_on=opened,
            target_on=date(2027, 3, 31),
        ),
        NewGoal(
            household,
            "Assainir la salle de bains",
            "upkeep",
            (NewStep("Passage du plombier", Actor.LANDLORD, due_on=date(2026, 11, 15)),),
            opened_on=opened,
        ),
        NewGoal(
            household, "Garder le lien avec le voisinage", "neighbourhood",
            state=GoalState.ON_HOLD, opened_on=opened,
        ),
        NewGoal(
            household, "Obtenir le tarif social de la cantine", "rights",
            state=GoalState.ACHIEVED, opened_on=opened, closed_on=date(2026, 10, 2),
        ),
    )  # fmt: skip


def _evaluation(household: str, day: date, view: View, place: int) -> NewEvaluation:
    levels = tuple(NewLevel(code, pair[place]) for code, pair in LEVELS.items())
    return NewEvaluation(household, day, view, levels)
