"""Backing a file up, checked and hashed, against SQLCipher's own backup and integrity check of the same file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from caseworker_app.bootstrap.office import open_office
from caseworker_app.storage.backups.making import make_backup
from caseworker_app.storage.backups.manifest import ASKED
from caseworker_app.storage.encrypted_file import FILE_NAME, Access
from caseworker_app.storage.engine import connect
from tools.benchmarks.subject import PASSPHRASE
from tools.benchmarks.table import Line, milliseconds, ratio_line


def backing_up(place: Path, scratch: Path) -> list[Line]:
    """Return the row of a backup; `place` holds a copy of a demonstration, `scratch` lies on the same disk."""
    with open_office(place, PASSPHRASE) as office:
        access = office.file.access
        ours, floor = 0.0, 0.0
        # In turns, each first once; each takes too long for what came before it to weigh.
        for first in (True, False):
            if first:
                ours += milliseconds(lambda: make_backup(access, scratch / "backups", ASKED))
            floor += milliseconds(lambda: _floor(access, scratch / "floor.db"))
            if not first:
                ours += milliseconds(lambda: make_backup(access, scratch / "backups", ASKED))
    return [ratio_line("back the file up, read back", ours / 2000, floor / 2000, 1.2, "s")]


def _floor(access: Access, path: Path) -> None:
    with (
        closing(connect(access.folder / FILE_NAME, access.key_hex, writable=False)) as source,
        closing(connect(path, access.key_hex, writable=True, create=True)) as target,
    ):
        source.backup(target)
        if target.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise RuntimeError("the floor copied a damaged file")
    path.unlink()
