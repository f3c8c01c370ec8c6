"""A part made ahead is taken once, by whoever makes the page; what is not taken goes with the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.ui_kit.ahead import forget_parts, make_part, take_part


class Part(QWidget):
    """Something a page is made of."""


def test_a_part_made_ahead_is_the_one_taken_and_only_once(qtbot: Any) -> None:
    make_part(Part)
    make_part(Part)
    first, second = take_part(Part), take_part(Part)
    assert first is not second
    for part in (first, second):
        qtbot.addWidget(part)
        assert not part.isVisible()


def test_parts_nobody_took_are_removed(qtbot: Any) -> None:
    make_part(Part)
    waiting = take_part(Part)
    make_part(Part)
    forget_parts()
    other = take_part(Part)
    assert other is not waiting
    for part in (waiting, other):
        qtbot.addWidget(part)
