"""The visit page on a real file: written, kept as a draft, confirmed, undone; nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.features.budget import service as budget
from caseworker_app.features.budget.domain.sheet import NewLine, NewMonth
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.draft import visit_draft_key
from caseworker_app.features.diary.domain.entry import EntryZone, FactTopic
from caseworker_app.features.diary.domain.kinds import EntryKind, KindPage, kinds_typed_on
from caseworker_app.features.diary.domain.visit import (
    AppointmentState,
    NewAppointment,
    PromiseState,
    RoomState,
)
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.page import VisitPage
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.draft_keeper import EVERY_MS
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.text import Label
from tests.features.diary import visit_scene
from tests.features.housing.housing_scene import plain_household
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

Make = Callable[[], VisitPage]
OBSERVED = "Logement aéré, chauffé à 19 °C. L’attestation d’assurance est à jour."


@pytest.fixture
def scene(file, who, household):
    return visit_scene.fill(file, who, household)


@pytest.fixture
def make(qtbot, qapp, file, who, drafts, tasks) -> Make:
    """Make a visit page of its own, as after a start of the program."""
    dress(qapp, "light")
    navigators: list[Navigator] = []

    def made() -> VisitPage:
        navigator = Navigator()
        navigators.append(navigator)
        desk = VisitDesk(file, who, drafts, tasks, ChangeBroadcast(), navigator, take_back_last)
        page = VisitPage(desk)
        qtbot.addWidget(page)
        page.resize(1174, 638)
        bring_up(qtbot, page)
        return page

    return made


def opened(qtbot: Any, page: VisitPage, household: str) -> VisitPage:
    page.enter(Route("visit", household))
    qtbot.waitUntil(lambda: page.material is not None)
    return page


def write(widget: QWidget, words: str) -> None:
    """Type words that a keyboard would compose (accents, no-break spaces)."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def observed(page: VisitPage) -> QWidget:
    return page.body.zones[EntryZone.OBSERVED].editor


def visits(file: Any, who: Any, household: str) -> list[Any]:
    with file.reading() as connection:
        return diary.visits_of(connection, who, household)


def test_one_writes_at_once_and_everything_is_internal(qtbot, make, household, scene) -> None:
    page = opened(qtbot, make(), household)
    assert page.focusWidget() is observed(page)
    assert all(zone.internal for zone in page.body.zones.values())
    assert not page.head.draft.isVisible()
    assert not page.keeper.touched, "what the program fills in is no draft"


def test_a_visit_is_confirmed_whole_and_its_draft_forgotten(
    qtbot, make, file, who, drafts, household, scene
) -> None:
    page = opened(qtbot, make(), household)
    write(observed(page), OBSERVED)
    zone = page.body.zones[EntryZone.OBSERVED]
    zone.propose()
    assert zone.composer.words.text() == "L’attestation d’assurance est à jour."
    zone.composer.topic.choose(FactTopic.INSURANCE.value)
    zone.composer.add()
    page.body.dwelling.same.click()
    goal = page.body.goals.lines[1]
    goal.tick.click()
    step = goal.goal.next_step
    goal.step.choose(step.id)
    late = page.body.promises.lines[0]
    late.state.choose(PromiseState.KEPT.value)
    page.body.new_promises.add_button.click()
    promise = page.body.new_promises.lines[0]
    write(promise.text, "Envoyer la quittance")
    promise.due.setText("8/12")
    page.body.appointment.day.setText("8 décembre")
    page.body.appointment.hour.setText("14h30")
    page.head.circumstances.length.setText("50")
    page.keeper.keep_now()
    qtbot.waitUntil(lambda: drafts.find(visit_draft_key(household)) is not None)
    with qtbot.waitSignal(page.desk.navigator.asked) as gone:
        page.head.finish.click()
    assert gone.args[0] == Route("dossier", household)
    made = visits(file, who, household)[0]
    assert (made.entry.observed, made.entry.duration_minutes) == (OBSERVED, 50)
    assert [(f.topic, f.text) for f in made.facts] == [
        (FactTopic.INSURANCE, "L’attestation d’assurance est à jour.")
    ]
    assert [r.state for r in made.rooms] == [RoomState.GOOD, RoomState.GOOD, RoomState.WATCH, RoomState.GOOD]
    assert [(g.goal_id, g.step_id) for g in made.goals] == [(scene.goals[1], step.id)]
    assert [(r.promise.text, r.review.state) for r in made.reviewed] == [
        ("Passage du plombier", PromiseState.KEPT)
    ]
    assert [(p.text, p.due_on) for p in made.promises] == [("Envoyer la quittance", date(2026, 12, 8))]
    assert made.next_appointment.starts_at == datetime(2026, 12, 8, 14, 30)  # noqa: DTZ001 - the wall's
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    assert drafts.find(visit_draft_key(household)) is None


