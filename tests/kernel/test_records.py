"""Values made quickly behave as frozen ones do: equal, hashed, replaced, copied to another process."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from caseworker_app.kernel.records import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class Point:
    """Two coordinates."""

    across: int
    up: int = 0


def test_equal_values_are_one_key() -> None:
    assert {Point(1), Point(1, 0), Point(0, 1)} == {Point(1), Point(0, 1)}


def test_they_are_replaced_and_travel_by_pickle() -> None:
    assert replace(Point(1), up=2) == Point(1, 2)
    assert pickle.loads(pickle.dumps(Point(3, 4))) == Point(3, 4)


def test_they_hold_no_other_field() -> None:
    with pytest.raises(AttributeError):
        Point(1).beside = 2  # type: ignore[attr-defined]


def test_only_what_nobody_changes_is_made_so() -> None:
    with pytest.raises(ValueError, match="nobody changes"):
        quick_dataclass(frozen=False, slots=True)
