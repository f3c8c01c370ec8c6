"""Long sequences packed in parts: the same items, opened as they are looked at."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.intake.domain.packing import SIZE, Packed, pack


@given(st.lists(st.integers(), max_size=4 * SIZE), st.integers(-300, 300), st.integers(-300, 300))
def test_a_packed_sequence_is_the_sequence(items: list[int], first: int, last: int) -> None:
    packed: Packed[int] = pickle.loads(pickle.dumps(pack(items)))
    assert list(packed) == items
    assert len(packed) == len(items)
    assert packed[first:last] == items[first:last]
    if items:
        assert packed[-1] == items[-1]


def test_what_is_past_the_end_is_refused() -> None:
    with pytest.raises(IndexError):
        pack([1, 2])[2]


def test_only_the_parts_looked_at_are_opened() -> None:
    packed = pack(range(100 * SIZE))
    assert packed[50 * SIZE] == 50 * SIZE
    assert len(packed._open) == 1
    assert sum(packed) == sum(range(100 * SIZE))
    assert len(packed._open) == 1
