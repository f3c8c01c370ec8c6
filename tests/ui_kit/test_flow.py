"""Columns share the width without losing a pixel, and go to the next line before anything is squeezed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from caseworker_app.ui_kit.flow import Columns, Flow


def placed(layout: Columns | Flow, least: list[int], width: int) -> list[QRect]:
    """Lay widgets of these least widths out in a width; return where they stand."""
    page = QWidget()
    page.setLayout(layout)
    for wide in least:
        box = QWidget()
        box.setMinimumSize(wide, 20)
        layout.addWidget(box)
    layout.setGeometry(QRect(0, 0, width, layout.heightForWidth(width)))
    return [layout.itemAt(i).geometry() for i in range(layout.count())]


@pytest.mark.usefixtures("dressed")
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.integers(10, 300), min_size=1, max_size=6), st.integers(300, 1200), st.integers(0, 24))
def test_columns_fill_each_line_exactly_and_squeeze_nothing(least: list[int], width: int, gap: int) -> None:
    boxes = placed(Columns(gap=gap), least, width)
    lines: dict[int, list[QRect]] = {}
    for box in boxes:
        lines.setdefault(box.y(), []).append(box)
    for line in lines.values():
        assert line[0].left() == 0
        assert line[-1].right() == width - 1
        assert all(b.left() - a.right() - 1 == gap for a, b in pairwise(line))
    assert all(box.width() >= need for box, need in zip(boxes, least, strict=True))


def test_columns_stay_side_by_side_as_long_as_they_fit(dressed) -> None:
    assert len({box.y() for box in placed(Columns(gap=10), [100, 100, 100, 100], 430)}) == 1
    assert len({box.y() for box in placed(Columns(gap=10), [100, 100, 100, 100], 429)}) == 2
    assert len({box.y() for box in placed(Columns(gap=10), [100, 100, 100, 100], 150)}) == 4


def test_weights_share_the_width(dressed) -> None:
    assert [box.width() for box in placed(Columns(gap=16, weights=(392, 718)), [50, 50], 1126)] == [392, 718]


def test_what_must_be_wide_takes_from_the_others(dressed) -> None:
    widths = [box.width() for box in placed(Columns(gap=0), [300, 50, 50], 450)]
    assert widths[0] >= 300
    assert widths[1] == pytest.approx(widths[2], abs=1)


def test_a_flow_goes_to_the_next_line(dressed) -> None:
    boxes = placed(Flow(gap=8), [100, 100, 100], 250)
    assert [box.y() for box in boxes] == [0, 0, 28]


def test_an_even_flow_stands_in_columns_as_wide_as_the_widest(dressed) -> None:
    boxes = placed(Flow(gap=10, even=True), [40, 100, 60, 80, 50], 330)
    assert [(box.x(), box.y()) for box in boxes] == [(0, 0), (110, 0), (220, 0), (0, 30), (110, 30)]
