"""The tab « Mesure » on a real file: what it shows, and what is done there by keyboard and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import Intensity, MeasureFile, NewAgreement, NewMeasure
from caseworker_app.features.measures.domain.part import NewPart
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.measures.screens.tab import MeasureTab
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.page import Route
from caseworker_app.ui_kit.row_list import RowList
from caseworker_app.ui_kit.side_form import SideForm
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

TODAY = date(2026, 11, 24)
Make = Callable[[], MeasureTab]


@pytest.fixture
def tab(qtbot: Any, desk: MeasuresDesk, household: str) -> Make:
    def make() -> MeasureTab:
        made = MeasureTab(desk)
        qtbot.addWidget(made)
        made.resize(1174, 530)
        bring_up(qtbot, made)
        made.show_household(household)
        qtbot.waitUntil(lambda: made.shown is not None and not desk.tasks.busy)
        return made

    return make


@pytest.fixture
def asll(desk: MeasuresDesk, household: str) -> str:
    return service.open_measure(desk.file, desk.who, NewMeasure(household, "asll", date(2026, 6, 1)))[0]


def files(desk: MeasuresDesk, household: str) -> list[MeasureFile]:
    with desk.file.reading() as connection:
        return service.measures_of(connection, desk.who, household, TODAY)


def form_of(made: MeasureTab) -> SideForm:
    assert made.panel.form is not None
    return made.panel.form


def put(form: SideForm, key: str, words: str) -> None:
    """Answer a field as the person does; a choice by its key, as one of its lines is picked."""
    editor = form.editors[key]
    if isinstance(editor, Choice):
        editor.choose(words)
        editor.activated.emit(editor.currentIndex())
    elif isinstance(editor, Entry):
        editor.setText(words)
        editor.editingFinished.emit()
    else:
        editor.set_text(words)


def save(qtbot: Any, made: MeasureTab) -> None:
    form = form_of(made)
    form.save.click()
    qtbot.waitUntil(lambda: made.panel.form is None and not made.desk.tasks.busy)


def refused(qtbot: Any, made: MeasureTab, key: str) -> str:
    form = form_of(made)
    form.save.click()
    qtbot.waitUntil(lambda: bool(form.fields[key].sentence) and not made.desk.tasks.busy)
    return form.fields[key].sentence.replace("\u00a0", " ")


def words(made: MeasureTab) -> str:
    shown = [each.text() for each in made.findChildren(QLabel) if each.isVisible()]
    return " | ".join(shown).replace("\u00a0", " ")


def test_a_household_without_measure_opens_one_that_is_taken_back(
    qtbot: Any, tab: Make, desk: MeasuresDesk, household: str
) -> None:
    made = tab()
    made.focus_first()
    button = made.nothing.button
    assert button is not None
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert form_of(made).editors["kind_code"].hasFocus()
    assert refused(qtbot, made, "kind_code") == "Choisissez la sorte de mesure dans la liste."
    put(form_of(made), "kind_code", "asll")
    assert form_of(made).text("planned_end_on") == "23/05/2027"
    put(form_of(made), "starts_on", "1er décembre 2026")
    assert form_of(made).text("planned_end_on") == "31/05/2027"
    put(form_of(made), "intensity", "strong")
    assert form_of(made).text("visits_per_month") == "4"
    save(qtbot, made)
    measure = files(desk, household)[0].measure
    assert (measure.starts_on, measure.planned_end_on) == (date(2026, 12, 1), date(2027, 5, 31))
    assert (measure.intensity, measure.lead_worker_id) == (Intensity.STRONG, desk.who.worker_id)
    assert made.cards[0].pill.state.words == "Commence le 01/12/2026"
    desk.undo()
    qtbot.waitUntil(lambda: not files(desk, household) and not desk.tasks.busy)


def test_an_end_that_was_typed_is_not_proposed_over(tab: Make) -> None:
    made = tab()
    made.ask_new()
    form = form_of(made)
    put(form, "kind_code", "asll")
    put(form, "planned_end_on", "15/12/2026")
    put(form, "kind_code", "masp_1")
    assert form.text("planned_end_on") == "15/12/2026"


def test_an_agreement_bounds_what_is_proposed_and_what_is_written(
    qtbot: Any, tab: Make, desk: MeasuresDesk, household: str
) -> None:
    new = NewAgreement("FSL 2026", date(2026, 1, 1), date(2026, 12, 31))
    agreement, _ = service.add_agreement(desk.file, desk.who, new)
    made = tab()
    made.ask_new()
    put(form_of(made), "agreement_id", agreement)
    put(form_of(made), "kind_code", "asll")
    assert form_of(made).text("planned_end_on") == "31/12/2026"
    put(form_of(made), "planned_end_on", "01/01/2027")
    told = refused(qtbot, made, "planned_end_on")
    assert told == "La convention « FSL 2026 » finit le 31/12/2026 : la mesure ne peut pas aller au-delà."
    put(form_of(made), "planned_end_on", "31/12/2026")
    save(qtbot, made)
    assert files(desk, household)[0].measure.agreement_id == agreement
    qtbot.waitUntil(lambda: "FSL 2026, jusqu’au 31/12/2026" in words(made))


def test_a_measure_is_renewed_with_its_reason(
    qtbot: Any, tab: Make, desk: MeasuresDesk, household: str, asll: str
) -> None:
    made = tab()
    assert made.cards[0].pill.state.words.replace("\u00a0", " ") == "6 jours restants"
    made.focus_first()
    QTest.keyClick(made.cards[0].renew, Qt.Key.Key_Space)
    assert form_of(made).text("to_date") == "31/05/2027"
    put(form_of(made), "to_date", "01/11/2026")
    assert refused(qtbot, made, "to_date") == "Le renouvellement ne peut pas finir avant de commencer."
    put(form_of(made), "to_date", "31/03/2027")
    put(form_of(made), "reason", "Dette non soldée")
    save(qtbot, made)
    found = files(desk, household)[0]
    assert (found.measure.planned_end_on, found.renewals[0].reason) == (date(2027, 3, 31), "Dette non soldée")
    qtbot.waitUntil(lambda: "31/03/2027, renouvelée 1 fois" in words(made))
    desk.undo()
    qtbot.waitUntil(lambda: not files(desk, household)[0].renewals and not desk.tasks.busy)
    assert files(desk, household)[0].measure.planned_end_on == date(2026, 11, 30)


def test_the_intensity_and_the_lead_worker_change(
    qtbot: Any, tab: Make, desk: MeasuresDesk, household: str, asll: str
) -> None:
    colleague, _ = team.add_worker(desk.file, desk.who, "Samuel Okafor", Role.CASEWORKER)
    made = tab()
    made.cards[0].rhythm.click()
    put(form_of(made), "intensity", "light")
    assert form_of(made).text("visits_per_month") == "1"
    save(qtbot, made)
    made.cards[0].hand_over.click()
    assert refused(qtbot, made, "worker_id") == "Choisissez la personne qui prend la suite."
    put(form_of(made), "worker_id", colleague)
    save(qtbot, made)
    measure = files(desk, household)[0].measure
    assert (measure.intensity, measure.visits_per_month) == (Intensity.LIGHT, 1)
    assert measure.lead_worker_id == colleague
    qtbot.waitUntil(lambda: "Samuel Okafor" in words(made))


def test_a_measure_ends_for_a_reason_and_is_kept_among_the_former(
    qtbot: Any, tab: Make, desk: MeasuresDesk, household: str, asll: str
) -> None:
    made = tab()
    made.cards[0].end.click()
    put(form_of(made), "ended_on", "20/11/2026")
    assert refused(qtbot, made, "exit_reason_code") == "Choisissez le motif dans la liste."
    put(form_of(made), "exit_reason_code", "rehoused_social")
    put(form_of(made), "destination", "T2, Foyers du Littoral")
    save(qtbot, made)
    assert not made.cards[0].isVisible()
    row = made.former.rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Relogement dans le parc social" in row
    assert "T2, Foyers du Littoral" in row
    desk.undo()
    qtbot.waitUntil(lambda: files(desk, household)[0].measure.ended_on is None and not desk.tasks.busy)


def test_what_was_typed_is_offered_again(qtbot: Any, tab: Make, desk: MeasuresDesk) -> None:
    made = tab()
    made.ask_new()
    put(form_of(made), "prescriber", "SIAO des Estuaires")
    made.leave()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    made.ask_new()
    qtbot.waitUntil(lambda: form_of(made).text("prescriber") == "SIAO des Estuaires")


def test_a_volunteer_reads_without_buttons(qtbot: Any, desk: MeasuresDesk, household: str, asll: str) -> None:
    volunteer, _ = team.add_worker(desk.file, desk.who, "Rose Amblard", Role.VOLUNTEER)
    with desk.file.reading() as connection:
        who = next(each for each in team.list_workers(connection, desk.who) if each.id == volunteer).as_who()
    other = MeasuresDesk(
        desk.file, who, desk.drafts, desk.tasks, desk.changes, desk.navigator, desk.take_back, desk.visits
    )
    made = MeasureTab(other)
    qtbot.addWidget(made)
    made.resize(1174, 530)
    bring_up(qtbot, made)
    made.show_household(household)
    qtbot.waitUntil(lambda: made.shown is not None and not desk.tasks.busy)
    assert not made.open.isVisible()
    assert not made.cards[0].renew.isVisible()


def test_every_form_is_whole_named_and_within_reach(tab: Make, asll: str) -> None:
    made = tab()
    card = made.cards[0]
    for button in (card.renew, card.rhythm, card.hand_over, card.end, made.open):
        button.click()
        assert cut_words(made) == []
        assert nameless(made) == []
        assert unreachable(made) == []
        made.panel.give_up()


def test_a_measure_is_suspended_then_resumed_where_it_is_shown(
    qtbot: Any, tab: Make, desk: MeasuresDesk, household: str, asll: str
) -> None:
    made = tab()
    card = made.cards[0]
    assert not card.resume.isVisible()
    card.suspend.click()
    put(form_of(made), "from_date", "03/11/2026")
    put(form_of(made), "reason", "hospitalisation")
    save(qtbot, made)
    qtbot.waitUntil(card.resume.isVisible)
    assert card.pill.state.words.replace("\u00a0", " ") == "Suspendue depuis 22 jours"
    assert "Suspendue depuis le 03/11/2026" in titles(card.renewals)
    card.resume.click()
    assert refused_after(qtbot, made, "resumed_on", "01/11/2026").startswith(
        "La mesure ne peut pas reprendre"
    )
    put(form_of(made), "resumed_on", "24/11/2026")
    save(qtbot, made)
    qtbot.waitUntil(card.suspend.isVisible)
    assert [each.to_date for each in files(desk, household)[0].suspensions] == [date(2026, 11, 23)]


def titles(listed: RowList) -> list[str]:
    rows = [listed.rows.row_at(number) for number in range(listed.rows.rowCount())]
    return [row.title.replace("\u00a0", " ") for row in rows if row is not None]


def refused_after(qtbot: Any, made: MeasureTab, key: str, typed: str) -> str:
    put(form_of(made), key, typed)
    return refused(qtbot, made, key)


def test_who_does_what_is_written_beside_a_measure(
    qtbot: Any, tab: Make, desk: MeasuresDesk, household: str, asll: str
) -> None:
    made = tab()
    assert made.parts.nobody.isVisible()
    made.parts.add_one.click()
    assert not cut_words(made)
    assert refused(qtbot, made, "body") == "Indiquez l’organisme ou le service."
    put(form_of(made), "body", "Relais des Ormes")
    put(form_of(made), "part", "parentalité")
    put(form_of(made), "role", "lead")
    save(qtbot, made)
    qtbot.waitUntil(made.parts.rows.isVisible)
    assert titles(made.parts.rows) == ["Relais des Ormes : parentalité"]
    made.parts.rows.opened.emit(made.parts.rows.rows.key_at(0))
    put(form_of(made), "ends_on", "30/11/2026")
    save(qtbot, made)
    with desk.file.reading() as connection:
        (part,) = service.parts_of(connection, desk.who, household)
    assert (part.leads, part.ends_on) == (True, date(2026, 11, 30))
    assert not nameless(made)
    assert not unreachable(made)


def test_the_end_record_opens_from_what_runs_and_from_what_is_over(
    qtbot: Any, tab: Make, desk: MeasuresDesk, household: str, asll: str
) -> None:
    made = tab()
    with qtbot.waitSignal(desk.navigator.asked) as asked:
        made.cards[0].record.click()
    assert asked.args[0] == Route("paper", household, f"fiche-fin-mesure:{asll}")
    service.end_measure(desk.file, desk.who, asll, date(2026, 11, 20), "goals_reached", None)
    made.read_again()
    qtbot.waitUntil(lambda: made.former.rows.rows.rowCount() == 1 and not desk.tasks.busy)
    with qtbot.waitSignal(desk.navigator.asked) as asked:
        made.former.rows.opened.emit(asll)
    assert asked.args[0] == Route("paper", household, f"fiche-fin-mesure:{asll}")


def test_the_sheet_of_who_follows_for_a_part_opens_from_its_form(
    qtbot: Any, tab: Make, desk: MeasuresDesk, household: str
) -> None:
    part = service.add_part(
        desk.file, desk.who, household, NewPart("Relais des Ormes", "parentalité", TODAY)
    )[0]
    made = tab()
    made.parts.rows.opened.emit(part)
    form = form_of(made)
    assert form.save.isEnabled()
    (button,) = [each for each in form.findChildren(Button) if each.text() == "Fiche de liaison…"]
    with qtbot.waitSignal(desk.navigator.asked) as asked:
        button.click()
    assert asked.args[0] == Route("letter", household, f"fiche-liaison:{part}")
    assert not nameless(made)
    assert not unreachable(made)
