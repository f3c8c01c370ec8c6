"""Is a backup what was written? Its manifest, its ways in, every page, the checks of the engine, its counts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from caseworker_app.security.data_key import DataKey
from caseworker_app.security.errors import AlteredHeader, DamagedHeader, VaultMissing
from caseworker_app.security.header_files import read_header
from caseworker_app.storage.backups.manifest import Manifest
from caseworker_app.storage.backups.refusals import BackupDamaged
from caseworker_app.storage.backups.shelf import Backup, next_older
from caseworker_app.storage.encrypted_file import NewerFile
from caseworker_app.storage.revisions import HEAD

BLOCK = 1 << 20
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: revision of its tables, how many changes and households."""

    revision: str
    changesets: int
    households: int


def no_tell(_done: int, _total: int) -> None:
    """Tell nobody."""


def check_backup(backup: Backup, key: DataKey, *, tell: Tell = no_tell) -> Manifest:
    """Check a whole backup with the data key of its day; return its manifest.

    Raises BackupDamaged, which names the next older one, or NewerFile.
    """
    older = next_older(backup)
    fault = _fault(backup, key, tell)
    if fault or backup.manifest is None:
        raise BackupDamaged(backup.name, fault, older.name if older else "")
    return backup.manifest


def _fault(backup: Backup, key: DataKey, tell: Tell) -> str:
    manifest = backup.manifest
    if manifest is None or not manifest.is_genuine(key):
        return "sa fiche ne se lit pas"
    if manifest.revision > HEAD:
        raise NewerFile
    if not _has_ways_in(backup.folder, key):
        return "son en-tête est altéré"
    try:
        if digest(backup.database, tell) != manifest.sha256:
            return "son fichier est altéré"
    except OSError:
        return "son fichier ne se lit pas"
    return file_fault(
        backup.database, key, Contents(manifest.revision, manifest.changesets, manifest.households)
    )


def _has_ways_in(folder: Path, key: DataKey) -> bool:
    try:
        reading = read_header(folder)
        reading.header.authenticate(key)
    except (AlteredHeader, DamagedHeader, VaultMissing):
        return False
    return reading.both_good


def file_fault(path: Path, key: DataKey, expected: Contents) -> str:
    """Say what is wrong with an encrypted file that nobody writes to, "" when nothing is."""
    raw = None
    try:
        raw = open_still(path, key)
        forged = raw.execute("PRAGMA cipher_integrity_check").fetchone() is not None
        if forged or raw.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            return "des pages de son fichier sont altérées"
        return "" if contents(raw) == expected else "son contenu n’est pas celui qui était attendu"
    except sqlcipher.DatabaseError:
        return "son fichier ne s’ouvre pas"
    finally:
        if raw is not None:
            raw.close()


def open_still(path: Path, key: DataKey) -> Any:
    """Open a file that nobody writes to: nothing is written beside it, so that a read-only place will do."""
    raw = sqlcipher.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return raw


def contents(raw: Any) -> Contents:
    """Read what a file holds."""
    row = raw.execute(_CONTENTS).fetchone()
    return Contents(str(row[0]), int(row[1]), int(row[2]))


def digest(path: Path, tell: Tell = no_tell) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    found, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            found.update(block)
            done += len(block)
            tell(done, total)
    return found.hexdigest()


_CONTENTS = """
    SELECT (SELECT version_num FROM alembic_version), (SELECT count(*) FROM changeset),
           (SELECT count(*) FROM household)
"""
