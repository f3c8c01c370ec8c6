"""The page of the agenda on a real file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from caseworker_app.bootstrap.palette import households_named
from caseworker_app.features.agenda.screens.desk import AgendaDesk
from caseworker_app.features.agenda.screens.page import AgendaPage
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """Return an hour of the week the clock stands in."""
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001


@pytest.fixture
def gone() -> list[Route]:
    """Where the page asked to go."""
    return []


@pytest.fixture
def page(
    qtbot: Any, file: Any, who: Any, drafts: Drafts, tasks: Tasks, gone: list[Route]
) -> Callable[[], AgendaPage]:
    """Make the page and wait until it is filled."""
    kept: list[Any] = []

    def make(width: int = 1174, height: int = 716, route: Route | None = None) -> AgendaPage:
        navigator, changes = Navigator(), ChangeBroadcast()
        kept.extend((navigator, changes))
        navigator.asked.connect(gone.append)
        desk = AgendaDesk(
            file, who, drafts, tasks, changes, navigator, take_back_last,
            lambda words: households_named(file, who, words),
        )  # fmt: skip
        made = AgendaPage(desk)
        qtbot.addWidget(made)
        made.resize(width, height)
        bring_up(qtbot, made)
        made.enter(route or Route("agenda"))
        qtbot.waitUntil(lambda: made.shown is not None and not tasks.busy)
        return made

    return make
