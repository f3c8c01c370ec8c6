"""A disk as power losses leave it: what was written, truncated, named, renamed and synced, in order, and what survives.

Nothing is taken for granted that POSIX does not promise: data last once their file is synced, names once their folder
is; until then each page may have reached the disk or not, in any order. Names reach it in the order they were given, as
every journalling file system does.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PAGE = 4096
ROOT = 0


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put in a file."""

    node: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file given a length."""

    node: int
    size: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name given in a folder to a file or a folder (`node`), or taken away (`node` None)."""

    folder: int
    name: str
    node: int | None


@dataclass(frozen=True, slots=True)
class Rename:
    """A name that became another one, perhaps in another folder."""

    folder: int
    name: str
    node: int
    into: int
    new_name: str


@dataclass(frozen=True, slots=True)
class Sync:
    """A file or folder made durable: what was done to it before the operation number `since`."""

    node: int
    since: int


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the journal: what the person was told is done."""

    line: bytes


Operation = Write | Truncate | Name | Rename | Sync | Said
Chooser = Callable[[int, Operation, int], bool]


@dataclass
class Disk:
    """Everything done under one folder, node `ROOT`; `folders` are the nodes that hold names."""

    operations: list[Operation] = field(default_factory=list)
    folders: set[int] = field(default_factory=lambda: {ROOT})

    def crashes(self) -> list[int]:
        """Return after which operations the power may go: each sync."""
        return [i for i, each in enumerate(self.operations) if isinstance(each, Sync)]

    def told_by(self, crash: int) -> list[bytes]:
        """Return what the person was told until the sync after this one began: nothing more was durable."""
        return [each.line for each in self.operations[: self._reach(crash)] if isinstance(each, Said)]

    def put_back(self, crash: int, place: Path, chooser: Chooser) -> None:
        """Make in `place` what is on the disk when the power goes between a sync and the next.

        `chooser(number, operation, page)` says which of the operations that nothing made durable had reached it.
        """
        lasting = self._lasting(crash)
        names: dict[int, dict[str, int]] = {folder: {} for folder in self.folders}
        contents: dict[int, bytearray] = {}
        for i, each in enumerate(self.operations[: self._reach(crash)]):
            sure = _is_sure(i, each, lasting)
            if isinstance(each, Write):
                _write(contents.setdefault(each.node, bytearray()), each, i, None if sure else chooser)
            elif isinstance(each, Truncate):
                if sure or chooser(i, each, 0):
                    _resize(contents.setdefault(each.node, bytearray()), each.size)
            elif isinstance(each, Name | Rename) and (sure or chooser(i, each, 0)):
                _name(names, each)
        _make(place, ROOT, names, contents)

    def _lasting(self, crash: int) -> dict[int, int]:
        """Return, by node, before which operation everything done to it lasts."""
        found: dict[int, int] = {}
        for each in self.operations[: crash + 1]:
            if isinstance(each, Sync):
                found[each.node] = max(found.get(each.node, 0), each.since)
        return found

    def _reach(self, crash: int) -> int:
        return next(
            (i for i in range(crash + 1, len(self.operations)) if isinstance(self.operations[i], Sync)),
            len(self.operations),
        )


def nothing_more(_number: int, _operation: Operation, _page: int) -> bool:
    """Choose nothing of what was not durable."""
    return False


def everything(_number: int, _operation: Operation, _page: int) -> bool:
    """Choose everything: the power goes, but all had reached the disk."""
    return True


def some(seed: int, most: int) -> Chooser:
    """Choose pages one by one at random, and names up to one of them, of `most` operations."""
    chance = random.Random(seed)
    kept, until = chance.choice((0.1, 0.5, 0.9)), chance.randrange(most + 1)

    def choose(number: int, operation: Operation, page: int) -> bool:
        if isinstance(operation, Name | Rename):
            return number < until
        return random.Random(f"{seed} {number} {page}").random() < kept

    return choose


def _is_sure(number: int, each: Operation, lasting: dict[int, int]) -> bool:
    if isinstance(each, Write | Truncate):
        return number < lasting.get(each.node, 0)
    if isinstance(each, Name):
        return number < lasting.get(each.folder, 0)
    if isinstance(each, Rename):
        return number < max(lasting.get(each.folder, 0), lasting.get(each.into, 0))
    return False


def _write(content: bytearray, write: Write, number: int, chooser: Chooser | None) -> None:
    """Write it, page by page of the disk; only those chosen when it is not sure."""
    end = write.offset + len(write.data)
    for page in range(write.offset // PAGE, (end + PAGE - 1) // PAGE):
        if chooser is not None and not chooser(number, write, page):
            continue
        first, last = max(write.offset, page * PAGE), min(end, (page + 1) * PAGE)
        if len(content) < last:
            _resize(content, last)
        content[first:last] = write.data[first - write.offset : last - write.offset]


def _resize(content: bytearray, size: int) -> None:
    if len(content) > size:
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))


def _name(names: dict[int, dict[str, int]], each: Name | Rename) -> None:
    if isinstance(each, Rename):
        names[each.folder].pop(each.name, None)
        names[each.into][each.new_name] = each.node
    elif each.node is None:
        names[each.folder].pop(each.name, None)
    else:
        names[each.folder][each.name] = each.node


def _make(place: Path, node: int, names: dict[int, dict[str, int]], contents: dict[int, bytearray]) -> None:
    place.mkdir(exist_ok=True)
    for name, child in names[node].items():
        # Shared memory of the engine: it makes it again, and never trusts what it finds after a stop.
        if name.endswith("-shm"):
            continue
        if child in names:
            _make(place / name, child, names, contents)
        else:
            (place / name).write_bytes(contents.get(child, b""))
