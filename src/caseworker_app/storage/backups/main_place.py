"""The main place of backups: beside the data folder, or in a folder somebody chose, on another disk of this PC.

What is chosen lies in a small file of the data folder, readable without a key, so that the entrance finds the
backups. Our own folder there is made when it is chosen and must be there later: where a disk is not mounted an empty
folder often stands.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from caseworker_app.security.header_files import replace_durably
from caseworker_app.storage.backups.manifest import checksum
from caseworker_app.storage.backups.refusals import BackupPlaceGone, told_of
from caseworker_app.storage.backups.shelf import Backup, default_place, list_backups

MAIN_NAME = "sauvegardes-lieu.json"
UNREADABLE = (
    "Le réglage du dossier des sauvegardes ne se lit plus\u00a0: elles se font à côté du fichier. Choisissez de "
    "nouveau leur dossier dans Réglages, Sauvegardes."
)
_CHECKSUM = "checksum"


@dataclass(frozen=True, slots=True)
class MainPlace:
    """`place`: the folder of the backups, empty for beside the data folder.

    `others`: where backups of before may still lie. `readable`: False when the setting was damaged.
    """

    place: str = ""
    others: tuple[str, ...] = ()
    readable: bool = True


def read_main(folder: Path) -> MainPlace:
    """Read what is chosen for a data folder; nothing is when there is no setting, or when it does not read."""
    try:
        kept = json.loads((folder / MAIN_NAME).read_bytes())
        told = kept.pop(_CHECKSUM) == checksum(kept)
        place, others = str(kept["place"]), tuple(str(each) for each in kept["others"])
    except FileNotFoundError:
        return MainPlace()
    except (AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError):
        return MainPlace(readable=False)
    return MainPlace(place, others) if told else MainPlace(readable=False)


def keep_main(folder: Path, main: MainPlace) -> None:
    """Keep what is chosen. Raises BackupRefused."""
    kept = {name: value for name, value in asdict(main).items() if name != "readable"}
    whole = {**kept, _CHECKSUM: checksum(kept)}
    with told_of(folder):
        replace_durably(folder / MAIN_NAME, json.dumps(whole, ensure_ascii=False).encode())


def place_of(folder: Path) -> Path:
    """Return where the backups of a data folder are made."""
    chosen = read_main(folder).place
    return Path(chosen) if chosen else default_place(folder)


def ready_place(folder: Path) -> Path:
    """Return where a backup is to be made now. Raises BackupPlaceGone when the folder chosen is not there."""
    main = read_main(folder)
    if main.place and not Path(main.place).is_dir():
        raise BackupPlaceGone(Path(main.place))
    return place_of(folder)


def place_before_migration(folder: Path) -> Path:
    """Return where the backup before a migration goes: beside the file when the disk chosen is not there.

    Nobody is kept out of their file by a disk left at home.
    """
    place = place_of(folder)
    return place if place.is_dir() else default_place(folder)


def places_of(folder: Path) -> list[Path]:
    """Return every folder where backups of a data folder may lie, the main one first."""
    main = read_main(folder)
    wanted = [place_of(folder), *map(Path, main.others), default_place(folder)]
    return list(dict.fromkeys(wanted))


def own_backups(folder: Path, file_id: str | None = None) -> list[Backup]:
    """Return the backups of a data folder wherever they are, newest first, each once."""
    found: list[Backup] = []
    for place in places_of(folder):
        known = {each.manifest for each in found if each.manifest is not None}
        found += [each for each in list_backups(place, file_id) if each.manifest not in known]
    return sorted(found, key=lambda each: (each.instant, each.name), reverse=True)
