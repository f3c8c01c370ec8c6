"""Probable duplicates: both sides, the reason, three choices, one by one or for all that follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from caseworker_app.features.intake.domain.decision import Action
from caseworker_app.features.intake.screens.page import ImportPage
from caseworker_app.features.intake.screens.steps import Stage
from caseworker_app.features.intake.service import importing
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.intake.screens.walk import (
    KOWAL,
    LEFEVRE,
    MASUREL,
    PATIENCE,
    Listed,
    Make,
    settle,
    settled_rows,
    tallied,
    to_check,
)

Count = Callable[[], int]


@pytest.fixture
def known(file: EncryptedFile, who: Who, listed: Listed) -> Path:
    """A list whose three households are followed already."""
    path = listed(LEFEVRE, KOWAL, MASUREL)
    importing.import_list(file, who, path)
    return path


def finish(qtbot: Any, page: ImportPage) -> None:
    page.foot.primary.click()
    qtbot.waitUntil(lambda: page.stage is Stage.DONE, timeout=PATIENCE)


def test_both_sides_and_the_reason_are_shown(qtbot: Any, page: Make, known: Path) -> None:
    made = page()
    to_check(qtbot, made, known)
    step = made.check.duplicates
    assert made.check.tabs.current_key() == "duplicates"
    assert len(step.sides.numbers) == 3
    assert "même date de naissance" in step.why.accessibleName()
    assert "Votre liste, ligne 2" in step.table.accessibleName()
    assert tallied(made) == {"prête": 0, "doublons à trancher": 3, "lignes en tout": 3}
    assert not made.foot.primary.isEnabled()


def test_a_digit_decides_and_goes_to_the_next(qtbot: Any, page: Make, known: Path, count: Count) -> None:
    made = page()
    to_check(qtbot, made, known)
    made.check.duplicates.list.setFocus(Qt.FocusReason.OtherFocusReason)
    for key in ("1", "2", "3"):
        qtbot.keyClick(made.check.duplicates.list, key)
    settle(qtbot, made)
    assert settled_rows(made) == {2: Action.MERGE, 3: Action.CREATE, 4: Action.SKIP}
    assert tallied(made) == {"prête": 1, "à compléter": 1, "écartée": 1, "lignes en tout": 3}
    finish(qtbot, made)
    assert count() == 4


def test_the_same_is_decided_of_all_that_follow_and_undone(qtbot: Any, page: Make, known: Path) -> None:
    made = page()
    to_check(qtbot, made, known)
    step = made.check.duplicates
    step.tiles[Action.MERGE].click()
    settle(qtbot, made)
    assert step.all.text() == "Faire de &même pour les 2 autres"
    step.all.click()
    settle(qtbot, made)
    assert made.assistant.settled().others is Action.MERGE
    assert tallied(made) == {"prête": 0, "à compléter": 3, "lignes en tout": 3}
    assert made.foot.primary.text() == "&Compléter 3\u00a0ménages"
    made.check.last.button.click()
    settle(qtbot, made)
    assert settled_rows(made) == {2: Action.MERGE}
    assert made.assistant.settled().others is None


def test_completing_adds_what_is_missing_and_replaces_nothing(
    qtbot: Any, page: Make, listed: Listed, file: EncryptedFile, who: Who, count: Count
) -> None:
    importing.import_list(file, who, listed(LEFEVRE))
    made = page()
    header = ("Nom", "Prénom", "Né(e) le", "Courriel", "Ville")
    row = ("LEFEVRE", "Gael", "14/03/1979", "gael@courriel.example", "Croix")
    to_check(qtbot, made, listed(row, header=header, name="suite.csv"))
    step = made.check.duplicates
    step.tiles[Action.MERGE].click()
    settle(qtbot, made)
    verdicts = [step.table.rows.index(i, 3).data() for i in range(step.table.rows.rowCount())]
    assert "Sera ajouté" in verdicts
    finish(qtbot, made)
    assert count() == 1


def test_a_household_twice_in_the_list_is_one_pair_of_rows(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, ("LEFEVRE", "Gael", *LEFEVRE[2:])))
    step = made.check.duplicates
    assert step.sides.sides[0].other_row == 2
    assert step.tiles[Action.MERGE].text() == "Réunir les deux lignes"


def test_page_keys_go_from_one_to_the_next(qtbot: Any, page: Make, known: Path) -> None:
    made = page()
    to_check(qtbot, made, known)
    step = made.check.duplicates
    step.tiles[Action.MERGE].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(step.tiles[Action.MERGE], Qt.Key.Key_PageDown)
    assert step.card.remark.text() == "2 sur 3"
    qtbot.keyClick(step.tiles[Action.MERGE], Qt.Key.Key_PageUp)
    assert step.card.remark.text() == "1 sur 3"
