"""A chart read point by point, on a scale of round figures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from caseworker_app.ui_kit.trend_chart import Trend, TrendChart, TrendPoint, scale_of
from tests.ui_kit.inspection import bring_up, spoken_name

MONTHS = ("sept.", "oct.", "nov.")
POINTS = tuple(TrendPoint(m, v, f"{v} €", f"{m} 2026") for m, v in zip(MONTHS, (2.0, 7.0, 7.4), strict=True))


@settings(deadline=None)
@given(st.lists(st.floats(-1e7, 1e7, allow_nan=False), min_size=1, max_size=12))
def test_a_scale_holds_every_value_and_nought_in_few_steps(values: list[float]) -> None:
    low, high, step = scale_of(values)
    slack = step * 1e-6
    assert low <= min(0.0, *values) + slack
    assert high >= max(0.0, *values) - slack
    assert 1 <= round((high - low) / step) <= 12


@pytest.fixture
def chart(qtbot, dressed) -> TrendChart:
    made = TrendChart()
    qtbot.addWidget(made)
    made.resize(420, 168)
    bring_up(qtbot, made)
    made.show_trend(Trend("Reste à vivre", POINTS, lambda value: f"{value:g} €"))
    made.setFocus()
    return made


def test_every_month_is_told_to_a_screen_reader(chart) -> None:
    assert spoken_name(chart) == "Reste à vivre"
    assert (
        chart.accessibleDescription()
        == "sept. 2026\u00a0: 2.0 €, oct. 2026\u00a0: 7.0 €, nov. 2026\u00a0: 7.4 €"
    )


def test_the_arrows_go_from_month_to_month(chart) -> None:
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.standing_on == POINTS[2]
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert spoken_name(chart) == "Reste à vivre, oct. 2026\u00a0: 7.0 €"
    for _ in range(5):
        QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.standing_on == POINTS[0]
    chart.clearFocus()
    assert chart.standing_on is None


def test_gaps_and_a_supposed_end_are_drawn_without_a_fault(qtbot, chart) -> None:
    gap = (POINTS[0], TrendPoint("oct.", None, "non calculable", "octobre"), POINTS[2])
    chart.show_trend(Trend("Taux", gap, str, TrendPoint("et si", 9.0, "9 €", "et si")))
    assert "et si\u00a0: 9 €" in chart.accessibleDescription()
    with_points = chart.grab().toImage()
    chart.show_trend(Trend("Taux", (), str))
    assert chart.grab().toImage() != with_points