def test_undoing_takes_the_visit_back_and_its_text_becomes_a_draft_again(
    qtbot, make, file, who, drafts, household, scene
) -> None:
    page = opened(qtbot, make(), household)
    write(observed(page), OBSERVED)
    with qtbot.waitSignal(page.desk.navigator.confirmed) as said:
        page.finish()
    assert said.args[0] == "Visite enregistrée"
    assert len(visits(file, who, household)) == 2
    with qtbot.waitSignal(page.desk.navigator.asked) as gone:
        said.args[1]()
    assert gone.args[0] == Route("visit", household)
    assert len(visits(file, who, household)) == 1
    assert drafts.find(visit_draft_key(household)).content["entry"]["observed"] == OBSERVED


def test_after_a_kill_the_draft_is_offered_and_comes_back_as_typed(
    qtbot, make, household, scene, drafts
) -> None:
    page = opened(qtbot, make(), household)
    with qtbot.waitSignal(page.keeper.kept):
        write(observed(page), OBSERVED)
        page.head.circumstances.day.setText("24/1x")
        page.body.zones[EntryZone.SAID].composer.start("Le loyer est payé")
        page.body.goals.lines[0].tick.click()
    assert page.head.draft.state.words.startswith("Brouillon enregistré à ")
    after = opened(qtbot, make(), household)
    assert after._stack.currentWidget() is after.offer
    assert OBSERVED.split(".", 1)[0] in after.offer.extract.text()
    after.offer.resume.click()
    assert after.body.zones[EntryZone.OBSERVED].text() == OBSERVED
    assert after.head.circumstances.day.text() == "24/1x"
    assert after.body.zones[EntryZone.SAID].composer.words.text() == "Le loyer est payé"
    assert after.body.goals.lines[0].tick.isChecked()


def test_starting_again_can_itself_be_undone(qtbot, make, household, scene, drafts) -> None:
    page = opened(qtbot, make(), household)
    write(observed(page), OBSERVED)
    page.leave()
    qtbot.waitUntil(lambda: drafts.find(visit_draft_key(household)) is not None)
    after = opened(qtbot, make(), household)
    with qtbot.waitSignal(after.desk.navigator.confirmed) as said:
        after.offer.again.click()
    assert after.body.zones[EntryZone.OBSERVED].text() == ""
    qtbot.waitUntil(lambda: drafts.find(visit_draft_key(household)) is None)
    said.args[1]()
    assert after.body.zones[EntryZone.OBSERVED].text() == OBSERVED
    qtbot.waitUntil(lambda: drafts.find(visit_draft_key(household)) is not None)


def test_leaving_the_field_keeps_the_draft(qtbot, make, household, scene, drafts) -> None:
    page = opened(qtbot, make(), household)
    write(observed(page), OBSERVED)
    page.head.circumstances.place.setFocus(Qt.FocusReason.TabFocusReason)
    assert not page.keeper.touched
    qtbot.waitUntil(lambda: drafts.find(visit_draft_key(household)) is not None)


