"""The tab « Logement » on a real file: what it shows, what is noted there by keyboard, how it looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.joint_review import Opinion
from caseworker_app.features.housing.domain.landlord import NewLandlord
from caseworker_app.features.housing.domain.rent_account import RentEntryKind
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.tab import HousingTab
from caseworker_app.features.housing.service import homes, landlords, leases, rent
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.explain import ExplainedValue
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.sheet_fill import SheetEntry
from caseworker_app.ui_kit.side_form import SideForm
from caseworker_app.ui_kit.tasks import Tasks
from tests.features.housing.housing_scene import OWN
from tests.ui_kit.inspection import bring_up, cut_words, nameless, spoken_name, unreachable

TODAY = date(2026, 11, 24)
Make = Callable[..., HousingTab]


@pytest.fixture
def tab(
    qtbot: Any, file: EncryptedFile, who: Who, drafts: Drafts, tasks: Tasks, changes: ChangeBroadcast,
    navigator: Navigator,
) -> Make:  # fmt: skip
    def make(household: str, size: tuple[int, int] = (1174, 530)) -> HousingTab:
        made = HousingTab(HousingDesk(file, who, drafts, tasks, changes, navigator, take_back_last))
        qtbot.addWidget(made)
        made.resize(*size)
        bring_up(qtbot, made)
        made.show_household(household)
        qtbot.waitUntil(lambda: made.shown is not None and not tasks.busy)
        return made

    return make


@pytest.fixture
def said(navigator: Navigator) -> list[tuple[str, Any]]:
    told: list[tuple[str, Any]] = []
    navigator.confirmed.connect(lambda words, undo: told.append((words, undo)))
    return told


def home_of(file: EncryptedFile, who: Who, household: str) -> LeaseFile:
    with file.reading() as connection:
        found = homes.open_housing(connection, who, household, TODAY).home
    assert found is not None
    return found.file


def form_of(made: HousingTab) -> SideForm:
    assert made.panel.form is not None
    return made.panel.form


def type_in(form: SideForm, key: str, words: str) -> None:
    """Put words in a field as an input method commits them, accents included."""
    editor = form.editors[key]
    target: QWidget = editor.editor if hasattr(editor, "editor") else editor
    if hasattr(target, "selectAll"):
        target.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(target, event)


def save(qtbot: Any, made: HousingTab, tasks: Tasks) -> None:
    form_of(made).save.click()
    qtbot.waitUntil(lambda: made.panel.form is None and not tasks.busy)


def settled(qtbot: Any, tasks: Tasks) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not tasks.busy)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not tasks.busy)


def test_a_sliding_lease_shows_its_line_its_review_and_its_account(tab: Make, sliding_home: str) -> None:
    made = tab(sliding_home)
    assert made.head.title.text() == "Bail glissant"
    assert made.line.pill.state.words.replace("\u00a0", " ") == "Avis au préfet dans 68 jours"
    assert "Sous-location" in made.line.times.accessibleDescription()
    assert made.criteria.title.text() == "Critères de l’examen\u00a03"
    assert made.criteria.table.rows.rowCount() == 6
    assert made.account.owed.value == "1\u202f095,60\u00a0€"
    assert made.plan.left.text() == "Reste 980,00\u00a0€"
    assert made.ledger.sheet.sheet.rows[0].cells[-1].spoken == "1\u202f095,60\u00a0€"


def test_a_household_without_home_adds_one_with_a_landlord_already_known(
    qtbot: Any,
    tab: Make,
    household: str,
    file: EncryptedFile,
    who: Who,
    tasks: Tasks,
    said: list[tuple[str, Any]],
) -> None:
    landlords.add_landlord(file, who, NewLandlord("Foyers du Littoral"))
    made = tab(household)
    made.focus_first()
    button = made.nothing.button
    assert button is not None
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    form = form_of(made)
    assert form.editors["street"].hasFocus()
    type_in(form, "street", "7, quai des Sablons")
    type_in(form, "landlord", "foyers du littoral")
    assert form.fields["landlord"].line.hint == "Bailleur déjà dans le fichier."
    assert form.fields["landlord_kind"].isHidden()
    type_in(form, "rent_cents", "410,00")
    type_in(form, "starts_on", "1er septembre 2026")
    save(qtbot, made, tasks)
    settled(qtbot, tasks)
    home = home_of(file, who, household)
    assert (home.lease.rent_cents, home.lease.starts_on) == (41_000, date(2026, 9, 1))
    assert home.landlord is not None
    assert home.landlord.name == "Foyers du Littoral"
    assert said[0][0] == "Logement ajouté"
    assert made.head.where.text() == "7, quai des Sablons"
    said[0][1]()
    qtbot.waitUntil(lambda: made.shown is not None and made.shown.home is None)


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    qtbot: Any, tab: Make, household: str, tasks: Tasks
) -> None:
    made = tab(household)
    made.open_form(_new_home(made))
    form = form_of(made)
    type_in(form, "starts_on", "demain")
    form.submit()
    assert "24/11/2026" in form.fields["starts_on"].sentence
    assert form.editors["starts_on"].hasFocus()
    type_in(form, "starts_on", "1/9/2026")
    for key in ("street", "complement", "postal_code", "city"):
        form.editors[key].clear()
    form.submit()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert form.fields["street"].sentence.startswith("Indiquez l’adresse")
    assert form.save.isEnabled()


def test_the_first_home_begins_with_the_address_that_is_known(
    qtbot: Any, tab: Make, file: EncryptedFile, who: Who, household: str
) -> None:
    with file.reading() as connection:
        known = households.open_household(connection, who, household).address_on(TODAY)
    assert known is not None
    made = tab(household)
    made.open_form(_new_home(made))
    form = form_of(made)
    shown = tuple(form.editors[key].text() for key in ("street", "complement", "postal_code", "city"))
    assert shown == tuple(
        part or "" for part in (known.street, known.complement, known.postal_code, known.city)
    )
    assert not form.touched
    QTest.keyClicks(form.editors["street"], "2 quai Neuf")
    assert form.text("street") == "2 quai Neuf"
    assert [form.text(key) for key in ("complement", "postal_code", "city")] == [None, None, None]


def _new_home(made: HousingTab) -> SideForm:
    from caseworker_app.features.housing.screens.home_forms import new_home_form

    assert made.shown is not None
    return new_home_form(made.desk, made.shown)


def test_a_payment_is_noted_by_keyboard_and_taken_back(
    qtbot: Any, tab: Make, sliding_home: str, tasks: Tasks, said: list[tuple[str, Any]]
) -> None:
    made = tab(sliding_home)
    made.ledger.payment.setFocus()
    QTest.keyClick(made.ledger.payment, Qt.Key.Key_Space)
    form = form_of(made)
    QTest.keyClicks(form.editors["amount_cents"], "95,60")
    QTest.keyClick(form.editors["amount_cents"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.account.owed.value == "1\u202f000,00\u00a0€")
    assert made.panel.form is None
    assert made.ledger.payment.hasFocus()
    assert said[0][0] == "Paiement noté"
    said[0][1]()
    qtbot.waitUntil(lambda: made.account.owed.value == "1\u202f095,60\u00a0€")


def test_a_cell_of_a_month_is_typed_into(
    qtbot: Any, tab: Make, sliding_home: str, tasks: Tasks, said: list[tuple[str, Any]]
) -> None:
    made = tab(sliding_home, (1174, 1600))
    sheet = made.ledger.sheet
    assert sheet.stand_on("2026-11", "paid")
    sheet.setFocus()
    QTest.keyClick(sheet, Qt.Key.Key_3)
    QTest.keyClicks(sheet.editor, "50")
    QTest.keyClick(sheet.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.account.owed.value == "1\u202f045,60\u00a0€")
    assert said[0][0].startswith("Noté, novembre\u00a02026")
    assert sheet.hasFocus()


def test_a_wrong_amount_in_a_cell_says_so(tab: Make, sliding_home: str) -> None:
    made = tab(sliding_home, (1174, 1600))
    sheet = made.ledger.sheet
    sheet.stand_on("2026-11", "paid")
    sheet.setFocus()
    QTest.keyClick(sheet, Qt.Key.Key_Minus)
    QTest.keyClicks(sheet.editor, "5")
    QTest.keyClick(sheet.editor, Qt.Key.Key_Return)
    assert "régularisation" in sheet.sentence.sentence


def test_the_other_account_has_its_own_lines(qtbot: Any, tab: Make, sliding_home: str, tasks: Tasks) -> None:
    made = tab(sliding_home)
    segment = made.account.accounts
    assert segment is not None
    segment.chosen.emit("association_to_landlord")
    assert made.account.owed.value == "592,80\u00a0€"
    assert made.ledger.remark.text() == "Association → bailleur"
    assert made.account.threshold.isHidden()
    assert made.plan.nothing.isVisibleTo(made)
    made.ledger.sheet.entered.emit((SheetEntry("2026-11", "paid", "592,80"),))
    qtbot.waitUntil(lambda: made.account.owed.value == "0,00\u00a0€")


def test_a_line_is_taken_back_with_delete(
    qtbot: Any, tab: Make, sliding_home: str, file: EncryptedFile, who: Who, tasks: Tasks
) -> None:
    made = tab(sliding_home)
    made.ledger.view.choose("lines")
    made.ledger.view.chosen.emit("lines")
    lines = made.ledger.lines
    lines.setFocus()
    lines.setCurrentIndex(lines.rows.index(0, 0))
    before = lines.rows.rowCount()
    QTest.keyClick(lines, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: lines.rows.rowCount() == before + 1)
    with file.reading() as connection:
        entries = rent.rent_entries(connection, who, home_of(file, who, sliding_home).lease.id, OWN)
    assert entries[-1].corrects_id is not None
    assert entries[-1].kind is RentEntryKind.PLAN_PAYMENT


def test_an_opinion_is_given_by_its_letter_or_its_menu(
    qtbot: Any, tab: Make, sliding_home: str, file: EncryptedFile, who: Who, tasks: Tasks
) -> None:
    made = tab(sliding_home)
    table = made.criteria.table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(4, 1))
    QTest.keyClick(table, Qt.Key.Key_N)
    settled(qtbot, tasks)
    qtbot.waitUntil(lambda: table.rows.index(4, 1).data() == "Non atteint")
    menu = table.menu()
    assert menu is not None
    assert [action.isChecked() for action in menu.actions()] == [False, False, True, False]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: table.rows.index(4, 1).data() == "Atteint")
    sliding = home_of(file, who, sliding_home).sliding
    assert sliding is not None
    given = next(each for each in sliding.criteria if each.criterion == "own_budget")
    assert (given.by_landlord, given.by_household) == (Opinion.MET, Opinion.IN_PROGRESS)


def test_a_refusal_needs_its_reasons_and_they_are_kept_as_a_draft(
    qtbot: Any, tab: Make, sliding_home: str, drafts: Drafts, tasks: Tasks, file: EncryptedFile, who: Who
) -> None:
    made = tab(sliding_home)
    made.transfer.open("answer")
    form = form_of(made)
    form.editors["answer"].choose("refuses")  # type: ignore[union-attr]
    form.submit()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert "motifs du refus" in form.rest.sentence
    type_in(form, "reasons", "Dette encore élevée.")
    made.leave()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert made.panel.form is None
    assert [draft.content["reasons"] for draft in drafts.all()] == ["Dette encore élevée."]
    made.transfer.open("answer")
    qtbot.waitUntil(lambda: form_of(made).text("reasons") == "Dette encore élevée.")
    save(qtbot, made, tasks)
    sliding = home_of(file, who, sliding_home).sliding
    assert sliding is not None
    assert sliding.periods[-1].landlord_reasons == "Dette encore élevée."
    assert drafts.all() == []
    qtbot.waitUntil(lambda: made.transfer.reasons.isVisibleTo(made))


def test_a_form_with_something_typed_is_not_replaced(tab: Make, sliding_home: str) -> None:
    made = tab(sliding_home)
    made.ledger.payment.click()
    form = form_of(made)
    QTest.keyClicks(form.editors["amount_cents"], "12")
    made.lease.change.click()
    assert form_of(made) is form
    assert "Enregistrez ou fermez" in form.rest.sentence
    QTest.keyClick(form, Qt.Key.Key_Escape)
    made.lease.change.click()
    assert form_of(made).accessibleName() == "Le bail"


def test_a_plan_tells_how_long_it_takes_while_one_types(
    qtbot: Any, tab: Make, plain_home: str, tasks: Tasks, file: EncryptedFile, who: Who
) -> None:
    made = tab(plain_home)
    made.plan.agree.click()
    form = form_of(made)
    type_in(form, "monthly_cents", "60")
    type_in(form, "first_month", "12/2026")
    words = [label.text().replace("\u00a0", " ") for label in form.findChildren(type(made.plan.nothing))]
    assert "24 mensualités, soldé en novembre 2028." in words
    save(qtbot, made, tasks)
    plan = home_of(file, who, plain_home).plans[0]
    assert (plan.instalments, plan.total_cents, plan.instalment_cents(24)) == (24, 142_500, 4_500)
    qtbot.waitUntil(lambda: made.plan.left.text() == "Reste 1\u202f425,00\u00a0€")


def test_a_step_of_a_procedure_gets_the_delay_of_the_law(
    qtbot: Any, tab: Make, plain_home: str, tasks: Tasks, file: EncryptedFile, who: Who
) -> None:
    made = tab(plain_home)
    made.eviction.add_step.click()
    form = form_of(made)
    form.editors["kind"].choose("command_to_leave")  # type: ignore[union-attr]
    type_in(form, "happened_on", "20/11/2026")
    assert form.text("until") == "20/01/2027"
    assert "L412-1" in form.fields["until"].line.hint
    save(qtbot, made, tasks)
    assert len(home_of(file, who, plain_home).eviction) == 2


def test_a_proof_proposes_until_when_it_holds(
    qtbot: Any, tab: Make, sliding_home: str, tasks: Tasks, file: EncryptedFile, who: Who
) -> None:
    made = tab(sliding_home)
    made.duties.open("boiler_service")
    form = form_of(made)
    assert form.text("valid_until") == "24/11/2027"
    type_in(form, "valid_until", "1/6/2027")
    type_in(form, "proof_received_on", "1/11/2026")
    assert form.text("valid_until") == "1/6/2027"
    save(qtbot, made, tasks)
    assert home_of(file, who, sliding_home).duties[0].valid_until == date(2027, 6, 1)


def test_the_stages_are_walked_and_opened_by_keyboard(qtbot: Any, tab: Make, sliding_home: str) -> None:
    made = tab(sliding_home)
    made.focus_first()
    times = made.line.times
    assert "Examen\u00a03" in spoken_name(times)
    QTest.keyClick(times, Qt.Key.Key_Right)
    assert "Avis au préfet" in spoken_name(times)
    QTest.keyClick(times, Qt.Key.Key_Return)
    assert form_of(made).accessibleName() == "Réponse du bailleur"


def test_the_chart_is_read_month_by_month(tab: Make, sliding_home: str) -> None:
    chart = tab(sliding_home).account.chart
    assert "novembre\u00a02026\u00a0: 1\u202f095,60\u00a0€" in chart.accessibleDescription()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert spoken_name(chart).endswith("novembre\u00a02026\u00a0: 1\u202f095,60\u00a0€")
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert spoken_name(chart).endswith("prévu")


def test_figures_tell_how_they_were_made(tab: Make, sliding_home: str) -> None:
    made = tab(sliding_home)
    for value, words in (
        (made.account.threshold, "Aide au logement"),
        (made.account.owed, "Reste à payer"),
        (made.account.plan, "Mensualités tenues"),
        (made.account.monthly, "Charges"),
    ):
        assert isinstance(value, ExplainedValue)
        QTest.keyClick(value, Qt.Key.Key_Space)
        window = value.window_shown
        assert window is not None
        told = window.accessibleDescription() + window.accessibleName()
        assert words in told
        QTest.keyClick(window, Qt.Key.Key_Escape)


def test_a_change_made_elsewhere_is_shown(
    qtbot: Any, tab: Make, sliding_home: str, file: EncryptedFile, who: Who, changes: ChangeBroadcast
) -> None:
    made = tab(sliding_home)
    lease = home_of(file, who, sliding_home).lease
    changes.announce(leases.end_lease(file, who, lease.id, date(2026, 11, 1)))
    qtbot.waitUntil(lambda: made.head.title.text() == "Bail glissant, terminé")


def test_another_household_never_shows_the_first_ones_form(
    qtbot: Any, tab: Make, sliding_home: str, plain_home: str, tasks: Tasks
) -> None:
    made = tab(sliding_home)
    made.duties.open("home_insurance")
    made.show_household(plain_home)
    assert made.panel.form is None
    qtbot.waitUntil(lambda: made.shown is not None and not tasks.busy)
    assert made.head.title.text() == "Bail"
    assert made.criteria.isHidden()


LOOKS = [((1174, 530), 100), ((1728, 860), 100), ((1104, 530), 150)]
OPENINGS: dict[str, Callable[[HousingTab], None]] = {
    "nothing": lambda made: None,
    "payment": lambda made: made.ledger.payment.click(),
    "lease": lambda made: made.lease.change.click(),
    "home": lambda made: made.home.change.click(),
    "answer": lambda made: made.transfer.open("answer"),
    "steps": lambda made: made.transfer.open("application"),
    "transfer": lambda made: made.transfer.open("transfer"),
    "renewal": lambda made: made.transfer.open("renewal"),
    "duty": lambda made: made.duties.open("home_insurance"),
    "eviction": lambda made: made.eviction.add_step.click(),
    "plan": lambda made: made.plan.end.click(),
    "review": lambda made: made.criteria.plan.click(),
    "lines": lambda made: made.ledger.view.chosen.emit("lines"),
}


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_nothing_is_cut_nameless_or_out_of_reach(
    qapp: QApplication, tab: Make, sliding_home: str, opening: str, size: tuple[int, int], scale: int
) -> None:
    dress(qapp, "light", scale)
    try:
        made = tab(sliding_home, size)
        OPENINGS[opening](made)
        QApplication.processEvents()
        assert made.width() == size[0]
        assert cut_words(made) == []
        assert nameless(made) == []
        assert unreachable(made) == []
    finally:
        dress(qapp, "light", 100)


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_a_household_in_arrears_or_without_home_shows_every_word(
    qapp: QApplication, tab: Make, plain_home: str, household: str, size: tuple[int, int], scale: int
) -> None:
    dress(qapp, "dark", scale)
    try:
        for each in (plain_home, household):
            made = tab(each, size)
            assert cut_words(made) == []
            assert nameless(made) == []
    finally:
        dress(qapp, "light", 100)


def _letters(root: QWidget) -> list[str]:
    words = [label.text() for label in root.findChildren(QLabel) if label.buddy() is not None]
    words += [button.text() for button in root.findChildren(QPushButton) if button.isVisibleTo(root)]
    return [text[text.index("&") + 1].lower() for text in words if "&" in text]


FORMS: dict[str, Callable[[HousingTab], None]] = {
    **{key: opening for key, opening in OPENINGS.items() if key not in ("nothing", "lines")},
    "new home": lambda made: made.head.new.click(),
    "head lease": lambda made: made.lease.head.click(),
    "end": lambda made: made.lease.end.click(),
    "charge": lambda made: made.ledger.charge.click(),
    "other line": lambda made: made.ledger.other.click(),
    "held": lambda made: made.criteria.hold.click(),
    "criterion": lambda made: made.criteria.table.line_opened.emit(made.criteria.table.rows.row_at(0)),
    "landlord": lambda made: made.home.landlord_menu().actions()[0].trigger(),
    "contact": lambda made: made.home.landlord_menu().actions()[1].trigger(),
    "plan payment": lambda made: made.plan.pay.click(),
    "agreement": lambda made: made.head.agreement_asked.emit(),
}


@pytest.mark.parametrize("opening", FORMS)
def test_each_letter_of_alt_stands_once_in_a_form_and_nowhere_else(
    tab: Make, sliding_home: str, opening: str
) -> None:
    made = tab(sliding_home)
    FORMS[opening](made)
    letters = _letters(form_of(made))
    assert sorted(set(letters)) == sorted(letters)
    assert letters
    assert _letters(made.body) == []
    form_of(made).closed.emit()
    cards = _letters(made.body)
    assert sorted(set(cards)) == sorted(cards)
    assert {"n", "i"}.isdisjoint(cards)  # the dossier's own: Nouvelle visite, Imprimer
