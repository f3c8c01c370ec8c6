"""Names for what changes and what is pointed to, looked up once for a whole page of history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from caseworker_app.features.dossier.domain.field_words import is_hidden
from caseworker_app.features.dossier.domain.row_names import row_name, thing_words
from caseworker_app.features.dossier.domain.value_words import value_words
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.changesets import Change, ChangeKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.rows_by_id import rows_by_id

UNKNOWN_WORKER = "personne inconnue de ce fichier"
ANOTHER_FILE = "un autre dossier"
GONE = "élément supprimé"

Row = dict[str, Any]


def worker_names(connection: Connection, who: Who) -> dict[str, str]:
    """Return every worker’s name, by id."""
    return {worker.id: worker.name for worker in team.list_workers(connection, who)}


class Names:
    """What rows are called: as they are now, or as they were when they went."""

    def __init__(
        self, connection: Connection, household_id: str | None, changes: Iterable[Change] = ()
    ) -> None:
        """Look up the rows that changed and what they point to; `household_id`: from whose file they are
        told.
        """
        self._connection, self._household_id = connection, household_id
        self._rows: dict[tuple[str, str], Row] = {}
        self._looked_up: set[tuple[str, str]] = set()
        told = list(changes)
        for change in told:
            self._remember(change)
        self._look_up(_mentioned(told))

    def thing(self, table_name: str, row_id: str, day: date) -> str:
        """Return a row with its kind: « objectif « Payer le loyer » »."""
        if table_name == "household":
            return "dossier"
        return thing_words(table_name, self._row(table_name, row_id), day)

    def value(self, table_name: str, name: str, value: Any, day: date) -> str:
        """Return a stored value in words, what it points to by its name."""
        target = declaration_of(table_name).fields()[name].references
        if target is None or value is None:
            return value_words(table_name, name, value, day)
        if target == "household":
            return self.household(value, day)
        row = self._row(target, value)
        return GONE if row is None else row_name(target, row, day) or thing_words(target, None, day)

    def household(self, household_id: str, day: date) -> str:
        """Return a household’s reference and name; nothing of another one where either is protected."""
        row = self._row("household", household_id)
        own = self._row("household", self._household_id) if self._household_id is not None else None
        if household_id != self._household_id and (
            row is None or row["protected"] or (own and own["protected"])
        ):
            return ANOTHER_FILE
        return f"{row['reference']}, {row['name']}" if row is not None else ANOTHER_FILE

    def _remember(self, change: Change) -> None:
        before, after = change.values()
        key = (change.table_name, change.row_id)
        known = self._rows.setdefault(key, {})
        # Told newest first: what is newer is not written over.
        for name, value in (
            {**before, **after}.items() if change.kind is not ChangeKind.DELETE else before.items()
        ):
            known.setdefault(name, value)

    def _row(self, table_name: str, row_id: str) -> Row | None:
        if (table_name, row_id) not in self._looked_up:
            self._look_up({(table_name, row_id)})
        return self._rows.get((table_name, row_id)) or None

    def _look_up(self, keys: set[tuple[str, str]]) -> None:
        by_table = defaultdict[str, set[str]](set)
        for table_name, row_id in keys - self._looked_up:
            by_table[table_name].add(row_id)
        for table_name, ids in by_table.items():
            for row_id, row in rows_by_id(self._connection, table_name, ids).items():
                self._rows[table_name, row_id] = row
        self._looked_up |= keys


def _mentioned(changes: list[Change]) -> set[tuple[str, str]]:
    """Return the rows that changed, and those they point to."""
    found = {(change.table_name, change.row_id) for change in changes}
    for change in changes:
        fields = declaration_of(change.table_name).fields()
        for side in change.values():
            for name, value in side.items():
                declaration = fields.get(name)
                if (
                    declaration
                    and declaration.references
                    and value
                    and not is_hidden(change.table_name, name)
                ):
                    found.add((declaration.references, value))
    return found
