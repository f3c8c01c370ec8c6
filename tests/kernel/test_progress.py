"""How far a long work is: parts within the whole, never backwards, and stopped by whoever is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel.progress import WHOLE, counted, part_of


def test_parts_make_the_whole():
    told = []
    first, second = (part_of(lambda *step: told.append(step), *ends) for ends in ((0, 40), (40, 100)))
    for part in (first, second):
        for done in (0, 1, 2):
            part(done, 2)
    assert told == [(share * WHOLE // 100, WHOLE) for share in (0, 20, 40, 40, 70, 100)]


def test_a_part_of_a_part_stays_within_it():
    told = []
    inner = part_of(part_of(lambda *step: told.append(step), 0, 50), 50, 100)
    inner(0, 4)
    inner(4, 4)
    assert told == [(WHOLE // 4, WHOLE), (WHOLE // 2, WHOLE)]


def test_a_part_of_nothing_tells_nothing_wrong():
    told = []
    part_of(lambda *step: told.append(step), 10, 20)(0, 0)
    assert told == [(WHOLE // 10, WHOLE)]


def test_nobody_listens():
    assert part_of(None, 0, 50) is None
    items = [1, 2]
    assert counted(items, 2, None) is items


@given(st.integers(0, 3_000), st.integers(0, 3_000))
def test_items_go_by_as_they_are_and_steps_only_grow(length: int, about: int):
    told = []
    items = list(range(length))
    assert list(counted(items, about, lambda *step: told.append(step))) == items
    assert told == sorted(told)
    assert all(0 <= done <= total == about for done, total in told)
    assert len(told) <= max(length // 250, 0) + 1


def test_whoever_is_told_may_stop_it():
    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    seen = []
    with pytest.raises(KeyboardInterrupt):
        seen.extend(counted(range(10_000), 10_000, stop))
    assert seen == list(range(400))
