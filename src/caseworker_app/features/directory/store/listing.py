"""Filtering and sorting the list: one statement made of the parts a query asks for, over the line of each household.

An order is computed once for the whole answer, which comes back as ids; pages are then cut from these, and only what
they show is read from the rows.
"""

# ruff: noqa: S608  (every part of the statement is written here; what a person chose is bound)

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.filters import (
    NEVER,
    NO,
    NO_END,
    OVERDUE,
    YES,
    FilterKind,
    ListFilter,
    ListQuery,
)
from caseworker_app.features.directory.domain.listed import ENDING_DAYS, SILENT_DAYS, Alert
from caseworker_app.features.directory.store.lines import LEASE_ID, OWED, lines_on
from caseworker_app.features.households.domain import ContactKind
from caseworker_app.kernel.french import sort_key
from caseworker_app.storage.restriction import restricted_now

_ALERT = f"""(CASE
    WHEN x.measure_kind IS NULL THEN '{Alert.NOT_FOLLOWED.value}'
    WHEN x.measure_until < :day THEN '{Alert.OVERDUE.value}'
    WHEN coalesce(substr(x.contact_at, 1, 10), x.measure_from) < :silent THEN '{Alert.SILENT.value}'
    WHEN x.measure_until <= :soon THEN '{Alert.ENDING.value}'
    ELSE '{Alert.UP_TO_DATE.value}' END)"""
_GRAVITY = (
    "CASE " + _ALERT + "".join(f" WHEN '{alert.value}' THEN {n}" for n, alert in enumerate(Alert)) + " END"
)

# What each order compares; `ranked` says in which order the values of a column go.
_SORTED_BY: Mapping[ColumnKey, str] = {
    ColumnKey.NAME: "x.sort_name",
    ColumnKey.REFERENCE: "x.reference",
    ColumnKey.TOWN: "(SELECT t.place FROM ranks t WHERE t.value = x.city)",
    ColumnKey.MEASURE: "(SELECT t.place FROM ranks t WHERE t.value = x.measure_kind)",
    ColumnKey.END: "x.measure_until",
    ColumnKey.CONTACT: "x.contact_at",
    ColumnKey.ALERT: _GRAVITY,
    ColumnKey.WORKER: "(SELECT t.place FROM ranks t WHERE t.value = x.lead_worker_id)",
    ColumnKey.LANDLORD: "(SELECT t.place FROM ranks t WHERE t.value = x.landlord_id)",
    ColumnKey.DWELLING: "x.street",
    ColumnKey.PHONE: "x.phone",
    ColumnKey.ARREARS: "x.owed_cents",
}

# Kept apart for their retention: in no list, no count.
_ARCHIVED = "SELECT id FROM household WHERE archived_on IS NOT NULL"
_SOME_ARCHIVED = f"SELECT EXISTS ({_ARCHIVED})"
_RANKS = "ranks(value, place) AS MATERIALIZED (SELECT value, key FROM json_each(:ranks))"


@dataclass(slots=True)
class _Parts:
    """The statement being made: conditions on lines, and what they bind."""

    source: str
    bound: dict[str, Any]
    conditions: list[str] = field(default_factory=list)

    def bind(self, values: Sequence[str]) -> str:
        """Bind a list of values and return how the statement reads it."""
        name = f"v{len(self.bound)}"
        self.bound[name] = json.dumps(list(values))
        return f"(SELECT value FROM json_each(:{name}))"


def ids_of(
    connection: Connection,
    query: ListQuery,
    day: date,
    ranked: Sequence[str] = (),
    among: Sequence[str] | None = None,
) -> tuple[str, ...]:
    """Return the households a query's filters let through, in its order (by name unless told), words left aside.

    `ranked`: the values a sort by town, measure or worker goes through, in order; `among`: only of these households.
    """
    parts = _parts(connection, query, day)
    if among is not None:
        parts.conditions.append(f"x.household_id IN {parts.bind(among)}")
    sort = query.sort
    key = ColumnKey.NAME if sort is None else sort.key
    way = "DESC" if sort is not None and sort.descending else "ASC"
    parts.bound["ranks"] = json.dumps(list(ranked))
    value = _SORTED_BY[key]
    order = f"{value} {way} NULLS LAST" + ("" if key is ColumnKey.NAME else ", x.sort_name")
    # With its limit the inner query keeps its order, and one step of the engine brings all ids at once.
    text = (
        f"WITH {_RANKS} SELECT group_concat(household_id) FROM"
        f" (SELECT x.household_id {_from(parts)} ORDER BY {order}, x.household_id LIMIT -1)"
    )
    found = _raw(connection).execute(text, parts.bound).fetchone()[0]
    return tuple(found.split(",")) if found else ()


