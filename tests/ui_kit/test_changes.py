"""Screens that are seen read again at once, the others when they are shown, and nobody for what is not
theirs.
"""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from caseworker_app.kernel.changes import Changes
from caseworker_app.ui_kit.changes import ChangeBroadcast


@pytest.fixture
def broadcast(qapp) -> ChangeBroadcast:
    return ChangeBroadcast()


def listening(qtbot, broadcast: ChangeBroadcast, household: str) -> tuple[QWidget, list[str]]:
    screen, read = QWidget(), []
    qtbot.addWidget(screen)
    broadcast.listen(screen, lambda c: c.concerns(household=household), lambda: read.append(household))
    return screen, read


def announce(qtbot, broadcast: ChangeBroadcast, *households: str) -> None:
    with qtbot.waitSignal(broadcast.announced):
        for household in households:
            broadcast.announce(Changes(households=frozenset({household})))


def test_a_seen_screen_reads_its_household_again_and_no_other(qtbot, broadcast) -> None:
    screen, read = listening(qtbot, broadcast, "a")
    screen.show()
    announce(qtbot, broadcast, "b")
    assert read == []
    announce(qtbot, broadcast, "a")
    assert read == ["a"]


def test_changes_of_one_moment_are_told_as_one(qtbot, broadcast) -> None:
    screen, read = listening(qtbot, broadcast, "a")
    screen.show()
    announce(qtbot, broadcast, "a", "b", "a")
    assert read == ["a"]


def test_a_hidden_screen_reads_again_once_when_it_is_shown(qtbot, broadcast) -> None:
    screen, read = listening(qtbot, broadcast, "a")
    announce(qtbot, broadcast, "a")
    announce(qtbot, broadcast, "a")
    assert read == []
    screen.show()
    assert read == ["a"]
    screen.hide()
    screen.show()
    assert read == ["a"]


def test_a_screen_that_is_gone_is_forgotten(qtbot, broadcast) -> None:
    from shiboken6 import delete

    screen, read = listening(qtbot, broadcast, "a")
    screen.show()
    delete(screen)
    announce(qtbot, broadcast, "a")
    assert read == []
