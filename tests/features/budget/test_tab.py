"""The tab « Budget » on a real file: typed into, taken back, supposed, copied to the next month, its forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.features.budget import service
from caseworker_app.features.budget.domain.cells import AmountChange, LineKey
from caseworker_app.features.budget.domain.debts import DebtStage
from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.budget.screens.debt_form import DebtForm
from caseworker_app.features.budget.screens.line_form import LineForm
from caseworker_app.features.budget.screens.month_form import MonthForm
from caseworker_app.features.budget.screens.tab import BudgetTab
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.undo import undo_last
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
WAGE, FOOD, RSA = LineKey("net_wage", "aide à domicile"), LineKey("food"), LineKey("rsa")
Make = Callable[..., BudgetTab]


def take_back(file: EncryptedFile, who: Who) -> tuple[str, Changes]:
    return "montants du budget", undo_last(file, who.worker_id)[1]


@pytest.fixture
def said(navigator: Navigator) -> list[tuple[str, Any]]:
    heard: list[tuple[str, Any]] = []
    navigator.confirmed.connect(lambda words, undo: heard.append((words, undo)))
    return heard


@pytest.fixture
def tab(
    qtbot: Any, file: EncryptedFile, who: Who, drafts: Drafts, tasks: Tasks, changes: ChangeBroadcast,
    navigator: Navigator,
) -> Make:  # fmt: skip
    def make(household: str, subject: str = "", size: tuple[int, int] = (1174, 544)) -> BudgetTab:
        made = BudgetTab(file, who, drafts, tasks, changes, navigator, take_back)
        qtbot.addWidget(made)
        made.resize(*size)
        bring_up(qtbot, made)
        made.show_household(household, subject)
        qtbot.waitUntil(lambda: made.book is not None and not tasks.busy)
        return made

    return make


@pytest.fixture
def settle(qtbot: Any, tasks: Tasks) -> Callable[[], None]:
    def wait() -> None:
        for _ in range(3):
            QApplication.processEvents()
            qtbot.waitUntil(lambda: not tasks.busy)
        QApplication.processEvents()

    return wait


def month(file: EncryptedFile, who: Who, household: str, which: date) -> BudgetSheet | None:
    with file.reading() as connection:
        return service.budget_of(connection, who, household, which)


def amounts(file: EncryptedFile, who: Who, household: str, which: date = NOVEMBER) -> dict[str, int]:
    sheet = month(file, who, household, which)
    return {} if sheet is None else {line.category: line.amount_cents for line in sheet.lines}


def stand(made: BudgetTab, key: LineKey, column: str = "2026-11-01") -> None:
    assert made.body.sheet.view.stand_on(f"line:{key.code}", column)


def type_in(made: BudgetTab, text: str, end: Key = Key.Key_Return) -> None:
    view = made.body.sheet.view
    QTest.keyClicks(view, text[0])
    QTest.keyClicks(view.editor, text[1:])
    QTest.keyClick(view.editor, end)


def shown(made: BudgetTab, key: LineKey, column: str = "2026-11-01") -> str:
    index = made.body.sheet.view.sheet.place(f"line:{key.code}", column)
    return str(index.data())


def test_the_newest_month_is_shown_with_those_before_it(tab: Make, budgeted: str) -> None:
    made = tab(budgeted)
    assert made.head.title.text() == "Novembre\u00a02026"
    titles = [column.title for column in made.body.sheet.view.sheet.columns]
    assert titles == ["Poste", "Qui, à qui", "Septembre", "Octobre", "Novembre"]
    assert shown(made, WAGE) == "620,00"
    assert shown(made, WAGE, "2026-09-01") == ""
    values = [tile.figure.value for tile in made.body.figures.figures.tiles]
    assert values == ["25,1\u00a0%", "août\u00a02027", "6,74\u00a0€", "104,20\u00a0€"]
    assert made.body.debts.rows.rows.rowCount() == 1


def test_an_amount_typed_is_saved_shown_and_taken_back(
    tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    stand(made, WAGE)
    type_in(made, "1 234,5")
    assert shown(made, WAGE) == "1\u202f234,50"  # at once, before it is written
    settle()
    assert amounts(file, who, budgeted)["net_wage"] == 1_234_50
    assert made.body.figures.figures.tiles[3].figure.value == "718,70\u00a0€"
    assert made.head.saved.state.words.startswith("Enregistré à ")
    QTest.keyClick(made.body.sheet.view, Key.Key_Z, CTRL)
    settle()
    assert amounts(file, who, budgeted)["net_wage"] == 620_00
    assert shown(made, WAGE) == "620,00"


def test_typing_faster_than_it_is_written_loses_nothing(
    tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    stand(made, WAGE, "2026-10-01")
    for text in ("1", "2", "3", "4"):
        type_in(made, text, Key.Key_Tab)
    settle()
    assert amounts(file, who, budgeted, OCTOBER)["net_wage"] == 1_00
    assert amounts(file, who, budgeted)["net_wage"] == 2_00
    # Past the last column comes September, which began with the APL typed into it.
    assert amounts(file, who, budgeted, date(2026, 9, 1)) == {"apl": 3_00}
    assert amounts(file, who, budgeted, OCTOBER)["apl"] == 4_00


def test_a_paste_from_excel_is_one_change(
    tab: Make, budgeted: str, settle: Any, said: list[Any], file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    QApplication.clipboard().setText("650,00\t655,5\r\n437\t1\u202f437,00 €\r\n")
    stand(made, WAGE, "2026-10-01")
    QTest.keyClick(made.body.sheet.view, Key.Key_V, CTRL)
    settle()
    assert amounts(file, who, budgeted)["apl"] == 1_437_00
    assert amounts(file, who, budgeted, OCTOBER)["net_wage"] == 650_00
    words, undo = said[-1]
    assert words == "3\u00a0montants enregistrés"
    undo()
    settle()
    assert amounts(file, who, budgeted)["apl"] == 437_00
    assert amounts(file, who, budgeted, OCTOBER)["net_wage"] == 600_00


def test_a_paste_with_a_bad_amount_writes_nothing(
    tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    QApplication.clipboard().setText("650,00\nsix cents\n")
    stand(made, WAGE)
    QTest.keyClick(made.body.sheet.view, Key.Key_V, CTRL)
    settle()
    assert "six cents" in made.body.sheet.view.sentence.sentence
    assert amounts(file, who, budgeted)["net_wage"] == 620_00


def test_a_negative_amount_is_refused_at_its_cell(tab: Make, budgeted: str) -> None:
    made = tab(budgeted)
    stand(made, FOOD)
    type_in(made, "-5")
    assert made.body.sheet.view.editing
    assert "positif" in made.body.sheet.view.sentence.sentence


def test_a_cell_changed_meanwhile_keeps_what_was_typed(
    tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    service.change_amounts(file, who, budgeted, [AmountChange(NOVEMBER, FOOD, 300_00, 333_00)])
    stand(made, FOOD)
    type_in(made, "310")
    settle()
    view = made.body.sheet.view
    assert amounts(file, who, budgeted)["food"] == 333_00
    assert view.refused_text(f"line:{FOOD.code}", "2026-11-01") == "310,00"
    assert view.sentence.sentence


def test_delete_takes_the_line_out_of_the_month_and_its_row_stays(
    tab: Make, budgeted: str, settle: Any, said: list[Any], file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    for column in ("2026-10-01", "2026-11-01"):
        stand(made, FOOD, column)
        QTest.keyClick(made.body.sheet.view, Key.Key_Delete)
        settle()
    assert "food" not in amounts(file, who, budgeted)
    assert shown(made, FOOD) == ""
    assert said[-1][0] == "Montant effacé\u00a0: Alimentation, novembre\u00a02026"


def test_a_change_made_elsewhere_is_shown(
    tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who, changes: ChangeBroadcast
) -> None:
    made = tab(budgeted)
    changes.announce(service.change_amounts(file, who, budgeted, [AmountChange(NOVEMBER, RSA, None, 11_31)]))
    settle()
    assert shown(made, RSA) == "11,31"


def test_what_is_supposed_stands_beside_and_is_never_saved_unless_asked(
    tab: Make, budgeted: str, settle: Any, said: list[Any], file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    made.head.what_if.click()
    plan = next(row.line for row in made.body.sheet._rows.values() if row.label.startswith("Plan"))
    assert plan is not None
    stand(made, plan, "what_if")
    type_in(made, "40")
    settle()
    tiles = made.body.figures.figures.tiles
    assert amounts(file, who, budgeted)["rent_plan"] == 60_00
    assert tiles[1].figure.trend.words == "et si\u00a0: 14\u00a0mois"
    assert tiles[3].figure.value == "104,20\u00a0€"
    assert tiles[3].figure.trend.words == "et si\u00a0: 124,20\u00a0€"
    made.head.what_if.click()
    assert amounts(file, who, budgeted)["rent_plan"] == 60_00
    said[-1][1]()  # « Annuler » of the closing brings it back
    assert shown(made, plan, "what_if") == "40,00"
    made.head.keep.click()
    settle()
    assert amounts(file, who, budgeted)["rent_plan"] == 40_00


def test_what_is_supposed_waits_while_one_looks_at_another_household(
    tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    other, _ = households.create_household(file, who, NewHousehold((NewMember("Vasseur", "Paul"),)))
    made = tab(budgeted)
    made.head.what_if.click()
    stand(made, FOOD, "what_if")
    type_in(made, "250")
    made.show_household(other)
    settle()
    assert made.nothing.isVisible()
    made.show_household(budgeted)
    settle()
    assert shown(made, FOOD, "what_if") == "250,00"


def test_the_next_month_begins_from_the_last(
    tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who, said: list[Any]
) -> None:
    made = tab(budgeted)
    assert made.head.begin.text() == "&Commencer décembre"
    made.head.begin.click()
    settle()
    assert made.head.title.text() == "Décembre\u00a02026"
    assert amounts(file, who, budgeted, DECEMBER) == amounts(file, who, budgeted)
    said[-1][1]()
    settle()
    assert month(file, who, budgeted, DECEMBER) is None


def test_months_are_walked_through(tab: Make, budgeted: str, settle: Any) -> None:
    made = tab(budgeted)
    made.head.before.click()
    assert made.head.title.text() == "Octobre\u00a02026"
    assert not made.head.before.isEnabled()
    made.head.after.click()
    made.head.after.click()
    assert made.head.title.text() == "Décembre\u00a02026"
    assert not made.body.figures.figures.isVisible()  # nothing is computed of a month without budget
    assert not made.head.after.isEnabled()


def test_a_first_budget_begins_with_the_usual_lines(
    qtbot: Any, tab: Make, household: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    made = tab(household)
    assert made.nothing.isVisible()
    made.focus_first()
    assert made.nothing.button is not None
    assert made.nothing.button.hasFocus()
    made.nothing.button.click()
    view = made.body.sheet.view
    qtbot.waitUntil(view.hasFocus)
    type_in(made, "600")
    type_in(made, "11,31")
    settle()
    assert amounts(file, who, household) == {"net_wage": 600_00, "rsa": 11_31}
    sheet = month(file, who, household, NOVEMBER)
    assert sheet is not None
    assert sheet.month.persons_hundredths == 200
    assert made.body.figures.figures.isVisible()


def form(made: BudgetTab, qtbot: Any, kind: type[QWidget]) -> Any:
    qtbot.waitUntil(lambda: made.forms.open is not None and made.forms.open.isVisible())
    assert isinstance(made.forms.open, kind)
    return made.forms.open


def test_a_debt_is_added_changed_and_removed(
    qtbot: Any, tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    made.body.debts.add_button.click()
    opened = form(made, qtbot, DebtForm)
    opened.save.click()
    assert opened.parts["nature"].sentence
    opened.set_text("nature", "energy")
    opened.set_text("remaining_cents", "beaucoup")
    opened.save.click()
    assert opened.parts["remaining_cents"].sentence
    opened.set_text("remaining_cents", "212,40 €")
    opened.set_text("monthly_cents", "30")
    opened.save.click()
    settle()
    assert made.forms.open is None
    assert made.body.debts.rows.rows.rowCount() == 2
    energy = next(debt for debt in made.book.debts if debt.nature == "energy") if made.book else None
    assert energy is not None
    made.body.debts.opened.emit(energy.id)
    opened = form(made, qtbot, DebtForm)
    assert opened.text("remaining_cents") == "212,40"
    opened.set_text("stage", DebtStage.SETTLED.value)
    opened.save.click()
    settle()
    assert opened.parts["remaining_cents"].sentence  # a settled debt owes nothing: the service says so
    opened.set_text("remaining_cents", "0")
    opened.save.click()
    settle()
    assert made.body.debts.fold.text() == "1\u00a0dette soldée"
    made.body.debts.opened.emit(energy.id)
    form(made, qtbot, DebtForm).remove_asked.emit()
    settle()
    with file.reading() as connection:
        assert [debt.nature for debt in service.debts_of(connection, who, budgeted)] == ["rent"]


def test_a_form_interrupted_is_found_again(
    qtbot: Any, tab: Make, budgeted: str, settle: Any, drafts: Drafts
) -> None:
    made = tab(budgeted)
    made.forms.ask_debt(budgeted, None)
    opened = form(made, qtbot, DebtForm)
    QTest.keyClicks(opened.parts["creditor"].editor, "Energie du Nord")
    made.leave()
    settle()
    assert [draft.key for draft in drafts.all()] == [f"debt:{budgeted}:new"]
    opened.hide()  # as the lock does: the window goes, the draft stays
    made.forms.open = None
    made.forms.ask_debt(budgeted, None)
    again = form(made, qtbot, DebtForm)
    assert again.text("creditor") == "Energie du Nord"
    again.reject()
    settle()
    assert drafts.all() == []


def test_a_line_is_added_and_said_otherwise(
    qtbot: Any, tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    made.head.line.click()
    opened = form(made, qtbot, LineForm)
    opened.save.click()
    assert opened.parts["category"].sentence
    opened.part.choose("living")
    opened.part.chosen.emit("living")
    opened.set_text("category", "clothing")
    opened.set_text("amount", "45")
    opened.save.click()
    settle()
    assert amounts(file, who, budgeted)["clothing"] == 45_00
    assert (
        made.body.sheet.view.sheet.rows[made.body.sheet.view.currentIndex().row()].cells[0].words
        == "Habillement"
    )
    stand(made, WAGE, "name")
    QTest.keyClick(made.body.sheet.view, Key.Key_F2)
    opened = form(made, qtbot, LineForm)
    assert opened.text("label") == "aide à domicile"
    opened.set_text("label", "aide-soignante")
    opened.save.click()
    settle()
    assert shown(made, LineKey("net_wage", "aide-soignante"), "2026-10-01") == "600,00"
    assert shown(made, LineKey("net_wage", "aide-soignante")) == "620,00"


def test_a_line_is_taken_out_of_the_months_shown(
    tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    menu = made.lines.menu(FOOD)
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    assert words == ["&Modifier la ligne…", "&Retirer de novembre\u00a02026", "Retirer des 2 mois &affichés"]
    menu.actions()[2].trigger()
    settle()
    assert "food" not in amounts(file, who, budgeted)
    assert "food" not in amounts(file, who, budgeted, OCTOBER)


def test_a_month_is_specified_then_removed(
    qtbot: Any, tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who, said: list[Any]
) -> None:
    made = tab(budgeted)
    made.head.menu().actions()[0].trigger()
    opened = form(made, qtbot, MonthForm)
    opened.set_text("persons", "deux")
    opened.save.click()
    assert opened.parts["persons"].sentence
    opened.set_text("persons", "2,5")
    opened.set_text("note", "Garde alternée")
    opened.save.click()
    settle()
    sheet = month(file, who, budgeted, NOVEMBER)
    assert sheet is not None
    assert (sheet.month.persons_hundredths, sheet.month.note) == (250, "Garde alternée")
    assert made.body.figures.figures.tiles[2].figure.value == "5,39\u00a0€"
    assert made.body.sheet.persons.text() == "2,5\u00a0personnes"
    assert made.body.sheet.note.accessibleName() == "Note interne\u00a0: Garde alternée"
    made.body.sheet.persons.click()
    form(made, qtbot, MonthForm).reject()
    settle()
    made.head.menu().actions()[-1].trigger()
    settle()
    assert month(file, who, budgeted, NOVEMBER) is None
    said[-1][1]()
    settle()
    assert amounts(file, who, budgeted)["net_wage"] == 620_00


def test_a_figure_tells_its_lines_formula_and_dated_source(tab: Make, budgeted: str) -> None:
    made = tab(budgeted)
    for number, words in enumerate(("Loyer", "529,96\u00a0€", "÷ jours", "Alimentation")):
        window = made.body.figures.figures.explain(number)
        assert window is not None
        assert words in window.accessibleDescription()
        window.close()
    window = made.body.figures.figures.explain(0)
    assert window is not None
    assert "arrêté du 10 mars 2011" in window.accessibleDescription()
    window.close()


def test_the_course_follows_the_figure_chosen(tab: Make, budgeted: str) -> None:
    course = tab(budgeted).body.figures.course
    assert course.chart.accessibleDescription().count("€") == 2
    course.choice.choose("ratio")
    course.choice.chosen.emit("ratio")
    assert course.chart.accessibleName() == "Taux d’effort net"
    assert course.chart.accessibleDescription().endswith("novembre\u00a02026\u00a0: 25,1\u00a0%")


def test_a_subject_is_a_month_or_a_debt(
    tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted, "2026-10-01")
    assert made.head.title.text() == "Octobre\u00a02026"
    with file.reading() as connection:
        debt = service.debts_of(connection, who, budgeted)[0]
    made.show_household(budgeted, debt.id)
    settle()
    assert made.body.debts.rows.rows.key_at(made.body.debts.rows.currentIndex().row()) == debt.id


def test_leaving_confirms_the_cell_being_typed_into(
    tab: Make, budgeted: str, settle: Any, file: EncryptedFile, who: Who
) -> None:
    made = tab(budgeted)
    stand(made, FOOD)
    QTest.keyClicks(made.body.sheet.view, "3")
    QTest.keyClicks(made.body.sheet.view.editor, "15")
    made.leave()
    settle()
    assert amounts(file, who, budgeted)["food"] == 315_00


# The page area of a dossier at 1366 × 768 and 1920 × 1080, and at 150 % on both.
SIZES = [(100, (1174, 520)), (100, (1728, 832)), (150, (1078, 440)), (150, (1632, 740))]


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize(("scale", "size"), SIZES)
def test_the_tab_shows_every_word_named_and_reachable(
    tab: Make, budgeted: str, qapp: QApplication, appearance: str, scale: int, size: tuple[int, int]
) -> None:
    dress(qapp, appearance, scale)  # type: ignore[arg-type]
    made = tab(budgeted, size=size)
    assert made.size().toTuple() == size
    made.switch_what_if()
    assert made.size().toTuple() == size
    assert cut_words(made) == []
    assert nameless(made) == []
    assert unreachable(made) == []


@pytest.mark.parametrize("scale", [100, 150])
def test_the_forms_show_every_word(
    qtbot: Any, tab: Make, budgeted: str, settle: Any, qapp: QApplication, scale: int
) -> None:
    dress(qapp, "light", scale)
    made = tab(budgeted, size=(1078, 690))
    asks = (
        lambda: made.forms.ask_debt(budgeted, made.book.debts[0] if made.book else None),
        lambda: made.lines.ask(None),
        lambda: made.lines.ask(WAGE),
        made.head.menu().actions()[0].trigger,
    )
    for ask in asks:
        ask()
        settle()
        opened = made.forms.open
        assert opened is not None
        assert cut_words(opened) == []
        assert nameless(opened) == []
        assert unreachable(opened) == []
        opened.reject()
        settle()
