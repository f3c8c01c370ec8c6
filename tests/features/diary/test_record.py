"""An entry already written: corrected until it is signed, then only completed, with author and date."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.diary import service
from caseworker_app.features.diary.domain.entry import EntryState, NewEntry, check_travel
from caseworker_app.features.diary.domain.kinds import EntryKind, KindPage, kind_rows, kinds_typed_on
from caseworker_app.features.diary.domain.typed_moments import (
    format_kilometres,
    parse_kilometres,
    travel_words,
    typed_kilometres,
)
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.page import VisitPage
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.text import Label
from tests.ui_kit.inspection import cut_words, unreachable

AT_TWO = datetime(2026, 11, 24, 14, 0)  # noqa: DTZ001 - the hour on the office's wall


@pytest.fixture
def written(file, who, household) -> str:
    new = NewEntry(
        household, EntryKind.HOME_VISIT, AT_TWO, 50, observed="Séjour chauffé.", travel_minutes=25,
        travel_metres=12_500,
    )  # fmt: skip
    return service.add_note(file, who, new)[0]


@pytest.fixture
def desk(file, who, drafts, tasks) -> VisitDesk:
    return VisitDesk(file, who, drafts, tasks, ChangeBroadcast(), Navigator(), take_back_last)


@pytest.fixture
def page(qtbot, desk, household, written) -> VisitPage:
    made = VisitPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.enter(Route("visit", household, written))
    qtbot.waitUntil(made.record.sign.isVisible)
    return made


def _visit(file: Any, who: Any, entry_id: str) -> Any:
    with file.reading() as connection:
        return service.visit(connection, who, entry_id)


def _words(page: VisitPage) -> str:
    return " ".join(label.text() for label in page.record.findChildren(Label) if label.isVisible())


def test_an_entry_is_corrected_signed_then_only_completed(qtbot, page, file, who, written) -> None:
    page.record.correct.click()
    form = page.record.forms.form
    form.editors["observed"].set_text("Séjour chauffé, aéré.")
    form.editors["travel_metres"].setText("13")
    form.save.click()
    qtbot.waitUntil(lambda: "aéré" in _words(page))
    assert _visit(file, who, written).entry.travel_metres == 13_000
    page.record.sign.click()
    qtbot.waitUntil(lambda: not page.record.correct.isVisible())
    assert _visit(file, who, written).entry.state is EntryState.SIGNED
    page.record.add.click()
    form = page.record.forms.form
    form.editors["text"].set_text("Le plombier a rappelé.")
    form.save.click()
    qtbot.waitUntil(lambda: "plombier" in _words(page))
    assert f"par {who.name}" in _words(page)
    assert "Complément du 24\u00a0novembre\u00a02026" in _words(page)
    visit = _visit(file, who, written)
    assert visit.entry.observed == "Séjour chauffé, aéré."
    assert [each.worker_id for each in visit.additions] == [who.worker_id]


def test_what_is_typed_in_a_form_stays_when_another_is_asked_for(qtbot, page) -> None:
    page.record.add.click()
    page.record.forms.form.editors["text"].set_text("À moitié écrit")
    page.record.forms.form.editors["text"].edited.emit()
    page.record.correct.click()
    assert page.record.forms.form.editors["text"].text() == "À moitié écrit"
    page.record.forms.close_form()


def test_the_way_there_is_kept_and_told(qtbot, page, file, who, written) -> None:
    assert "trajet 25\u00a0min, 12,5\u00a0km" in page.record.detail.text()
    entry = _visit(file, who, written).entry
    assert (entry.travel_minutes, entry.travel_metres) == (25, 12_500)


@pytest.mark.parametrize("scale", [100, 150])
def test_no_button_of_an_entry_is_cut(qtbot, qapp, desk, household, written, scale) -> None:
    dress(qapp, "light", scale)
    made = VisitPage(desk)
    qtbot.addWidget(made)
    made.resize(1104, 612)
    made.show()
    made.enter(Route("visit", household, written))
    qtbot.waitUntil(made.record.sign.isVisible)
    QApplication.processEvents()
    assert cut_words(made) == []
    assert unreachable(made) == []
    made.hide()
    dress(qapp, "light", 100)


@pytest.mark.parametrize(
    ("typed", "metres"), [("", None), ("12", 12_000), ("12,5 km", 12_500), ("0.4", 400), ("7 km", 7_000)]
)
def test_distances_as_they_are_typed(typed: str, metres: int | None) -> None:
    assert parse_kilometres(typed, "travel_metres") == metres
    if metres is not None:
        assert parse_kilometres(typed_kilometres(metres), "travel_metres") == metres
        assert parse_kilometres(format_kilometres(metres), "travel_metres") == metres


@pytest.mark.parametrize("typed", ["douze", "12,55", "-3", "12 5", "1e3"])
def test_a_distance_that_is_none_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        parse_kilometres(typed, "travel_metres")
    assert refused.value.field == "travel_metres"


def test_a_way_nobody_makes_is_refused_and_nothing_told_of_none() -> None:
    with pytest.raises(InvalidEntry):
        check_travel(None, 3_000_001)
    with pytest.raises(InvalidEntry):
        check_travel(-1, None)
    assert travel_words(None, None) == ""


def test_every_kind_has_one_row_now_and_stands_on_one_page() -> None:
    today = [row for row in kind_rows() if row.used_on(AT_TWO.date())]
    assert sorted(row.kind for row in today) == sorted(EntryKind)
    listed = [row.kind for page in KindPage for row in kinds_typed_on(page, AT_TWO.date())]
    assert sorted(listed) == sorted(EntryKind)
    assert all(row.page is KindPage.VISIT for row in today if row.meeting)
