"""The reading of what stands beside the rows of the agenda: one statement a subject, for all households at once.

The rows themselves are the diary's appointments: there is one truth of when somebody is met.
"""

# ruff: noqa: S608  (every part of the statements is written here; what a person chose is bound)

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection

_OF = "household_id IN (SELECT value FROM json_each(:ids))"


class HomeRow(NamedTuple):
    """A household's name, protection, and where it lives on a day (four parts, empty when no address is known)."""

    name: str
    protected: bool
    address: tuple[Any, ...]


class PhoneRow(NamedTuple):
    """A phone of a household, with whether it is safe to use and how."""

    value: str
    safe: bool
    instructions: str | None


def homes(connection: Connection, ids: Sequence[str], day: date) -> dict[str, HomeRow]:
    """Return households with where they live on a day."""
    names = "SELECT id, name, protected FROM household WHERE id IN (SELECT value FROM json_each(:ids))"
    addresses = (
        "SELECT household_id, street, complement, postal_code, city FROM ("
        " SELECT *, row_number() OVER (PARTITION BY household_id ORDER BY from_date DESC, id DESC) AS place"
        f" FROM address WHERE {_OF} AND (from_date IS NULL OR from_date <= :day)"
        " AND (to_date IS NULL OR :day < to_date)) WHERE place = 1"
    )
    sought = json.dumps(list(ids))
    lived = {r[0]: tuple(r[1:]) for r in _rows(connection, addresses, ids=sought, day=day.isoformat())}
    found = _rows(connection, names, ids=sought)
    return {r[0]: HomeRow(r[1], bool(r[2]), lived.get(r[0], ())) for r in found}


def followed_by(connection: Connection, ids: Sequence[str], worker_id: str, day: date) -> set[str]:
    """Return which households have a measure that a worker leads on a day."""
    text = (
        f"SELECT DISTINCT household_id FROM support_measure WHERE {_OF} AND lead_worker_id = :worker"
        " AND starts_on <= :day AND (ended_on IS NULL OR ended_on >= :day)"
    )
    bound = {"worker": worker_id, "day": day.isoformat()}
    return {r[0] for r in _rows(connection, text, ids=json.dumps(list(ids)), **bound)}


def phones(connection: Connection, ids: Sequence[str]) -> dict[str, list[PhoneRow]]:
    """Return the phones of households, those safe to use first."""
    text = (
        f"SELECT household_id, value, safe, instructions FROM contact WHERE {_OF} AND kind = 'phone'"
        " ORDER BY household_id, safe DESC, id"
    )
    found: dict[str, list[PhoneRow]] = {}
    for household, value, safe, instructions in _rows(connection, text, ids=json.dumps(list(ids))):
        found.setdefault(household, []).append(PhoneRow(value, bool(safe), instructions))
    return found


def visit_instructions(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return what is to be known before a visit of each household that has such words."""
    text = (
        "SELECT id, visit_instructions FROM household WHERE id IN (SELECT value FROM json_each(:ids))"
        " AND visit_instructions IS NOT NULL"
    )
    return {r[0]: r[1] for r in _rows(connection, text, ids=json.dumps(list(ids)))}


def _rows(connection: Connection, text: str, **bound: str) -> list[tuple[Any, ...]]:
    # The driver's own connection: the statement is text already, and its rows are plain.
    raw: Any = connection.connection.driver_connection
    return list(raw.execute(text, bound).fetchall())
