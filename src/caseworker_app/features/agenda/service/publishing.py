"""The calendar file that phones read: chosen once, written whole at each change, taken away when it is given up.

What is chosen belongs to this PC, not to the file: it lies beside it, in words, and says nothing of anybody.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from caseworker_app.features.agenda.domain.ics_writing import PRODUCT, write_calendar
from caseworker_app.features.agenda.domain.publication import AgendaSettings, checked_settings
from caseworker_app.features.agenda.service.calendars import outgoing
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.pdf.writing import PlaceNotWritable, write_atomically
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.encrypted_file import EncryptedFile

SETTINGS_NAME = "agenda-reglages.json"
_READ_BACK = 512


class OtherFileThere(CaseworkerError):
    """A file that is not one of ours stands where the calendar would be written."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Un autre fichier porte déjà ce nom\u00a0: choisissez un nom nouveau, pour ne pas l’écraser."
        )


def read_settings(folder: Path) -> AgendaSettings:
    """Return what is chosen on this PC; the usual where nothing is, or where it does not read."""
    try:
        kept = json.loads((folder / SETTINGS_NAME).read_bytes())
        return checked_settings(
            AgendaSettings(
                str(kept["path"]), int(kept["weeks_back"]), int(kept["weeks_ahead"]),
                kept["addresses"] is True, kept["alsace_moselle"] is True,
            )
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, RecursionError, InvalidEntry):
        return AgendaSettings()


def change_settings(file: EncryptedFile, who: Who, settings: AgendaSettings) -> int:
    """Keep what is chosen, write the calendar at once, and return how many times it holds.

    A file published before elsewhere is taken away. Raises InvalidEntry, NotAllowed, OtherFileThere, PlaceNotWritable.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    checked, before = checked_settings(settings), read_settings(file.folder)
    count = 0
    if checked.published:
        if checked.path != before.path:
            _refuse_other(Path(checked.path))
        count = publish(file, who, checked)
        file.accesses.note(who.worker_id, AccessKind.EXPORTED, None, f"agenda-publie:{count}")
    _keep(file.folder, checked)
    if before.published and before.path != checked.path:
        _take_away(Path(before.path))
    return count


def publish(file: EncryptedFile, who: Who, settings: AgendaSettings | None = None) -> int:
    """Write the calendar where it is published, whole or not at all; return how many times it holds, 0 for none.

    Raises NotAllowed, PlaceNotWritable.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    chosen = settings or read_settings(file.folder)
    if not chosen.published:
        return 0
    with file.reading() as connection:
        times = outgoing(connection, who, *chosen.period(today(file.clock)), file.accesses.kept_inside)
    write_atomically(write_calendar(times, file.clock.now(), addresses=chosen.addresses), Path(chosen.path))
    return len(times)


def _keep(folder: Path, settings: AgendaSettings) -> None:
    write_atomically(json.dumps(asdict(settings), ensure_ascii=False).encode(), folder / SETTINGS_NAME)


def _refuse_other(path: Path) -> None:
    if path.exists() and not _is_ours(path):
        raise OtherFileThere
    if not path.parent.is_dir():
        raise PlaceNotWritable(
            f"Le dossier «\u00a0{path.parent}\u00a0» n’existe pas\u00a0: choisissez-en un autre."
        )


def _take_away(path: Path) -> None:
    """Remove a calendar of ours; what phones have read of it already is theirs."""
    with suppress(OSError):
        if _is_ours(path):
            path.unlink()


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return PRODUCT.encode() in stream.read(_READ_BACK)
    except OSError:
        return False
