"""Tables of the isolation scheme and the only SQL on them."""

# ruff: noqa: S608  (every part of the statements is written here; what a person chose is bound)

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Integer, Text

from caseworker_app.features.veille.domain.contact import HEARD, WatchContact, Way
from caseworker_app.features.veille.domain.listed import WatchLine
from caseworker_app.features.veille.domain.rhythm import Rhythm, Standing, Unit
from caseworker_app.features.veille.domain.watch import Watch
from caseworker_app.storage.declarations import Counted, Merge, OnAnonymisation, SearchKind, declare, field
from caseworker_app.storage.rows import Mapper

_BOTH, _CODE = Merge.KEEP_BOTH, Counted.CODE

watch = declare(
    "watch",
    field("way", Text, required=True, counted=_CODE),
    field("starts_on", Date, required=True),
    field("every", Integer, required=True),
    field("unit", Text, required=True, counted=_CODE),
    field("weekday", Integer),
    field("until", Date),
    field("worker_id", Text, required=True, references="worker"),
    field("origin", Text, required=True, counted=_CODE),
    field("landlord_id", Text, references="landlord"),
    field("reason", Text, merge=_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("instructions", Text, merge=_BOTH, internal=True, identifying=True),
    field("near_name", Text, internal=True, identifying=True, third_person=True),
    field("near_phone", Text, internal=True, identifying=True, third_person=True),
    field("near_link", Text, internal=True, identifying=True, third_person=True),
    field("near_safe", Boolean, required=True, cautious=False, counted=Counted.NOTHING),
    field("near_instructions", Text, merge=_BOTH, internal=True, identifying=True, third_person=True),
    field("ended_on", Date),
    field("end_code", Text, counted=_CODE),
    field("end_note", Text, merge=_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("at_minutes", Integer),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
    indexes=("worker_id",),
)

watch_contact = declare(
    "watch_contact",
    field("watch_id", Text, required=True, references="watch"),
    field("entry_id", Text, required=True, references="diary_entry"),
    field("held_on", Date, required=True),
    field("way", Text, required=True, counted=_CODE),
    field("outcome", Text, required=True, counted=_CODE),
    field("asked", Text),
    field("done", Text),
    field("again_on", Date),
    field("worker_id", Text, required=True, references="worker"),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
    indexes=(("watch_id", "held_on"), "entry_id"),
)

watches = Mapper(watch, Watch)
contacts = Mapper(watch_contact, WatchContact)

_OF = watches.lookup("household_id", order_by=(watch.c.starts_on.desc(), watch.c.id.desc()))
_CONTACTS = contacts.lookup("watch_id", order_by=(watch_contact.c.held_on.desc(), watch_contact.c.id.desc()))
_HEARD = ", ".join(f"'{each}'" for each in sorted(HEARD))
# Everything a line of the page says, in one statement: households archived for their retention are left out.
_LINES = f"""
    SELECT w.id, w.household_id, h.name, h.sort_name, h.reference, h.protected, w.worker_id, w.way, w.starts_on,
        w.every, w.unit, w.weekday, w.until, w.ended_on, c.held_on, c.again_on,
        (SELECT count(*) FROM watch_contact t WHERE t.watch_id = w.id AND t.held_on > coalesce((
            SELECT max(o.held_on) FROM watch_contact o WHERE o.watch_id = w.id AND o.outcome IN ({_HEARD})), '')),
        w.at_minutes
    FROM watch w JOIN household h ON h.id = w.household_id AND h.archived_on IS NULL AND h.anonymised_on IS NULL
        LEFT JOIN watch_contact c ON c.id = (
            SELECT x.id FROM watch_contact x WHERE x.watch_id = w.id ORDER BY x.held_on DESC, x.id DESC LIMIT 1)
    WHERE :every_one OR w.ended_on IS NULL
    ORDER BY h.sort_name, w.id"""
_SAID = (
    "SELECT id, coalesce(said, observed, '') FROM diary_entry WHERE id IN (SELECT value FROM json_each(:ids))"
)
_RUNNING = (
    "SELECT household_id FROM watch WHERE ended_on IS NULL AND way = :way"
    " AND household_id IN (SELECT value FROM json_each(:ids))"
)


def watches_of(connection: Connection, household_id: str) -> list[Watch]:
    """Return the veilles of a household, the latest first."""
    return _OF(connection, household_id)


def contacts_of(connection: Connection, watch_id: str) -> list[WatchContact]:
    """Return the calls and visits of a veille, the latest first."""
    return _CONTACTS(connection, watch_id)


def said_at(connection: Connection, entry_ids: Sequence[str]) -> dict[str, str]:
    """Return what the diary tells of calls and visits, by the id of their entry."""
    return {row[0]: row[1] for row in _rows(connection, _SAID, ids=json.dumps(list(entry_ids)))}


def running(connection: Connection, household_ids: Sequence[str], way: Way) -> set[str]:
    """Return which households are called, or visited, already."""
    ids = json.dumps(list(household_ids))
    return {row[0] for row in _rows(connection, _RUNNING, ids=ids, way=str(way))}


def lines(connection: Connection, *, ended: bool) -> list[WatchLine]:
    """Return a line for every veille that runs, those ended too if asked, by the name of their household."""
    return [_line(row) for row in _rows(connection, _LINES, every_one=ended)]


def _line(row: tuple[Any, ...]) -> WatchLine:
    rhythm = Rhythm(date.fromisoformat(row[8]), row[9], Unit(row[10]), row[11], _day(row[12]), row[17])
    return WatchLine(
        id=row[0],
        household_id=row[1],
        household=row[2],
        sort_name=row[3],
        reference=row[4],
        protected=bool(row[5]),
        worker_id=row[6],
        way=Way(row[7]),
        rhythm=rhythm,
        ended_on=_day(row[13]),
        standing=Standing(_day(row[14]), _day(row[15]), row[16]),
    )


def _rows(connection: Connection, text: str, **bound: Any) -> list[tuple[Any, ...]]:
    # The driver's own connection: the statement is text already, and its rows are plain.
    raw: Any = connection.connection.driver_connection
    return list(raw.execute(text, bound).fetchall())


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
