"""Drafts are kept while one types, when one leaves a field, and before the file is closed."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from caseworker_app.ui_kit.draft_keeper import Content, DraftKeeper
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up


class Paper:
    """A form of one field, and the drafts kept of it."""

    def __init__(self, tasks: Tasks) -> None:
        self.form, self.field = QWidget(), QLineEdit()
        self.elsewhere = QLineEdit(self.form)
        QVBoxLayout(self.form).addWidget(self.field)
        self.written: list[str] = []
        self.keeper = DraftKeeper(self.form, tasks, lambda: {"text": self.field.text()}, self.keep)

    def keep(self, content: Content) -> str:
        self.written.append(str(content["text"]))
        return f"instant {len(self.written)}"

    def type(self, words: str) -> None:
        self.field.setText(words)
        self.keeper.touch()


@pytest.fixture
def paper(qtbot: Any, tasks: Tasks) -> Paper:
    made = Paper(tasks)
    qtbot.addWidget(made.form)
    return made


def test_what_is_typed_is_kept_without_being_asked(qtbot: Any, paper: Paper) -> None:
    with qtbot.waitSignal(paper.keeper.kept) as kept:
        paper.type("un")
    assert kept.args == ["instant 1", {"text": "un"}]
    assert not paper.keeper.touched


def test_the_wait_is_not_begun_again_at_each_key(qtbot: Any, paper: Paper) -> None:
    paper.type("un")
    left = paper.keeper._timer.remainingTime()
    qtbot.waitUntil(lambda: paper.keeper._timer.remainingTime() < left)
    paper.type("un deux")
    assert paper.keeper._timer.remainingTime() < left


def test_nothing_typed_writes_nothing(qtbot: Any, paper: Paper, tasks: Tasks) -> None:
    paper.keeper.keep_now()
    paper.keeper.keep_before_leaving()
    paper.type("un")
    paper.keeper.rest()
    paper.keeper.keep_before_leaving()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert paper.written == []


def test_leaving_a_field_keeps_at_once(qtbot: Any, paper: Paper) -> None:
    bring_up(qtbot, paper.form)
    paper.field.setFocus()
    qtbot.waitUntil(paper.field.hasFocus)
    paper.type("un")
    with qtbot.waitSignal(paper.keeper.kept):
        paper.elsewhere.setFocus()
    assert paper.written == ["un"]


def test_leaving_is_seen_to_by_the_writer_when_the_reader_is_busy(
    qtbot: Any, paper: Paper, tasks: Tasks
) -> None:
    reading, closed = threading.Event(), threading.Event()
    tasks.read(reading.wait)
    paper.type("dernier mot")
    paper.keeper.keep_before_leaving()
    tasks.run(closed.set)  # as the lock does: the file is closed after what was asked before
    qtbot.waitUntil(closed.is_set)
    assert paper.written == ["dernier mot"]
    reading.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert paper.written == ["dernier mot"], "nothing is written once the file is closed"


def test_a_late_writer_never_covers_what_was_kept_since(qtbot: Any, paper: Paper, tasks: Tasks) -> None:
    importing = threading.Event()
    tasks.run(importing.wait)
    paper.type("ancien")
    paper.keeper.keep_before_leaving()
    qtbot.waitUntil(lambda: paper.written == ["ancien"])
    paper.type("nouveau")
    paper.keeper.keep_now()
    qtbot.waitUntil(lambda: paper.written == ["ancien", "nouveau"])
    importing.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert paper.written[-1] == "nouveau"


def test_a_form_that_goes_while_one_writes_in_it_leaves_quietly(qtbot: Any, tasks: Tasks) -> None:
    made = Paper(tasks)
    bring_up(qtbot, made.form)
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    made.type("un")
    form = made.form
    del made
    with qtbot.waitSignal(form.destroyed):
        form.deleteLater()
