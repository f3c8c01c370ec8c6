"""What `backup`, `backups` and `restore` answer, and what `verify --backups` adds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from caseworker_app.bootstrap.backups import BackedUp
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import plural
from caseworker_app.storage.backups.main_place import MainPlace
from caseworker_app.storage.backups.restoring import Restored
from caseworker_app.storage.backups.shelf import Backup

Checked = Sequence[tuple[Backup, str]]


def backup_json(backup: Backup) -> dict[str, Any]:
    """Return one backup; what a damaged one cannot tell is null."""
    told = backup.manifest
    return {
        "name": backup.name,
        "path": str(backup.folder),
        "made_at": told.made_at if told else None,
        "reason": told.reason if told else None,
        "households": told.households if told else None,
        "changesets": told.changesets if told else None,
        "attachments": told.pieces if told else None,
        "size": told.size if told else None,
        "revision": told.revision if told else None,
        "readable": told is not None,
    }


def made_json(made: BackedUp) -> dict[str, Any]:
    """Return a backup just made, and how its copy went."""
    standing = made.standing
    return {
        **backup_json(made.backup),
        "second_place": standing.place or None,
        "copied_at": standing.copied_at or None,
        "copy_failure": standing.failure or None,
    }


def made_text(made: BackedUp) -> str:
    """Return the same in words."""
    copied = f"\nCopiée dans {made.standing.place}" if made.standing.copied_at else ""
    return f"Sauvegarde faite et relue\u00a0: {_line(made.backup)}\n{made.backup.folder}{copied}"


def backups_text(found: list[Backup]) -> str:
    """Return the list of backups, one a line."""
    return "\n".join(f"{each.name}  {_line(each)}" for each in found) or "Aucune sauvegarde."


def restored_json(backup: Backup, restored: Restored) -> dict[str, Any]:
    """Return what was restored, and where the former file lies."""
    return {
        "restored": backup.name,
        "made_at": restored.manifest.made_at,
        "households": restored.manifest.households,
        "changesets": restored.manifest.changesets,
        "attachments_missing": restored.lost_pieces,
        "drafts_missing": restored.lost_drafts,
        "drafts_set_aside": restored.drafts_aside,
        "set_aside": str(restored.aside) if restored.aside else None,
    }


def restored_text(backup: Backup, restored: Restored) -> str:
    """Return the same in words."""
    lines = [f"Sauvegarde restaurée\u00a0: {_line(backup)}"]
    if restored.aside:
        lines.append(f"Le fichier qui était là est mis de côté\u00a0: {restored.aside}")
    return "\n".join([*lines, *restored.lacks])


def checked_json(checked: Checked) -> list[dict[str, Any]]:
    """Return what was found of each backup."""
    return [{"name": backup.name, "sound": not fault, "fault": fault or None} for backup, fault in checked]


def checked_text(checked: Checked) -> str:
    """Return the same in words."""
    faults = [
        f"La sauvegarde «\u00a0{backup.name}\u00a0»\u00a0: {fault}." for backup, fault in checked if fault
    ]
    sound = sum(not fault for _, fault in checked)
    return "\n".join([*faults, f"{plural(sound, 'sauvegarde saine', 'sauvegardes saines')}."])


def _line(backup: Backup) -> str:
    told = backup.manifest
    if told is None:
        return "abîmée"
    made = backup.instant.astimezone()
    day = f"{format_long_date(made.date())}, {made.hour}\u00a0h\u00a0{made.minute:02d}"
    megabytes = f"{max(1, round(told.size / 1_000_000))}\u00a0Mo"
    return f"{day}, {plural(told.households, 'ménage', 'ménages')}, {megabytes}"


def place_json(place: Path, main: MainPlace) -> dict[str, Any]:
    """Return where the backups are made."""
    return {
        "place": str(place),
        "chosen": bool(main.place),
        "there": place.is_dir(),
        "former_places": list(main.others),
        "readable": main.readable,
    }


def place_text(place: Path, main: MainPlace) -> str:
    """Return the same in words."""
    told = [f"Sauvegardes\u00a0: {place}" + ("" if main.place else " (à côté du fichier)")]
    if not main.readable:
        told.append("Le réglage du dossier est abîmé\u00a0: choisissez-le de nouveau.")
    if main.place and not place.is_dir():
        told.append("Ce dossier n’est pas là\u00a0: rebranchez son disque, ou choisissez-en un autre.")
    told += [f"Il en reste dans {other}, retirées à la prochaine sauvegarde" for other in main.others]
    return "\n".join(told)
