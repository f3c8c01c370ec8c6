"""Autonomy on the tab: the star, the table, and the grid filled by keyboard, kept, corrected, undone."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.autonomy import Level, View
from caseworker_app.features.goals.domain.comparing import NONE
from caseworker_app.features.goals.screens.reading import draft_key
from caseworker_app.features.goals.screens.tab import GoalsTab
from tests.features.goals.tab_at_hand import SIZES, evaluations, settled, sound, write

# Keys of a French keyboard without Shift: 3, 4, 2, 0, 9.
AZERTY = ('"', "'", "é", "à", "ç")


def option(tab: GoalsTab, code: str, level: Level) -> QWidget:
    return tab.form.rows[code].options[level]


def stands_on(tab: GoalsTab) -> str:
    """Return the domain whose level has the focus."""
    focused = tab.window().focusWidget()
    return next((code for code, row in tab.form.rows.items() if row.isAncestorOf(focused)), "")


def type_key(widget: QWidget, words: str) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, words)
    QApplication.sendEvent(widget, event)


def test_the_star_and_the_table_say_the_same(make, scene) -> None:
    tab = make(scene.household)
    axes = {axis.key: axis for axis in tab.autonomy.radar.axes}
    assert (axes["rent_payment"].before, axes["rent_payment"].after) == (2, 4)
    assert (axes["debts"].after, axes["debts"].remark, axes["debts"].applies) == (None, "non évalué", True)
    assert (axes["children"].remark, axes["children"].applies, axes["children"].internal) == (
        "sans objet",
        False,
        True,
    )
    table = tab.autonomy.table.rows
    said = [[table.data(table.index(row, column)) for column in range(3)] for row in range(table.rowCount())]
    assert said[2] == ["Paiement du loyer", "fragile", "en progrès, progresse"]
    assert ["Enfants et parentalité, interne", "sans objet", "sans objet"] in said
    assert len(said) == len(axes) == 7


def test_arrows_go_round_the_star_and_each_domain_is_said(make, scene) -> None:
    tab = make(scene.household)
    radar = tab.autonomy.radar
    radar.setFocus()
    QTest.keyClick(radar, Qt.Key.Key_Right)
    assert radar.current_key() == "housing_status"
    QTest.keyClick(radar, Qt.Key.Key_Right)
    QTest.keyClick(radar, Qt.Key.Key_Right)
    assert "Paiement du loyer\u00a0: fragile le 6\u00a0avril\u00a02026" in radar.accessibleName()
    assert tab.autonomy.detail.isVisible()
    assert tab.autonomy.detail.after.anchor.text() == "Paiement régulier, plan respecté"
    QTest.keyClick(radar, Qt.Key.Key_Left)
    assert radar.current_key() == "upkeep"
    QTest.keyClick(radar, Qt.Key.Key_Home)
    QTest.keyClick(radar, Qt.Key.Key_Left)
    assert radar.current_key() == "children"
    QTest.keyClick(radar, Qt.Key.Key_Escape)
    assert radar.current_key() == ""
    assert not tab.autonomy.detail.isVisible()


def test_another_household_starts_without_a_domain_stood_on(qtbot, make, scene, household, file, who) -> None:
    tab = make(scene.household)
    tab.autonomy.stand_on("rent_payment")
    tab.show_household("")
    tab.show_household(scene.household)
    settled(qtbot, tab)
    assert tab.autonomy.radar.current_key() == ""
    assert not tab.autonomy.detail.isVisible()


def test_a_click_beside_a_domain_stands_on_it(make, scene) -> None:
    tab = make(scene.household)
    radar = tab.autonomy.radar
    QTest.mouseClick(radar, Qt.MouseButton.LeftButton, pos=QPoint(radar.width() // 2, 24))
    assert radar.current_key() == "housing_status"
    QTest.mouseClick(radar, Qt.MouseButton.LeftButton, pos=QPoint(radar.width() // 2, 24))
    assert radar.current_key() == ""


def test_what_moved_is_told_in_words_and_nothing_is_added_up(make, scene) -> None:
    tab = make(scene.household)
    rows = tab.autonomy.moved.rows
    told = [rows.row_at(number) for number in range(rows.rowCount())]
    assert [(row.title, row.trailing, row.icon) for row in told] == [
        ("Logement, statut", "de fragile à stabilisé", "trending-up"),
        ("Paiement du loyer", "de fragile à en progrès", "trending-up"),
        ("Santé et accès aux soins", "de stabilisé à en progrès", "trending-up"),
        ("Budget", "de stabilisé à fragile", "trending-down"),
    ]


def test_internal_domains_are_named_as_such(make, scene) -> None:
    tab = make(scene.household)
    assert tab.autonomy.inside.words.text() == "Santé et Enfants\u00a0: internes, absents de tout envoi."


def test_the_other_view_is_shown_alone_and_compares_with_nothing(make, scene) -> None:
    tab = make(scene.household)
    tab.view._options[View.HOUSEHOLD.value].click()
    assert tab.autonomy.pair.before is None
    assert tab.autonomy.before.current_key() == NONE
    assert "deuxième évaluation" in tab.autonomy.still.text()
    assert all(axis.before is None for axis in tab.autonomy.radar.axes)


def test_the_two_dates_are_chosen(make, scene) -> None:
    tab = make(scene.household)
    choice = tab.autonomy.before
    choice.setCurrentIndex(choice.findData(NONE))
    choice.activated.emit(choice.currentIndex())
    assert tab.autonomy.pair.before is None
    after = tab.autonomy.after
    after.setCurrentIndex(after.findData(scene.april))
    after.activated.emit(after.currentIndex())
    assert tab.autonomy.pair.after.evaluation.id == scene.april


def test_a_grid_is_filled_by_digits_alone(qtbot, make, scene) -> None:
    tab = make(scene.household)
    tab.add_evaluation.click()
    codes = list(tab.form.rows)
    assert codes[:2] == ["housing_status", "settling_in"], "the usual set, and what was evaluated once"
    assert stands_on(tab) == codes[0]
    for key in AZERTY:
        type_key(tab.window().focusWidget(), key)
    assert [tab.form.rows[code].level() for code in codes[:5]] == [
        Level.STABLE,
        Level.PROGRESSING,
        Level.FRAGILE,
        Level.NOT_ASSESSED,
        Level.NOT_APPLICABLE,
    ]
    assert stands_on(tab) == codes[5]
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        QTest.keyClick(tab.window().focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said.args[0] == "Évaluation enregistrée"
    settled(qtbot, tab)
    assert not tab.filling
    made = evaluations(tab, scene.household)[-1]
    assert (made.evaluation.evaluated_on, made.evaluation.view) == (date(2026, 11, 24), View.WORKER)
    assert made.level(codes[2]) is Level.FRAGILE
    assert {each.domain for each in made.levels} == set(codes), "what was left is recorded as « non évalué »"
    assert tab.autonomy.pair.after.evaluation.id == made.evaluation.id, "the new one is shown"


def test_arrows_change_level_and_domain_and_c_comments(make, scene) -> None:
    tab = make(scene.household)
    tab.evaluate()
    first, second = list(tab.form.rows)[:2]
    QTest.keyClick(tab.window().focusWidget(), Qt.Key.Key_Left)
    assert tab.form.rows[first].level() is Level.AUTONOMOUS
    QTest.keyClick(tab.window().focusWidget(), Qt.Key.Key_Left)
    assert tab.form.rows[first].level() is Level.PROGRESSING
    assert stands_on(tab) == first
    QTest.keyClick(tab.window().focusWidget(), Qt.Key.Key_Down)
    assert stands_on(tab) == second
    QTest.keyClick(tab.window().focusWidget(), Qt.Key.Key_Up)
    QTest.keyClick(tab.window().focusWidget(), Qt.Key.Key_C)
    write(tab.window().focusWidget(), "A choisi ses meubles")
    assert tab.form.rows[first].observation() == "A choisi ses meubles"


def test_every_level_is_read_in_full(make, scene) -> None:
    tab = make(scene.household)
    tab.evaluate()
    said = option(tab, "rent_payment", Level.PROGRESSING)
    assert said.accessibleName() == "Paiement du loyer\u00a0: en progrès, Paiement régulier, plan respecté"
    assert said.accessibleDescription() == "Choisi aussi\u00a0: le 6\u00a0oct.\u00a02026"


def test_both_views_are_filled_on_one_sheet_and_undone_together(qtbot, make, scene) -> None:
    tab = make(scene.household)
    tab.evaluate()
    option(tab, "budget", Level.STABLE).click()
    tab.form.view._options[View.HOUSEHOLD.value].click()
    assert tab.form.rows["budget"].level() is Level.NOT_ASSESSED
    assert "intervenant·e" in option(tab, "budget", Level.STABLE).accessibleDescription()
    option(tab, "budget", Level.FRAGILE).click()
    tab.form.view._options[View.WORKER.value].click()
    assert tab.form.rows["budget"].level() is Level.STABLE
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        tab.form.save.click()
    settled(qtbot, tab)
    made = {each.evaluation.view: each for each in evaluations(tab, scene.household)[-2:]}
    assert {view: each.level("budget") for view, each in made.items()} == {
        View.WORKER: Level.STABLE,
        View.HOUSEHOLD: Level.FRAGILE,
    }
    said.args[1]()
    settled(qtbot, tab)
    assert len(evaluations(tab, scene.household)) == 3
    assert tab.filling, "undoing gives back what was filled"
    assert tab.form.rows["budget"].level() is Level.STABLE


@pytest.mark.parametrize(
    ("day", "levels", "sentence"),
    [
        ("32/13", 1, "n’existe pas"),
        ("25/11/2026", 1, "date à venir"),
        ("24/11/2026", 0, "Évaluez au moins un domaine"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_lost(
    qtbot, make, scene, day: str, levels: int, sentence: str
) -> None:
    tab = make(scene.household)
    tab.evaluate()
    if levels:
        option(tab, "budget", Level.STABLE).click()
    tab.form.day.setText(day)
    tab.form.save.click()
    settled(qtbot, tab)
    assert sentence in tab.form.error.sentence
    assert tab.filling
    assert tab.form.save.isEnabled()
    assert tab.form.rows["budget"].level() is (Level.STABLE if levels else Level.NOT_ASSESSED)
    assert len(evaluations(tab, scene.household)) == 3


def test_after_a_kill_the_grid_is_offered_and_comes_back(qtbot, make, scene, drafts) -> None:
    tab = make(scene.household)
    tab.evaluate()
    with qtbot.waitSignal(tab.keeper.kept):
        option(tab, "budget", Level.STABLE).click()
        tab.form.rows["budget"].ask_comment()
        write(tab.form.rows["budget"].comment.editor, "Classeur à jour")
    assert tab.form.draft.text().startswith("Brouillon enregistré à ")
    again = make(scene.household)
    assert again.offer.isVisible()
    assert not again.filling, "nothing is opened by itself"
    again.offer.resume.click()
    assert again.form.rows["budget"].level() is Level.STABLE
    assert again.form.rows["budget"].observation() == "Classeur à jour"
    with qtbot.waitSignal(again.desk.navigator.confirmed):
        again.form.save.click()
    settled(qtbot, again)
    assert drafts.find(draft_key(scene.household)) is None


def test_a_draft_is_set_aside_and_had_back(qtbot, make, scene, drafts) -> None:
    tab = make(scene.household)
    tab.evaluate()
    option(tab, "budget", Level.STABLE).click()
    tab.leave()
    settled(qtbot, tab)
    again = make(scene.household)
    with qtbot.waitSignal(again.desk.navigator.confirmed) as said:
        again.offer.again.click()
    qtbot.waitUntil(lambda: drafts.find(draft_key(scene.household)) is None)
    said.args[1]()
    assert again.form.rows["budget"].level() is Level.STABLE
    qtbot.waitUntil(lambda: drafts.find(draft_key(scene.household)) is not None)


def test_a_draft_that_waits_is_never_written_over(qtbot, make, scene, drafts) -> None:
    tab = make(scene.household)
    tab.evaluate()
    option(tab, "budget", Level.STABLE).click()
    tab.leave()
    settled(qtbot, tab)
    again = make(scene.household)
    again.add_goal.click()
    write(again.goals.form.fields["title"].editor, "Payer à l’heure")
    again.leave()
    settled(qtbot, again)
    kept = drafts.find(draft_key(scene.household)).content
    assert kept["evaluation"]["views"]["worker"]["levels"]["budget"] == "stable"
    assert kept["goal"]["fields"]["title"] == "Payer à l’heure"
    again.add_evaluation.click()
    assert again.form.rows["budget"].level() is Level.STABLE, "the draft is gone on with"


def test_giving_up_can_be_undone(qtbot, make, scene) -> None:
    tab = make(scene.household)
    tab.evaluate()
    option(tab, "budget", Level.STABLE).click()
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        tab.form.cancel.click()
    assert not tab.filling
    said.args[1]()
    assert tab.form.rows["budget"].level() is Level.STABLE


def test_an_evaluation_is_corrected_in_the_same_grid(qtbot, make, scene) -> None:
    tab = make(scene.household)
    menu = tab.autonomy.menu()
    words = {action.text(): action for action in menu.actions()}
    words["Corriger l’évaluation du 6\u00a0octobre\u00a02026"].trigger()
    assert tab.form.title.text() == "Corriger l’évaluation du 6\u00a0octobre\u00a02026"
    assert not tab.form.view.isVisible()
    assert tab.form.rows["rent_payment"].level() is Level.PROGRESSING
    option(tab, "rent_payment", Level.STABLE).click()
    tab.form.day.setText("5/10/2026")
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        tab.form.save.click()
    assert said.args[0] == "Évaluation corrigée"
    settled(qtbot, tab)
    corrected = next(e for e in evaluations(tab, scene.household) if e.evaluation.id == scene.october)
    assert (corrected.level("rent_payment"), corrected.evaluation.evaluated_on) == (
        Level.STABLE,
        date(2026, 10, 5),
    )


def test_the_correction_of_an_evaluation_taken_out_since_becomes_a_new_one(
    qtbot, make, scene, file, who
) -> None:
    tab = make(scene.household)
    tab.correct(scene.october)
    option(tab, "budget", Level.STABLE).click()
    tab.leave()
    settled(qtbot, tab)
    service.remove_evaluation(file, who, scene.october)
    again = make(scene.household)
    again.offer.resume.click()
    assert again.form.title.text() == "Nouvelle évaluation"
    with qtbot.waitSignal(again.desk.navigator.confirmed):
        again.form.save.click()
    settled(qtbot, again)
    assert evaluations(again, scene.household)[-1].level("rent_payment") is Level.PROGRESSING


def test_an_evaluation_is_taken_out_and_had_back(qtbot, make, scene) -> None:
    tab = make(scene.household)
    menu = tab.autonomy.menu()
    words = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(tab.desk.navigator.confirmed) as said:
        words["Retirer l’évaluation du 6\u00a0avril\u00a02026"].trigger()
    settled(qtbot, tab)
    assert tab.autonomy.pair.before is None
    said.args[1]()
    settled(qtbot, tab)
    assert len(evaluations(tab, scene.household)) == 3


def test_other_domains_are_added_on_demand(make, household) -> None:
    tab = make(household)
    tab.autonomy.empty.button.click()
    assert "health" not in tab.form.rows
    assert "Santé" in tab.form.fold.text()
    option(tab, "budget", Level.STABLE).click()
    tab.form.fold.click()
    assert len(tab.form.rows) == 14
    assert tab.form.rows["budget"].level() is Level.STABLE
    assert stands_on(tab) == "employment"
    assert not tab.form.fold.isVisible()


@pytest.mark.parametrize("sized", SIZES, indirect=True)
def test_the_grid_is_sound_at_every_size(qtbot, sized, scene) -> None:
    sized.show_household(scene.household)
    settled(qtbot, sized)
    sized.evaluate()
    sized.form.rows["budget"].ask_comment()
    sized.form.day.setText("32/13")
    sized.form.save.click()
    sound(qtbot, sized)
