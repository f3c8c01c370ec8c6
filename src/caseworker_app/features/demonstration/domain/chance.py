"""Chance that can be repeated: what is drawn for a household depends on the seed and its number alone."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

# Out of a hundred households, how many people each counts: three on average.
SIZES = (1,) * 24 + (2,) * 20 + (3,) * 18 + (4,) * 19 + (5,) * 11 + (6,) * 5 + (7,) * 3
# How many diary entries a household has: ten on average.
ENTRY_COUNTS = (2, 3, 4, 5, 6, 6, 7, 8, 8, 9, 9, 10, 10, 11, 12, 13, 15, 17, 20, 25)


def chance(seed: int, *parts: object) -> Random:
    """Return a source of chance for one thing; a text seed gives the same draws on every platform."""
    return Random("/".join(str(part) for part in (seed, *parts)))  # noqa: S311 - invents people, protects nothing


def shuffled(seed: int, what: str, values: Sequence[T]) -> tuple[T, ...]:
    """Return values in an order of chance: read over and over, their average stays exact."""
    mixed = list(values)
    chance(seed, what).shuffle(mixed)
    return tuple(mixed)


def falls_due(index: int, part: int, whole: int) -> bool:
    """Say whether number `index` is one of `part` in every `whole`, spread evenly."""
    return (index + 1) * part // whole > index * part // whole
