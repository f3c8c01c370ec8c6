"""A list of tenants put under watch is a few lines of the week, whoever keeps them, and nobody is left out."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.week.domain.due import Due, Source
from caseworker_app.features.week.domain.material import Dated, Limits, Material
from caseworker_app.features.week.domain.rules import everything_due

DAY = date(2026, 11, 24)
MOST = 8


def dues(days: list[int], workers: int = 1) -> list[Due]:
    watches = tuple(
        Dated(f"v{n:03}", f"h{n:03}", Source.WATCH_DUE, DAY + timedelta(days=late), None, "appel")
        for n, late in enumerate(days)
    )
    leaders = {each.household_id: f"w{n % workers}" for n, each in enumerate(watches)}
    names = {each.household_id: f"Famille {each.household_id}" for each in watches}
    return everything_due(
        Material(DAY, Limits(30, 15, 120), (), watches=watches, workers=leaders, names=names)
    )


def test_a_few_are_told_one_by_one() -> None:
    assert [due.title for due in dues([0] * (MOST + 1))] == ["Veille\u00a0: appel"] * (MOST + 1)


def test_beyond_a_few_one_line_tells_how_many_and_opens_the_next() -> None:
    told = dues([0] * 300)
    assert len(told) == MOST + 1
    assert told[-1].title == "Veille\u00a0: 292\u00a0ménages, à commencer par celui-ci"
    assert (told[-1].household_id, told[-1].place.subject) == ("h008", "v008")


def test_those_late_are_told_together_the_oldest_first() -> None:
    told = dues([-n for n in range(1, 31)])
    assert len(told) == MOST + 1
    assert told[0].on == DAY - timedelta(days=30)
    assert told[-1].title == "Veille en retard\u00a0: 22\u00a0ménages, à commencer par celui-ci"


@given(st.lists(st.integers(-20, 20), max_size=60), st.integers(1, 3))
def test_every_household_is_counted_once(days: list[int], workers: int) -> None:
    counted = 0
    for due in dues(days, workers):
        _first, _plus, more = due.row_id.partition("+")
        counted += int(more or 1)
    assert counted == len(days)
