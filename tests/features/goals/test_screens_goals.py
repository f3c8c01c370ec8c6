"""The tab « Objectifs » on a real file: goals and steps by keyboard, clicks and drags, each undone in one go."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import NewGoalTouched, NewVisit
from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.goal import Actor, GoalState, StepState
from caseworker_app.features.goals.screens.goal_nodes import DAY, PROOF, TITLE, Kind, Node, node_of
from caseworker_app.features.goals.screens.goal_painting import mark_rect, pill_rect
from caseworker_app.features.goals.screens.reading import draft_key
from caseworker_app.features.goals.screens.tab import GoalsTab
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.ui_kit.page import Route
from tests.features.goals.tab_at_hand import SIZES, goals, settled, sound, write


def node(tab: GoalsTab, key: str) -> Node:
    assert tab.goals.tree.stand_on(key), key
    found = tab.goals.tree.current_node()
    assert found is not None
    return found


def press(tab: GoalsTab, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(tab.goals.tree, key, modifier)


def click(tab: GoalsTab, key: str, column: int, place: QPoint | None = None) -> None:
    tree = tab.goals.tree
    assert tree.stand_on(key)
    rect = tree.visualRect(tree.currentIndex().siblingAtColumn(column))
    QTest.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, pos=place if place is not None else rect.center()
    )


def rows(tab: GoalsTab) -> list[str]:
    """List the titles seen, from top to bottom."""
    tree, found = tab.goals.tree, []
    index = tree.rows.index(0, 0)
    while index.isValid():
        seen = node_of(index)
        found.append(seen.words[TITLE] if seen else "")
        index = tree.indexBelow(index)
    return found


def test_goals_stand_by_state_with_their_steps(make, scene) -> None:
    tab = make(scene.household)
    assert rows(tab) == [
        "En cours · 2\u00a0objectifs",
        "Payer le loyer et le plan chaque mois",
        "Virement permanent mis en place",
        "Trois mois payés de suite",
        "Six mois payés de suite",
        "Ajouter une étape",
        "Assainir la salle de bains",
        "Passage du plombier",
        "Ajouter une étape",
        "En pause · 1\u00a0objectif",
        "Garder le lien avec le voisinage",
    ]
    late = node(tab, goals(tab, scene.household)[scene.bathroom].steps[0].id)
    assert late.words[PROOF] == "9\u00a0j de retard"
    assert late.spoken.endswith("9\u00a0j de retard, bailleur")


def test_the_filter_shows_closed_goals_too_and_every_state(make, scene) -> None:
    tab = make(scene.household)
    tab.goals.filter._chips["all"].click()
    shown = rows(tab)
    assert "Obtenir le tarif social de la cantine" in shown
    assert "Prévus · aucun" in shown


def test_the_figure_after_the_tab_counts_open_goals(qtbot, make, scene) -> None:
    tab = make()
    with qtbot.waitSignal(tab.counted) as told:
        tab.show_household(scene.household)
    assert told.args == [3]


def test_space_ticks_a_step_and_undo_unticks_it(qtbot, make, scene) -> None:
    tab = make(scene.household)
    step = goals(tab, scene.household)[scene.paying].steps[1]
    node(tab, step.id)
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        press(tab, Qt.Key.Key_Space)
    assert said.args[0] == "Étape faite\u00a0: Trois mois payés de suite"
    settled(qtbot, tab)
    assert goals(tab, scene.household)[scene.paying].steps[1].done_on == date(2026, 11, 24)
    assert node(tab, step.id).step.state is StepState.DONE
    with qtbot.waitSignal(tab.desk.navigator.confirmed):
        said.args[1]()
    settled(qtbot, tab)
    assert node(tab, step.id).step.state is StepState.TO_DO


def test_a_click_on_the_circle_ticks_and_beside_it_does_not(qtbot, make, scene) -> None:
    tab = make(scene.household)
    step = goals(tab, scene.household)[scene.paying].steps[1]
    click(tab, step.id, TITLE)
    settled(qtbot, tab)
    assert goals(tab, scene.household)[scene.paying].done == 1
    here = node(tab, step.id)
    cell = tab.goals.tree.visualRect(tab.goals.tree.currentIndex().siblingAtColumn(TITLE))
    with qtbot.waitSignal(tab.desk.navigator.confirmed):
        click(tab, step.id, TITLE, mark_rect(cell, here).center())
    settled(qtbot, tab)
    assert goals(tab, scene.household)[scene.paying].done == 2


def test_a_goal_is_added_with_its_steps_without_the_mouse(qtbot, make, scene) -> None:
    tab = make(scene.household)
    tab.add_goal.click()
    form = tab.goals.form
    write(form.focusWidget(), "Tenir un budget à l’équilibre")
    form.put("domain", "budget")
    form.put("target_on", "31/3/2027")
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        QTest.keyClick(form.fields["title"].editor, Qt.Key.Key_Return)
    assert said.args[0] == "Objectif ajouté"
    settled(qtbot, tab)
    added = next(each for each in goals(tab, scene.household).values() if each.goal.domain == "budget")
    assert (added.goal.title, added.goal.target_on, added.goal.state) == (
        "Tenir un budget à l’équilibre",
        date(2027, 3, 31),
        GoalState.IN_PROGRESS,
    )
    here = tab.goals.tree.current_node()
    assert here is not None
    assert here.key == added.goal.id
    press(tab, Qt.Key.Key_Insert)
    for title in ("Noter les dépenses", "Faire le point le 15"):
        write(tab.goals.form.fields["title"].editor, title)
        QTest.keyClick(tab.goals.form.fields["title"].editor, Qt.Key.Key_Return)
        settled(qtbot, tab)
    steps = goals(tab, scene.household)[added.goal.id].steps
    assert [step.title for step in steps] == ["Noter les dépenses", "Faire le point le 15"]
    assert tab.goals.form.typed("title") == "", "a fresh form waits for the next step"
    QTest.keyClick(tab.goals.form.fields["title"].editor, Qt.Key.Key_Escape)
    assert tab.goals.form is None
    assert tab.goals.tree.hasFocus()


def test_what_cannot_be_read_is_refused_beside_its_field(qtbot, make, scene) -> None:
    tab = make(scene.household)
    step = goals(tab, scene.household)[scene.paying].steps[1]
    node(tab, step.id)
    press(tab, Qt.Key.Key_Return)
    form = tab.goals.form
    form.put("due_on", "32/13")
    form.save.click()
    assert "n’existe pas" in form.fields["due_on"].sentence
    assert form.fields["due_on"].editor.hasFocus()
    form.put("due_on", "5 mars 2027")
    form.put("actor", Actor.PARTNER.value)
    form.put("actor_name", "Point conseil budget")
    with qtbot.waitSignal(tab.desk.navigator.confirmed):
        form.save.click()
    settled(qtbot, tab)
    changed = goals(tab, scene.household)[scene.paying].steps[1]
    assert (changed.due_on, changed.actor, changed.actor_name) == (
        date(2027, 3, 5), Actor.PARTNER, "Point conseil budget",
    )  # fmt: skip


def test_a_refusal_of_the_file_keeps_what_was_typed(qtbot, make, scene) -> None:
    tab = make(scene.household)
    tab.add_goal.click()
    form = tab.goals.form
    form.put("title", "Suivre ses soins")
    form.put("domain", "health")
    form.put("opened_on", "24/11/2026")
    form.put("target_on", "1/11/2026")
    form.save.click()
    settled(qtbot, tab)
    assert "vient après son ouverture" in form.fields["target_on"].sentence
    assert form.typed("title") == "Suivre ses soins"


def test_health_and_children_are_never_housing_goals(make, scene) -> None:
    tab = make(scene.household)
    tab.add_goal.click()
    form = tab.goals.form
    for code, enabled, checked in (("upkeep", True, True), ("health", False, False), ("budget", True, False)):
        form.put("domain", code)
        form._domain_chosen()
        assert (form.housing.isEnabled(), form.housing.isChecked()) == (enabled, checked), code


def test_a_goal_changes_state_by_its_menu(qtbot, make, scene) -> None:
    tab = make(scene.household)
    goal = node(tab, scene.neighbours)
    menu = tab.goals.menu_of("state", goal)
    words = {action.text().replace("&", ""): action for action in menu.actions() if action.text()}
    assert not words["Mettre en pause…"].isEnabled()
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        words["Mettre en cours"].trigger()
    assert said.args[0] == "Objectif en cours\u00a0: Garder le lien avec le voisinage"
    settled(qtbot, tab)
    assert goals(tab, scene.household)[scene.neighbours].goal.state is GoalState.IN_PROGRESS


def test_the_pill_and_space_open_the_states(qtbot, make, scene, monkeypatch) -> None:
    tab = make(scene.household)
    asked: list[str] = []
    monkeypatch.setattr(tab.goals, "_open_menu", lambda action, _node: asked.append(action))
    here = node(tab, scene.paying)
    cell = tab.goals.tree.visualRect(tab.goals.tree.currentIndex().siblingAtColumn(TITLE))
    click(tab, scene.paying, TITLE, pill_rect(cell, here, tab.goals.tree).center())
    press(tab, Qt.Key.Key_Space)
    assert asked == ["state", "state"]


def test_abandoning_asks_why_first(qtbot, make, scene) -> None:
    tab = make(scene.household)
    node(tab, scene.bathroom)
    press(tab, Qt.Key.Key_Delete)
    form = tab.goals.form
    form.save.click()
    assert "pourquoi" in form.fields["reason"].sentence
    write(form.fields["reason"].editor, "Le bailleur refait la salle d’eau")
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        form.save.click()
    settled(qtbot, tab)
    goal = goals(tab, scene.household)[scene.bathroom].goal
    assert (goal.state, goal.closing_reason) == (GoalState.ABANDONED, "Le bailleur refait la salle d’eau")
    with qtbot.waitSignal(tab.desk.navigator.confirmed):
        said.args[1]()
    settled(qtbot, tab)
    goal = goals(tab, scene.household)[scene.bathroom].goal
    assert (goal.state, goal.closing_reason) == (GoalState.IN_PROGRESS, None)


def test_delete_leaves_a_step_aside(qtbot, make, scene) -> None:
    tab = make(scene.household)
    step = goals(tab, scene.household)[scene.paying].steps[2]
    node(tab, step.id)
    with qtbot.waitSignal(tab.desk.navigator.confirmed):
        press(tab, Qt.Key.Key_Delete)
    settled(qtbot, tab)
    assert goals(tab, scene.household)[scene.paying].counted == 2


def test_alt_and_arrows_move_goals_and_steps(qtbot, make, scene) -> None:
    tab = make(scene.household)
    first, second, third = (step.id for step in goals(tab, scene.household)[scene.paying].steps)
    node(tab, third)
    press(tab, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, tab)
    assert [step.id for step in goals(tab, scene.household)[scene.paying].steps] == [first, third, second]
    here = tab.goals.tree.current_node()
    assert here is not None
    assert here.key == third, "one still stands on the step that moved"
    node(tab, scene.bathroom)
    press(tab, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, tab)
    assert next(iter(goals(tab, scene.household))) == scene.bathroom
    before = tab.desk.file.reading
    press(tab, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert not tab.desk.tasks.busy, before


def test_a_goal_dragged_to_another_state_takes_it(qtbot, make, scene) -> None:
    tab = make(scene.household)
    dragged, target = node(tab, scene.neighbours), node(tab, scene.paying)
    with qtbot.waitSignal(tab.desk.navigator.confirmed):
        tab.goals.tree.drop(dragged, target, below=False)
    settled(qtbot, tab)
    assert goals(tab, scene.household)[scene.neighbours].goal.state is GoalState.IN_PROGRESS


def test_goals_and_steps_are_dragged_to_another_place(qtbot, make, scene) -> None:
    tab = make(scene.household)
    first, second, third = (step.id for step in goals(tab, scene.household)[scene.paying].steps)
    tab.goals.tree.drop(node(tab, first), node(tab, third), below=True)
    settled(qtbot, tab)
    assert [step.id for step in goals(tab, scene.household)[scene.paying].steps] == [second, third, first]
    tab.goals.tree.drop(node(tab, third), node(tab, scene.paying), below=False)
    settled(qtbot, tab)
    assert [step.id for step in goals(tab, scene.household)[scene.paying].steps] == [third, second, first]
    tab.goals.tree.drop(node(tab, scene.paying), node(tab, scene.bathroom), below=True)
    settled(qtbot, tab)
    worked_on = [
        key for key, each in goals(tab, scene.household).items() if each.goal.state is GoalState.IN_PROGRESS
    ]
    assert worked_on == [scene.bathroom, scene.paying]


def test_a_step_is_not_dragged_into_another_goal(qtbot, make, scene) -> None:
    tab = make(scene.household)
    step = goals(tab, scene.household)[scene.paying].steps[0]
    with qtbot.assertNotEmitted(tab.goals.tree.step_dropped):
        tab.goals.tree.drop(node(tab, step.id), node(tab, scene.bathroom), below=False)


def test_dropping_on_achieved_closes_and_on_abandoned_asks_why(qtbot, make, scene) -> None:
    tab = make(scene.household)
    tab.goals.filter._chips["all"].click()
    dragged = node(tab, scene.paying)
    tab.goals.tree.drop(dragged, node(tab, GoalState.ABANDONED.value), below=False)
    assert tab.goals.editing is not None
    assert tab.goals.editing.form == "reason"
    tab.goals.close_form()
    tab.goals.tree.drop(dragged, node(tab, GoalState.ACHIEVED.value), below=False)
    settled(qtbot, tab)
    assert goals(tab, scene.household)[scene.paying].goal.closed_on == date(2026, 11, 24)


def visit(file, who, household: str, goal_id: str, step_id: str | None, day: int) -> str:
    at = datetime(2026, 10, day, 14, 0)  # noqa: DTZ001 - the hour on the office's wall
    entry = NewEntry(household, EntryKind.HOME_VISIT, at, 50, "Domicile", "", "visite", "Logement aéré.")
    touched = (NewGoalTouched(goal_id, step_id),)
    return diary.confirm_visit(file, who, NewVisit(entry, goals=touched))[0]


def test_visits_that_touched_a_goal_prove_it_and_open(qtbot, make, scene, file, who) -> None:
    with file.reading() as connection:
        paying = service.goals_of(connection, who, scene.household)[0]
    step = paying.steps[1].id
    visit(file, who, scene.household, scene.paying, None, 6)
    latest = visit(file, who, scene.household, scene.paying, step, 27)
    tab = make(scene.household)
    assert node(tab, scene.paying).words[PROOF] == "2\u00a0visites"
    menu = tab.goals.menu_of("proof", node(tab, scene.paying))
    assert [action.text() for action in menu.actions()] == [
        "Visite à domicile du 27\u00a0octobre\u00a02026",
        "Visite à domicile du 6\u00a0octobre\u00a02026",
    ]
    with qtbot.waitSignal(tab.desk.navigator.asked) as gone:
        click(tab, step, PROOF)
    assert gone.args[0] == Route("visit", scene.household, latest)


def test_a_subject_is_stood_on_even_in_a_closed_goal(make, scene) -> None:
    tab = make(scene.household, scene.canteen)
    here = tab.goals.tree.current_node()
    assert here is not None
    assert (here.kind, here.key) == (Kind.GOAL, scene.canteen)


def test_a_household_without_goals_holds_the_button_for_one(make, household) -> None:
    tab = make(household)
    assert tab.goals.empty.isVisible()
    assert tab.autonomy.empty.isVisible()
    tab.goals.empty.button.click()
    assert tab.goals.form.isVisible()
    assert not tab.goals.empty.isVisible()
    tab.goals.form.cancel.click()
    assert tab.goals.empty.isVisible()


def test_only_closed_goals_say_where_they_are(make, file, who, household) -> None:
    from caseworker_app.features.goals.domain.goal import NewGoal

    service.add_goal(file, who, NewGoal(household, "Fait", "budget", state=GoalState.ACHIEVED))
    tab = make(household)
    assert tab.goals.nothing_open.isVisible()


def test_what_is_typed_survives_a_change_told_from_elsewhere(qtbot, make, scene, file, who) -> None:
    tab = make(scene.household)
    tab.goals.tree.setFocus()
    node(tab, scene.paying)
    press(tab, Qt.Key.Key_Insert)
    write(tab.goals.form.fields["title"].editor, "Relancer la CAF")
    step = goals(tab, scene.household)[scene.paying].steps[1]
    tab.desk.changes.announce(service.complete_step(file, who, step.id))
    qtbot.waitUntil(lambda: node(tab, step.id).step.state is StepState.DONE)
    assert tab.goals.form.typed("title") == "Relancer la CAF"
    assert tab.goals.form.fields["title"].editor.hasFocus()


def test_a_step_half_typed_is_there_again_after_a_kill(qtbot, make, scene, drafts) -> None:
    tab = make(scene.household)
    node(tab, scene.paying)
    press(tab, Qt.Key.Key_Insert)
    with qtbot.waitSignal(tab.keeper.kept):
        write(tab.goals.form.fields["title"].editor, "Relancer la CAF")
        tab.goals.form.put("due_on", "demain?")
    again = make(scene.household)
    assert again.goals.form.typed("title") == "Relancer la CAF"
    assert again.goals.form.typed("due_on") == "demain?"
    again.goals.form.cancel.click()
    settled(qtbot, again)
    assert drafts.find(draft_key(scene.household)) is None


def test_another_household_never_shows_what_was_typed_for_the_one_left(
    qtbot, make, scene, file, who, drafts
) -> None:
    other = households.create_household(file, who, NewHousehold((NewMember("Bassoua", "Ilan"),)))[0]
    tab = make(scene.household)
    tab.add_goal.click()
    write(tab.goals.form.fields["title"].editor, "Trouver un logement")
    tab.leave()
    tab.show_household(other)
    settled(qtbot, tab)
    assert tab.goals.form is None
    assert tab.goals.empty.isVisible()
    tab.show_household(scene.household)
    settled(qtbot, tab)
    assert tab.goals.form.typed("title") == "Trouver un logement"


def test_screen_readers_find_every_row_with_its_state(make, scene) -> None:
    tab = make(scene.household)
    tree = QAccessible.queryAccessibleInterface(tab.goals.tree)
    assert tree.role() == QAccessible.Role.Tree
    cells = [tree.child(number) for number in range(tree.childCount())]
    names = {cell.text(QAccessible.Text.Name): cell for cell in cells if cell is not None}
    ticked = names["Étape, Virement permanent mis en place, faite le 12\u00a0sept., ménage"]
    assert ticked.role() == QAccessible.Role.TreeItem
    assert ticked.state().checked
    assert not names["Étape, Six mois payés de suite, à faire, sans date, ménage"].state().checked


def test_moving_by_keyboard_scrolls_the_page(qtbot, make, scene) -> None:
    tab = make(scene.household)
    tab.resize(1150, 320)
    tree, page = tab.goals.tree, tab._overview
    tree.setFocus()
    tree.setCurrentIndex(tree.rows.index(0, 0))
    for _ in range(10):
        press(tab, Qt.Key.Key_Down)
        rect = tree.visualRect(tree.currentIndex())
        top = tree.viewport().mapTo(page.viewport(), rect.topLeft()).y()
        assert 0 <= top <= page.viewport().height() - rect.height(), tree.current_node()


def test_a_form_opened_below_is_brought_into_sight(qtbot, make, scene) -> None:
    tab = make(scene.household)
    tab.resize(1150, 400)
    tab.goals.tree.setFocus()
    node(tab, scene.bathroom)
    press(tab, Qt.Key.Key_Insert)
    form, page = tab.goals.form, tab._overview

    def in_sight() -> bool:
        bottom = form.mapTo(page.viewport(), form.rect().bottomLeft()).y()
        return bottom <= page.viewport().height()

    qtbot.waitUntil(in_sight)


@pytest.mark.parametrize("sized", SIZES, indirect=True)
def test_nothing_is_cut_nameless_or_out_of_reach(qtbot, sized, scene) -> None:
    sized.show_household(scene.household)
    settled(qtbot, sized)
    sound(qtbot, sized)
    sized.autonomy.stand_on("rent_payment")
    sized.autonomy.switch._options["table"].click()
    sound(qtbot, sized)
    sized.add_goal.click()
    sound(qtbot, sized)


@pytest.mark.parametrize("sized", SIZES, indirect=True)
def test_empty_cards_are_sound_too(qtbot, sized, household) -> None:
    sized.show_household(household)
    settled(qtbot, sized)
    sound(qtbot, sized)


def test_a_goal_waits_with_its_reason_and_its_day(qtbot, make, scene) -> None:
    tab = make(scene.household)
    goal = goals(tab, scene.household)[scene.paying].goal
    tab.goals.choose_state(goal, GoalState.ON_HOLD)
    form = tab.goals.form
    form.put("until", "1/11/2026")
    form.save.click()
    settled(qtbot, tab)
    assert "après aujourd’hui" in form.fields["until"].sentence
    form.put("reason", "hospitalisation")
    form.put("until", "31/1/2027")
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        form.save.click()
    settled(qtbot, tab)
    held = goals(tab, scene.household)[scene.paying].goal
    assert (held.state, held.hold_reason, held.on_hold_until) == (
        GoalState.ON_HOLD, "hospitalisation", date(2027, 1, 31),
    )  # fmt: skip
    assert node(tab, scene.paying).words[DAY] == "reprise le 31\u00a0janv.\u00a02027"
    said.args[1]()
    settled(qtbot, tab)
    assert goals(tab, scene.household)[scene.paying].goal.state is GoalState.IN_PROGRESS
    tab.goals.choose_state(held, GoalState.ON_HOLD)
    tab.goals.form.save.click()
    settled(qtbot, tab)
    tab.goals.choose_state(goals(tab, scene.household)[scene.paying].goal, GoalState.IN_PROGRESS)
    settled(qtbot, tab)
    assert goals(tab, scene.household)[scene.paying].goal.hold_reason is None


def test_a_goal_of_the_library_comes_with_its_steps(qtbot, make, scene) -> None:
    tab = make(scene.household)
    tab.add_goal.click()
    form = tab.goals.form
    dialog = tab.goals.open_library(form)
    write(dialog.search, "surendettement")
    assert dialog.list.rows.rowCount() == 1
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert form.typed("title") == "Déposer un dossier de surendettement"
    assert form.typed("indicator") == "Dossier déclaré recevable"
    assert "3\u00a0étapes" in form.with_steps.text()
    kept = tab.goals.form_content()
    assert kept["fields"]["model"] == "file_over_indebtedness"
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        form.save.click()
    settled(qtbot, tab)
    added = next(g for g in goals(tab, scene.household).values() if g.goal.title.startswith("Déposer"))
    assert added.steps[0].title == "Réunir les justificatifs"
    assert added.steps[0].due_on == date(2026, 12, 24)
    said.args[1]()
    settled(qtbot, tab)
    assert added.goal.id not in goals(tab, scene.household)


def test_a_goal_is_kept_in_the_library(qtbot, make, scene) -> None:
    tab = make(scene.household)
    menu = tab.goals.menu_of("menu", node(tab, scene.paying))
    keep = next(each for each in menu.actions() if "liothèque" in each.text())
    with qtbot.waitSignal(tab.desk.navigator.confirmed):
        keep.trigger()
    settled(qtbot, tab)
    assert tab.material.library[0].title == "Payer le loyer et le plan chaque mois"
