"""Moves the backups of a data folder to another main place: copied and read back, then chosen, then taken away.

Killed at any instant, the former place is still the one chosen, or the new one is and what is left of the former is
listed and taken away by the next backup.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from caseworker_app.kernel.french import plural
from caseworker_app.security.network_share import is_network_share
from caseworker_app.storage.attachments import FOLDER
from caseworker_app.storage.backups import pieces, shelf
from caseworker_app.storage.backups.checking import Tell, no_tell
from caseworker_app.storage.backups.main_place import (
    MainPlace,
    keep_main,
    place_of,
    places_of,
    read_main,
)
from caseworker_app.storage.backups.refusals import (
    BackupDamaged,
    BackupDiskFull,
    BackupRefused,
    told_of,
)
from caseworker_app.storage.backups.second_place import copy_into, read_standing, shelf_at, try_place
from caseworker_app.storage.backups.shelf import Backup, default_place, list_backups

_WAIT_SECONDS = 20.0
_LEFT_FREE = 32 * 1024 * 1024


def choose_main_place(folder: Path, place: Path | None, file_id: str, *, tell: Tell = no_tell) -> MainPlace:
    """Make `place` the main place of a data folder's backups (None: beside it), and move them there.

    Damaged ones stay where they are, and are listed. Raises BackupRefused: nothing has then changed.
    """
    target = _target(folder, place, file_id)
    former = [each for each in places_of(folder) if each != target]
    if target == place_of(folder):
        return read_main(folder)
    with _all_held([target, *(each for each in former if each.is_dir())]):
        shelf.sweep(target)
        _bring(former, target, file_id, tell)
        main = MainPlace("" if target == default_place(folder) else str(target), _others(former, folder))
        keep_main(folder, main)
        _take_away(former, target, file_id)
    _drop_empty(former)
    return main


def finish_move(folder: Path, file_id: str) -> None:
    """Take away, from former places, the backups that are in the main one: a move cut short left them."""
    main = place_of(folder)
    former = [each for each in places_of(folder) if each != main and each.is_dir()]
    if former and main.is_dir():
        with suppress(BackupRefused), _all_held(former, 0):
            _take_away(former, main, file_id)


def _target(folder: Path, place: Path | None, file_id: str) -> Path:
    if place is None:
        return default_place(folder)
    if is_network_share(place):
        raise BackupRefused(_ON_SHARE)
    own = [folder, *places_of(folder)]
    second = read_standing(folder).place
    if second and place.resolve() == Path(second).resolve():
        raise BackupRefused(_SECOND)
    if any(place.resolve().is_relative_to(each.resolve()) for each in own):
        raise BackupRefused(_INSIDE)
    free = try_place(place)
    sizes = [path.stat().st_size for path in folder.glob("passerelle.db*")]
    if free < sum(sizes) + _LEFT_FREE:
        raise BackupDiskFull(place)
    target = shelf_at(place, file_id)
    with told_of(place):
        target.mkdir(exist_ok=True)
    return target


def _bring(former: list[Path], target: Path, file_id: str, tell: Tell) -> None:
    known = {each.manifest for each in list_backups(target, file_id)}
    wanted = [
        each for place in former for each in list_backups(place, file_id)
        if each.manifest is not None and each.manifest not in known
    ]  # fmt: skip
    _check_room(wanted, target)
    copied: list[Backup] = []
    refused = 0
    try:
        for each in sorted(wanted, key=lambda backup: backup.instant):
            try:
                if each.manifest is not None:
                    copied.append(copy_into(target, each, each.manifest, tell=tell))
            except BackupDamaged:
                refused += 1
        if refused and not copied:
            raise BackupRefused(_NONE_READS.format(count=plural(refused, "sauvegarde")))
    except BaseException:
        for each in copied:
            shelf.remove(each)
        pieces.sweep_pieces(target)
        raise


def _check_room(wanted: list[Backup], target: Path) -> None:
    needed = sum(each.manifest.size for each in wanted if each.manifest)
    places = {each.folder.parent for each in wanted}
    with told_of(target):
        needed += sum(pieces.new_bytes(place, target) for place in places)
        if shutil.disk_usage(target).free < needed + _LEFT_FREE:
            raise BackupDiskFull(target)


def _take_away(former: list[Path], target: Path, file_id: str) -> None:
    there = {each.manifest for each in list_backups(target, file_id) if each.manifest is not None}
    for place in former:
        for each in list_backups(place, file_id):
            if each.manifest in there:
                shelf.remove(each)
        pieces.sweep_pieces(place)


def _others(former: list[Path], folder: Path) -> tuple[str, ...]:
    """Return the former places to go on listing; the one beside the file always is."""
    return tuple(str(each) for each in former if each != default_place(folder))


def _drop_empty(former: list[Path]) -> None:
    """Remove the folders where nothing is left but their lock."""
    for place in former:
        with suppress(OSError):
            if all(each.name in (shelf.LOCK_NAME, FOLDER) for each in place.iterdir()):
                with suppress(FileNotFoundError):
                    (place / FOLDER).rmdir()
                (place / shelf.LOCK_NAME).unlink(missing_ok=True)
                place.rmdir()


@contextmanager
def _all_held(places: list[Path], wait_seconds: float = _WAIT_SECONDS) -> Iterator[None]:
    with ExitStack() as stack:
        for place in places:
            stack.enter_context(shelf.held(place, wait_seconds))
        yield


_ON_SHARE = (
    "Ce dossier est sur un partage réseau\u00a0: les sauvegardes principales restent sur un disque de ce PC, où "
    "elles se relisent en entier. Choisissez-le plutôt comme second endroit, sous «\u00a0Clé USB ou dossier "
    "réseau\u00a0»."
)
_SECOND = (
    "Ce dossier reçoit déjà la copie des sauvegardes\u00a0: choisissez-en un autre, pour qu’une panne n’emporte pas "
    "les deux."
)
_INSIDE = "Ce dossier est celui du fichier ou de ses sauvegardes\u00a0: choisissez-en un autre."
_NONE_READS = (
    "Rien n’a été déplacé\u00a0: {count} ne s’y relit pas telle qu’elle a été écrite. Faites vérifier ce disque, ou "
    "choisissez un autre dossier."
)
