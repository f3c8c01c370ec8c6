"""An invented household with everything the visit page shows: last visit, promises, goals, budget, lease."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseworker_app.features.budget import service as budget
from caseworker_app.features.budget.domain.sheet import NewLine, NewMonth
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import EntryZone, FactTopic, NewEntry, NewFact
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import NewPromise, NewRoom, NewVisit, RoomState
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import Actor, NewGoal, NewStep, StepState
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile

LAST = datetime(2026, 10, 27, 14, 0)  # noqa: DTZ001 - the hour on the office's wall


@dataclass(frozen=True, slots=True)
class Scene:
    """What was written, by id."""

    household: str
    goals: tuple[str, ...]
    last_visit: str


def fill(file: EncryptedFile, who: Who, household: str) -> Scene:
    """Write the scene into a household."""
    made = tuple(goals.add_goal(file, who, new)[0] for new in _goals(household))
    month = date(2026, 11, 1)
    lines = (
        NewLine("net_wage", 112000),
        NewLine("apl", 38718),
        NewLine("family_allowance", 18000),
        NewLine("rent", 46820),
        NewLine("service_charges", 12460),
        NewLine("electricity", 6400),
        NewLine("phone_internet", 2999),
        NewLine("food", 38000),
    )
    budget.write_month(file, who, NewMonth(household, month, lines, persons_hundredths=200))
    last, _ = diary.confirm_visit(file, who, _visit(household, made))
    return Scene(household, made, last)


def _goals(household: str) -> tuple[NewGoal, ...]:
    done = date(2026, 10, 5)
    return (
        NewGoal(
            household,
            "Payer le loyer et le plan chaque mois",
            "rent_payment",
            (
                NewStep("Mettre en place le prélèvement", done_on=done, state=StepState.DONE),
                NewStep("Régler l’échéance de novembre"),
                NewStep("Régler l’échéance de décembre"),
            ),
        ),
        NewGoal(
            household,
            "Assainir la salle de bains",
            "upkeep",
            (
                NewStep("Dégager la bouche d’aération", done_on=done, state=StepState.DONE),
                NewStep("Faire passer le plombier", Actor.LANDLORD),
                NewStep("Repeindre le plafond"),
            ),
        ),
        NewGoal(
            household, "Garder le lien avec le voisinage", "neighbourhood", (NewStep("Poser des patins"),)
        ),
    )


def _visit(household: str, made: tuple[str, ...]) -> NewVisit:
    entry = NewEntry(
        household,
        EntryKind.HOME_VISIT,
        LAST,
        55,
        "Domicile",
        "Mme\u00a0Solène Marchadier",
        "visite mensuelle",
        "Logement aéré. Trace d’humidité au-dessus de la fenêtre de la salle de bains, 30 cm.",
        "La voisine du dessous se plaint du bruit des chaises.",
        "Fatigue à reprendre en tête à tête.",
    )
    return NewVisit(
        entry,
        (
            NewFact(
                EntryZone.OBSERVED,
                FactTopic.DWELLING,
                "Humidité au-dessus de la fenêtre de la salle de bains.",
            ),
        ),
        rooms=(
            NewRoom("Séjour", RoomState.GOOD),
            NewRoom("Cuisine", RoomState.GOOD),
            NewRoom(
                "Salle de bains", RoomState.WATCH, "Humidité, 30 cm", True, "Passage du plombier", "bailleur"
            ),
            NewRoom("Chambre 1", RoomState.GOOD),
        ),
        promises=(
            NewPromise("Nettoyer la bouche d’aération", Actor.HOUSEHOLD, due_on=date(2026, 12, 1)),
            NewPromise("Envoyer l’attestation d’assurance", Actor.HOUSEHOLD, due_on=date(2026, 11, 30)),
            NewPromise("Passage du plombier", Actor.LANDLORD, due_on=date(2026, 11, 15)),
        ),
    )
