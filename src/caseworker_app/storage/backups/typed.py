"""The drafts (« brouillons ») in a backup: copied and checked beside the file, brought back without losing newer ones.

They are less than the file: damaged ones stop neither a backup nor a restore, which say so instead.
"""

from __future__ import annotations

import shutil
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.data_key import DataKey, derive
from caseworker_app.storage.backups.checking import digest, open_still
from caseworker_app.storage.backups.manifest import Manifest
from caseworker_app.storage.backups.shelf import Backup, sync_file
from caseworker_app.storage.drafts import FILE_NAME, PURPOSE, open_drafts
from caseworker_app.storage.engine import connect


def draft_key(key: DataKey) -> DataKey:
    """Return the key of the drafts of a data key."""
    return DataKey(derive(key, PURPOSE))


def copy_drafts(source: Path, into: Path, key: DataKey) -> str:
    """Copy the drafts of an open data folder into a backup; return the SHA-256 of the copy, "" when there are none.

    Damaged drafts are left out: the opening of the file tells of them. Raises OSError for what cannot be written.
    """
    target = into / FILE_NAME
    if not (source / FILE_NAME).is_file():
        return ""
    try:
        _copy_pages(source / FILE_NAME, target, draft_key(key))
        sound = not drafts_fault(target, key)
    except (sqlcipher.DatabaseError, CaseworkerError):
        sound = False
    if not sound:
        target.unlink(missing_ok=True)
        return ""
    sync_file(target)
    return digest(target)


def drafts_fault(path: Path, key: DataKey) -> str:
    """Say what is wrong with a copy of drafts that nobody writes to, "" when nothing is."""
    try:
        with closing(open_still(path, draft_key(key))) as raw:
            forged = raw.execute("PRAGMA cipher_integrity_check").fetchone() is not None
            if forged or raw.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return ALTERED
            raw.execute("SELECT count(*) FROM draft").fetchone()
    except sqlcipher.DatabaseError:
        return ALTERED
    return ""


def fault_in(backup: Backup, key: DataKey) -> str:
    """Say what is wrong with the drafts of a backup, "" when nothing is or it has none."""
    told = backup.manifest
    if told is None or not told.drafts_sha256:
        return ""
    try:
        same = digest(backup.folder / FILE_NAME) == told.drafts_sha256
    except OSError:
        return ALTERED
    return drafts_fault(backup.folder / FILE_NAME, key) if same else ALTERED


def prepare_drafts(staged: Path, folder: Path, backup: Backup, key: DataKey) -> tuple[bool, bool]:
    """Make in `staged` the drafts of a restored file: those of the backup, and the present ones of the folder.

    Of two states of the same form the newer one stays; the present file of drafts is set aside whole besides.
    Returns whether those of the backup were lost, and whether the present ones could only be set aside (damaged, or
    of another data key). Raises OSError, CaseworkerError for what cannot be written.
    """
    path = staged / FILE_NAME
    lost = bool(fault_in(backup, key))
    if _has(backup.manifest) and not lost:
        shutil.copyfile(backup.folder / FILE_NAME, path)
    with closing(open_drafts(path, draft_key(key).hex())) as raw:
        present = _present(folder, draft_key(key).hex())
        if present is not None:
            raw.execute("BEGIN IMMEDIATE")
            _add(raw, *present)
            raw.execute("COMMIT")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sync_file(path)
    return lost, present is None and (folder / FILE_NAME).is_file()


def _has(manifest: Manifest | None) -> bool:
    return manifest is not None and bool(manifest.drafts_sha256)


def _copy_pages(source: Path, target: Path, key: DataKey) -> None:
    # In one step: they are small, and the one who types is never to make it start again.
    with closing(connect(source, key.hex(), writable=False)) as read:
        written = sqlcipher.connect(f"{target.absolute().as_uri()}?mode=rwc", uri=True, isolation_level=None)
        with closing(written):
            written.execute("PRAGMA cipher_log_level = NONE")
            written.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            written.execute("PRAGMA journal_mode = OFF")
            written.execute("PRAGMA synchronous = OFF")
            read.backup(written, pages=-1)


def _present(folder: Path, key_hex: str) -> tuple[list[Any], list[Any]] | None:
    """Return the present drafts and where they followed a household from; None when they do not open."""
    if not (folder / FILE_NAME).is_file():
        return None
    with (
        suppress(CaseworkerError, sqlcipher.DatabaseError),
        closing(open_drafts(folder / FILE_NAME, key_hex)) as raw,
    ):
        drafts = raw.execute("SELECT key, household_id, content, saved_at FROM draft").fetchall()
        return drafts, raw.execute("SELECT key, former_key, former_id FROM followed").fetchall()
    return None


def _add(raw: Any, drafts: list[Any], followed: list[Any]) -> None:
    taken = {key for key, _household, _content, saved_at in drafts if _newest(raw, key, saved_at)}
    for row in drafts:
        if row[0] in taken:
            raw.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)", row)
            raw.execute("DELETE FROM followed WHERE key = ?", (row[0],))
    for row in followed:
        if row[0] in taken:
            raw.execute("INSERT OR REPLACE INTO followed VALUES (?, ?, ?)", row)


def _newest(raw: Any, key: str, saved_at: str) -> bool:
    held = raw.execute("SELECT saved_at FROM draft WHERE key = ?", (key,)).fetchone()
    return held is None or str(held[0]) <= saved_at


ALTERED = "ses brouillons sont altérés"
