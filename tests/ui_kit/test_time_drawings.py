"""The line of stages and the rent chart: words that never overlap, read aloud, walked by keyboard."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from caseworker_app.kernel.dates import add_months
from caseworker_app.ui_kit.rent_chart import RentBar, RentChart
from caseworker_app.ui_kit.stage_timeline import StageTimeline
from caseworker_app.ui_kit.stage_times import Milestone, Span, Times
from caseworker_app.ui_kit.theme import colour
from tests.ui_kit.inspection import bring_up, spoken_name

DAY = date(2026, 11, 24)
SPAN = Span("lease", "key", "Sous-location", "Signée le 1er avril 2026", date(2026, 4, 1), date(2027, 3, 31))


def stage(key: str, day: date, title: str = "Examen 3") -> Milestone:
    return Milestone(key, day, title, "12 janv., à préparer", "circle-dashed", "accent")


def times(*milestones: Milestone) -> Times:
    return Times(
        date(2026, 3, 1), date(2027, 4, 30), DAY, (SPAN,), milestones, (date(2027, 1, 31), date(2027, 3, 31))
    )


@pytest.fixture
def line(qtbot: Any, dressed: Any) -> StageTimeline:
    dressed("light", 100)
    made = StageTimeline("Étapes du bail")
    qtbot.addWidget(made)
    made.resize(1094, 240)
    bring_up(qtbot, made)
    return made


def test_labels_of_near_stages_step_aside(line: StageTimeline) -> None:
    line.show_times(
        times(stage("a", date(2027, 1, 12)), stage("b", date(2027, 1, 31)), stage("c", date(2027, 2, 10)))
    )
    boxes = [placed.label for placed in line._placed]
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    assert all(line.rect().contains(box) for box in boxes)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=40,
    deadline=None,
)
@given(st.lists(st.integers(0, 420), max_size=7))
def test_up_to_seven_stages_never_write_over_each_other(line: StageTimeline, days: list[int]) -> None:
    made = [stage(str(n), date(2026, 3, 1) + timedelta(days=d), "Avis") for n, d in enumerate(sorted(days))]
    line.show_times(times(*made))
    boxes = [placed.label for placed in line._placed]
    assert all(line.rect().contains(box) for box in boxes)
    spread = {(placed.level, placed.label.x()) for placed in line._placed}
    assert len(spread) == len(boxes)


def test_stages_stand_on_a_true_axis(line: StageTimeline) -> None:
    line.show_times(
        times(stage("a", date(2026, 5, 1)), stage("b", date(2026, 9, 1)), stage("c", date(2027, 1, 1)))
    )
    a, b, c = (placed.x for placed in line._placed)
    assert abs((b - a) / (c - b) - (123 / 122)) < 0.02


def test_arrows_read_the_stages_and_enter_opens_one(qtbot: Any, line: StageTimeline) -> None:
    line.show_times(times(stage("a", date(2026, 5, 1)), stage("b", date(2027, 1, 12))))
    opened: list[str] = []
    line.opened.connect(opened.append)
    line.clearFocus()
    line.setFocus(Qt.FocusReason.TabFocusReason)
    assert line.current_key == "b"
    QTest.keyClick(line, Qt.Key.Key_Left)
    assert (line.current_key, "Examen 3" in spoken_name(line)) == ("a", True)
    QTest.keyClick(line, Qt.Key.Key_Left)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert opened == ["a"]
    assert "Sous-location" in line.accessibleDescription()


def test_a_click_on_a_label_opens_its_stage_and_hovering_a_bar_tells_it(line: StageTimeline) -> None:
    line.show_times(times(stage("a", date(2026, 5, 1))))
    opened: list[str] = []
    line.opened.connect(opened.append)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line._placed[0].label.center())
    assert opened == ["a"]
    bar = QPoint(600, 38)
    QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, bar, line.mapToGlobal(bar)))
    assert "Signée" in QToolTip.text()
    QToolTip.hideText()


@pytest.fixture
def chart(qtbot: Any, dressed: Any) -> RentChart:
    dressed("light", 100)
    made = RentChart("Reste dû en fin de mois")
    qtbot.addWidget(made)
    made.resize(480, 236)
    bring_up(qtbot, made)
    return made


def bars(*cents: int, planned: int = 0) -> list[RentBar]:
    first = add_months(date(2026, 11, 1), 1 - (len(cents) - planned))
    return [RentBar(add_months(first, n), c, n >= len(cents) - planned) for n, c in enumerate(cents)]


def test_months_are_read_aloud_with_the_alert(chart: RentChart) -> None:
    chart.show_bars(bars(40_000, 120_000, 60_000, planned=1), (100_000, "seuil d’impayé"), "Plan prévu")
    told = chart.accessibleDescription()
    assert "novembre\u00a02026\u00a0: 1\u202f200,00\u00a0€" in told
    assert "décembre\u00a02026\u00a0: 600,00\u00a0€, prévu" in told
    assert told.endswith("seuil d’impayé\u00a0: 1\u202f000,00\u00a0€")
    chart.clearFocus()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert "novembre" in spoken_name(chart)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert "octobre" in spoken_name(chart)


def test_bars_past_the_alert_are_red_and_planned_ones_are_not_filled(chart: RentChart) -> None:
    chart.show_bars(bars(40_000, 120_000, 100_000, planned=1), (90_000, "seuil"))
    image = chart.grab().toImage()
    middles = [chart._box(n).center().toPoint() for n in range(3)]
    seen = [image.pixelColor(point) for point in middles]
    assert seen == [colour("accent"), colour("danger"), colour("accent_soft")]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=40,
    deadline=None,
)
@given(st.lists(st.integers(0, 3_000_000), min_size=1, max_size=24), st.none() | st.integers(1, 3_000_000))
def test_every_bar_stands_inside_the_drawing(chart: RentChart, cents: list[int], alert: int | None) -> None:
    chart.show_bars(bars(*cents), None if alert is None else (alert, "seuil"))
    for number in range(len(cents)):
        box = chart._box(number)
        assert 0 <= box.left() <= box.right() <= chart.width()
        assert 0 <= box.top() <= box.bottom() <= chart.height()
    chart.grab()


def test_the_pointer_reads_a_month(chart: RentChart) -> None:
    chart.show_bars(bars(40_000, 50_000))
    point = QPointF(chart._slot(0).center())
    kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
    QApplication.sendEvent(
        chart, QMouseEvent(kind, point, chart.mapToGlobal(point), none, none, Qt.KeyboardModifier.NoModifier)
    )
    assert chart._current == 0


def test_nothing_to_draw_is_drawn_without_a_fault(chart: RentChart) -> None:
    chart.show_bars([])
    assert chart.accessibleDescription() == ""
    QTest.keyClick(chart, Qt.Key.Key_Right)
    chart.grab()
