"""The page « Recherche dans mes écrits » on a real file: typed in, walked through, opened, left and found again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.page import VisitPage
from caseworker_app.features.directory.domain.writings import KindGroup
from caseworker_app.features.directory.screens.writings_page import WritingsPage
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.ui_kit.page import Route
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

Make = Callable[..., WritingsPage]
TEXT = (
    "Elle a reçu le <b>courrier</b> du bailleur.\n" + "Suite de l’entretien.\n" * 120 + "La chaudière fuit."
)


def call(household: str, at: str, text: str) -> NewEntry:
    return NewEntry(household, EntryKind.CALL, datetime.fromisoformat(at), 8, said=text)


@pytest.fixture
def page(qtbot: Any, file: Any, who: Any, tasks: Any, changes: Any, navigator: Any) -> Make:
    def make(household: str = "") -> WritingsPage:
        made = WritingsPage(file, who, tasks, changes, navigator)
        qtbot.addWidget(made)
        made.resize(1174, 690)
        bring_up(qtbot, made)
        made.enter(Route("writings", household))
        made.focus_first()
        qtbot.waitUntil(lambda: not tasks.busy)
        return made

    return make


@pytest.fixture
def visit_desk(file: Any, who: Any, drafts: Any, tasks: Any, changes: Any, navigator: Any) -> VisitDesk:
    return VisitDesk(file, who, drafts, tasks, changes, navigator, take_back_last)


@pytest.fixture
def written(file: Any, who: Any, household: str) -> list[str]:
    said = ("Le loyer de novembre est réglé.", TEXT)
    return [
        diary.add_note(
            file,
            who,
            NewEntry(
                household, EntryKind.CALL, datetime.fromisoformat(f"2026-11-{10 + n}T09:00"), 8, said=text
            ),
        )[0]
        for n, text in enumerate(said)
    ]


def ask(qtbot: Any, page: WritingsPage, tasks: Any, words: str) -> list[str]:
    page.head.words.setText(words)
    qtbot.waitUntil(lambda: not tasks.busy)
    return [line.key for line in page._lines]


def test_nothing_typed_says_what_goes_here(page: Make) -> None:
    made = page()
    assert made._beginning.isVisible()
    assert made.head.words.hasFocus()


def test_words_typed_are_found_and_the_list_walked_from_them(
    qtbot: Any, page: Make, tasks: Any, written: list[str], navigator: Any
) -> None:
    made, asked = page(), []
    navigator.asked.connect(asked.append)
    assert ask(qtbot, made, tasks, "le") == [written[1], written[0]]
    assert made.head.count.text() == "2\u00a0écrits"
    QTest.keyClick(made.head.words, Qt.Key.Key_Down)
    QTest.keyClick(made.head.words, Qt.Key.Key_Return)
    assert asked == [Route("visit", made._lines[1].household_id, written[0], "", ("le",))]
    # Come back to, it stands where one was.
    made.enter(Route("writings"))
    qtbot.waitUntil(lambda: not tasks.busy)
    made.focus_first()
    assert made.list.hasFocus()
    assert made.list.currentIndex().row() == 1
    assert cut_words(made) == nameless(made) == unreachable(made) == []


def test_nothing_found_offers_to_begin_again(qtbot: Any, page: Make, tasks: Any, written: list[str]) -> None:
    made = page()
    assert ask(qtbot, made, tasks, "zorglub") == []
    assert made._nothing.button is not None
    assert made._nothing.isVisible()
    made._nothing.button.click()
    assert made._beginning.isVisible()
    assert made.head.words.text() == ""


def test_filters_narrow_and_a_wrong_day_is_said_beside_it(
    qtbot: Any, page: Make, tasks: Any, written: list[str]
) -> None:
    made = page()
    assert len(ask(qtbot, made, tasks, "le")) == 2
    made.head.kind.choose(KindGroup.MEETINGS)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert made._lines == ()
    made.head.kind.choose("")
    made.head.days.choose("between")
    made.head.first.setText("11/11/2026")
    qtbot.waitUntil(lambda: not tasks.busy)
    assert [line.key for line in made._lines] == [written[1]]
    made.head.last.setText("1/11/2026")
    assert "précède" in made.head.line.sentence
    made.head.last.setText("32/13")
    assert made.head.line.isVisible()
    made.head.clearing.click()
    assert not made.head.first.isVisible()
    assert made.head.line.sentence == ""


def test_from_a_household_its_writings_come_first(
    qtbot: Any, page: Make, tasks: Any, file: Any, who: Any, household: str, written: list[str]
) -> None:
    other = households.create_household(file, who, NewHousehold((NewMember("Zelmat"),)))[0]
    diary.add_note(
        file,
        who,
        call(other, "2026-11-09T09:00", "Le loyer."),
    )
    made = page(household)
    assert made.head.household.text().endswith("-0001")
    assert ask(qtbot, made, tasks, "loyer") == [written[0]]
    made.head.household.clear()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert len(made._lines) == 2


def test_what_was_seen_is_noted_once_somebody_reads(
    qtbot: Any, page: Make, tasks: Any, file: Any, written: list[str]
) -> None:
    made = page()
    made._reading.setInterval(10_000)
    ask(qtbot, made, tasks, "loyer")
    before = len(file.accesses._noted)
    made.leave()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert len(file.accesses._noted) == before + 1
    made.leave()
    assert len(file.accesses._noted) == before + 1


def test_the_entry_opens_where_the_word_is(
    qtbot: Any, tasks: Any, visit_desk: VisitDesk, household: str, written: list[str]
) -> None:
    shown = VisitPage(visit_desk)
    qtbot.addWidget(shown)
    shown.resize(1174, 690)
    bring_up(qtbot, shown)
    shown.enter(Route("visit", household, written[1], sought=("chaudi",)))
    qtbot.waitUntil(lambda: bool(shown.record.marked) and not tasks.busy)
    label, part = shown.record.marked[0]
    assert part > 0.9
    # What was typed is shown as typed, marks apart.
    assert "&lt;b&gt;courrier" in label.text()
    bar = shown.record._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    seen = label.mapTo(shown.record._scroll.viewport(), label.rect().topLeft()).y() + label.height() * part
    assert 0 <= seen <= shown.record._scroll.viewport().height()
    shown.enter(Route("visit", household, written[1]))
    qtbot.waitUntil(lambda: not tasks.busy)
    assert shown.record.marked == []
