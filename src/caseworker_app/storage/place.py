"""Where an open file stands: on POSIX the engine goes on writing, without a word, to a file that was removed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from caseworker_app.storage.failures import FileGone


@dataclass(frozen=True, slots=True)
class Place:
    """The file behind an open connection: the names it may have (a file being founded takes its own at the end),
    and which file it is on its disk.
    """

    names: tuple[Path, ...]
    identity: tuple[int, int] | None

    @classmethod
    def of(cls, raw: Any, name: Path) -> Self:
        """Note where the file of a connection stands; `name`: the one it has, or will have."""
        opened = Path(raw.execute("PRAGMA database_list").fetchone()[2])
        return cls((opened, name), _identity(opened))

    def refuse_when_gone(self) -> None:
        """Raise FileGone when no name leads to it any more: what would be confirmed would be lost with it."""
        if self.identity is not None and all(_identity(name) != self.identity for name in self.names):
            raise FileGone


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
