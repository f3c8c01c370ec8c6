"""The page of the agenda on a real file: walked through, changed by keys and by hand, undone, read aloud."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.repeats import Repetition
from caseworker_app.features.agenda.screens import form as forms
from caseworker_app.features.agenda.screens.desk import EVERYBODY
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.appointment import AppointmentKind, Repeat, TimeForm
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Route
from tests.features.agenda.conftest import at
from tests.ui_kit.inspection import cut_words, nameless, unreachable


@pytest.fixture
def planned(file, who, household) -> list[str]:
    """A visit with its journey, a meeting that overlaps it, a meeting on Thursday, a leave on Friday."""
    new = (
        TimeForm(
            at(14), 60, AppointmentKind.HOME_VISIT, household, place="domicile", travel_before_minutes=30
        ),
        TimeForm(at(14, 30), 30, AppointmentKind.MEETING, purpose="Réunion"),
        TimeForm(at(10, day=26), 90, AppointmentKind.MEETING, purpose="Équipe"),
        TimeForm(at(0, day=27), None, AppointmentKind.LEAVE, all_day=True),
    )
    return [service.plan(file, who, form)[0][0] for form in new]


def settle(qtbot: Any, page: Any) -> None:
    for _ in range(3):
        qtbot.waitUntil(lambda: not page.desk.tasks.busy)
        QApplication.processEvents()


def time_of(page: Any, key: str) -> Any:
    return next(each for each in page.shown.span.times if each.id == key)


def press(page: Any, key: str, *keys: Any) -> None:
    block = page.grid.block_of(key) or page.days_head.blocks[key]
    block.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(block, *keys)


def test_the_week_shows_its_times_and_says_what_overlaps(page, planned) -> None:
    made = page()
    assert len(made.days()) == 6
    assert made.head.days.text() == "23\u00a0– 28\u00a0nov.\u00a02026, semaine 48 · 4\u00a0rendez-vous"
    assert made.head.overlaps.isVisibleTo(made)
    said = made.grid.block_of(planned[0]).accessibleName()
    assert "chevauche Réunion (14\u00a0h\u00a030)" in said
    assert made.days_head.blocks[planned[3]].isVisible()
    first, second = (made.grid.block_of(key).geometry() for key in planned[:2])
    assert not first.intersects(second)


def test_a_week_of_hundreds_comes_a_part_a_turn_and_any_time_is_there_when_asked_for(
    qtbot, page, file, who, household
) -> None:
    moments = [at(8 + number % 10, day=23 + number // 10 % 5) for number in range(150)]
    forms_of = [TimeForm(each, 60, AppointmentKind.HOME_VISIT, household) for each in moments]
    with file.unit_of_work(who.worker_id, "add_times") as uow:
        ids = diary.put_in_agenda(uow, [diary.time_row(each, who.worker_id) for each in forms_of])
    made = page()
    grid, seen = made.grid, list[int]()
    grid._rest.timeout.connect(lambda: seen.append(len(grid.blocks)))
    grid.show_days(made.shown, grid.days, {})
    assert len(grid._waiting) == 150 - 24
    last = grid._order[-1].split(":")[0]
    assert last in ids
    assert grid.block_of(last).time.id == last
    qtbot.waitUntil(lambda: grid._told == 150)
    assert len(grid.blocks) == 150
    assert len(seen) >= 3
    walked = [grid.blocks[key] for key in sorted(grid._placed, key=grid._tab_place)]
    assert all(one.nextInFocusChain() is other for one, other in pairwise(walked))


def test_arrows_walk_and_enter_opens(qtbot, page, planned) -> None:
    made = page()
    press(made, planned[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is made.grid.block_of(planned[1])
    press(made, planned[1], Qt.Key.Key_Right)
    assert QApplication.focusWidget() is made.grid.block_of(planned[2])
    press(made, planned[2], Qt.Key.Key_Return)
    settle(qtbot, made)
    assert made.place.form.text("purpose") == "Équipe"


def test_alt_and_arrows_move_and_stretch(qtbot, page, planned) -> None:
    made = page()
    alt = Qt.KeyboardModifier.AltModifier
    press(made, planned[2], Qt.Key.Key_Down, alt)
    settle(qtbot, made)
    assert time_of(made, planned[2]).starts_at == at(10, 15, 26)
    press(made, planned[2], Qt.Key.Key_Left, alt)
    settle(qtbot, made)
    assert time_of(made, planned[2]).starts_at == at(10, 15, 25)
    assert QApplication.focusWidget() is made.grid.block_of(planned[2])
    press(made, planned[2], Qt.Key.Key_Down, alt | Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, made)
    assert time_of(made, planned[2]).minutes == 105
    press(made, planned[3], Qt.Key.Key_Right, alt)
    settle(qtbot, made)
    assert time_of(made, planned[3]).starts_at == at(0, day=28)


def test_delete_is_taken_back(qtbot, page, planned) -> None:
    made = page()
    press(made, planned[1], Qt.Key.Key_Delete)
    settle(qtbot, made)
    assert planned[1] not in {each.id for each in made.shown.span.times}
    made.undo()
    settle(qtbot, made)
    assert planned[1] in {each.id for each in made.shown.span.times}


def test_a_hand_moves_a_time_and_stretches_it(qtbot, page, planned) -> None:
    made = page()
    block = made.grid.block_of(planned[2])
    day = made.grid._edges(1)[0] - made.grid._edges(0)[0]
    block.dragged.emit(QPoint(day, made.grid.hour), False, False)
    assert block.x() > made.grid._edges(4)[0]
    block.dragged.emit(QPoint(day, made.grid.hour), False, True)
    settle(qtbot, made)
    assert time_of(made, planned[2]).starts_at == at(11, day=27)
    block = made.grid.block_of(planned[2])
    block.dragged.emit(QPoint(0, -made.grid.hour // 2), True, True)
    settle(qtbot, made)
    assert time_of(made, planned[2]).minutes == 60


def test_the_pointer_drags_from_where_it_was_pressed(qtbot, page, planned) -> None:
    made = page()
    block = made.grid.block_of(planned[2])
    told: list[tuple[QPoint, bool, bool]] = []
    block.dragged.connect(lambda offset, edge, end: told.append((offset, edge, end)))
    QTest.mousePress(block, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(block, QPoint(20, 22))
    assert told == []
    QTest.mouseMove(block, QPoint(20, 60))
    QTest.mouseRelease(block, Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    assert told[-1][1:] == (False, True)
    QTest.mousePress(block, Qt.MouseButton.LeftButton, pos=QPoint(20, block.height() - 2))
    QTest.mouseMove(block, QPoint(20, block.height() + 40))
    assert told[-1][1:] == (True, False)
    QTest.mouseRelease(block, Qt.MouseButton.LeftButton, pos=QPoint(20, block.height() + 40))
    settle(qtbot, made)


def test_a_new_time_is_typed_with_its_household_and_its_repetition(qtbot, page, household) -> None:
    made = page()
    QTest.keyClick(made, Qt.Key.Key_N)
    form = made.place.form
    form.household.setText("marchadier")
    form.household.setModified(True)
    form.household.textEdited.emit("marchadier")
    qtbot.waitUntil(form.household.found.isVisible)
    QTest.keyClick(form.household, Qt.Key.Key_Return)
    assert form.household.household() == household
    form.editors["day"].setText("25/11/2026")
    form.editors["hour"].setText("9")
    form.editors["duration"].setText("1 h 30")
    form.editors["repeats"].choose(Repeat.WEEKLY)
    form.editors["times"].setText("3")
    form.submit()
    settle(qtbot, made)
    (time,) = made.shown.span.times
    assert (time.starts_at, time.minutes, time.household_id) == (at(9, day=25), 90, household)
    assert QApplication.focusWidget() is made.grid.block_of(time.id)


def test_words_that_name_nobody_are_refused_beside_the_field(qtbot, page) -> None:
    made = page()
    made.begin(at(9, day=25))
    form = made.place.form
    form.household.setText("personne")
    form.submit()
    assert "Choisissez le ménage" in form.fields["household"].sentence
    assert form.household.text() == "personne"


def test_an_hour_left_empty_takes_the_day(qtbot, page) -> None:
    made = page()
    made.begin(at(9, day=25))
    form = made.place.form
    form.editors["kind"].choose(AppointmentKind.LEAVE)
    form.editors["hour"].clear()
    form.editors["duration"].setText("2 jours")
    form.submit()
    settle(qtbot, made)
    (time,) = made.shown.span.times
    assert (time.all_day, len(time.days())) == (True, 2)


def test_one_goes_from_a_time_to_its_household_and_says_how_it_went(
    qtbot, page, planned, gone, household
) -> None:
    made = page()
    press(made, planned[0], Qt.Key.Key_Return)
    settle(qtbot, made)
    made.place.form.buttons[forms.OPEN].click()
    assert gone[-1] == Route("dossier", household)
    made.place.form.buttons[forms.CANCELLED].click()
    settle(qtbot, made)
    assert time_of(made, planned[0]).state.value == "cancelled"
    assert not made.head.overlaps.isVisibleTo(made)


def test_all_that_follow_are_changed_from_the_form(qtbot, page, file, who) -> None:
    form = TimeForm(at(9), 60, AppointmentKind.MEETING, purpose="Équipe")
    ids, _ = service.plan(file, who, form, Repetition(Repeat.DAILY, times=3))
    made = page()
    press(made, ids[0], Qt.Key.Key_Return)
    settle(qtbot, made)
    made.place.form.editors["hour"].setText("10:30")
    made.place.form.editors["scope"].choose("following")
    made.place.form.submit()
    settle(qtbot, made)
    assert [each.starts_at for each in made.shown.span.times] == [at(10, 30, day) for day in (24, 25, 26)]


def test_a_route_names_the_day_and_whom_a_new_time_is_about(qtbot, page, household) -> None:
    made = page(route=Route("agenda", household, "2026-12-22"))
    settle(qtbot, made)
    assert made.days_head.span.holiday(made.days()[4]) == "Noël"
    assert made.place.form.household.household() == household


def test_a_calendar_is_looked_at_added_and_taken_back(qtbot, page, tmp_path) -> None:
    pytest.importorskip("icalendar")
    path = tmp_path / "autre.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Atelier\nDTSTART:20261125T090000\nEND:VEVENT\n"
        "END:VCALENDAR\n"
    )
    made = page()
    made.exchange.read(path)
    dialog = made.exchange.importing
    qtbot.waitUntil(dialog.isVisible)
    assert "1\u00a0rendez-vous à ajouter" in dialog.counts.text()
    assert (cut_words(dialog), nameless(dialog)) == ([], [])
    dialog.confirm.click()
    settle(qtbot, made)
    assert [each.title for each in made.shown.span.times] == ["Atelier"]
    made.undo()
    settle(qtbot, made)
    assert made.shown.span.times == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:2026", "au milieu"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "pas un agenda"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 200_000 + b"END:VCALENDAR\n", "20\u202f000"),
        (b"BEGIN:VCALENDAR\n" + b"X-A:" + b"a\n" * 26_000_000, "25\u00a0Mo"),
    ],
    ids=["cut", "picture", "200,000 events", "52 MB"],
)
def test_a_calendar_nobody_can_take_is_told_in_a_sentence_and_the_week_stays(
    qtbot, page, planned, tmp_path, content: bytes, told: str
) -> None:
    pytest.importorskip("icalendar")
    (tmp_path / "autre.ics").write_bytes(content)
    made, said = page(), list[str]()
    made.desk.tasks.refused.connect(said.append)
    made.exchange.read(tmp_path / "autre.ics")
    settle(qtbot, made)
    assert len(said) == 1
    assert told in said[0]
    assert not made.exchange.importing.isVisible()
    assert len(made.shown.span.times) == len(planned)


def test_the_agenda_is_exported_and_printed_where_one_chooses(
    qtbot, page, planned, tmp_path, monkeypatch
) -> None:
    pytest.importorskip("icalendar")
    made = page()
    calendar, sheet = tmp_path / "agenda.ics", tmp_path / "jour.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(calendar), ""))
    made.exchange.exporting.ask(made.desk.today)
    assert (cut_words(made.exchange.exporting), nameless(made.exchange.exporting)) == ([], [])
    made.exchange.exporting.last.setText("01/01/2020")
    made.exchange.exporting.confirm.click()
    assert made.exchange.exporting.fields["last"].sentence
    made.exchange.exporting.last.setText("31/12/2026")
    made.exchange.exporting.confirm.click()
    settle(qtbot, made)
    assert calendar.read_bytes().count(b"BEGIN:VEVENT") == 4
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(sheet), ""))
    made.exchange.print_sheet()
    settle(qtbot, made)
    assert sheet.read_bytes().startswith(b"%PDF")


def test_pages_turn_and_a_day_is_shown_alone(qtbot, page, planned) -> None:
    made = page()
    QTest.keyClick(made, Qt.Key.Key_PageDown)
    settle(qtbot, made)
    assert made.shown.span.times == ()
    QTest.keyClick(made, Qt.Key.Key_T)
    made._choose_view("day")
    settle(qtbot, made)
    assert made.days() == (made.desk.today,)
    assert made.head.after.accessibleName() == "Jour suivant"


@pytest.mark.parametrize(("width", "scale", "look"), [(1174, 100, "light"), (1114, 150, "dark")])
def test_nothing_is_cut_nameless_or_out_of_reach(qtbot, page, planned, tasks, width, scale, look) -> None:
    dress(QApplication.instance(), look, scale)
    made = page(width)
    made._choose_whose(EVERYBODY)
    settle(qtbot, made)
    press(made, planned[0], Qt.Key.Key_Return)
    settle(qtbot, made)
    assert cut_words(made) == []
    assert nameless(made) == []
    assert unreachable(made) == []
    dress(QApplication.instance(), "light", 100)
