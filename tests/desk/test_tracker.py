"""Sixty live measures kept in a spreadsheet come in by keys alone, in a file made a minute before.

What stands between somebody who never saw the program and their measures: keys that command something, and decisions
the window does not let them pass without.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.file_window import build_main_window
from caseworker_app.bootstrap.office import create_office
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.tasks import Tasks
from tests.desk.edges import edges
from tests.desk.hands import ALT, Hands
from tests.features.intake.trackers import live_sixty
from tests.ground import NOW

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 24)
MEASURES = 60
# « importer » in the palette, the button that asks for the file, « Continuer », « Importer », « Voir les ménages ».
MOST_ACTIONS = 6


@dataclass(frozen=True, slots=True)
class Came:
    """What it took, and what the file holds now, by table."""

    actions: int
    typed: int
    asked: dict[str, int]
    rows: dict[str, list[dict[str, Any]]]
    faults: list[str]


@pytest.fixture(scope="module")
def came(qapp_cls: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Came]:
    """Bring the table in, once."""
    app = QApplication.instance() or qapp_cls([])
    dress(app, "light", 100)
    folder: Path = tmp_path_factory.mktemp("tracker")
    tasks, faults = Tasks(), list[str]()
    tasks.crashed.connect(lambda report: faults.append(report.code))
    tasks.refused.connect(faults.append)
    new = NewOffice("Les Amarres", "Claire Lenoir")
    made, _ = create_office(folder, "girafe tambour cerise", new, clock=FixedClock(NOW), kdf=THROW_AWAY)
    with made as office:
        window = build_main_window(office, tasks)
        window.show()
        hands = Hands(app, window, tasks)
        window.navigator.open("households")
        table = live_sixty(folder / "suivi.xlsx")
        with edges(table, folder / "unused.xlsx", folder / "unused.pdf"), hands.stage("tracker"):
            asked = _bring_in(hands)
        (stage,) = hands.stages
        with office.file.reading() as connection:
            raw: Any = connection.connection.driver_connection
            rows = {name: _rows(raw, name) for name in ("support_measure", "debt", "diary_entry", "worker")}
        yield Came(stage.actions, stage.typed, asked, rows, faults)
        window.hide()
        tasks.close()


def _bring_in(hands: Hands) -> dict[str, int]:
    """Bring the table in without changing anything that is proposed; return what was asked for on the way."""
    window = hands.window
    hands.go("importer")
    hands.until(lambda: window.navigator.here.page == "import", "the page of imports")
    hands.press(Qt.Key.Key_Space)
    hands.until(lambda: window.page.stage == "columns", "columns are recognised")
    found = window.page.assistant.found
    asked = {"columns": sum(column.confidence == "to_choose" for column in found.columns)}
    hands.press(Qt.Key.Key_C, ALT)
    hands.until(lambda: window.page.stage == "check", "the table is compared")
    hands.rest()
    asked |= {tally.words: tally.count for tally in window.page.foot.counts.tallies}
    hands.press(Qt.Key.Key_I, ALT)
    hands.until(lambda: window.page.stage == "done", "the table is imported")
    hands.press(Qt.Key.Key_V, ALT)
    hands.until(lambda: window.navigator.here.page == "households", "the households are shown")
    return asked


def _rows(raw: Any, table: str) -> list[dict[str, Any]]:
    found = raw.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_it_takes_few_keys_and_no_decision(came: Came) -> None:
    assert came.actions <= MOST_ACTIONS
    assert came.typed == len("importer")
    # Every row is ready as it was read: nothing to choose, to correct, to settle.
    assert came.asked == {"columns": 0, "lignes en tout": MEASURES, "prêtes": MEASURES}
    assert came.faults == []


def test_every_measure_lives_with_its_dates(came: Came) -> None:
    measures = came.rows["support_measure"]
    assert len(measures) == MEASURES
    assert all(each["ended_on"] is None for each in measures)
    assert all("2025-01-01" <= each["starts_on"] <= TODAY.isoformat() for each in measures)
    # Told for every other one; the others end as their kind of measure usually does.
    assert [each["planned_end_on"] for each in measures].count("2026-12-31") >= MEASURES // 2
    assert all(each["planned_end_on"] for each in measures)


def test_every_measure_has_the_worker_the_table_names(came: Came) -> None:
    names = {worker["id"]: worker["name"] for worker in came.rows["worker"]}
    led = {names[each["lead_worker_id"]] for each in came.rows["support_measure"]}
    assert len(names) == 2
    assert led == {"Claire Lenoir", "Zoé Marchand"}


def test_debts_are_in_the_budgets(came: Came) -> None:
    amounts = [each["remaining_cents"] for each in came.rows["debt"]]
    assert amounts.count(125_000) >= 8
    assert amounts.count(85_040) >= 8
    assert amounts.count(32_000) == 12


def test_dated_notes_are_in_the_diary_on_their_days(came: Came) -> None:
    days = {each["started_at"][:10] for each in came.rows["diary_entry"]}
    assert {"2026-03-12", "2026-04-02", "2026-05-05", "2026-05-15", "2026-06-10", "2026-07-03"} <= days
    texts = " ".join(each["observed"] or "" for each in came.rows["diary_entry"])
    assert "chauffe-eau" in texts
    assert "réunion tripartite" in texts
