"""Makes a backup: one snapshot of the open file and its ways in, checked before it is called a backup.

The copy goes through SQLCipher's online backup under one read transaction: page by page, as it stood when the copy
began, whatever is written meanwhile (ADR 11).
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from caseworker_app.kernel.clock import stamp
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.data_key import DataKey
from caseworker_app.security.folder_look import COPY_NAME, DATABASE_NAME, HEADER_NAME
from caseworker_app.security.header import Header, encode
from caseworker_app.security.header_files import read_header
from caseworker_app.storage.backups import pieces, shelf
from caseworker_app.storage.backups.checking import Contents, Tell, contents, digest, file_fault, no_tell
from caseworker_app.storage.backups.manifest import MANIFEST_NAME, Manifest
from caseworker_app.storage.backups.manifest import encode as encode_manifest
from caseworker_app.storage.backups.pieces import Piece
from caseworker_app.storage.backups.refusals import (
    BackupDiskFull,
    BackupNotSound,
    BackupPlaceGone,
    refusal_for,
)
from caseworker_app.storage.backups.shelf import Backup
from caseworker_app.storage.backups.typed import copy_drafts
from caseworker_app.storage.drafts import FILE_NAME as DRAFTS_NAME
from caseworker_app.storage.encrypted_file import FILE_NAME, Access
from caseworker_app.storage.engine import connect
from caseworker_app.storage.failures import FileDamaged

# Pages copied between two looks at whether somebody wants to stop: some twenty milliseconds' worth.
_STEP = 512
# The disk that holds the backups often holds the file too: it is never filled to its last byte.
_LEFT_FREE = 32 * 1024 * 1024


def make_backup(
    access: Access,
    place: Path,
    reason: str,
    *,
    wait_seconds: float = 0,
    tell: Tell = no_tell,
    rotating: bool = True,
) -> Backup:
    """Make one backup of an open file in a folder, check it, then rotate the older ones (not without `rotating`).

    `tell(done, total)` is called now and then, and may raise to stop: nothing is then left. Raises BackupRefused,
    DamagedHeader, FileDamaged: a damaged file never takes the place of its sound backups.
    """
    key = DataKey(bytes.fromhex(access.key_hex))
    with shelf.held(place, wait_seconds):
        shelf.sweep(place)
        known = _known_pieces(place)
        _check_room(access.folder, place)
        with shelf.staged(place) as folder:
            held = _copy_file(access, folder / DATABASE_NAME, place, tell)
            header = _copy_header(access.folder, folder, key)
            fault = file_fault(folder / DATABASE_NAME, key, held)
            if fault:
                raise FileDamaged if is_damaged(access) else BackupNotSound(fault)
            listed = pieces.gather(access, place, known, tell)
            typed = copy_drafts(access.folder, folder, key)
            manifest = replace(_manifest(access, folder, header, held, reason, listed), drafts_sha256=typed)
            manifest = manifest.signed(key)
            (folder / MANIFEST_NAME).write_bytes(encode_manifest(manifest))
            made = shelf.accept(folder, manifest)
        if rotating:
            shelf.rotate(made)
        pieces.sweep_pieces(place)
    return made


def _check_room(folder: Path, place: Path) -> None:
    try:
        needed = sum(path.stat().st_size for path in folder.glob(f"{FILE_NAME}*")) + _LEFT_FREE
        needed += sum(path.stat().st_size for path in folder.glob(f"{DRAFTS_NAME}*"))
        needed += pieces.new_bytes(folder, place)
        free = shutil.disk_usage(place).free
    except OSError as error:
        raise refusal_for(error, place) from error
    if free < needed:
        raise BackupDiskFull(place)


def _copy_file(access: Access, path: Path, place: Path, tell: Tell) -> Contents:
    source = connect(access.folder / FILE_NAME, access.key_hex, writable=False)
    try:
        source.execute("BEGIN")
        held = contents(source)
        _copy_pages(source, path, access.key_hex, place, tell)
        source.execute("ROLLBACK")
    finally:
        source.close()
    return held


def _copy_pages(source: Any, path: Path, key_hex: str, place: Path, tell: Tell) -> None:
    def step(_status: int, left: int, total: int) -> None:
        tell(total - left, total)

    target = sqlcipher.connect(f"{path.absolute().as_uri()}?mode=rwc", uri=True, isolation_level=None)
    try:
        target.execute("PRAGMA cipher_log_level = NONE")
        target.execute(f"PRAGMA key = \"x'{key_hex}'\"")
        # It is no backup until it is whole, synced and checked: nothing is gained by journalling its making.
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target, pages=_STEP, progress=step)
    except sqlcipher.DatabaseError as error:
        raise _meaning(error, place) from error
    finally:
        target.close()
    shelf.sync_file(path)


def is_damaged(access: Access) -> bool:
    """Say whether the file itself has pages that do not read: a copy of it then never reads well."""
    source = connect(access.folder / FILE_NAME, access.key_hex, writable=False)
    try:
        return source.execute("PRAGMA cipher_integrity_check").fetchone() is not None
    except sqlcipher.DatabaseError:
        return True
    finally:
        source.close()


def _meaning(error: sqlcipher.DatabaseError, place: Path) -> CaseworkerError:
    """Tell a place that fails from a file that is damaged: only the first is written to."""
    said = str(error).lower()
    if "full" in said:
        return BackupDiskFull(place)
    if "i/o" in said or "unable to open" in said or "readonly" in said:
        return BackupPlaceGone(place)
    return FileDamaged()


def _copy_header(folder: Path, into: Path, key: DataKey) -> Header:
    header = read_header(folder).header
    header.authenticate(key)
    for name in (HEADER_NAME, COPY_NAME):
        (into / name).write_bytes(encode(header))
    return header


def _known_pieces(place: Path) -> dict[str, Piece]:
    """Return the contents that the backups of a folder list already: they need not be read again."""
    lists = (pieces.read_list(each) for each in shelf.list_backups(place))
    return next((each for each in lists if each is not None), {})


def _manifest(
    access: Access, folder: Path, header: Header, held: Contents, reason: str, listed: list[Piece]
) -> Manifest:
    path = folder / DATABASE_NAME
    return Manifest(
        file_id=header.file_id,
        made_at=stamp(access.clock),
        reason=reason,
        revision=held.revision,
        changesets=held.changesets,
        households=held.households,
        generation=header.generation,
        size=path.stat().st_size,
        sha256=digest(path),
        pieces=len(listed),
        pieces_sha256=pieces.write_list(folder, listed),
    )
