"""Goals in columns on a real file: moved by the pointer and by keys, asked what a state needs, undone in one go."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.board import COLUMN_ORDER, columns, spoken_column, state_beside
from caseworker_app.features.goals.domain.goal import GoalState
from caseworker_app.features.goals.screens.goal_board import BOARD, LIST
from caseworker_app.features.goals.screens.goal_tile import GoalTile
from caseworker_app.features.goals.screens.tab import GoalsTab
from caseworker_app.shell.preferences import Preferences, keep_preferences, read_preferences
from caseworker_app.ui_kit.remembered import Remembered
from tests.features.goals.tab_at_hand import SIZES, goals, settled, sound, write

ALT, LEFT = Qt.KeyboardModifier.AltModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def board(qtbot, make, scene) -> GoalsTab:
    tab = make(scene.household)
    tab.goals.view._options[BOARD].click()
    settled(qtbot, tab)
    return tab


def tile(tab: GoalsTab, key: str) -> GoalTile:
    return tab.goals.board.tiles[key]


def shown(tab: GoalsTab) -> dict[GoalState, list[str]]:
    return {
        state: [each.goal.goal.id for each in column.tiles]
        for state, column in tab.goals.board.columns.items()
    }


def drag(tab: GoalsTab, key: str, state: GoalState, *, drop: bool = True) -> None:
    """Drag a goal to the foot of a column, as a hand does: press, move by steps, let go."""
    own, column = tile(tab, key), tab.goals.board.columns[state]
    start = own.rect().center()
    end = own.mapFromGlobal(column.mapToGlobal(QPoint(column.width() // 2, column.height() - 4)))
    QTest.mousePress(own, LEFT, pos=start)
    for part in range(1, 6):
        QTest.mouseMove(own, start + (end - start) * part / 5)
    if drop:
        QTest.mouseRelease(own, LEFT, pos=end)


def state_of(tab: GoalsTab, key: str) -> GoalState:
    return goals(tab, tab.material.household)[key].goal.state


def test_the_columns_are_the_five_states_in_the_order_a_goal_goes() -> None:
    assert [each.words for each in columns(())] == [
        "Prévus",
        "En cours",
        "En pause",
        "Atteints",
        "Abandonnés",
    ]
    assert spoken_column(columns(())[0]) == "Prévus, aucun objectif"
    assert state_beside(GoalState.PLANNED, -1) is None
    assert state_beside(GoalState.PLANNED, 1) is GoalState.IN_PROGRESS
    assert state_beside(COLUMN_ORDER[-1], 1) is None


def test_every_goal_stands_in_its_column_closed_ones_too(board, scene) -> None:
    assert shown(board) == {
        GoalState.PLANNED: [],
        GoalState.IN_PROGRESS: [scene.paying, scene.bathroom],
        GoalState.ON_HOLD: [scene.neighbours],
        GoalState.ACHIEVED: [scene.canteen],
        GoalState.ABANDONED: [],
    }
    assert not board.autonomy.isVisible()
    assert not board.goals.tree.isVisible()
    assert board.goals.board.columns[GoalState.IN_PROGRESS].accessibleName() == "En cours, 2\u00a0objectifs"


def test_a_goal_dragged_to_another_column_takes_its_state_and_undo_takes_it_back(qtbot, board, scene) -> None:
    with qtbot.waitSignal(board.desk.navigator.confirmed) as said:
        drag(board, scene.paying, GoalState.ACHIEVED)
    settled(qtbot, board)
    assert state_of(board, scene.paying) is GoalState.ACHIEVED
    assert scene.paying in shown(board)[GoalState.ACHIEVED]
    assert said.args[0].startswith("Objectif atteint")
    with qtbot.waitSignal(board.desk.navigator.confirmed):
        said.args[1]()
    settled(qtbot, board)
    assert scene.paying in shown(board)[GoalState.IN_PROGRESS]


def test_while_it_is_dragged_its_column_is_shown_and_esc_gives_up(qtbot, board, scene) -> None:
    target = board.goals.board.columns[GoalState.PLANNED]
    drag(board, scene.paying, GoalState.PLANNED, drop=False)
    assert target.ground == "accent_soft"
    QTest.keyClick(tile(board, scene.paying), Qt.Key.Key_Escape)
    assert target.ground == "sunken"
    QTest.mouseRelease(tile(board, scene.paying), LEFT)
    settled(qtbot, board)
    assert state_of(board, scene.paying) is GoalState.IN_PROGRESS


def test_a_goal_dropped_beside_the_columns_stays(qtbot, board, scene) -> None:
    own = tile(board, scene.paying)
    QTest.mousePress(own, LEFT, pos=own.rect().center())
    QTest.mouseMove(own, QPoint(30, 2_000))
    QTest.mouseRelease(own, LEFT, pos=QPoint(30, 2_000))
    settled(qtbot, board)
    assert state_of(board, scene.paying) is GoalState.IN_PROGRESS


def test_dragged_within_its_column_a_goal_changes_place(qtbot, board, scene) -> None:
    drag(board, scene.paying, GoalState.IN_PROGRESS)
    settled(qtbot, board)
    assert shown(board)[GoalState.IN_PROGRESS] == [scene.bathroom, scene.paying]


def test_alt_and_an_arrow_moves_a_goal_and_keeps_the_focus_on_it(qtbot, board, scene) -> None:
    board.goals.board.stand_on(scene.paying)
    with qtbot.waitSignal(board.desk.navigator.confirmed):
        QTest.keyClick(tile(board, scene.paying), Qt.Key.Key_Left, ALT)
    settled(qtbot, board)
    assert state_of(board, scene.paying) is GoalState.PLANNED
    assert tile(board, scene.paying).hasFocus()
    QTest.keyClick(tile(board, scene.paying), Qt.Key.Key_Left, ALT)
    settled(qtbot, board)
    assert state_of(board, scene.paying) is GoalState.PLANNED


def test_arrows_walk_over_the_board_past_empty_columns(board, scene) -> None:
    board.goals.board.stand_on(scene.paying)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(board.window().focusWidget(), key)
        seen.append(board.goals.board.current_key())
    assert seen == [scene.bathroom, scene.neighbours, scene.canteen, scene.canteen, scene.neighbours]


def test_abandoning_by_a_drag_asks_why_and_esc_leaves_the_goal_where_it_was(qtbot, board, scene) -> None:
    drag(board, scene.paying, GoalState.ABANDONED)
    form = board.goals.form
    assert form is not None
    assert form.isVisible()
    assert form.holds_focus()
    assert state_of(board, scene.paying) is GoalState.IN_PROGRESS
    QTest.keyClick(form.fields["reason"].editor, Qt.Key.Key_Return)
    assert board.goals.form is form
    QTest.keyClick(form.fields["reason"].editor, Qt.Key.Key_Escape)
    assert board.goals.form is None
    assert tile(board, scene.paying).hasFocus()
    drag(board, scene.paying, GoalState.ABANDONED)
    write(board.goals.form.fields["reason"].editor, "Le ménage déménage")
    with qtbot.waitSignal(board.desk.navigator.confirmed):
        QTest.keyClick(board.goals.form.fields["reason"].editor, Qt.Key.Key_Return)
    settled(qtbot, board)
    found = goals(board, scene.household)[scene.paying].goal
    assert (found.state, found.closing_reason) == (GoalState.ABANDONED, "Le ménage déménage")
    assert tile(board, scene.paying).hasFocus()


def test_a_pause_asks_until_when_and_its_tile_says_so(qtbot, board, scene) -> None:
    board.goals.board.stand_on(scene.paying)
    QTest.keyClick(tile(board, scene.paying), Qt.Key.Key_Right, ALT)
    form = board.goals.form
    form.put("reason", "Attend la CAF")
    form.put("until", "15/1/2027")
    with qtbot.waitSignal(board.desk.navigator.confirmed):
        form.save.click()
    settled(qtbot, board)
    assert scene.paying in shown(board)[GoalState.ON_HOLD]
    assert (
        tile(board, scene.paying)
        .accessibleName()
        .endswith("reprise le 15\u00a0janv.\u00a02027, ensuite\u00a0: Attend la CAF")
    )


def test_enter_edits_above_the_board_and_a_new_goal_is_added_there(qtbot, board, scene) -> None:
    board.goals.board.stand_on(scene.bathroom)
    QTest.keyClick(tile(board, scene.bathroom), Qt.Key.Key_Return)
    assert board.goals.form.typed("title") == "Assainir la salle de bains"
    board.goals.form.cancel.click()
    board.add_goal.click()
    form = board.goals.form
    write(form.focusWidget(), "Ouvrir le courrier chaque semaine")
    form.put("domain", "budget")
    with qtbot.waitSignal(board.desk.navigator.confirmed):
        QTest.keyClick(form.fields["title"].editor, Qt.Key.Key_Return)
    settled(qtbot, board)
    assert len(shown(board)[GoalState.IN_PROGRESS]) == 3
    added = (set(shown(board)[GoalState.IN_PROGRESS]) - {scene.paying, scene.bathroom}).pop()
    assert tile(board, added).hasFocus()


def test_what_is_typed_stays_from_one_view_to_the_other(board, scene) -> None:
    board.add_goal.click()
    write(board.goals.form.focusWidget(), "Trouver un mode de garde")
    board.goals.view._options[LIST].click()
    assert board.goals.form.typed("title") == "Trouver un mode de garde"
    assert board.goals.form.isVisible()
    board.goals.view._options[BOARD].click()
    assert board.goals.form.typed("title") == "Trouver un mode de garde"


def test_the_menu_of_a_tile_leads_to_its_steps(qtbot, board, scene) -> None:
    node: list[Any] = []
    board.goals.act, kept = lambda action, given: node.append((action, given)), board.goals.act
    QTest.keyClick(tile(board, scene.paying), Qt.Key.Key_Space)
    board.goals.act = kept
    ((action, given),) = node
    words = [each.text() for each in board.goals.menu_of(action, given).actions()]
    assert "C’est &atteint" in words
    board.goals.act("list", given)
    assert board.goals.view.current_key() == LIST
    assert board.goals.tree.current_node().key == scene.paying
    assert board.autonomy.isVisible()


def test_the_view_is_remembered(qtbot, make, scene, tmp_path) -> None:
    kept = []
    tab = make()
    tab.remember_view(Remembered(lambda: BOARD, kept.append))
    tab.show_household(scene.household)
    settled(qtbot, tab)
    assert tab.goals.on_board
    assert not tab.autonomy.isVisible()
    tab.goals.view._options[LIST].click()
    assert kept == [LIST]
    keep_preferences(tmp_path, Preferences(goal_view=BOARD))
    assert read_preferences(tmp_path).goal_view == BOARD
    (tmp_path / "window.json").write_text('{"goal_view": "wall"}')
    assert read_preferences(tmp_path).goal_view == LIST


def test_a_household_without_goals_has_no_columns(qtbot, make, household) -> None:
    tab = make()
    tab.remember_view(Remembered(lambda: BOARD, lambda _view: None))
    tab.show_household(household)
    settled(qtbot, tab)
    assert tab.goals.empty.isVisible()
    assert not tab.goals.board.isVisible()
    assert tab.autonomy.isVisible()


@pytest.mark.parametrize("sized", SIZES, indirect=True)
def test_nothing_is_cut_on_the_board(qtbot, sized, scene) -> None:
    sized.remember_view(Remembered(lambda: BOARD, lambda _view: None))
    sized.show_household(scene.household)
    settled(qtbot, sized)
    sound(qtbot, sized)
    with sized.desk.file.reading() as connection:
        assert len(service.goals_of(connection, sized.desk.who, scene.household)) == 4
    drag(sized, scene.paying, GoalState.ON_HOLD)
    sound(qtbot, sized)
