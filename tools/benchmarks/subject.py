"""The file that is measured: the program's own seeded demonstration, made once and kept under `build/`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caseworker_app.bootstrap.office import Office, create_office, open_office
from caseworker_app.kernel.collector import paused_collector
from caseworker_app.security.passphrase import THROW_AWAY

PASSPHRASE = "phrase des mesures"
PLACE = Path(__file__).parents[2] / "build" / "bench"


def folder_of(households: int) -> Path:
    """Return the folder of the demonstration of this size, making it the first time; remove it to have it made anew.

    An older one is brought up to this version when it is opened, like any file.
    """
    folder = PLACE / f"{households}-households"
    done = folder / "done"
    if not done.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        tell(f"making a demonstration of {households:,} households in {folder}, once".replace(",", " "))
        _make(folder, households)
        done.touch()
    return folder


def subject(households: int) -> Office:
    """Open the demonstration of this size."""
    return open_office(folder_of(households), PASSPHRASE)


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder on the disk of the demonstrations, removed at the end: temporary folders may be in memory."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PLACE, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def copy_into(folder: Path, households: int) -> Path:
    """Copy the demonstration of this size into a folder, for measures that write; return where it is."""
    subject(households).close()
    place = folder / "copy"
    shutil.copytree(folder_of(households), place)
    if hasattr(os, "sync"):
        # Else the first durable writes that are measured would wait for the copy to reach the disk.
        os.sync()
    return place


def tell(words: str) -> None:
    """Say on the standard error what takes long."""
    print(words, file=sys.stderr, flush=True)


def _make(folder: Path, households: int) -> None:
    # The processes whose memory is measured import this module too.
    from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill

    with (
        create_office(folder, PASSPHRASE, DEMONSTRATION_OFFICE, kdf=THROW_AWAY)[0] as office,
        paused_collector(),
    ):
        fill(office.file, office.who, households=households, seed=1, progress=_say)


def _say(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} / {total}", end="" if done < total else "\n", file=sys.stderr, flush=True)
