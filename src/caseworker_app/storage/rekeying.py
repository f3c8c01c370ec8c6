"""Encrypting somebody's whole file again under another data key, so that a kill at any instant leaves one that opens.

The new file and the new drafts are written beside the old ones (`.nouveau`), checked and made durable. The header of
the new key, put in force by one replacement, decides which of the two counts: `finish`, called at once and again at
each opening, puts in place whatever the key in force opens and takes away the rest.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from caseworker_app.security.data_key import DataKey, derive
from caseworker_app.security.header_files import sync_folder
from caseworker_app.storage import drafts, encrypted_file, witness
from caseworker_app.storage.attachments import PURPOSE, Contents
from caseworker_app.storage.device import fingerprint
from caseworker_app.storage.engine import FileMissing, WrongKey, connect
from caseworker_app.storage.failures import DiskFull, FileBusy, FileDamaged, told

IN_THE_MAKING = ".nouveau"
# What SQLite may leave beside a file, and its witness, which is of one key.
_COMPANIONS = ("-wal", "-shm", "-journal", witness.ENDING)
_PAGES_A_STEP = 1024
# How many pages of one file were copied, of how many.
Report = Callable[[int, int], None]


def prepare(folder: Path, key: DataKey, next_key: DataKey, report: Report | None = None) -> None:
    """Write everything again under `next_key`, beside what is in use and closed; nothing is in force yet.

    Raises FileMissing, WrongKey, DiskFull, FileBusy, FileDamaged, FileReadOnly; nothing is left behind then.
    """
    discard(folder)
    try:
        with _told(folder):
            for name, of_file, next_of_file in _files(key, next_key):
                if (folder / name).exists():
                    _copy(folder / name, of_file, next_of_file, report or _unheard)
            _own_place(folder, next_key)
            _contents_again(folder, key, next_key)
            sync_folder(folder)
    except BaseException:
        discard(folder)
        raise


def finish(folder: Path, key: DataKey) -> None:
    """Put in place the files that `key`, the one in force, opens, where those in place are of another key.

    What is left of a change that was never put in force is taken away. A file being founded waits under the same
    name for the first key. Safe to call at each opening, before anything is opened.
    """
    for name, of_file, _ in _files(key, key):
        path, fresh = folder / name, folder / (name + IN_THE_MAKING)
        if not fresh.exists():
            continue
        if _opens(path, of_file) or not _opens(fresh, of_file):
            _remove(fresh)
        else:
            # A log of the former file, applied to this one, would tear it; this one's holds nothing any more.
            for ending in _COMPANIONS:
                path.with_name(path.name + ending).unlink(missing_ok=True)
                fresh.with_name(fresh.name + ending).unlink(missing_ok=True)
            fresh.replace(path)
        sync_folder(folder)


def discard(folder: Path) -> None:
    """Take away what a change that is not in force has written."""
    for name in (encrypted_file.FILE_NAME, drafts.FILE_NAME):
        _remove(folder / (name + IN_THE_MAKING))


def forget_former_contents(folder: Path, key: DataKey) -> None:
    """Remove the contents of attachments that another key sealed: those of `key` are all there."""
    contents = _contents(folder, key)
    contents.sweep(contents.hashes(), at_once=True)


def _files(key: DataKey, next_key: DataKey) -> Iterator[tuple[str, str, str]]:
    yield encrypted_file.FILE_NAME, key.hex(), next_key.hex()
    yield drafts.FILE_NAME, derive(key, drafts.PURPOSE).hex(), derive(next_key, drafts.PURPOSE).hex()


def _copy(path: Path, key_hex: str, next_key_hex: str, report: Report) -> None:
    """Copy a file page by page under another key, and read back the seal of each page."""
    fresh = path.with_name(path.name + IN_THE_MAKING)
    with closing(connect(path, key_hex, writable=True)) as source:
        _fold_log(source)
        with closing(connect(fresh, next_key_hex, writable=True, create=True)) as target:
            # The whole is thrown away if it does not come to its end: nothing in it needs a journal.
            target.execute("PRAGMA journal_mode = OFF")
            source.backup(
                target, pages=_PAGES_A_STEP, progress=lambda _state, left, total: report(total - left, total)
            )
    with closing(connect(fresh, next_key_hex, writable=False)) as written:
        if written.execute("PRAGMA cipher_integrity_check").fetchall():
            raise FileDamaged
    for ending in _COMPANIONS:
        fresh.with_name(fresh.name + ending).unlink(missing_ok=True)
    _make_durable(fresh)


def _fold_log(source: Any) -> None:
    """Fold the write-ahead log back and do without: no log of this file may lie beside the next one."""
    if source.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
        raise FileBusy


def _own_place(folder: Path, next_key: DataKey) -> None:
    """Tell the new file that it is the same device that goes on: it is no copy that somebody took away."""
    fresh = folder / (encrypted_file.FILE_NAME + IN_THE_MAKING)
    if not fresh.exists():
        raise FileMissing
    with closing(connect(fresh, next_key.hex(), writable=True)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        (device_id,) = raw.execute("SELECT value FROM local_state WHERE key = 'device_id'").fetchone()
        place = (fingerprint(fresh, device_id), device_id)
        raw.execute("UPDATE device SET fingerprint = ? WHERE id = ?", place)
    _make_durable(fresh)


def _contents_again(folder: Path, key: DataKey, next_key: DataKey) -> None:
    contents = _contents(folder, key)
    contents.sealed_again(contents.hashes(), derive(next_key, PURPOSE))


def _contents(folder: Path, key: DataKey) -> Contents:
    return Contents(folder, derive(key, PURPOSE))


def _opens(path: Path, key_hex: str) -> bool:
    try:
        connect(path, key_hex, writable=False).close()
    except (FileMissing, WrongKey):
        return False
    return True


def _remove(path: Path) -> None:
    for ending in ("", *_COMPANIONS):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    with suppress(OSError):
        path.chmod(0o600)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what the engine or the disk says into a sentence."""
    try:
        with told(folder):
            yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
        raise (DiskFull if full else FileBusy) from error


def _unheard(_done: int, _total: int) -> None:
    """Take a report nobody asked for."""
