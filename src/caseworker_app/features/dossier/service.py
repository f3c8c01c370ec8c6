"""Reading a household's whole file, and its history."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from caseworker_app.features.budget import service as budget
from caseworker_app.features.consents import service as consents
from caseworker_app.features.diary import service as diary
from caseworker_app.features.dossier.domain.file import Dossier, HistoryLine
from caseworker_app.features.dossier.domain.neighbours import Neighbours, Place, around
from caseworker_app.features.dossier.domain.overview import Overview, SentDocument
from caseworker_app.features.dossier.domain.wording import ACTIONS, FIELDS, FLAGS, TABLES, VALUES
from caseworker_app.features.goals import service as goals
from caseworker_app.features.handover.domain.kinds import kind_of
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.features.handover.service import reviews
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import homes, rent
from caseworker_app.features.measures import service as measures
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.money import format_euros
from caseworker_app.storage.changesets import Change, ChangeKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.history import HistoryEvent, household_history
from caseworker_app.storage.undo import undo_last

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# What answers without a window show of the diary.
ENTRIES_SHOWN = 50


def open_dossier(
    connection: Connection, who: Who, household_id: str, day: date, entries: int | None = ENTRIES_SHOWN
) -> Dossier:
    """Return a household’s file as it stands on `day`, with its last `entries` of the diary (None: all).

    Raises NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    return Dossier(
        day,
        households.open_household(connection, who, household_id),
        homes.housing_of(connection, who, household_id, day),
        tuple(measures.measures_of(connection, who, household_id, day)),
        tuple(goals.goals_of(connection, who, household_id)),
        tuple(goals.evaluations_of(connection, who, household_id)),
        tuple(budget.sheets_of(connection, who, household_id, last=6)),
        tuple(diary.entries_of(connection, who, household_id, limit=entries)),
        tuple(diary.open_promises(connection, who, household_id)),
        tuple(diary.appointments_of(connection, who, household_id)),
        tuple(consents.consents_of(connection, who, household_id)),
    )


def open_overview(
    connection: Connection, who: Who, household_id: str, day: date, entries: int | None = None
) -> Overview:
    """Return everything the page of a household shows on `day`, the whole diary unless told.

    Raises NotFound, NotAllowed.
    """
    dossier = open_dossier(connection, who, household_id, day, entries)
    lease = dossier.housing.current
    return Overview(
        dossier,
        None if lease is None else rent.rent_account(connection, who, lease.lease.id, day),
        _names(connection, who),
        {kind.code: kind.short_label for kind in measures.list_kinds(day)},
        tuple(_sent(line) for line in reviews.register_of(connection, who, household_id)),
    )


def neighbours(
    connection: Connection, who: Who, household_id: str, place: Place, found: Sequence[str] = ()
) -> Neighbours | None:
    """Return who stands before and after a household in the list it was opened from.

    `found`: the ids of a search; empty: the whole list by name. None when the list has moved since.
    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    if found:
        return around(household_id, place, found)
    first = max(0, place.position - 1)
    ids = households.page_of_households(connection, who, offset=first, limit=3)
    return around(household_id, place, ids, first)


def history_of(connection: Connection, who: Who, household_id: str, limit: int = 200) -> list[HistoryLine]:
    """Return what was changed in a household's file, newest first, in words. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    names = _names(connection, who)
    events = household_history(connection, household_id, limit)
    undone = {event.undoes for event in events if event.undoes is not None}
    return [_line(event, names, undone) for event in events]


def take_back_last(file: EncryptedFile, who: Who) -> tuple[str, Changes]:
    """Take back the last change this worker made; return what it was, in words.

    Raises NothingToUndo, LaterChange, PayloadErased, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    intention, changes = undo_last(file, who.worker_id)
    return ACTIONS.get(intention, intention), changes


def _sent(line: Transmission) -> SentDocument:
    title = kind_of(line.kind).title
    return SentDocument(line.id, line.number, title, line.recipient_name, line.made_on, line.pages)


def _names(connection: Connection, who: Who) -> dict[str, str]:
    return {worker.id: worker.name for worker in team.list_workers(connection, who)}


def _line(event: HistoryEvent, names: Mapping[str, str], undone: set[str]) -> HistoryLine:
    made_at = datetime.fromisoformat(event.made_at)
    told = Counter(text for change in event.changes if (text := _detail(change, names)))
    details = tuple(text if count == 1 else f"{text} ({count} fois)" for text, count in told.items())
    worker = names.get(event.worker_id, "personne inconnue de ce fichier")
    action = ACTIONS.get(event.intention, event.intention)
    return HistoryLine(made_at, worker, action, details, event.changeset_id in undone)


def _detail(change: Change, names: Mapping[str, str]) -> str:
    thing = TABLES.get(change.table_name, change.table_name)
    if change.erased:
        return f"{thing}\u00a0: contenu effacé"
    if change.kind is not ChangeKind.UPDATE:
        return f"{thing}\u00a0: {'ajout' if change.kind is ChangeKind.INSERT else 'suppression'}"
    before, after = change.values()
    fields = (_field(change.table_name, n, before[n], after[n], names) for n in after)
    return f"{thing}\u00a0: " + ", ".join(fields)


def _field(table_name: str, name: str, before: Any, after: Any, names: Mapping[str, str]) -> str:
    label = FIELDS.get((table_name, name), FIELDS.get(("", name), name))
    first, last = (_shown(table_name, name, value, names) for value in (before, after))
    return f"{label} «\u00a0{first}\u00a0» → «\u00a0{last}\u00a0»"


def _shown(table_name: str, name: str, value: Any, names: Mapping[str, str]) -> str:
    if value is None:
        return "vide"
    if name in FLAGS:
        return "oui" if value else "non"
    if name.endswith("_cents"):
        return format_euros(value)
    words = VALUES.get(
        (table_name, name), VALUES.get(("", name), names if name.endswith("worker_id") else {})
    )
    text = words.get(value, str(value))
    text = format_date(date.fromisoformat(text)) if _ISO_DATE.fullmatch(text) else text
    return text if len(text) <= 80 else text[:79] + "…"
