"""The file that is measured: the program's own seeded demonstration, made once and kept under `build/`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from caseworker_app.bootstrap.office import Office, create_office, open_office
from caseworker_app.features.demonstration.service.filling import DEMONSTRATION_OFFICE, fill
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage.revisions import HEAD

PASSPHRASE = "phrase des mesures"
PLACE = Path(__file__).parents[2] / "build" / "bench"


def subject(households: int, seed: int = 1) -> Office:
    """Open the demonstration of this size, making it when this version has not yet."""
    folder = PLACE / f"{households}-{seed}-{HEAD}"
    done = folder / "done"
    if not done.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"making the demonstration of {households} households in {folder} …", file=sys.stderr, flush=True)
        with create_office(folder, PASSPHRASE, DEMONSTRATION_OFFICE, kdf=THROW_AWAY)[0] as office:
            fill(office.file, office.who, households=households, seed=seed, progress=_say)
        done.touch()
    return open_office(folder, PASSPHRASE)


def copy_of(households: int, into: Path) -> Office:
    """Open a copy of the demonstration, for measures that write."""
    subject(households).close()
    shutil.copytree(PLACE / f"{households}-1-{HEAD}", into / "copy")
    return open_office(into / "copy", PASSPHRASE)


def _say(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} / {total}", end="", file=sys.stderr, flush=True)
