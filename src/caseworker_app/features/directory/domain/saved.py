"""Filters kept under a name by a worker (« filtres enregistrés »), and how they like the list."""

from __future__ import annotations

import json
from dataclasses import dataclass

from caseworker_app.features.directory.domain.columns import DEFAULT_COLUMNS, ColumnKey, checked_columns
from caseworker_app.features.directory.domain.filters import (
    YES,
    FilterKind,
    ListFilter,
    ListQuery,
    Sort,
    filters_from_rows,
    filters_to_rows,
)
from caseworker_app.kernel.entries import one_line
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold

MAX_NAME = 40
# Tabs beyond these are read by nobody.
MAX_SAVED = 20

# What every worker has without saving anything.
EVERYBODY, MINE, FOLLOWED = "all", "mine", "followed"
BUILT_IN_LABELS = {EVERYBODY: "Tous", MINE: "Mes ménages", FOLLOWED: "Suivis"}


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A row as kept: whose, its name, its content as JSON, its place among the others."""

    id: str
    version: str
    worker_id: str
    name: str
    content: str
    position: int

    @property
    def query(self) -> ListQuery:
        """What the list shows when it is chosen."""
        return query_from_text(self.content)


@dataclass(frozen=True, slots=True)
class ListPreference:
    """How a worker likes the list, as kept: the filter it opens on, the columns in order (codes joined by spaces)."""

    id: str
    version: str
    worker_id: str
    opening: str | None
    columns: str | None

    @property
    def shown(self) -> tuple[ColumnKey, ...]:
        """The columns shown."""
        return DEFAULT_COLUMNS if self.columns is None else checked_columns(self.columns.split())


@dataclass(frozen=True, slots=True)
class ListDesk:
    """Everything a worker keeps of the list: saved filters in order, the opening one, the columns."""

    saved: tuple[SavedFilter, ...] = ()
    opening: str = EVERYBODY
    columns: tuple[ColumnKey, ...] = DEFAULT_COLUMNS

    def find(self, key: str) -> SavedFilter | None:
        """Return a saved filter by its id."""
        return next((each for each in self.saved if each.id == key), None)


def built_in_query(key: str, worker_id: str) -> ListQuery:
    """Return what a filter that everybody has shows."""
    if key == MINE:
        return ListQuery((ListFilter(FilterKind.WORKER, (worker_id,)),))
    return ListQuery((ListFilter(FilterKind.FOLLOWED, (YES,)),)) if key == FOLLOWED else ListQuery()


def query_to_text(query: ListQuery) -> str:
    """Return a query as it is kept: its filters and order, never the words searched (they may name somebody)."""
    content: dict[str, object] = {"filters": filters_to_rows(query.filters)}
    if query.sort is not None:
        content["sort"] = [query.sort.key.value, query.sort.descending]
    return json.dumps(content, ensure_ascii=False)


def query_from_text(text: str) -> ListQuery:
    """Read `query_to_text` back; what this version cannot read is left out."""
    try:
        content = json.loads(text)
    except ValueError:
        return ListQuery()
    if not isinstance(content, dict):
        return ListQuery()
    return ListQuery(filters_from_rows(content.get("filters")), sort=_sort(content.get("sort")))


def checked_filter_name(name: str, others: tuple[SavedFilter, ...]) -> str:
    """Return a name on one line. Raises InvalidEntry on `name` when empty, too long, or another filter's."""
    line = one_line(name, MAX_NAME, "name")
    if not line:
        raise InvalidEntry("Donnez un nom à ce filtre.", "name")
    taken = {fold(each.name) for each in others} | {fold(words) for words in BUILT_IN_LABELS.values()}
    if fold(line) in taken:
        raise InvalidEntry("Un filtre porte déjà ce nom\u00a0: choisissez-en un autre.", "name")
    return line


def check_room(others: tuple[SavedFilter, ...]) -> None:
    """Refuse one filter too many. Raises InvalidEntry."""
    if len(others) >= MAX_SAVED:
        raise InvalidEntry(
            f"Vous gardez déjà {MAX_SAVED} filtres\u00a0: supprimez-en un dont vous ne vous servez plus.",
            "name",
        )


def _sort(value: object) -> Sort | None:
    known = {key.value: key for key in ColumnKey}
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[0], str):
        return None
    key = known.get(value[0])
    return None if key is None else Sort(key, value[1] is True)
