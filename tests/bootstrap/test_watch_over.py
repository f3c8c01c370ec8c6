"""From the report of an import to veilles for the households it made: asked, opened, and taken back together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from caseworker_app.bootstrap.office import Office, create_office
from caseworker_app.bootstrap.pages import Desk
from caseworker_app.features.directory.screens.watching import WatchDialog
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.features.veille import service as veille
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import NOW


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    new = NewOffice("Les Amarres", "Claire Lenoir")
    made, _ = create_office(tmp_path, "girafe tambour cerise", new, clock=FixedClock(NOW), kdf=THROW_AWAY)
    with made as opened:
        yield opened


def test_every_household_given_is_watched_over_and_one_undo_takes_all_back(
    qtbot: Any, office: Office, tmp_path: Path
) -> None:
    ids = [
        households.create_household(office.file, office.who, NewHousehold((NewMember(name, "Zoé"),)))[0]
        for name in ("Essai", "Exemple")
    ]
    tasks, window = Tasks(), QWidget()
    qtbot.addWidget(window)
    window.show()
    desk = Desk(office, tasks)
    said: list[tuple[str, Any]] = []
    desk.navigator.confirmed.connect(lambda words, undo: said.append((words, undo)))
    try:
        desk.watch_over(window, ids)
        (dialog,) = window.findChildren(WatchDialog)
        qtbot.waitUntil(dialog.isVisible)
        dialog.hour.setText("9 h 30")
        dialog.write()
        qtbot.waitUntil(lambda: bool(said))
        assert said[0][0] == "2\u00a0veilles ouvertes"
        with office.file.reading() as connection:
            lines = veille.watches_running(connection, office.who)
        assert {line.household_id for line in lines} == set(ids)
        assert {line.rhythm.at_minutes for line in lines} == {570}
        said[0][1]()
        qtbot.waitUntil(lambda: len(said) == 2)
        with office.file.reading() as connection:
            assert veille.watches_running(connection, office.who) == []
    finally:
        tasks.close()
