"""The history of a household in words, and taking back what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from caseworker_app.features.accesses.domain import AccessPage
from caseworker_app.features.accesses.service import accesses_of_household
from caseworker_app.features.dossier.domain.field_words import field_words, is_hidden
from caseworker_app.features.dossier.domain.file import ChangedThing, FieldChange, HistoryLine
from caseworker_app.features.dossier.domain.wording import ACTIONS, TABLES
from caseworker_app.features.dossier.service.names import ANOTHER_FILE, UNKNOWN_WORKER, Names, worker_names
from caseworker_app.features.households import service as households
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.changesets import Change, ChangeKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.history import HistoryEvent, household_history
from caseworker_app.storage.transactions import TransactionKey, taken_back

MADE, CHANGED, REMOVED, ERASED = "ajout", "modification", "suppression", "contenu effacé"
# Characters of a value in a line; the whole value is in its field.
LONGEST = 80


def history_of(connection: Connection, who: Who, household_id: str, limit: int = 200) -> list[HistoryLine]:
    """Return what was changed in a household's file, newest first, in words; what was merged into it
    included.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    formerly = former_ids(connection, who, household_id)
    events = household_history(connection, household_id, limit, formerly=formerly)
    names = Names(connection, household_id, [change for event in events for change in event.changes])
    telling = _Telling(
        names, worker_names(connection, who), taken_back(connection), {household_id, *formerly}
    )
    return [telling.line(together) for together in _by_transaction(events)]


def readers_of(connection: Connection, who: Who, household_id: str) -> AccessPage | None:
    """Return who read, printed or took out a household's file, what was merged into it included.

    None for those whose right it is not to know. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    if not who.may(Right.READ_ACCESSES):
        return None
    formerly = former_ids(connection, who, household_id)
    return accesses_of_household(connection, who, household_id, formerly)


def former_ids(connection: Connection, who: Who, household_id: str) -> list[str]:
    """Return the ids under which the changes of what was merged into a household were recorded."""
    return [former.former_id for former in households.former_of(connection, who, household_id)]


def shorten(text: str) -> str:
    """Return a value as a line shows it."""
    line = " ".join(text.split(" ")).replace("\n", " ")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _by_transaction(events: Sequence[HistoryEvent]) -> list[list[HistoryEvent]]:
    found: dict[TransactionKey, list[HistoryEvent]] = {}
    for event in events:
        found.setdefault(event.transaction, []).append(event)
    return list(found.values())


class _Telling:
    """Tells events in words."""

    def __init__(
        self, names: Names, workers: dict[str, str], undone: frozenset[TransactionKey], own: set[str]
    ) -> None:
        self._names, self._workers, self._undone, self._own = names, workers, undone, own

    def line(self, events: list[HistoryEvent]) -> HistoryLine:
        event = events[-1]
        made_at = datetime.fromisoformat(event.made_at)
        changes = [(change, self._thing(change, made_at)) for each in events for change in each.changes]
        told = Counter(self._detail(change, thing) for change, thing in changes)
        return HistoryLine(
            made_at,
            self._workers.get(event.worker_id, UNKNOWN_WORKER),
            ACTIONS.get(event.intention, event.intention),
            tuple(text if count == 1 else f"{text} ({count} fois)" for text, count in told.items()),
            event.transaction in self._undone,
            event.changeset_id,
            tuple(thing for _, thing in changes),
        )

    def _thing(self, change: Change, made_at: datetime) -> ChangedThing:
        day = made_at.astimezone().date()
        if change.erased:
            return ChangedThing(TABLES.get(change.table_name, change.table_name), ERASED)
        thing = self._names.thing(change.table_name, change.row_id, day)
        before, after = change.values()
        made, gone = change.kind is ChangeKind.INSERT, change.kind is ChangeKind.DELETE
        fields = tuple(
            FieldChange(
                field_words(change.table_name, name),
                None if made else self._names.value(change.table_name, name, before.get(name), day),
                None if gone else self._names.value(change.table_name, name, after.get(name), day),
            )
            for name in (before if gone else after)
            if not is_hidden(change.table_name, name)
        )
        what = MADE if made else REMOVED if gone else self._passed_over(change, made_at) or CHANGED
        return ChangedThing(thing, what, fields)

    def _passed_over(self, change: Change, made_at: datetime) -> str:
        """Say where a row came from or went when it passed to another household; empty when it did not."""
        path = declaration_of(change.table_name).household
        before, after = change.values()
        if path is None or path not in after:
            return ""
        day = made_at.astimezone().date()
        if after[path] in self._own and before[path] in self._own:
            return "repris d’un dossier réuni à celui-ci"
        came = after[path] in self._own
        other = self._names.household(before[path] if came else after[path], day)
        if other == ANOTHER_FILE:
            return f"repris d’{other}" if came else f"passé dans {other}"
        return f"repris du dossier {other}" if came else f"passé dans le dossier {other}"

    def _detail(self, change: Change, thing: ChangedThing) -> str:
        if thing.what in (MADE, REMOVED, ERASED):
            return f"{thing.thing}\u00a0: {thing.what}"
        if thing.what != CHANGED:
            # Many rows pass over together: they are counted, not named.
            return f"{TABLES.get(change.table_name, change.table_name)}\u00a0: {thing.what}"
        told = ", ".join(
            f"{f.label} «\u00a0{shorten(f.before or '')}\u00a0» → «\u00a0{shorten(f.after or '')}\u00a0»"
            for f in thing.fields
        )
        return f"{thing.thing}\u00a0: {told}" if told else f"{thing.thing}\u00a0: remis en ordre"
