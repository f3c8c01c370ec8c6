"""Many things of one kind due to one person: a few told one by one, the others in one line after them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from caseworker_app.features.week.domain.due import Due

T = TypeVar("T")


def a_few(
    found: Sequence[T], most: int, one: Callable[[T], Due], several: Callable[[T, int], Due]
) -> Iterator[Due]:
    """Return the first `most` each by itself, then one line for the others: the first of them, and how many.

    A line is never made for a single one.
    """
    apart = most if len(found) > most + 1 else len(found)
    yield from map(one, found[:apart])
    if found[apart:]:
        yield several(found[apart], len(found) - apart)
