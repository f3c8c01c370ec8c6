"""Which PC holds a data folder, noted beside its lock: the lock of the system says nothing from one PC to another.

A disk carried elsewhere, or a folder that a service copies between PCs, would be written by both. The note holds the
name of the PC and a random mark, nothing about who works there; it is removed when the folder is let go.
"""

from __future__ import annotations

import json
import platform
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

NOTE_NAME = "passerelle.tenu"
# A note is a name and a mark; anything longer was not written here.
_MOST_BYTES = 1024


@dataclass(frozen=True, slots=True)
class HolderNote:
    """`host`: the name of the PC. `mark`: 16 random hexadecimal digits, of one holding."""

    host: str
    mark: str


def this_host() -> str:
    """Return the name of this PC, as its network knows it."""
    return platform.node()


def read_note(folder: Path) -> HolderNote | None:
    """Return the note of a data folder; None when there is none, or when it does not read."""
    try:
        with (folder / NOTE_NAME).open("rb") as stream:
            kept = json.loads(stream.read(_MOST_BYTES))
        return HolderNote(str(kept["host"]), str(kept["mark"]))
    except (KeyError, OSError, RecursionError, TypeError, ValueError):
        return None


def held_by_another_pc(folder: Path) -> str:
    """Return the name of the other PC that holds a folder, or has not let it go; "" for none."""
    note = read_note(folder)
    return note.host if note is not None and note.host not in ("", this_host()) else ""


def write_note(folder: Path) -> HolderNote:
    """Note that this PC holds a folder, replacing any note; a disk that refuses it refuses nothing else."""
    note = HolderNote(this_host(), secrets.token_hex(8))
    with suppress(OSError):
        (folder / NOTE_NAME).write_text(json.dumps(asdict(note)), encoding="utf-8")
    return note


def remove_note(folder: Path, note: HolderNote) -> None:
    """Remove our own note; that of a PC that took the folder over stays."""
    if read_note(folder) == note:
        with suppress(OSError):
            (folder / NOTE_NAME).unlink()


def take_over(folder: Path) -> None:
    """Forget, knowingly, which PC held a folder: that one broke down, or was switched off. Raises nothing."""
    with suppress(OSError):
        (folder / NOTE_NAME).unlink(missing_ok=True)