def count_of(connection: Connection, query: ListQuery, day: date) -> int:
    """Return how many households a query's filters let through."""
    parts = _parts(connection, query, day)
    text = f"SELECT count(*) {_from(parts)}"
    return int(_raw(connection).execute(text, parts.bound).fetchone()[0])


def kept_apart_among(connection: Connection, ids: Sequence[str] | None) -> frozenset[str]:
    """Return which of some households (None: of all) no list, print or assignment of many takes along.

    Those under protection (violence), and those whose data may only be kept (RGPD art. 18).
    """
    text, restricted = "SELECT id FROM household WHERE protected", restricted_now(connection)
    if ids is None:
        return restricted.union(row[0] for row in _raw(connection).execute(text))
    text += " AND id IN (SELECT value FROM json_each(?))"
    found = _raw(connection).execute(text, (json.dumps(list(ids)),))
    return restricted.intersection(ids).union(row[0] for row in found)


def towns(connection: Connection) -> list[str]:
    """Return every town written in an address, each way it is written."""
    # From one town to the next of the index: DISTINCT would go through every address.
    rows = _raw(connection).execute(
        "WITH RECURSIVE written(city) AS (SELECT min(city) FROM address UNION ALL"
        " SELECT (SELECT min(a.city) FROM address a WHERE a.city > w.city) FROM written w WHERE w.city IS NOT NULL)"
        " SELECT city FROM written WHERE city IS NOT NULL"
    )
    return [row[0] for row in rows]


def measure_kinds(connection: Connection) -> list[tuple[str, str]]:
    """Return code and label of every kind of measure somebody has or had."""
    rows = _raw(connection).execute(
        "SELECT kind_code, max(kind_label) FROM support_measure GROUP BY kind_code"
    )
    return [(row[0], row[1]) for row in rows]


def landlords(connection: Connection) -> list[tuple[str, str]]:
    """Return id and name of every landlord that lets a dwelling, by name."""
    rows = _raw(connection).execute(
        "SELECT id, name FROM landlord n WHERE EXISTS (SELECT 1 FROM dwelling d WHERE d.landlord_id = n.id)"
        " ORDER BY sort_name, id"
    )
    return [(row[0], row[1]) for row in rows]


def teams(connection: Connection) -> list[tuple[str, str]]:
    """Return id and name of every space that holds households."""
    rows = _raw(connection).execute(
        "SELECT id, name FROM space s WHERE EXISTS (SELECT 1 FROM household h WHERE h.space_id = s.id)"
        " ORDER BY name, id"
    )
    return [(row[0], row[1]) for row in rows]


def home_rows(connection: Connection, ids: Sequence[str], day: date) -> list[tuple[Any, ...]]:
    """Return, of the lease each household lives by: household, landlord, typology, street, town, cents owed."""
    lease = LEASE_ID.format(household="j.value")
    text = (
        f"SELECT j.value, n.name, d.typology, d.street, d.city, {OWED}"
        f" FROM json_each(:ids) j JOIN lease w ON w.id = {lease}"
        " LEFT JOIN dwelling d ON d.id = w.dwelling_id LEFT JOIN landlord n ON n.id = d.landlord_id"
    )
    return list(_raw(connection).execute(text, {"ids": json.dumps(list(ids)), "day": day.isoformat()}))


