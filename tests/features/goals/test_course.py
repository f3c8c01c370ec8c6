"""Levels over time: a line a domain, broken where words changed or nothing was assessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.goals.domain.autonomy import (
    LEVEL_LABELS,
    DomainLevel,
    Evaluation,
    EvaluationWithLevels,
    Level,
    View,
    rung,
)
from caseworker_app.features.goals.domain.course import courses
from caseworker_app.features.goals.domain.grid import Grid, grid_on
from caseworker_app.features.goals.screens.level_lines import LevelLines

DAY = date(2026, 4, 6)
GRID = grid_on(DAY)


def made(
    place: int, levels: dict[str, Level], grid: Grid = GRID, view: View = View.WORKER
) -> EvaluationWithLevels:
    own = Evaluation(f"e{place}", "v", "h", DAY + timedelta(days=90 * place), view, grid.version, None)
    rows = tuple(DomainLevel(code, "v", "h", own.id, code, at, None) for code, at in levels.items())
    return EvaluationWithLevels(own, rows, grid)


_levels = st.dictionaries(
    st.sampled_from([each.code for each in GRID.known]), st.sampled_from(Level), max_size=6
)


@given(st.lists(_levels, max_size=6))
def test_every_level_of_every_date_is_on_its_line(told: list[dict[str, Level]]) -> None:
    seen = [made(place, levels) for place, levels in enumerate(told)]
    found = courses(seen, View.WORKER)
    codes = {code for levels in told for code, level in levels.items() if rung(level)}
    assert {each.domain.code for each in found} == codes
    for each in found:
        assert [point.level for point in each.points] == [
            levels.get(each.domain.code, Level.NOT_ASSESSED) for levels in told
        ]
        assert not each.points[0].joined
        for before, after in zip(each.points, each.points[1:], strict=False):
            assert after.joined == bool(rung(before.level) and rung(after.level))


def test_views_are_never_on_one_line() -> None:
    seen = [made(0, {"budget": Level.FRAGILE}), made(1, {"budget": Level.STABLE}, view=View.HOUSEHOLD)]
    assert len(courses(seen, View.WORKER)[0].points) == 1


def test_a_line_stops_where_the_words_of_the_grid_changed() -> None:
    domain = replace(GRID.domain("budget"), anchors=("a", "b", "c", "d", "e"))
    later = replace(GRID, version="2", known=tuple(domain if d.code == "budget" else d for d in GRID.known))
    levels = {"budget": Level.FRAGILE, "debts": Level.FRAGILE}
    found = {
        each.domain.code: each for each in courses([made(0, levels), made(1, levels, later)], View.WORKER)
    }
    assert not found["budget"].points[1].joined
    assert found["debts"].points[1].joined


def test_the_lines_are_read_with_the_arrows(qtbot, qapp) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from caseworker_app.ui_kit.dress import dress

    dress(qapp, "light")
    widget = LevelLines("Évolution")
    qtbot.addWidget(widget)
    seen = [made(n, {"budget": Level.FRAGILE, "debts": Level.STABLE}) for n in range(3)]
    widget.show_courses(courses(seen, View.WORKER))
    widget.resize(420, widget.sizeHint().height())
    widget.show()
    with qtbot.waitSignal(widget.stood_on) as told:
        QTest.keyClick(widget, Qt.Key.Key_Down)
    assert told.args == ["budget"]
    assert (
        widget.accessibleName()
        .replace("\u00a0", " ")
        .startswith("Budget : fragile le 6 avril 2026, fragile le 5 juillet 2026")
    )
    assert "Dettes" in widget.accessibleDescription()
    assert not widget.grab().isNull()


def test_every_date_stands_in_the_table_the_latest_in_sight_first(qtbot, qapp) -> None:
    from caseworker_app.features.goals.screens.course_card import CourseCard
    from caseworker_app.ui_kit.dress import dress

    dress(qapp, "light")
    card = CourseCard()
    qtbot.addWidget(card)
    card.resize(800, 400)
    seen = [
        made(place, {"budget": at, "health": Level.STABLE}) for place, at in enumerate(list(Level)[:5] * 2)
    ]
    card.show_courses(seen[:1], View.WORKER)
    assert not card.filled
    card.show_courses(seen, View.WORKER)
    card.show()
    assert card.filled
    assert card.remark.text() == "10\u00a0dates"
    days = [each.evaluation.evaluated_on for each in seen]
    assert 2 < len(card.shown_days) < 10
    assert card.shown_days[-1] == days[-1]
    assert not card.newer.isVisible()
    while card.older.isVisible():
        card.older.click()
    assert card.shown_days[0] == days[0]
    words = [card.table.rows.value_at(0, column).words for column in range(len(card.shown_days) + 1)]
    assert words[0] == "Budget"
    told = {each.domain.code: each for each in courses(seen, View.WORKER)}["budget"]
    assert words[1:] == [LEVEL_LABELS[point.level] for point in told.points[: len(words) - 1]]
    while card.newer.isVisible():
        card.newer.click()
    assert card.shown_days[-1] == days[-1]
