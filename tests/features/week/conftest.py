"""A followed household with something due of several rules, and the page of the week on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import NewAppointment, NewPromise, NewVisit
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import Actor, NewGoal, NewStep
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.week.screens.page import WeekPage
from caseworker_app.features.week.screens.reading import WeekDesk
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up


@pytest.fixture
def followed(file: Any, who: Any, household: str) -> str:
    """A measure that ends soon, a late promise, steps of two actors, an appointment today and one forgotten."""
    measures.open_measure(file, who, NewMeasure(household, "asll", date(2026, 6, 1), date(2026, 12, 15)))
    steps = (
        NewStep("Ouvrir un compte", Actor.WORKER, due_on=date(2026, 11, 26)),
        NewStep("Passage de l’entreprise", Actor.LANDLORD, due_on=date(2026, 12, 20)),
    )
    goals.add_goal(file, who, NewGoal(household, "Payer le loyer chaque mois", "rent_payment", steps))
    visit = NewEntry(
        household, EntryKind.HOME_VISIT, datetime.fromisoformat("2026-11-10T10:00"), 50, observed="Calme."
    )
    promise = NewPromise("Appeler le bailleur", Actor.WORKER, None, date(2026, 11, 20), shareable=False)
    forgotten = NewAppointment(datetime.fromisoformat("2026-11-18T09:30"), None, "Point mensuel")
    diary.confirm_visit(file, who, NewVisit(visit, promises=(promise,), next_appointment=forgotten))
    today = NewAppointment(datetime.fromisoformat("2026-11-24T16:30"), "Domicile", "Plan d’apurement")
    diary.plan_appointment(file, who, household, today)
    return household


@pytest.fixture
def asked() -> list[tuple[str, str]]:
    """What the page asked the window to do."""
    return []


@pytest.fixture
def page(qtbot: Any, file: Any, who: Any, drafts: Drafts, tasks: Tasks, asked: Any) -> Callable[[], WeekPage]:
    """Make the page and wait until it is filled."""
    kept: list[Any] = []

    def make(width: int = 1174, height: int = 716) -> WeekPage:
        navigator, changes = Navigator(), ChangeBroadcast()
        kept.extend((navigator, changes))
        desk = WeekDesk(
            file, who, drafts, tasks, changes, navigator, take_back_last,
            lambda key, household: asked.append((key, household)),
        )  # fmt: skip
        made = WeekPage(desk)
        qtbot.addWidget(made)
        made.resize(width, height)
        bring_up(qtbot, made)
        made.enter(Route("week"))
        qtbot.waitUntil(lambda: made.shown is not None and not tasks.busy)
        return made

    return make
