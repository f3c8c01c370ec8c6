"""What a list of households is narrowed to and sorted by (« filtres », « tri »).

A filter is true of every row shown. Of several values of one filter any may hold; of several filters all do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.listed import ALERT_LABELS, Alert

# A file may be narrowed by so many things at once; more is a file damaged, or made by hand.
MAX_VALUES = 100


class FilterKind(StrEnum):
    """What a filter looks at, in the order they are offered."""

    WORKER = "worker"
    TEAM = "team"
    MEASURE = "measure"
    END = "end"
    CONTACT = "contact"
    ALERT = "alert"
    LANDLORD = "landlord"
    TOWN = "town"
    FOLLOWED = "followed"
    PROTECTED = "protected"


FILTER_LABELS = {
    FilterKind.WORKER: "Référent",
    FilterKind.TEAM: "Équipe",
    FilterKind.MEASURE: "Mesure",
    FilterKind.END: "Fin de mesure",
    FilterKind.CONTACT: "Dernier contact",
    FilterKind.ALERT: "Alerte",
    FilterKind.LANDLORD: "Bailleur",
    FilterKind.TOWN: "Commune",
    FilterKind.FOLLOWED: "Suivi",
    FilterKind.PROTECTED: "Protection",
}

# Where a protected household lives is told by no filter: these find none of them.
LOCATING = frozenset({FilterKind.LANDLORD, FilterKind.TOWN})

OVERDUE, NO_END, NEVER = "overdue", "none", "never"
YES, NO = "yes", "no"
_KINDS = frozenset(FilterKind)

# Values that do not come from the file, each with its words.
FIXED_VALUES: Mapping[FilterKind, Mapping[str, str]] = {
    FilterKind.END: {
        OVERDUE: "échue",
        "30": "sous 30\u00a0jours",
        "60": "sous 60\u00a0jours",
        "90": "sous 90\u00a0jours",
        NO_END: "sans terme",
    },
    FilterKind.CONTACT: {
        "30": "depuis plus de 30\u00a0jours",
        "60": "depuis plus de 60\u00a0jours",
        "90": "depuis plus de 90\u00a0jours",
        NEVER: "jamais",
    },
    FilterKind.ALERT: {alert.value: ALERT_LABELS[alert] for alert in Alert},
    FilterKind.FOLLOWED: {YES: "mesure en cours", NO: "sans mesure en cours"},
    FilterKind.PROTECTED: {YES: "ménages protégés", NO: "sans les ménages protégés"},
}


@dataclass(frozen=True, slots=True)
class ListFilter:
    """One filter: a worker's or landlord's id, a kind's code, a folded town, or a fixed value."""

    kind: FilterKind
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """A key and a direction."""

    key: ColumnKey = ColumnKey.NAME
    descending: bool = False

    def turned(self) -> Sort:
        """Return the same key, the other way."""
        return replace(self, descending=not self.descending)


BY_NAME = Sort()


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What the list shows: filters, words searched, order. `sort` None: by name, or by likeness while one searches."""

    filters: tuple[ListFilter, ...] = ()
    words: str = ""
    sort: Sort | None = None

    @property
    def whole_by_name(self) -> bool:
        """Say whether every household is shown by name: what an index answers page by page."""
        return not self.filters and not self.words and self.sort in (None, BY_NAME)

    def values_of(self, kind: FilterKind) -> tuple[str, ...]:
        """Return the values a kind is narrowed to, none when it is not."""
        return next((each.values for each in self.filters if each.kind is kind), ())

    def narrowed(self, kind: FilterKind, values: Iterable[str]) -> ListQuery:
        """Return this query with the filter of a kind set to values, or taken away without any."""
        new = tuple(dict.fromkeys(values))[:MAX_VALUES]
        known = [each.kind for each in self.filters]
        if kind not in known:
            added = (ListFilter(kind, new),) if new else ()
            return replace(self, filters=(*self.filters, *added))
        kept = (ListFilter(kind, new) if each.kind is kind else each for each in self.filters)
        return replace(self, filters=tuple(each for each in kept if each.values))


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A value a filter may take, and its words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """Every value each filter may take in this file; a kind without any is not offered."""

    of: Mapping[FilterKind, tuple[FilterChoice, ...]] = field(default_factory=dict)

    def kinds(self) -> tuple[FilterKind, ...]:
        """Return the kinds that have something to choose."""
        return tuple(kind for kind in FilterKind if self.of.get(kind))

    def words(self, listed: ListFilter) -> str:
        """Return the words of a filter's values: « Roubaix, Tourcoing »; what is no longer known says so."""
        known = {choice.value: choice.words for choice in self.of.get(listed.kind, ())}
        return ", ".join(known.get(value, "valeur disparue") for value in listed.values)


def fixed_choices(kind: FilterKind) -> tuple[FilterChoice, ...]:
    """Return the choices of a kind whose values do not come from the file."""
    return tuple(FilterChoice(value, words) for value, words in FIXED_VALUES[kind].items())


def filters_to_rows(filters: Iterable[ListFilter]) -> list[list[str]]:
    """Return filters as plain lists: the kind, then its values; how they are kept."""
    return [[each.kind.value, *each.values] for each in filters]


def filters_from_rows(rows: object) -> tuple[ListFilter, ...]:
    """Read `filters_to_rows` back; what this version does not know is left out."""
    if not isinstance(rows, list):
        return ()
    query = ListQuery()
    for row in rows:
        if not isinstance(row, list) or not all(isinstance(part, str) for part in row) or not row:
            continue
        if row[0] in _KINDS:
            query = query.narrowed(FilterKind(row[0]), row[1:])
    return query.filters