def test_another_household_never_shows_the_draft_state_of_the_one_left(
    qtbot, make, file, who, household, scene
) -> None:
    page = opened(qtbot, make(), household)
    write(observed(page), OBSERVED)
    page.leave()
    page.enter(Route("visit", "no-such-household"))
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    assert not page.head.draft.isVisible()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("day", "32/13", "n’existe pas"),
        ("day", "30/11/2026", "est à venir"),
        ("hour", "26h", "Cette heure n’est pas lisible"),
        ("length", "beaucoup", "Cette durée n’est pas lisible"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_written(
    qtbot, make, household, scene, field: str, typed: str, sentence: str
) -> None:
    page = opened(qtbot, make(), household)
    write(observed(page), OBSERVED)
    entry = getattr(page.head.circumstances, field)
    entry.setText(typed)
    page.finish()
    qtbot.waitUntil(page.head.circumstances.error.isVisible)
    assert sentence in page.head.circumstances.error.sentence
    assert page.body.zones[EntryZone.OBSERVED].text() == OBSERVED
    assert len(visits(page.desk.file, page.desk.who, household)) == 1
    entry.setText("")
    write(entry, "1")
    assert not page.head.circumstances.error.isVisible()


def test_a_visit_without_a_word_is_refused_under_the_first_zone(
    qtbot, make, file, who, household, scene
) -> None:
    page = opened(qtbot, make(), household)
    page.finish()
    zone = page.body.zones[EntryZone.OBSERVED]
    qtbot.waitUntil(zone.error.isVisible)
    assert zone.error.sentence == "Écrivez au moins une phrase avant d’enregistrer."
    assert page.focusWidget() is zone.editor


def test_an_impossible_next_appointment_is_refused_beside_it(qtbot, make, household, scene) -> None:
    page = opened(qtbot, make(), household)
    write(observed(page), OBSERVED)
    page.body.appointment.day.setText("3/11/2026")
    page.body.appointment.hour.setText("9")
    page.finish()
    qtbot.waitUntil(lambda: bool(page.body.appointment.line.sentence))
    assert "vient après celui-ci" in page.body.appointment.line.sentence


def test_a_fact_half_made_holds_the_visit_back(qtbot, make, file, who, household, scene) -> None:
    page = opened(qtbot, make(), household)
    write(observed(page), OBSERVED)
    zone = page.body.zones[EntryZone.OBSERVED]
    zone.propose()
    page.finish()
    assert "Ajoutez ce fait" in zone.composer.line.sentence
    zone.composer.add()
    assert "Choisissez le sujet" in zone.composer.line.sentence
    assert len(visits(file, who, household)) == 1


def test_a_missed_visit_answers_today_s_appointment(qtbot, make, file, who, household) -> None:
    local = file.clock.now().astimezone().replace(tzinfo=None)
    planned = NewAppointment(datetime.combine(local.date(), time(23, 30)), "Mairie annexe", "point budget")
    diary.plan_appointment(file, who, household, planned)
    page = opened(qtbot, make(), household)
    assert page.head.circumstances.place.text() == "Mairie annexe"
    page.head.circumstances.hour.setText("08:00")
    page.head.circumstances.attendance.choose("absent")
    with qtbot.waitSignal(page.desk.navigator.asked):
        page.finish()
    made = visits(file, who, household)[0]
    assert made.entry.kind is EntryKind.MISSED_VISIT
    assert made.kept_appointment.state is AppointmentState.MISSED


def test_finishing_and_printing_opens_the_report_of_the_visit(
    qtbot, make, file, who, household, scene
) -> None:
    page = opened(qtbot, make(), household)
    write(observed(page), OBSERVED)
    print_it = page.head.make_menu().actions()[0]
    assert "imprimer le compte rendu" in print_it.text()
    with qtbot.waitSignal(page.desk.navigator.asked) as gone:
        print_it.trigger()
    made = visits(file, who, household)[0]
    assert gone.args[0] == Route("document", household, f"compte-rendu-visite:{made.entry.id}")


def test_a_visit_of_the_file_is_shown_as_it_was_written(qtbot, make, household, scene) -> None:
    page = make()
    page.enter(Route("visit", household, scene.last_visit))
    qtbot.waitUntil(page.record.isVisible)
    shown = " ".join(label.text() for label in page.record.findChildren(QWidget) if hasattr(label, "text"))
    assert "30 cm" in shown
    assert "La voisine du dessous" in shown
    assert not page.head.isVisible()
    with qtbot.waitSignal(page.desk.navigator.asked) as gone:
        page.record.print_button.click()
    assert gone.args[0].subject == f"compte-rendu-visite:{scene.last_visit}"


def test_a_protected_household_carries_its_band(qtbot, make, file, who, household) -> None:
    page = opened(qtbot, make(), household)
    assert not page.head.protection.isVisible()
    households.set_protected(file, who, household, protected=True)
    after = opened(qtbot, make(), household)
    assert after.head.protection.isVisible()
    assert "masqués" in after.head.protection.accessibleName()


@pytest.mark.parametrize(("appearance", "scale"), [("light", 100), ("dark", 150)])
def test_every_word_fits_and_every_control_is_named_and_reached(
    qtbot, qapp, make, household, scene, appearance: str, scale: int
) -> None:
    dress(qapp, appearance, scale)
    page = make()
    page.resize(1174 if scale == 100 else 1104, 638 if scale == 100 else 612)
    opened(qtbot, page, household)
    write(observed(page), OBSERVED)
    page.body.zones[EntryZone.OBSERVED].propose()
    page.body.dwelling.same.click()
    page.body.new_promises.add_button.click()
    QApplication.processEvents()
    assert cut_words(page) == []
    assert nameless(page) == []
    assert unreachable(page) == []
    dress(qapp, "light", 100)


def test_home_and_budget_are_recalled_beside_the_text(qtbot, file, who, household, scene, make) -> None:
    page = opened(qtbot, make(), household)
    home, asked = page.body.home, []
    page.desk.navigator.asked.connect(asked.append)
    assert home.lines == []
    assert home._none.text().startswith("Aucun logement")
    assert home._none.isVisible()
    assert not home.see.isVisible()
    assert page.body.budget._late.isHidden()
    lodged = plain_household(file, who)
    page = opened(qtbot, make(), lodged)
    page.desk.navigator.asked.connect(asked.append)
    spoken = [line.accessibleName() for line in page.body.home.lines]
    assert spoken[0].startswith("Dette de loyer\u00a0: 1\u202f425,00\u00a0€")
    page.body.home.see.click()
    assert asked == [Route("dossier", lodged, tab="housing")]
    # Another household's home takes the place of this one's.
    page.material = None
    page.enter(Route("visit", household))
    qtbot.waitUntil(lambda: page.material is not None)
    assert page.body.home.lines == []


def test_a_budget_of_an_earlier_month_is_said_to_be_late(qtbot, file, who, household, make) -> None:
    lines = (NewLine("net_wage", 112_000), NewLine("rent", 46_820))
    budget.write_month(file, who, NewMonth(household, date(2026, 10, 1), lines, persons_hundredths=200))
    page = opened(qtbot, make(), household)
    assert page.body.budget._late.accessibleName() == "Celui de novembre\u00a02026 n’est pas encore saisi."
    assert not page.body.budget._late.isHidden()
    assert cut_words(page) == []


@pytest.mark.parametrize("row", kinds_typed_on(KindPage.VISIT, date.max), ids=lambda row: row.kind.value)
def test_each_kind_of_meeting_keeps_its_circumstances_and_can_be_printed(
    qtbot, make, file, who, household, scene, row
) -> None:
    page = opened(qtbot, make(), household)
    told = page.head.circumstances
    told.kind.choose(row.kind.value)
    for editor, words in (
        (told.length, "1h15"), (told.place, "Agence du bailleur"), (told.travel, "25"), (told.distance, "12,5"),
        (told.others, "Mme Invente, bailleur"),
    ):  # fmt: skip
        editor.setText(words)
    told.members[0].setChecked(True)
    write(observed(page), OBSERVED)
    page.finish()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    entry = max((each.entry for each in visits(file, who, household)), key=lambda each: each.started_at)
    assert (entry.kind, entry.duration_minutes, entry.place) == (row.kind, 75, "Agence du bailleur")
    assert (entry.travel_minutes, entry.travel_metres) == (25, 12_500)
    assert told.members[0].property("name") in entry.present
    assert "Mme Invente, bailleur" in entry.present
    page.enter(Route("visit", household, entry.id))
    qtbot.waitUntil(page.record.sign.isVisible)
    said = " ".join(label.text() for label in page.record.findChildren(Label))
    assert row.label in said.lower()
    assert "Agence du bailleur" in said


def test_a_visit_is_kept_within_two_seconds_of_typing(qtbot, make, drafts, household, scene) -> None:
    page = opened(qtbot, make(), household)
    write(observed(page), OBSERVED)
    page.head.circumstances.kind.choose(EntryKind.THREE_PARTY_MEETING.value)
    assert EVERY_MS <= 2_000
    assert observed(page).hasFocus(), "nothing but time keeps it"
    qtbot.waitUntil(lambda: drafts.find(visit_draft_key(household)) is not None)
    kept = drafts.find(visit_draft_key(household)).content
    assert OBSERVED in str(kept)
    assert EntryKind.THREE_PARTY_MEETING.value in str(kept)


def test_another_visit_begun_while_the_file_is_busy_is_left_alone(
    qtbot, make, file, who, drafts, household, scene
) -> None:
    other = plain_household(file, who)
    page, gate = opened(qtbot, make(), household), Event()
    asked: list[Route] = []
    page.desk.navigator.asked.connect(asked.append)
    page.desk.tasks.run(lambda: gate.wait(120), lambda _done: None)
    write(observed(page), OBSERVED)
    page.finish()
    page.leave()
    opened(qtbot, page, other)
    write(observed(page), "Premier passage.")
    page.leave()
    gate.set()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    assert len(visits(file, who, household)) == 2
    assert (page.route.household, observed(page).words()) == (other, "Premier passage.")
    assert asked == [], "nobody is taken away from what is being written"
    assert drafts.find(visit_draft_key(household)) is None
    assert drafts.find(visit_draft_key(other)) is not None
    page.finish()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    assert len(visits(file, who, other)) == 1


def test_a_visit_refused_once_another_is_begun_is_a_draft_again(
    qtbot, make, file, who, drafts, household, scene, monkeypatch
) -> None:
    other = plain_household(file, who)
    page, gate, told = opened(qtbot, make(), household), Event(), list[str]()
    page.desk.tasks.refused.connect(told.append)
    write(observed(page), OBSERVED)
    page.head.circumstances.members[0].setChecked(True)
    visit = page.form.read(strict=True)
    monkeypatch.setattr(page.form, "read", lambda **_how: replace(visit, appointment_id="gone"))
    page.desk.tasks.run(lambda: gate.wait(120), lambda _done: None)
    page.finish()
    page.leave()
    monkeypatch.undo()
    opened(qtbot, page, other)
    gate.set()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    assert len(told) == 1
    assert OBSERVED in str(drafts.find(visit_draft_key(household)))
    assert page.route.household == other
