"""Filtering and sorting the list: one statement made of the parts a query asks for.

The measures that run are read first: they bound what is filtered by worker, kind, end or alert. Where a household
lives is looked up by the index of what is sought, then checked on the households found. An order that no index gives
is computed once for the whole answer, which comes back as ids; pages are then cut from these.
"""

# ruff: noqa: S608  (every part of the statement is written here; what a person chose is bound)

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from caseworker_app.features.diary.domain.entry import CONTACT_KINDS
from caseworker_app.features.directory.domain.filters import (
    NEVER,
    NO_END,
    OVERDUE,
    YES,
    FilterKind,
    ListFilter,
    ListQuery,
    SortKey,
)
from caseworker_app.features.directory.domain.listed import ENDING_DAYS, SILENT_DAYS, Alert
from caseworker_app.features.households.domain import ContactKind
from caseworker_app.features.housing.domain.lease import Account, Creditor
from caseworker_app.features.housing.domain.rent_account import RentEntryKind
from caseworker_app.kernel.french import sort_key
from caseworker_app.storage.restriction import restricted_now


def _texts(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


_CONTACTS = _texts(CONTACT_KINDS)
_PAYMENTS = _texts([RentEntryKind.PAID, RentEntryKind.BENEFIT_PAID, RentEntryKind.PLAN_PAYMENT])

# The measure a row shows: of those that run on the day, the one begun last.
_RUNNING = """
running AS MATERIALIZED (
    SELECT household_id, kind_code, kind_label, starts_on, planned_end_on, lead_worker_id FROM (
        SELECT *, row_number() OVER (PARTITION BY household_id ORDER BY starts_on DESC, id DESC) AS place
        FROM support_measure WHERE starts_on <= :day AND (ended_on IS NULL OR ended_on >= :day)
    ) WHERE place = 1
)"""

# The town a row shows: of the stays that hold the day, the last arrival; unknown arrivals come last.
_TOWN = """(
    SELECT a.city FROM address a WHERE a.household_id = h.id
    AND (a.from_date IS NULL OR a.from_date <= :day) AND (a.to_date IS NULL OR :day < a.to_date)
    ORDER BY a.from_date DESC, a.id DESC LIMIT 1)"""

# The lease a row shows: of those that run on the day, the last begun; an unknown start is taken as the oldest.
_LEASE = """
    FROM lease l {joins} WHERE l.household_id = {household}
    AND (l.starts_on IS NULL OR l.starts_on <= :day) AND (l.ends_on IS NULL OR :day <= l.ends_on)
    ORDER BY coalesce(l.starts_on, '') DESC, l.id DESC LIMIT 1"""
_LANDLORD_ID = (
    "(SELECT d.landlord_id "
    + _LEASE.format(joins="JOIN dwelling d ON d.id = l.dwelling_id", household="h.id")
    + ")"
)
_LANDLORD = (
    "(SELECT n.sort_name "
    + _LEASE.format(
        joins="JOIN dwelling d ON d.id = l.dwelling_id LEFT JOIN landlord n ON n.id = d.landlord_id",
        household="h.id",
    )
    + ")"
)
_STREET = (
    "(SELECT lower(d.street) "
    + _LEASE.format(joins="JOIN dwelling d ON d.id = l.dwelling_id", household="h.id")
    + ")"
)
_LEASE_ID = "(SELECT l.id " + _LEASE.format(joins="", household="{household}") + ")"

# What a lease's own account owes on the day, in cents; null where nothing was ever written.
_OWED = f"""(
    SELECT sum(CASE WHEN e.kind IN ({_PAYMENTS}) THEN -e.amount_cents ELSE e.amount_cents END)
    FROM rent_entry e WHERE e.household_id = w.household_id AND e.lease_id = w.id
    AND e.account = CASE w.creditor WHEN '{Creditor.ASSOCIATION.value}' THEN '{Account.HOUSEHOLD_TO_ASSOCIATION.value}'
        ELSE '{Account.HOUSEHOLD_TO_LANDLORD.value}' END
    AND CASE WHEN e.kind IN ({_PAYMENTS}) THEN coalesce(e.received_on, e.month) ELSE e.month END <= :day)"""
_ARREARS = f"(SELECT {_OWED} FROM lease w WHERE w.id = {_LEASE_ID.format(household='h.id')})"

_CONTACT_AT = (
    f"(SELECT max(c.started_at) FROM diary_entry c WHERE c.household_id = h.id AND c.kind IN ({_CONTACTS}))"
)
_PHONE = f"""(
    SELECT p.value FROM contact p WHERE p.household_id = h.id AND p.kind = '{ContactKind.PHONE.value}' AND p.safe
    ORDER BY p.id LIMIT 1)"""

_ALERT = f"""(CASE
    WHEN r.household_id IS NULL THEN '{Alert.NOT_FOLLOWED.value}'
    WHEN r.planned_end_on < :day THEN '{Alert.OVERDUE.value}'
    WHEN coalesce(substr({_CONTACT_AT}, 1, 10), r.starts_on) < :silent THEN '{Alert.SILENT.value}'
    WHEN r.planned_end_on <= :soon THEN '{Alert.ENDING.value}'
    ELSE '{Alert.UP_TO_DATE.value}' END)"""
_GRAVITY = (
    "CASE " + _ALERT + "".join(f" WHEN '{alert.value}' THEN {n}" for n, alert in enumerate(Alert)) + " END"
)

# What each order compares; where a protected household lives and how it is reached counts as unknown.
_SORTED_BY: Mapping[SortKey, str] = {
    SortKey.NAME: "h.sort_name",
    SortKey.REFERENCE: "h.reference",
    SortKey.TOWN: f"CASE WHEN h.protected THEN NULL ELSE (SELECT t.place FROM ranks t WHERE t.value = {_TOWN}) END",
    SortKey.MEASURE: "(SELECT t.place FROM ranks t WHERE t.value = r.kind_code)",
    SortKey.END: "r.planned_end_on",
    SortKey.CONTACT: _CONTACT_AT,
    SortKey.ALERT: _GRAVITY,
    SortKey.WORKER: "(SELECT t.place FROM ranks t WHERE t.value = r.lead_worker_id)",
    SortKey.LANDLORD: f"CASE WHEN h.protected THEN NULL ELSE {_LANDLORD} END",
    SortKey.DWELLING: f"CASE WHEN h.protected THEN NULL ELSE {_STREET} END",
    SortKey.PHONE: f"CASE WHEN h.protected THEN NULL ELSE {_PHONE} END",
    SortKey.ARREARS: _ARREARS,
}
_OF_THE_MEASURE = frozenset({SortKey.MEASURE, SortKey.END, SortKey.ALERT, SortKey.WORKER})

_RANKS = "ranks(value, place) AS MATERIALIZED (SELECT value, key FROM json_each(:ranks))"


@dataclass(slots=True)
class _Parts:
    """The statement being made: conditions, what they bind, and whether they need the measure that runs."""

    bound: dict[str, Any]
    conditions: list[str] = field(default_factory=list)
    with_measure: bool = False
    only_followed: bool = False

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
        parts.conditions.append(f"h.id IN {parts.bind(among)}")
    sort = query.sort
    key = SortKey.NAME if sort is None else sort.key
    way = "DESC" if sort is not None and sort.descending else "ASC"
    parts.bound["ranks"] = json.dumps(list(ranked))
    parts.with_measure |= key in _OF_THE_MEASURE
    value = _SORTED_BY[key]
    order = f"{value} {way} NULLS LAST" + ("" if key is SortKey.NAME else ", h.sort_name")
    # With its limit the inner query keeps its order, and one step of the engine brings all ids at once.
    text = (
        f"WITH {_RUNNING}, {_RANKS} SELECT group_concat(id) FROM"
        f" (SELECT h.id {_from(parts)} ORDER BY {order}, h.rowid LIMIT -1)"
    )
    found = _raw(connection).execute(text, parts.bound).fetchone()[0]
    return tuple(found.split(",")) if found else ()


def count_of(connection: Connection, query: ListQuery, day: date) -> int:
    """Return how many households a query's filters let through."""
    parts = _parts(connection, query, day)
    text = f"WITH {_RUNNING} SELECT count(*) {_from(parts)}"
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
    rows = _raw(connection).execute("SELECT DISTINCT city FROM address WHERE city IS NOT NULL")
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
    lease = _LEASE_ID.format(household="j.value")
    text = (
        f"SELECT j.value, n.name, d.typology, d.street, d.city, {_OWED}"
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
        {
            "day": day.isoformat(),
            "silent": (day - timedelta(SILENT_DAYS)).isoformat(),
            "soon": (day + timedelta(ENDING_DAYS)).isoformat(),
        }
    )
    for each in query.filters:
        parts.conditions.append(_CONDITIONS[each.kind](connection, each, day, parts))
    return parts


def _from(parts: _Parts) -> str:
    if parts.only_followed:
        # The order of a cross join is that written: measures that run first, they are the fewest.
        joined = "FROM running r CROSS JOIN household h ON h.id = r.household_id"
    elif parts.with_measure:
        joined = "FROM household h LEFT JOIN running r ON r.household_id = h.id"
    else:
        joined = "FROM household h"
    return f"{joined} WHERE {' AND '.join(parts.conditions)}" if parts.conditions else joined


def _by_worker(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    parts.only_followed = True
    return f"r.lead_worker_id IN {parts.bind(wanted.values)}"


def _by_measure(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    parts.only_followed = True
    return f"r.kind_code IN {parts.bind(wanted.values)}"


def _by_end(_: Connection, wanted: ListFilter, day: date, parts: _Parts) -> str:
    parts.only_followed = True
    any_of = []
    for value in wanted.values:
        if value == OVERDUE:
            any_of.append("r.planned_end_on < :day")
        elif value == NO_END:
            any_of.append("r.planned_end_on IS NULL")
        elif value.isdecimal():
            parts.bound[f"end{value}"] = (day + timedelta(int(value))).isoformat()
            any_of.append(f"r.planned_end_on BETWEEN :day AND :end{value}")
    return _any(any_of)


def _by_contact(_: Connection, wanted: ListFilter, day: date, parts: _Parts) -> str:
    any_of = []
    for value in wanted.values:
        if value == NEVER:
            any_of.append(f"{_CONTACT_AT} IS NULL")
        elif value.isdecimal():
            parts.bound[f"contact{value}"] = (day - timedelta(int(value))).isoformat()
            any_of.append(f"{_CONTACT_AT} < :contact{value}")
    return _any(any_of)


def _by_alert(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    parts.with_measure = True
    parts.only_followed |= Alert.NOT_FOLLOWED.value not in wanted.values
    return f"{_ALERT} IN {parts.bind(wanted.values)}"


def _by_landlord(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    values = parts.bind(wanted.values)
    found = (
        "SELECT l.household_id FROM dwelling d CROSS JOIN lease l ON l.dwelling_id = d.id"
        f" WHERE d.landlord_id IN {values}"
    )
    return f"NOT h.protected AND h.id IN ({found}) AND {_LANDLORD_ID} IN {values}"


def _by_town(connection: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    # One town is written many ways: « Roubaix », « ROUBAIX ».
    written = parts.bind([town for town in towns(connection) if sort_key(town) in wanted.values])
    found = f"SELECT a.household_id FROM address a WHERE a.city IN {written}"
    return f"NOT h.protected AND h.id IN ({found}) AND {_TOWN} IN {written}"


def _by_followed(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    yes_only = set(wanted.values) == {YES}
    parts.only_followed |= yes_only
    if yes_only or YES in wanted.values:
        return "1"
    return "h.id NOT IN (SELECT household_id FROM running)"


def _by_protected(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    return _any(["h.protected" if value == YES else "NOT h.protected" for value in wanted.values])


def _by_team(_: Connection, wanted: ListFilter, _day: date, parts: _Parts) -> str:
    return f"h.space_id IN {parts.bind(wanted.values)}"


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
