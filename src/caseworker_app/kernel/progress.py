"""How far a long work is, told as it goes: a part of it counts as a part of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
# Told how much is done, of how much; what it raises stops the work there.
Tell = Callable[[int, int], None]
# In what the whole is counted once parts of unlike things make it: thousandths.
WHOLE = 1_000


def part_of(tell: Tell | None, first: int, last: int) -> Tell | None:
    """Return what tells of a part that goes from `first` to `last` hundredths of the whole; None tells nobody."""
    if tell is None:
        return None

    def tell_the_whole(done: int, total: int) -> None:
        share = (last - first) * done * WHOLE // max(1, total)
        tell((first * WHOLE + share) // 100, WHOLE)

    return tell_the_whole


# Telling may cost whoever tells a moment: a few hundred items go by unnoticed, a long work has so many steps.
_AT_LEAST, _STEPS = 250, 25


def counted(items: Iterable[T], total: int, tell: Tell | None) -> Iterable[T]:
    """Return the items, telling now and then, from the first, how many of about `total` went by."""
    return items if tell is None else _counted(items, total, tell, max(_AT_LEAST, total // _STEPS))


def _counted(items: Iterable[T], total: int, tell: Tell, every: int) -> Iterator[T]:
    for done, item in enumerate(items):
        if done % every == 0:
            tell(min(done, total), total)
        yield item
