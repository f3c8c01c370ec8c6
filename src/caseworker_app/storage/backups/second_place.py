"""A second place for backups: a USB stick or a network folder, where the latest one is copied and read back.

What is chosen and how it went lies in a small file of the data folder, readable without a key: a path and days. Its
checksum tells an accident, so that no copy goes to a place nobody chose, nor ends without a word.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from caseworker_app.security.folder_look import DATABASE_NAME
from caseworker_app.security.header_files import replace_durably
from caseworker_app.storage.backups import pieces, shelf
from caseworker_app.storage.backups.checking import BLOCK, Tell, digest, no_tell
from caseworker_app.storage.backups.manifest import MANIFEST_NAME, Manifest, checksum
from caseworker_app.storage.backups.refusals import (
    BackupDamaged,
    BackupDiskFull,
    BackupPlaceGone,
    BackupRefused,
    told_of,
)
from caseworker_app.storage.backups.shelf import Backup
from caseworker_app.storage.drafts import FILE_NAME as DRAFTS_NAME

STANDING_NAME = "sauvegardes.json"
# After how many days without a copy the window says so at its foot.
LATE_AFTER_DAYS = 3
_OURS = "Passerelle-sauvegardes-"
_CHECKSUM = "checksum"
_UNREADABLE = (
    "Le réglage de la seconde copie des sauvegardes ne se lit plus\u00a0: "
    "choisissez de nouveau la clé USB ou le dossier dans Réglages, Sauvegardes."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The second place, empty when none is chosen, and how the copies go.

    `copied_at`, `failing_since`: UTC text, empty for never; `failure`: the sentence of the last refusal; `told_on`: the
    day somebody was last told, as `2026-11-24`.
    """

    place: str = ""
    copied_at: str = ""
    failing_since: str = ""
    failure: str = ""
    told_on: str = ""

    def days_late(self, now: datetime) -> int:
        """Return for how many whole days copies have failed, 0 when they do not."""
        if not self.place or not self.failing_since:
            return 0
        return max(0, (now - _instant(self.failing_since, now)) // timedelta(days=1))

    def to_tell(self, now: datetime, today: date) -> str:
        """Return what to say once today of copies that have failed for days, "" when there is nothing to say."""
        if self.failure == _UNREADABLE:
            return "" if self.told_on == today.isoformat() else self.failure
        days = self.days_late(now)
        if days < LATE_AFTER_DAYS or self.told_on == today.isoformat():
            return ""
        return f"Aucune copie des sauvegardes depuis {days}\u00a0jours. {self.failure}"


def read_standing(folder: Path) -> Standing:
    """Read the standing kept in a data folder; an absent one is that of no second place, a damaged one says so."""
    try:
        kept = json.loads((folder / STANDING_NAME).read_bytes())
    except OSError:
        return Standing()
    except ValueError:
        return Standing(failure=_UNREADABLE)
    names = Standing.__dataclass_fields__
    if not isinstance(kept, dict) or not all(isinstance(kept.get(name, ""), str) for name in names):
        return Standing(failure=_UNREADABLE)
    # A former version wrote no checksum.
    if kept.pop(_CHECKSUM, None) not in (None, checksum(kept)):
        return Standing(failure=_UNREADABLE)
    return Standing(**{name: kept.get(name, "") for name in names})


def keep_standing(folder: Path, standing: Standing) -> None:
    """Keep the standing; a folder that cannot be written only loses it."""
    with suppress(OSError):
        kept = asdict(standing)
        whole = {**kept, _CHECKSUM: checksum(kept)}
        replace_durably(folder / STANDING_NAME, json.dumps(whole, ensure_ascii=False).encode())


def choose_place(folder: Path, place: Path, file_id: str) -> Standing:
    """Try a second place, make our own folder there, and keep it as the one chosen. Raises BackupRefused."""
    try_place(place)
    with told_of(place):
        shelf_at(place, file_id).mkdir(exist_ok=True)
    standing = Standing(place=str(place))
    keep_standing(folder, standing)
    return standing


def forget_place(folder: Path) -> Standing:
    """Choose no second place any more; the copies already there stay."""
    keep_standing(folder, Standing())
    return Standing()


def try_place(place: Path) -> int:
    """Write, read back and remove a small file there; return the bytes free. Raises BackupRefused."""
    probe = place / f".essai-{secrets.token_hex(4)}"
    if not place.is_dir():
        raise BackupPlaceGone(place)
    with told_of(place):
        try:
            written = secrets.token_bytes(4096)
            with probe.open("xb") as stream:
                stream.write(written)
                stream.flush()
                os.fsync(stream.fileno())
            if probe.read_bytes() != written:
                raise BackupDamaged(probe.name, "la clé ou le disque rend autre chose que ce qui y est écrit")
        finally:
            with suppress(OSError):
                probe.unlink(missing_ok=True)
        return shutil.disk_usage(place).free


def shelf_at(place: Path, file_id: str) -> Path:
    """Return our own folder in a second place: several people may share one."""
    return place / f"{_OURS}{file_id[:8]}"


def shelves_in(folder: Path) -> list[Path]:
    """Return the folders where backups may lie when somebody names this one: itself, and ours inside it."""
    try:
        inside = sorted(each for each in folder.iterdir() if each.name.startswith(_OURS) and each.is_dir())
    except OSError:
        inside = []
    return [folder, *inside]


def copy_latest(folder: Path, backup: Backup, now: datetime, *, tell: Tell = no_tell) -> Standing:
    """Copy a backup to the second place of a data folder, if one is chosen; keep and return how it went.

    It never raises for the place's own troubles: they are in the standing.
    """
    before = read_standing(folder)
    if not before.place or backup.manifest is None:
        return before
    instant = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        copy_to(Path(before.place), backup, backup.manifest, tell=tell)
    except (BackupRefused, BackupDamaged) as error:
        after = replace(before, failure=error.sentence, failing_since=before.failing_since or instant)
    else:
        after = Standing(place=before.place, copied_at=instant)
    keep_standing(folder, after)
    return after


def copy_to(place: Path, backup: Backup, manifest: Manifest, *, tell: Tell = no_tell) -> Backup:
    """Copy one backup into a second place, read it back, rotate those there. Raises BackupRefused, BackupDamaged.

    Our folder must be there already: where a stick or a share is not mounted, an empty folder often stands.
    """
    ours = shelf_at(place, manifest.file_id)
    if not ours.is_dir():
        raise BackupPlaceGone(place)
    shelf.sweep(ours)
    return copy_into(ours, backup, manifest, tell=tell)


def copy_into(ours: Path, backup: Backup, manifest: Manifest, *, tell: Tell = no_tell) -> Backup:
    """Copy one backup into a folder of backups that is there, read it back, rotate those there.

    Raises BackupRefused, BackupDamaged.
    """
    there = ours / backup.name
    if shelf.read_backup(there).manifest == manifest and _all_reads_back(there, manifest):
        return Backup(there, manifest)
    with shelf.staged(ours) as staging:
        listed = (pieces.read_list(backup) or {}).values()
        if shutil.disk_usage(ours).free < manifest.size + BLOCK:
            raise BackupDiskFull(ours.parent)
        pieces.bring(backup.folder.parent, ours, listed, tell)
        for name in sorted(path.name for path in backup.folder.iterdir() if path.name != MANIFEST_NAME):
            _copy(backup.folder / name, staging / name, tell)
        if not _all_reads_back(staging, manifest):
            raise BackupDamaged(backup.name, "la copie ne se relit pas telle qu’elle a été écrite")
        _copy(backup.folder / MANIFEST_NAME, staging / MANIFEST_NAME, no_tell)
        copied = shelf.accept(staging, manifest)
    shelf.rotate(copied)
    pieces.sweep_pieces(ours)
    return copied


def _copy(source: Path, target: Path, tell: Tell) -> None:
    done, total = 0, source.stat().st_size
    with source.open("rb") as read, target.open("xb") as written:
        while block := read.read(BLOCK):
            written.write(block)
            done += len(block)
            tell(done, total)
        written.flush()
        os.fsync(written.fileno())


def _all_reads_back(folder: Path, manifest: Manifest) -> bool:
    drafts = manifest.drafts_sha256
    typed = not drafts or _reads_back(folder / DRAFTS_NAME, drafts)
    return typed and _reads_back(folder / DATABASE_NAME, manifest.sha256)


def _reads_back(path: Path, sha256: str) -> bool:
    _forget_pages(path)
    try:
        return digest(path) == sha256
    except OSError:
        return False


def _forget_pages(path: Path) -> None:
    """Have the system read the file from its disk, where it can be asked to, rather than from its memory."""
    if not hasattr(os, "posix_fadvise"):
        return
    with suppress(OSError), path.open("rb") as stream:
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _instant(text: str, otherwise: datetime) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return otherwise
