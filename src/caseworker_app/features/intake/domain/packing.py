"""Long sequences that travel between processes in parts, each opened when it is looked at.

A window given forty thousand rows at once would stand still for seconds while they are unpacked.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
SIZE = 64
_OPEN_PARTS = 24


class Packed(Sequence[T], Generic[T]):
    """A sequence kept as packed parts of 64; a few of those looked at last stay open."""

    def __init__(self, parts: tuple[bytes, ...] = (), length: int = 0) -> None:
        """Hold parts made by `pack`."""
        self._parts, self._length = parts, length
        self._open: OrderedDict[int, tuple[T, ...]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many items there are."""
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """Return an item, or some, opening the parts they are in."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        if not -self._length <= index < self._length:
            raise IndexError(index)
        part, place = divmod(index % self._length, SIZE)
        return self._part(part)[place]

    def __iter__(self) -> Iterator[T]:
        """Yield every item, without keeping parts open."""
        for part in self._parts:
            yield from _opened(part)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as packed."""
        return Packed, (self._parts, self._length)

    def _part(self, number: int) -> tuple[T, ...]:
        found = self._open.get(number)
        if found is None:
            found = self._open[number] = _opened(self._parts[number])
            if len(self._open) > _OPEN_PARTS:
                self._open.popitem(last=False)
        self._open.move_to_end(number)
        return found


def pack(items: Iterable[T]) -> Packed[T]:
    """Return items packed, in their order."""
    parts: list[bytes] = []
    length = 0
    left = iter(items)
    while part := tuple(islice(left, SIZE)):
        parts.append(pickle.dumps(part, pickle.HIGHEST_PROTOCOL))
        length += len(part)
    return Packed(tuple(parts), length)


def _opened(part: bytes) -> tuple[Any, ...]:
    items: tuple[Any, ...] = pickle.loads(part)  # noqa: S301 - packed by this program, never read from a file
    return items