def safe_phones(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the first safe number of each household that has one."""
    text = (
        f"SELECT h.value, (SELECT p.value FROM contact p WHERE p.household_id = h.value"
        f" AND p.kind = '{ContactKind.PHONE.value}' AND p.safe ORDER BY p.id LIMIT 1) FROM json_each(?) h"
    )
    rows = _raw(connection).execute(text, (json.dumps(list(ids)),))
    return {row[0]: row[1] for row in rows if row[1] is not None}


def _parts(connection: Connection, query: ListQuery, day: date) -> _Parts:
    parts = _Parts(
        lines_on(_raw(connection), day),
        {
            "day": day.isoformat(),
            "silent": (day - timedelta(SILENT_DAYS)).isoformat(),
            "soon": (day + timedelta(ENDING_DAYS)).isoformat(),
        },
    )
    if _raw(connection).execute(_SOME_ARCHIVED).fetchone()[0]:
        parts.conditions.append(f"x.household_id NOT IN ({_ARCHIVED})")
    for each in query.filters:
        parts.conditions.append(_CONDITIONS[each.kind](connection, each, day, parts))
    return parts


def _from(parts: _Parts) -> str:
    source = f"FROM {parts.source} x"
    return f"{source} WHERE {' AND '.join(parts.conditions)}" if parts.conditions else source


def _by_worker(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    # A line names a worker with its measure only: said, it lets the index of those who are followed answer.
    return f"(x.measure_kind IS NOT NULL AND x.lead_worker_id IN {parts.bind(wanted.values)})"


def _by_measure(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    return f"x.measure_kind IN {parts.bind(wanted.values)}"


def _by_end(_: Connection, wanted: ListFilter, day: date, parts: _Parts) -> str:
    any_of = []
    for value in wanted.values:
        if value == OVERDUE:
            any_of.append("x.measure_until < :day")
        elif value == NO_END:
            any_of.append("x.measure_kind IS NOT NULL AND x.measure_until IS NULL")
        elif value.isdecimal():
            parts.bound[f"end{value}"] = (day + timedelta(int(value))).isoformat()
            any_of.append(f"x.measure_until BETWEEN :day AND :end{value}")
    return _any(any_of)


def _by_contact(_: Connection, wanted: ListFilter, day: date, parts: _Parts) -> str:
    any_of = []
    for value in wanted.values:
        if value == NEVER:
            any_of.append("x.contact_at IS NULL")
        elif value.isdecimal():
            parts.bound[f"contact{value}"] = (day - timedelta(int(value))).isoformat()
            any_of.append(f"x.contact_at < :contact{value}")
    return _any(any_of)


def _by_alert(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    return f"{_ALERT} IN {parts.bind(wanted.values)}"


def _by_landlord(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    return f"x.landlord_id IN {parts.bind(wanted.values)}"


def _by_town(connection: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    # One town is written many ways: « Roubaix », « ROUBAIX ».
    written = [town for town in towns(connection) if sort_key(town) in wanted.values]
    return f"x.city IN {parts.bind(written)}"


def _by_followed(_: Connection, wanted: ListFilter, _day: date, _parts: _Parts) -> str:
    ways = {YES: "x.measure_kind IS NOT NULL", NO: "x.measure_kind IS NULL"}
    return _any([ways[value] for value in wanted.values if value in ways])


def _by_protected(_: Connection, wanted: ListFilter, _day: date, _parts: _Parts) -> str:
    return _any(["x.protected" if value == YES else "NOT x.protected" for value in wanted.values])


def _by_team(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    return f"x.space_id IN {parts.bind(wanted.values)}"


_CONDITIONS: Mapping[FilterKind, Callable[[Connection, ListFilter, date, _Parts], str]] = {
    FilterKind.WORKER: _by_worker,
    FilterKind.TEAM: _by_team,
    FilterKind.MEASURE: _by_measure,
    FilterKind.END: _by_end,
    FilterKind.CONTACT: _by_contact,
    FilterKind.ALERT: _by_alert,
    FilterKind.LANDLORD: _by_landlord,
    FilterKind.TOWN: _by_town,
    FilterKind.FOLLOWED: _by_followed,
    FilterKind.PROTECTED: _by_protected,
}


def _any(conditions: list[str]) -> str:
    return f"({' OR '.join(conditions)})" if conditions else "0"


def _raw(connection: Connection) -> Any:
    # The driver's own connection: the statement is text already, and its rows are plain.
    return connection.connection.driver_connection
