"""A followed household with something of everything, and the application dressed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import NewAppointment, NewPromise, NewVisit
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import Actor, NewGoal, NewStep
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    NewContact,
    NewHousehold,
    NewMember,
    Relation,
)
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile


@pytest.fixture
def followed(file: EncryptedFile, who: Who, household: str) -> str:
    """The household of `conftest.py`, with a measure, a goal, a visit with a promise, an appointment."""
    measures.open_measure(file, who, NewMeasure(household, "asll", date(2026, 6, 1), date(2026, 12, 15)))
    steps = (
        NewStep("Ouvrir un compte", Actor.HOUSEHOLD, due_on=date(2026, 11, 15)),
        NewStep("Signer le virement", Actor.TOGETHER, due_on=date(2026, 12, 20)),
    )
    goals.add_goal(file, who, NewGoal(household, "Payer le loyer chaque mois", "rent_payment", steps))
    visit = NewEntry(
        household,
        EntryKind.HOME_VISIT,
        datetime.fromisoformat("2026-11-10T10:00"),
        50,
        observed="Logement aéré, chauffé.",
    )
    promise = NewPromise("Envoyer l’attestation", Actor.HOUSEHOLD, None, date(2026, 11, 30), shareable=False)
    meeting = NewAppointment(datetime.fromisoformat("2026-11-25T09:30"), "Domicile", "Point mensuel")
    diary.confirm_visit(file, who, NewVisit(visit, promises=(promise,), next_appointment=meeting))
    return household


@pytest.fixture
def twice(file: EncryptedFile, who: Who) -> str:
    """A household in which one person is written twice, with the same phone and another one."""
    new = NewHousehold(
        (
            NewMember("Zelmat", "Ana", Civility.MRS, birth_date=date(1990, 5, 2)),
            NewMember("Zelmat", "Élie", relation=Relation.CHILD, birth_date=date(2015, 1, 9)),
            NewMember("ZELMAT", "Ana", language="kabyle", relation=Relation.OTHER_RELATIVE),
        ),
        (),
        (
            NewContact(
                ContactKind.PHONE, "06 39 98 12 47", safe=True, instructions="SMS après 17 h", member=0
            ),
            NewContact(
                ContactKind.PHONE, "06 39 98 12 47", safe=False, instructions="Pas le matin", member=2
            ),
            NewContact(ContactKind.PHONE, "06 39 98 33 10", member=2),
        ),
        note="Venue par le CCAS.",
    )
    return households.create_household(file, who, new)[0]
