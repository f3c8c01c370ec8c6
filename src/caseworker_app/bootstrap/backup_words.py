"""Backups in French words, for the entrance, the foot of the window and the settings."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from caseworker_app.bootstrap.backups import BackupState
from caseworker_app.kernel.dates import format_long_date, format_short_date
from caseworker_app.kernel.french import plural
from caseworker_app.shell.backups_shown import OfferedBackup, ShownBackups
from caseworker_app.storage.backups.second_place import LATE_AFTER_DAYS, Standing
from caseworker_app.storage.backups.shelf import Backup
from caseworker_app.storage.revisions import HEAD

REASONS = {
    "opening": "à l’ouverture",
    "closing": "à la fermeture",
    "asked": "à la demande",
    "migration": "avant une mise à jour",
    "import": "avant un import",
}


def offered(backup: Backup) -> OfferedBackup:
    """Return a backup as the entrance and the settings list it."""
    told = backup.manifest
    if told is None:
        return OfferedBackup(
            str(backup.folder), backup.name, "Abîmée\u00a0: elle ne se restaure pas", usable=False
        )
    newer = " · version plus récente de Passerelle" if told.revision > HEAD else ""
    detail = f"{plural(told.households, 'ménage')} · {size_words(told.size)} · {REASONS.get(told.reason, '')}"
    return OfferedBackup(str(backup.folder), day_and_hour(backup.instant), detail + newer, usable=not newer)


def shown(state: BackupState, folder: Path) -> ShownBackups:
    """Return how backups stand, as the settings show it."""
    standing = state.standing
    return ShownBackups(
        last=_last_words(state),
        folder=str(folder),
        offered=tuple(offered(each) for each in state.backups),
        place=standing.place,
        place_words=_place_words(standing, state.now),
        place_failing=bool(standing.failure),
        chosen=bool(state.main.place),
    )


def foot_words(state: BackupState) -> tuple[str, str]:
    """Return for the foot of the window when the last backup was made (« 14 h 02 », « le 21 nov. ») and what is late.

    Each is empty when there is nothing to say.
    """
    late = state.standing.days_late(state.now)
    if state.last is None:
        return "", ""
    made = state.last.instant.astimezone()
    since = (state.now - state.last.instant) // timedelta(days=1)
    saved = (
        hour(made) if made.date() == state.now.astimezone().date() else f"le {format_short_date(made.date())}"
    )
    if since >= LATE_AFTER_DAYS:
        return saved, f"Pas de sauvegarde depuis {since}\u00a0jours"
    return saved, f"Pas de copie depuis {late}\u00a0jours" if late >= LATE_AFTER_DAYS else ""


def day_and_hour(instant: datetime) -> str:
    """Write « mardi 24 novembre 2026 à 14 h 02 »."""
    made = instant.astimezone()
    return f"{format_long_date(made.date(), weekday=True)} à {hour(made)}"


def hour(instant: datetime) -> str:
    """Write « 14 h 02 »."""
    return f"{instant.hour}\u00a0h\u00a0{instant.minute:02d}"


def size_words(size: int) -> str:
    """Write « 12 Mo »."""
    return f"{max(1, round(size / 1_000_000))}\u00a0Mo"


def _last_words(state: BackupState) -> str:
    last = state.last
    if last is None or last.manifest is None:
        return "Aucune sauvegarde pour l’instant."
    told = last.manifest
    words = f"{day_and_hour(last.instant)}, {plural(told.households, 'ménage')}, {size_words(told.size)}"
    return f"{words[0].upper()}{words[1:]}. Relue et saine."


def _place_words(standing: Standing, now: datetime) -> str:
    if not standing.place:
        return "Aucun. Une copie ailleurs protège d’un vol ou d’une panne de ce PC."
    if standing.failure:
        days = standing.days_late(now)
        return f"{standing.failure}" + (f" En échec depuis {plural(days, 'jour')}." if days else "")
    if standing.copied_at:
        copied = datetime.fromisoformat(standing.copied_at)
        return f"Dernière copie\u00a0: {day_and_hour(copied)}, relue et identique."
    return "Choisi. La prochaine sauvegarde y sera copiée."
