"""Sixty live measures followed by somebody who never saw the program, from an empty folder, by keys alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.ui_kit.dress import dress
from tests.desk.edges import edges
from tests.desk.newcomer import Newcomer, program_on
from tests.features.intake.messy_trackers import LAYOUTS, MEASURES
from tools.benchmarks.newcomer import AIM_S, estimate

pytestmark = pytest.mark.slow

# The one word the person chooses is the passphrase.
DECISIONS = 1


def test_sixty_measures_from_an_empty_folder(qapp_cls: Any, tmp_path: Path) -> None:
    app = QApplication.instance() or qapp_cls([])
    dress(app, "light", 100)
    write, ending = LAYOUTS["one row a household"]
    table = write(tmp_path / f"suivi.{ending}")
    with (
        program_on(app, tmp_path / "fichier") as program,
        edges(table, tmp_path / "unused.xlsx", tmp_path / "unused.pdf"),
    ):
        person = Newcomer(app, program)
        person.play()
        assert person.faults == []
        office = program.office
        assert office is not None
        with office.file.reading() as connection:
            raw: Any = connection.connection.driver_connection
            live = raw.execute("SELECT count(*) FROM support_measure WHERE ended_on IS NULL").fetchone()
        assert live[0] == MEASURES
        assert person.window.page.accessibleName() is not None
    told = {stage.name: stage for stage in person.stages}
    assert sum(stage.decisions for stage in person.stages) == DECISIONS
    assert sum(stage.keys for stage in person.stages) <= 16
    assert told["Vérifier les colonnes"].decisions == 0
    assert told["Clé de secours"].copied == 8
    assert all(stage.words for stage in person.stages)
    # A model, not a person: what it says of reading, deciding and typing, without what this machine waits.
    assert estimate(person.stages).person <= AIM_S
