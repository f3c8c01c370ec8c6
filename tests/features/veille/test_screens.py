"""The page « Veille » on a real file: a call in a few keys and the next one, opened, ended, refused, undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from caseworker_app.bootstrap.likely import watched
from caseworker_app.bootstrap.palette import households_named
from caseworker_app.features.directory.screens.watching import WatchDialog
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.referral import NewReferral, Product, Sender
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.features.veille import service
from caseworker_app.features.veille.domain.contact import Outcome, Way
from caseworker_app.features.veille.domain.listed import View
from caseworker_app.features.veille.domain.rhythm import Rhythm, Unit
from caseworker_app.features.veille.domain.watch import Near, NewWatch, Origin
from caseworker_app.features.veille.screens.desk import VeilleDesk
from caseworker_app.features.veille.screens.page import VeillePage
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import KEY
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

DAY = date(2026, 11, 24)
PLAIN = Route("veille")
NEW = NewWatch(Way.CALL, Rhythm(DAY, 1, Unit.WEEKS), near=Near("Paul Essai", "06 39 98 45 67", "voisin"))


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def make_page(
    qtbot: Any, qapp: QApplication, file: Any, who: Any, tmp_path: Path, clock: Any, tasks: Tasks
) -> Iterator[Any]:
    drafts, kept = Drafts(tmp_path, KEY, clock), []

    def made(route: Route = PLAIN, *, scale: int = 100, look: str = "light", by: Any = None) -> Any:
        dress(qapp, look, scale)  # type: ignore[arg-type]
        parts = (ChangeBroadcast(), Navigator())
        kept.append(parts)
        find = lambda words: households_named(file, who, words)  # noqa: E731
        page = VeillePage(VeilleDesk(file, by or who, drafts, tasks, *parts, take_back_last, find))
        page.resize(1150, 640)
        bring_up(qtbot, page)
        page.enter(route)
        settled(qtbot, tasks)
        return page

    yield made
    drafts.close()
    dress(qapp, "light", 100)


def settled(qtbot: Any, tasks: Tasks) -> None:
    for _ in range(5):
        qtbot.waitUntil(lambda: not tasks.busy)
        QApplication.processEvents()


def written(qtbot: Any, page: VeillePage) -> None:
    assert page.place.form is not None
    page.place.form.save.click()
    settled(qtbot, page.desk.tasks)


def names(page: VeillePage) -> list[str]:
    return [line.household for line in page._lines]


@pytest.fixture
def three(file: Any, who: Any) -> list[str]:
    """Three households called today, by name."""
    ids = [
        households.create_household(file, who, NewHousehold((NewMember(name, "Ilo"),)))[0]
        for name in ("Abada", "Bodin", "Corte")
    ]
    for household in ids:
        service.open_watch(file, who, household, NEW)
    return ids


def test_a_call_is_noted_in_three_keys_besides_what_was_said_and_the_next_comes(
    qtbot: Any, make_page: Any, three: list[str]
) -> None:
    page = make_page()
    page.focus_first()
    assert page.list.hasFocus()
    assert names(page) == ["Ilo Abada", "Ilo Bodin", "Ilo Corte"]
    before = page.current
    qtbot.keyClick(page.list, Qt.Key.Key_1)
    assert page.place.form is not None
    editor = page.place.form.editors["note"].editor
    assert editor.hasFocus()
    qtbot.keyClicks(editor, "va bien")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, page.desk.tasks)
    assert names(page) == ["Ilo Bodin", "Ilo Corte"]
    assert page.current != before
    assert page.detail.shown.people.household.name == "Ilo Bodin"
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_2)
    qtbot.keyClick(
        page.place.form.editors["note"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settled(qtbot, page.desk.tasks)
    assert names(page) == ["Ilo Corte"]
    with page.desk.file.reading() as connection:
        kept = [service.watches_of(connection, page.desk.who, each, DAY)[0].contacts for each in three]
    assert [[each.outcome for each in contacts] for contacts in kept] == [
        [Outcome.ANSWERED],
        [Outcome.NO_ANSWER],
        [],
    ]


def test_the_last_of_the_list_done_nothing_is_left(
    qtbot: Any, make_page: Any, file: Any, who: Any, household: str
) -> None:
    service.open_watch(file, who, household, NEW)
    page = make_page()
    page.detail.results[Outcome.NEAR_NEWS].click()
    written(qtbot, page)
    assert names(page) == []
    assert page.nothing.isVisible()
    page.nothing.button.click()
    settled(qtbot, page.desk.tasks)
    assert page.head.wanted().view is View.RUNNING
    assert len(names(page)) == 1
    page.desk.undo()
    settled(qtbot, page.desk.tasks)
    assert page.detail.shown.contacts == ()


def test_a_veille_is_opened_for_a_household_named(qtbot: Any, make_page: Any, household: str) -> None:
    page = make_page()
    page.nobody.button.click()
    form = page.place.form
    written(qtbot, page)
    assert form.fields["household"].sentence
    form.editors["household"].setText("marchadier")
    form.editors["every"].setText("0")
    written(qtbot, page)
    assert form.fields["every"].sentence
    form.editors["every"].setText("2")
    form.editors["weekday"].choose("3")
    form.editors["near_name"].setText("Paul Essai")
    written(qtbot, page)
    assert page.place.form is None
    shown = page.detail.shown
    assert shown.people.household.id == household
    assert (shown.watch.every, shown.watch.weekday, shown.watch.near_name) == (2, 3, "Paul Essai")
    assert page.head.wanted().view is View.RUNNING


def test_a_name_that_is_nobody_or_several_is_refused_beside_its_field(
    qtbot: Any, make_page: Any, three: list[str]
) -> None:
    page = make_page()
    page.begin_new()
    form = page.place.form
    for words in ("", "Xyzzyx", "Ilo"):
        form.editors["household"].setText(words)
        written(qtbot, page)
        assert page.place.form is form, words
    assert len(names(page)) == 3


def test_from_a_dossier_and_from_a_referral(
    qtbot: Any, make_page: Any, file: Any, who: Any, household: str
) -> None:
    page = make_page(Route("veille", household))
    written(qtbot, page)
    with file.reading() as connection:
        assert service.watches_of(connection, who, household, DAY)[0].watch.origin is Origin.HOUSEHOLD
        assert watched(connection, who, household, DAY)[0].title == "Appel chaque mardi, par Claire Lenoir"
    new = NewReferral(DAY, Sender.LANDLORD, ("isolation",), body="Habitat du Nord", product=Product.WATCH)
    made = referrals.receive_referral(file, who, new, household)[0].referral_id
    page.enter(Route("veille", household, f"referral:{made}"))
    settled(qtbot, page.desk.tasks)
    assert "landlord_id" not in page.place.form.editors
    written(qtbot, page)
    with file.reading() as connection:
        assert referrals.open_referral(connection, who, made, DAY).referral.watch_id is not None


def test_changed_then_ended(qtbot: Any, make_page: Any, file: Any, who: Any, household: str) -> None:
    watch, _ = service.open_watch(file, who, household, NEW)
    page = make_page(Route("veille", subject=watch))
    page.detail.edit.click()
    page.place.form.editors["near_safe"].choose("no")
    written(qtbot, page)
    assert not page.detail.shown.watch.near_safe
    page.detail.end.click()
    written(qtbot, page)
    assert page.place.form is not None
    page.place.form.editors["end_code"].choose("moved")
    written(qtbot, page)
    page.head.views.choose(View.ENDED)
    page.head.seek()
    settled(qtbot, page.desk.tasks)
    assert len(names(page)) == 1
    assert not page.detail.edit.isVisible()
    assert page.detail.results == {}


def test_a_volunteer_notes_calls_and_neither_opens_nor_prints(
    qtbot: Any, make_page: Any, file: Any, who: Any, household: str
) -> None:
    service.open_watch(file, who, household, NEW)
    page = make_page(by=Who(who.worker_id, who.name, Role.VOLUNTEER))
    for part in (page.head.adding, page.head.sheet, page.detail.edit, page.detail.end):
        assert not part.isVisible()
    page.detail.results[Outcome.ANSWERED].click()
    written(qtbot, page)
    assert names(page) == []


def test_a_digit_in_the_search_is_a_digit(qtbot: Any, make_page: Any, three: list[str]) -> None:
    page = make_page()
    page.head.search.setFocus()
    qtbot.keyClicks(page.head.search, "1")
    assert page.place.form is None
    assert page.head.search.text() == "1"


def test_the_call_sheet_is_saved_where_one_says(
    qtbot: Any, make_page: Any, three: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, told = tmp_path / "appels.pdf", []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(out), ""))
    page = make_page()
    page.desk.navigator.confirmed.connect(lambda words, _undo: told.append(words))
    page.head.sheet.click()
    settled(qtbot, page.desk.tasks)
    assert out.read_bytes().startswith(b"%PDF")
    assert told == [
        "Feuille d’appels du 24\u00a0novembre\u00a02026 enregistrée\u00a0: 3\u00a0appels et visites"
    ]


def test_several_of_a_list_at_once(
    qtbot: Any, file: Any, who: Any, tasks: Tasks, three: list[str], household: str
) -> None:
    parent, told = QWidget(), []
    qtbot.addWidget(parent)
    dialog = WatchDialog(parent, file, who, tasks, told.append)
    bring_up(qtbot, parent)
    dialog.ask_for([*three, household])
    settled(qtbot, tasks)
    assert cut_words(dialog) == []
    assert nameless(dialog) == []
    dialog.every.setText("x")
    dialog.write()
    assert told == []
    assert dialog.fields["every"].sentence
    dialog.every.setText("1")
    dialog.write()
    settled(qtbot, tasks)
    assert told[0][0].words() == "1\u00a0veille ouverte, 3\u00a0déjà en cours"
    assert not dialog.isVisible()


@pytest.mark.parametrize(("scale", "look"), [(100, "light"), (150, "dark")])
def test_nothing_is_cut_nameless_or_out_of_reach(
    qtbot: Any, make_page: Any, file: Any, who: Any, household: str, three: list[str], scale: int, look: str
) -> None:
    households.set_protected(file, who, household, protected=True)
    watch, _ = service.open_watch(
        file, who, household, replace(NEW, way=Way.VISIT, reason="Vit seule", instructions="Sonner deux fois")
    )
    page = make_page(Route("veille", subject=watch), scale=scale, look=look)
    for step in (
        lambda: None, page.begin_new, page.place.close_form, lambda: page.note(Outcome.VISITED),
        page.place.close_form, page._edit, page.place.close_form, page._end,
    ):  # fmt: skip
        step()
        settled(qtbot, page.desk.tasks)
        assert cut_words(page) == []
        assert nameless(page) == []
        assert unreachable(page) == []
