"""Brings a backup back into a data folder: prepared whole beside the present file, then put in its place.

The present file is set aside, never removed. A program killed at any instant leaves the old file in place, or a
replacement that the next opening finishes (`finish_restore`).
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.kernel.clock import Clock
from caseworker_app.kernel.french import plural
from caseworker_app.security.data_key import DataKey
from caseworker_app.security.errors import DamagedHeader, HeaderUnreadable, NewerFormat, VaultMissing
from caseworker_app.security.folder_look import COPY_NAME, DATABASE_NAME, HEADER_NAME
from caseworker_app.security.header import encode
from caseworker_app.security.header_files import (
    make_folder,
    read_header,
    replace_durably,
    sync_folder,
)
from caseworker_app.storage import device
from caseworker_app.storage.backups import pieces
from caseworker_app.storage.backups.checking import BLOCK, Tell, check_backup, digest, no_tell
from caseworker_app.storage.backups.manifest import Manifest
from caseworker_app.storage.backups.refusals import (
    BackupDamaged,
    BackupOfAnotherFile,
    NotRestored,
    refusal_for,
)
from caseworker_app.storage.backups.shelf import Backup, sync_file
from caseworker_app.storage.backups.typed import prepare_drafts
from caseworker_app.storage.drafts import FILE_NAME as DRAFTS_NAME
from caseworker_app.storage.engine import connect

ASIDE = "mis-de-cote"
_STAGED, _READY = "restauration", "pret"
_ORDER = (DATABASE_NAME, HEADER_NAME, COPY_NAME, DRAFTS_NAME)


_DRAFTS_ASIDE = (
    "Vos brouillons d’avant, s’il y en avait, ne s’ouvrent pas avec cette sauvegarde\u00a0: ils sont mis de côté avec "
    "l’ancien fichier («\u00a0{aside}\u00a0»), qui s’ouvre par ses propres secrets."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the file that was there lies now (None: there was none).

    `lost_pieces`: how many contents of attachments the backup should have had and has not.
    `lost_drafts`: those of the backup are damaged. `drafts_aside`: the present ones do not open with it (another data
    key): they are with the former file, which opens them.
    """

    manifest: Manifest
    aside: Path | None
    lost_pieces: int = 0
    lost_drafts: bool = False
    drafts_aside: bool = False

    @property
    def lacks(self) -> list[str]:
        """Return what the person must be told did not come back, in French sentences."""
        told = []
        if self.lost_pieces:
            several = plural(self.lost_pieces, "pièce jointe manque", "pièces jointes manquent")
            told.append(f"{several} dans la sauvegarde\u00a0: ajoutez de nouveau les originaux.")
        if self.lost_drafts:
            told.append("Les brouillons de la sauvegarde sont abîmés, ils n’ont pas été repris.")
        if self.drafts_aside:
            told.append(_DRAFTS_ASIDE.format(aside=self.aside))
        return told


def restore(folder: Path, backup: Backup, key: DataKey, clock: Clock, *, tell: Tell = no_tell) -> Restored:
    """Put a backup, whose data key was opened, in place of the file of a data folder.

    For whoever holds the folder, nothing in it being open. The restored file is a new device incarnation, so that no
    number is given twice. Raises BackupDamaged, NewerFile, BackupOfAnotherFile, NotRestored.
    """
    finish_restore(folder)
    manifest = check_backup(backup, key, tell=tell)
    if _other_file(folder, manifest):
        raise BackupOfAnotherFile
    staged = folder / _STAGED
    try:
        _prepare(staged, backup, manifest, key, clock)
        lost_drafts, drafts_aside = prepare_drafts(staged, folder, backup, key)
        sync_folder(staged)
        # Contents only ever add up: brought before the file that needs them, they harm nothing if it never comes.
        lost = _bring_pieces(backup, manifest, folder, tell)
        replace_durably(staged / _READY, _aside_name(folder, clock).encode())
    except OSError as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise NotRestored(refusal_for(error, folder).sentence) from error
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return Restored(manifest, finish_restore(folder), lost, lost_drafts, drafts_aside)


def finish_restore(folder: Path) -> Path | None:
    """Finish a restore that was ready when the program was killed; return where the former file lies.

    What was not ready is dropped: the file in place is still the former one. Raises NotRestored.
    """
    staged = folder / _STAGED
    if not staged.is_dir():
        return None
    try:
        name = (staged / _READY).read_text(encoding="utf-8")
    except (OSError, ValueError):
        shutil.rmtree(staged, ignore_errors=True)
        return None
    aside = folder / ASIDE / name
    try:
        _replace(folder, staged, aside)
    except OSError as error:
        raise NotRestored(
            "un autre programme retient le fichier. Fermez-le, puis rouvrez Passerelle, qui terminera."
        ) from error
    return aside if aside.is_dir() else None


def _bring_pieces(backup: Backup, manifest: Manifest, folder: Path, tell: Tell) -> int:
    """Bring the contents of attachments and return how many are lost; all there are, where the list is damaged."""
    place, listed = backup.folder.parent, pieces.read_list(backup)
    if listed is not None:
        return len(pieces.bring(place, folder, listed.values(), tell))
    found = pieces.everything_in(place)
    pieces.bring(place, folder, found, tell)
    return max(0, manifest.pieces - len(found))


def _prepare(staged: Path, backup: Backup, manifest: Manifest, key: DataKey, clock: Clock) -> None:
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    database = staged / DATABASE_NAME
    with backup.database.open("rb") as read, database.open("xb") as written:
        shutil.copyfileobj(read, written, BLOCK)
    if digest(database) != manifest.sha256:
        raise BackupDamaged(backup.name, "sa copie ne se relit pas")
    header = encode(read_header(backup.folder).header)
    for name in (HEADER_NAME, COPY_NAME):
        (staged / name).write_bytes(header)
    _mint(database, key, clock)
    for name in (DATABASE_NAME, HEADER_NAME, COPY_NAME):
        sync_file(staged / name)
    sync_folder(staged)


def _mint(database: Path, key: DataKey, clock: Clock) -> None:
    raw = connect(database, key.hex(), writable=True)
    try:
        raw.execute("BEGIN IMMEDIATE")
        device.mint(raw, database, clock, "restore")
        raw.execute("COMMIT")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _replace(folder: Path, staged: Path, aside: Path) -> None:
    for name in _ORDER:
        if (staged / name).exists():
            for former in _formers(folder, name):
                _set_aside(former, aside)
            (staged / name).replace(folder / name)
    sync_folder(folder)
    (staged / _READY).unlink()
    shutil.rmtree(staged, ignore_errors=True)


def _formers(folder: Path, name: str) -> list[Path]:
    """Return what gives way to a restored file: with a database, its journals and what a change of key left."""
    if name not in (DATABASE_NAME, DRAFTS_NAME):
        return [folder / name]
    return sorted(folder.glob(f"{name}*"), reverse=True)


def _set_aside(path: Path, aside: Path) -> None:
    if path.exists():
        make_folder(aside)
        path.replace(aside / path.name)
        with suppress(OSError):
            sync_folder(aside)


def _aside_name(folder: Path, clock: Clock) -> str:
    name = clock.now().astimezone().strftime("%Y-%m-%d_%H%M%S")
    number = 1
    while (folder / ASIDE / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return name if number == 1 else f"{name}-{number}"


def _other_file(folder: Path, manifest: Manifest) -> bool:
    try:
        return read_header(folder).header.file_id != manifest.file_id
    except (VaultMissing, DamagedHeader, HeaderUnreadable, NewerFormat):
        return False
