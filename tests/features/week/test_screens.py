"""The page of the week on a real file: what it shows, what one does there, how it looks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.visit import NewAppointment
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role
from caseworker_app.features.week.domain.due import Source
from caseworker_app.features.week.domain.week import Load, Span
from caseworker_app.features.week.screens.due_row import DONE, PUT_OFF, DueRow
from caseworker_app.features.week.screens.head import WeekHead
from caseworker_app.ui_kit.dress import dress
from tests.ui_kit.inspection import cut_words, nameless, unreachable


def rows(page: Any, span: Span) -> list[DueRow]:
    return [row for row in page.to_do.groups[span].rows if row.isVisible()]


def row_of(page: Any, source: Source) -> DueRow:
    shown = [row for span in Span for row in rows(page, span)]
    return next(row for row in shown if row.due is not None and row.due.source is source)


def settle(qtbot: Any, page: Any) -> None:
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)


def test_the_page_shows_the_day_and_what_is_to_do(page, followed) -> None:
    made = page()
    assert [row.name.text() for row in made.agenda.rows if row.isVisible()] == ["Mme\u00a0Solène Marchadier"]
    assert {row.due.source for row in rows(made, Span.LATE)} == {Source.PROMISE, Source.APPOINTMENT}
    assert made.to_do.remark.text() == "3 à traiter en priorité"
    assert made.head.load.words.text().startswith("1\u00a0mesure")


def test_a_button_leads_where_it_is_solved(qtbot, page, followed) -> None:
    made = page()
    went: list[Any] = []
    made.desk.navigator.asked.connect(went.append)
    row = row_of(made, Source.GOAL_STEP)
    row.action.setFocus()
    QTest.keyClick(row.action, Qt.Key.Key_Space)
    assert [(route.page, route.household, route.tab) for route in went] == [("dossier", followed, "goals")]


def test_a_promise_is_said_kept_from_here_and_taken_back(qtbot, page, followed) -> None:
    made = page()
    made.to_do.asked.emit(DONE, row_of(made, Source.PROMISE).due)
    qtbot.waitUntil(lambda: Source.PROMISE not in {d.source for d in made.shown.week.dues})
    made.undo()
    qtbot.waitUntil(lambda: Source.PROMISE in {d.source for d in made.shown.week.dues})


def test_something_is_put_off_with_a_reason_shown_folded_and_taken_up_again(qtbot, page, followed) -> None:
    made = page()
    made.to_do.asked.emit(PUT_OFF, row_of(made, Source.PROMISE).due)
    assert made.dialog.isVisible()
    QTest.mouseClick(made.dialog.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.dialog.fields["reason"].sentence != "")
    assert made.dialog.isVisible()
    QTest.keyClicks(made.dialog.reason, "Bailleur absent")
    QTest.mouseClick(made.dialog.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not made.dialog.isVisible() and made.to_do.put_off.isVisible())
    assert made.to_do.put_off.text() == "1\u00a0reportée"
    QTest.mouseClick(made.to_do.put_off, Qt.MouseButton.LeftButton)
    (row,) = [row for row in made.to_do.put_off_rows if row.isVisible()]
    assert "Bailleur absent" in row.detail.text()
    QTest.mouseClick(row.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not made.shown.week.put_off)


def test_sources_are_chosen(page, followed) -> None:
    made = page()
    menu = made.to_do.sources_menu()
    assert any(action.text().startswith("Engagements pris  (1)") for action in menu.actions())
    next(action for action in menu.actions() if action.text().startswith("Engagements")).setChecked(False)
    assert Source.PROMISE not in {row.due.source for row in rows(made, Span.LATE)}
    assert made.to_do.remark.text() == "2 à traiter en priorité"


def test_a_day_of_the_strip_shows_its_meetings(qtbot, page, followed) -> None:
    made = page()
    other = next(button for button in made.head.strip.buttons if button.day.day == 25)
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    assert made.agenda.nothing.isVisible()
    assert made.agenda.title.text() == "Mercredi 25\u00a0novembre\u00a02026"


def test_drafts_are_taken_up_again_in_one_click(qtbot, page, followed, drafts, asked) -> None:
    drafts.keep(f"visit:{followed}", {"observed": "Logement aéré et chauffé"}, followed)
    drafts.keep(f"note:{followed}", {"said": "Appel de la mairie"}, followed)
    made = page()
    went: list[Any] = []
    made.desk.navigator.asked.connect(went.append)
    assert made.drafts.isVisible()
    for key in (f"visit:{followed}", f"note:{followed}"):
        made.drafts_list.opened.emit(key)
    assert [(route.page, route.household) for route in went] == [("visit", followed)]
    assert asked == [("note", followed)]


def test_a_new_visit_is_asked_of_the_window(qtbot, page, asked) -> None:
    made = page()
    QTest.mouseClick(made.head.visit, Qt.MouseButton.LeftButton)
    assert asked == [("visit", "")]
    assert not made.drafts.isVisible()


def test_a_file_without_households_leads_to_the_import(qtbot, page) -> None:
    made = page()
    went: list[Any] = []
    made.desk.navigator.asked.connect(went.append)
    assert made.to_do.first.isVisible()
    assert not made.to_do.nothing.isVisible()
    QTest.mouseClick(made.to_do.first.button, Qt.MouseButton.LeftButton)
    assert [route.page for route in went] == ["import"]


def test_a_household_with_nothing_due_says_so(page, household) -> None:
    made = page()
    assert made.to_do.nothing.isVisible()
    assert not made.to_do.first.isVisible()


@pytest.mark.parametrize(("scale", "width"), [(100, 1174), (100, 1700), (150, 1174)])
def test_no_word_is_cut_and_everything_is_named_and_reached(qapp, page, followed, scale, width) -> None:
    dress(qapp, "light", scale)
    made = page(width)
    assert cut_words(made) == []
    assert nameless(made) == []
    assert unreachable(made) == []
    dress(qapp, "light", 100)


def test_a_week_of_five_days_stands_on_one_line_of_a_small_screen(page, file, who, followed) -> None:
    team.add_worker(file, who, "Paul Exemple", Role.CASEWORKER)
    made = page(1174)
    assert made.head.whose.isVisible()
    assert made.head.strip.y() < made.head.today.mapTo(made.head, made.head.today.rect().bottomLeft()).y()


@pytest.mark.parametrize("width", [1060, 1700])
def test_a_week_of_seven_days_has_its_room(page, file, who, followed, width) -> None:
    for day in ("2026-11-28T10:00", "2026-11-29T10:00"):
        diary.plan_appointment(
            file, who, followed, NewAppointment(datetime.fromisoformat(day), "Domicile", "Sortie")
        )
    made = page(width)
    assert [button.isVisible() for button in made.head.strip.buttons] == [True] * 7
    assert cut_words(made) == []
    beside = made.head.strip.y() < made.head.title.mapTo(made.head, made.head.title.rect().bottomLeft()).y()
    assert beside is (width > 1500)


@pytest.mark.parametrize("wide", [900, 1136, 1690])
def test_a_team_s_load_is_read_whole(qtbot, wide: int) -> None:
    head = WeekHead()
    qtbot.addWidget(head)
    head.resize(wide, 120)
    head.load.show_load(Load(604, 1208, 1104, 150))
    head.show()
    assert cut_words(head) == []
