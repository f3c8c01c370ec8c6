"""Readings in the journal of a dossier: asked by whoever wrote, answered by whoever was asked, told there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.report_review import ReviewAction, ReviewDecision, ReviewState
from caseworker_app.features.dossier.screens.page import DossierDoors, DossierPage
from caseworker_app.features.dossier.screens.review_work import ReviewWork
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

Make = Callable[..., DossierPage]


@pytest.fixture
def chief(file: EncryptedFile, who: Who) -> Who:
    key = team.add_worker(file, who, "Goulven Essai", Role.SUPERVISOR)[0]
    return Who(key, "Goulven Essai", Role.SUPERVISOR)


@pytest.fixture
def page(
    qtbot: Any, file: EncryptedFile, who: Who, drafts: Drafts, tasks: Tasks, changes: ChangeBroadcast,
    navigator: Navigator, followed: str,
) -> Make:  # fmt: skip
    def make(acting: Who = who, size: tuple[int, int] = (1174, 716)) -> DossierPage:
        doors = DossierDoors(drafts=drafts)
        made = DossierPage(file, acting, tasks, changes, navigator, doors=doors)
        qtbot.addWidget(made)
        made.resize(*size)
        bring_up(qtbot, made)
        made.enter(Route("dossier", followed, _key(file, acting, followed), tab="diary"))
        qtbot.waitUntil(lambda: made.dossier is not None and not tasks.busy)
        return made

    return make


def _entry(file: EncryptedFile, who: Who, household: str) -> str:
    with file.reading() as connection:
        return diary.entries_of(connection, who, household)[0].id


def _key(file: EncryptedFile, who: Who, household: str) -> str:
    return f"entry:{_entry(file, who, household)}"


def _work(page: DossierPage) -> ReviewWork:
    assert page.reviews is not None
    return page.reviews


def _offered(page: DossierPage) -> list[ReviewAction]:
    return [action for action, button in page.diary.pane.strip.buttons.items() if button.isVisible()]


def _reviews(file: EncryptedFile, who: Who, household: str) -> Any:
    with file.reading() as connection:
        return diary.report_reviews_of(connection, who, household)


def test_whoever_wrote_asks_with_a_word_and_the_entry_is_read_beside_the_form(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, chief: Who, followed: str, tasks: Tasks
) -> None:
    made = page()
    assert _offered(made) == [ReviewAction.ASK]
    made.diary.pane.strip.buttons[ReviewAction.ASK].click()
    qtbot.waitUntil(lambda: _work(made).place.form is not None)
    form = _work(made).place.form
    assert form is not None
    assert not made.diary.list.isVisible()
    assert made.diary.pane.isVisible()
    # Nobody was asked before: nobody is proposed.
    form.submit()
    assert form.fields["reader_id"].sentence == "Choisissez qui relit."
    form.show_content({"reader_id": chief.worker_id, "word": "Le ton te va ?"})
    form.submit()
    qtbot.waitUntil(lambda: _offered(made) == [ReviewAction.WITHDRAW])
    assert made.diary.list.isVisible()
    (review,) = _reviews(file, who, followed)
    assert (review.reader_id, review.word, review.state) == (
        chief.worker_id, "Le ton te va ?", ReviewState.ASKED,
    )  # fmt: skip
    strip = made.diary.pane.strip
    assert strip.state.text() == "Relecture demandée à Goulven Essai le 24/11/2026"
    assert strip.word.text() == "Demande\u00a0: Le ton te va ?"
    assert made.dossier is not None
    assert any("relecture demandée" in each.title for each in made.dossier.thread)
    strip.buttons[ReviewAction.WITHDRAW].click()
    qtbot.waitUntil(lambda: _offered(made) == [ReviewAction.ASK])
    assert _reviews(file, who, followed) == []


def test_whoever_is_asked_reads_comments_and_sends_it_back(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, chief: Who, followed: str
) -> None:
    diary.ask_report_review(file, who, _entry(file, who, followed), chief.worker_id)
    made = page(chief)
    assert made.diary.pane.strip.state.text() == "Relecture demandée à vous par Claire Lenoir le 24/11/2026"
    assert _offered(made) == [ReviewAction.ANSWER]
    made.diary.pane.strip.buttons[ReviewAction.ANSWER].click()
    form = _work(made).place.form
    assert form is not None
    form.show_content({"decision": ReviewDecision.TO_CORRECT.value})
    form.submit()
    qtbot.waitUntil(lambda: form.rest.sentence == "Dites ce qui est à reprendre.")
    assert _reviews(file, who, followed)[0].state is ReviewState.ASKED
    form.show_content({"comment": "Qui était là ?"})
    form.submit()
    qtbot.waitUntil(lambda: _offered(made) == [])
    assert made.diary.pane.strip.comment.text() == "Réponse\u00a0: Qui était là ?"
    assert _reviews(file, who, followed)[0].state is ReviewState.TO_CORRECT


def test_what_was_sent_back_is_put_away_by_whoever_wrote_it(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, chief: Who, followed: str
) -> None:
    asked = diary.ask_report_review(file, who, _entry(file, who, followed), chief.worker_id)[0]
    diary.answer_report_review(file, chief, asked, ReviewDecision.TO_CORRECT, "Qui était là ?")
    made = page()
    assert _offered(made) == [ReviewAction.ASK, ReviewAction.PUT_AWAY]
    made.diary.pane.strip.buttons[ReviewAction.PUT_AWAY].click()
    qtbot.waitUntil(lambda: _offered(made) == [ReviewAction.ASK])
    assert _reviews(file, who, followed)[0].state is ReviewState.PUT_AWAY


def test_a_volunteer_sees_where_it_stands_and_is_offered_nothing(
    page: Make, file: EncryptedFile, who: Who, chief: Who, followed: str
) -> None:
    diary.ask_report_review(file, who, _entry(file, who, followed), chief.worker_id)
    key = team.add_worker(file, who, "Yvette Essai", Role.VOLUNTEER)[0]
    made = page(Who(key, "Yvette Essai", Role.VOLUNTEER))
    assert made.diary.pane.strip.state.isVisible()
    assert _offered(made) == []


@pytest.mark.parametrize("look", [(1366, 690, 100), (1366, 690, 150), (1920, 1000, 150)])
def test_the_strip_and_its_form_are_whole(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, chief: Who, followed: str, look: tuple[int, int, int]
) -> None:  # fmt: skip
    width, height, scale = look
    app = QApplication.instance()
    dress(app, "light", scale)
    asked = diary.ask_report_review(file, who, _entry(file, who, followed), chief.worker_id, "Le ton ?")[0]
    diary.answer_report_review(file, chief, asked, ReviewDecision.TO_CORRECT, "Qui était là ? " * 8)
    made = page(size=(width, height))
    try:
        made.diary.pane.strip.buttons[ReviewAction.ASK].click()
        qtbot.waitUntil(lambda: _work(made).place.form is not None)
        QApplication.processEvents()
        assert cut_words(made) == []
        assert nameless(made) == []
        assert unreachable(made) == []
    finally:
        dress(app, "light", 100)
