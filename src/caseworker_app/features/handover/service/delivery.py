"""Putting a numbered document at its place so that file and register agree, whatever is killed when.

The order of a transmission:

1. in one transaction: the number is taken, the PDF is written and flushed to disk beside its place under a
   hidden name that holds the number (`.BIL-2026-B7K4-0147.part`), the line of the register and the review's
   content are added;
2. the transaction is committed;
3. the hidden file takes its place, which is one rename.

Killed before 2: nothing is in the register, the number was not used; the hidden file is removed by the next
transmission into that folder. Killed between 2 and 3: the hidden file is there, and `finish` gives it its
place at the next start.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from caseworker_app.pdf.writing import PlaceNotWritable, write_atomically

_SUFFIX = ".part"


def staged_path(out: Path, number: str) -> Path:
    """Return where a document waits beside its place."""
    return out.with_name(f".{number}{_SUFFIX}")


def stage(data: bytes, out: Path, number: str) -> Path:
    """Write a document beside its place, safe on disk, and return where it waits. Raises PlaceNotWritable."""
    if out.is_dir():
        raise PlaceNotWritable(
            f"«\u00a0{out.name or out}\u00a0» est un dossier\u00a0: ajoutez le nom du fichier à écrire."
        )
    waiting = staged_path(out, number)
    write_atomically(data, waiting)
    _flush_folder(out.parent)
    return waiting


def deliver(waiting: Path, out: Path) -> None:
    """Give a waiting document its place. Raises OSError when it is taken by an open file."""
    waiting.replace(out)
    _flush_folder(out.parent)


def discard(waiting: Path) -> None:
    """Remove a waiting document whose transaction was not committed."""
    with suppress(OSError):
        waiting.unlink()


def discard_orphans(folder: Path, mark: str, known: Callable[[list[str]], set[str]]) -> None:
    """Remove what this device left waiting in a folder without a line in the register: it never left."""
    with suppress(OSError):
        waiting = {path.name[1 : -len(_SUFFIX)]: path for path in folder.glob(f".*-{mark}-*{_SUFFIX}")}
        for number in waiting.keys() - known(list(waiting)):
            discard(waiting[number])


def holds(path: Path, sha256: str) -> bool:
    """Say whether a file has exactly these bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _flush_folder(folder: Path) -> None:
    """Ask the disk to keep the folder's names too (Windows has no such call, and keeps them by itself)."""
    if os.name != "posix":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
