"""The order people give to goals and steps."""

from __future__ import annotations

from collections.abc import Sequence


def moved(order: Sequence[str], one: str, before: str | None) -> list[str]:
    """Return an order with `one` put before another, or after all of them when that is None or unknown."""
    others = [each for each in order if each != one]
    place = others.index(before) if before in others else len(others)
    return [*others[:place], one, *others[place:]]


def neighbour(order: Sequence[str], one: str, *, later: bool) -> str | None:
    """Return what `one` must be put before to move by one place; `one` itself where it cannot move.

    None: after all the others.
    """
    place = order.index(one)
    if later:
        if place == len(order) - 1:
            return one
        return order[place + 2] if place + 2 < len(order) else None
    return order[place - 1] if place else one
