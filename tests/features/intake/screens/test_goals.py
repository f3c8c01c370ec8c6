"""Goals of another program chosen on the page of imports: ticked, given a household, brought in, undone."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from caseworker_app.features.goals import service as goals
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.intake.screens.goals_dialog import LIBRARY
from caseworker_app.features.intake.screens.steps import Stage
from tests.features.intake.screens.walk import PATIENCE, settle
from tests.features.intake.test_goal_exports import BOOK, TODAY
from tests.ui_kit.inspection import cut_words, nameless, unreachable


def opened(qtbot, page, tmp_path: Path):
    path = tmp_path / "carnet.json"
    path.write_text(json.dumps([BOOK]), encoding="utf-8")
    page.read_list(path)
    qtbot.waitUntil(lambda: page.goals.dialog is not None, timeout=PATIENCE)
    return page.goals.dialog


def test_goals_ticked_go_into_the_household_found(qtbot, page, file, who, tmp_path) -> None:
    household, _ = households.create_household(file, who, NewHousehold((NewMember("Fleury", "Maëlle"),)))
    page = page()
    dialog = opened(qtbot, page, tmp_path)
    assert not dialog.confirm.isEnabled()
    assert (cut_words(dialog), nameless(dialog), unreachable(dialog)) == ([], [], [])
    dialog.checks[3].click()
    QTest.keyClicks(dialog.search, "fleury")
    qtbot.waitUntil(lambda: dialog.household == household, timeout=PATIENCE)
    assert dialog.confirm.isEnabled()
    with qtbot.waitSignal(page._navigator.confirmed, timeout=PATIENCE) as said:
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert said.args[0] == "Objectifs\u00a0: 2\u00a0repris"
    with file.reading() as connection:
        assert len(goals.goals_of(connection, who, household)) == 2
    with qtbot.waitSignal(page._navigator.confirmed, timeout=PATIENCE):
        said.args[1]()
    with file.reading() as connection:
        assert goals.goals_of(connection, who, household) == []


def test_their_words_go_into_the_library(qtbot, page, file, who, tmp_path) -> None:
    page = page()
    dialog = opened(qtbot, page, tmp_path)
    dialog.where._options[LIBRARY].click()
    assert dialog.confirm.isEnabled()
    with qtbot.waitSignal(page._navigator.confirmed, timeout=PATIENCE) as said:
        dialog.confirm.click()
    assert "2\u00a0repris" in said.args[0]
    with file.reading() as connection:
        assert "Changer de logement" in {each.title for each in goals.goal_library(connection, who, TODAY)}


def test_data_that_is_no_goals_is_read_as_any_list(qtbot, page, tmp_path) -> None:
    page = page()
    path = tmp_path / "lieux.json"
    path.write_text('{"a": {"b": 1}}', encoding="utf-8")
    page.read_list(path)
    qtbot.waitUntil(page.choose.refusal.isVisible, timeout=PATIENCE)
    assert page.goals.dialog is None
    assert page.stage is Stage.CHOOSE
    settle(qtbot, page)
