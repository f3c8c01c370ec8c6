"""Tables of the retention room, and the one SQL statement that reads the clock of every household."""

# ruff: noqa: S608  (every part of the statement is written here; what a person chose is bound)

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, Integer, Text

from caseworker_app.features.diary.domain.entry import CONTACT_KINDS
from caseworker_app.features.retention.domain.delays import OwnDelay
from caseworker_app.features.retention.domain.record import ErasureRecord
from caseworker_app.features.retention.domain.standing import Clock, Contact, RetentionChoice
from caseworker_app.storage.declarations import Merge, Moment, declare, field
from caseworker_app.storage.rows import Mapper
from caseworker_app.storage.tables import POSITION_BITS

choice = declare(
    "retention_choice",
    field("decided_for", Text, merge=Merge.APPEND_ONLY, required=True, own=True),
    field("kind", Text, required=True),
    field("until", Date),
    field("reason", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, required=True),
    field("decided_on", Date, required=True),
    field("worker_id", Text, required=True, references="worker"),
    household="household_id",
)

# The proof that something was erased, which names nobody.
record = declare(
    "erasure_record",
    field("kind", Text, merge=Merge.APPEND_ONLY, required=True),
    field("made_at", Moment, merge=Merge.APPEND_ONLY, required=True),
    field("worker_id", Text, merge=Merge.APPEND_ONLY, required=True, references="worker"),
    field("ground", Text, merge=Merge.APPEND_ONLY, required=True),
    field("households", Integer, merge=Merge.APPEND_ONLY, required=True),
    field("erased_rows", Integer, merge=Merge.APPEND_ONLY, required=True),
    field("backups_until", Date, merge=Merge.APPEND_ONLY, required=True),
    household=None,
    lasting=True,
)

delay = declare(
    "retention_delay",
    field("code", Text, required=True),
    field("value", Integer, required=True),
    field("starts_on", Date, required=True),
    field("reason", Text, required=True),
    household=None,
)

choices = Mapper(choice, RetentionChoice)
records = Mapper(record, ErasureRecord)
delays = Mapper(delay, OwnDelay)
_CHOICES_OF = choices.lookup("household_id", order_by=(choice.c.decided_on, choice.c.id))


def choices_of(connection: Connection, household_id: str) -> list[RetentionChoice]:
    """Return what was decided of a household, oldest first."""
    return _CHOICES_OF(connection, household_id)


def every_choice(connection: Connection) -> dict[str, list[RetentionChoice]]:
    """Return what was decided, by household."""
    found: dict[str, list[RetentionChoice]] = {}
    for each in choices.all(connection):
        found.setdefault(each.household_id, []).append(each)
    return found


def own_delays(connection: Connection) -> list[OwnDelay]:
    """Return the delays the association chose, all of them."""
    return delays.all(connection)


def register(connection: Connection) -> list[ErasureRecord]:
    """Return what was erased, newest first."""
    return records.all(connection, order_by=(record.c.made_at.desc(), record.c.id.desc()))


def clocks(
    connection: Connection, day: date, last: date, ids: Collection[str] | None = None
) -> Iterator[Clock]:
    """Yield the clock of every household whose last contact is on `last` or before, or of which something is decided.

    `ids`: only these, whatever their clock. Those anonymised are left out. By name.
    """
    values: dict[str, Any] = {"day": day.isoformat(), "last": last.isoformat()}
    bounded = _BOUND
    if ids is not None:
        values["ids"] = json.dumps(list(ids))
        bounded = "h.id IN (SELECT value FROM json_each(:ids))"
    raw: Any = connection.connection.driver_connection
    for row in raw.execute(_CLOCKS.format(bound=bounded), values):
        yield _clock(row)


def names_of(connection: Connection, household_ids: Collection[str]) -> list[str]:
    """Return what saved filters may name households by: last names and names before marriage, references."""
    raw: Any = connection.connection.driver_connection
    rows = raw.execute(_NAMES, {"ids": json.dumps(list(household_ids))}).fetchall()
    return sorted({str(row[0]) for row in rows if row[0]})


def former_ids(connection: Connection, household_ids: Collection[str]) -> list[str]:
    """Return the households that were merged into some."""
    raw: Any = connection.connection.driver_connection
    query = "SELECT former_id FROM former_household WHERE household_id IN (SELECT value FROM json_each(?))"
    return [row[0] for row in raw.execute(query, (json.dumps(list(household_ids)),))]


def undone_separations(connection: Connection, household_ids: Collection[str]) -> list[str]:
    """Return the households that were parted from some and taken back: no row is left, what was written of them is."""
    raw: Any = connection.connection.driver_connection
    known, asked = set(household_ids), list(household_ids)
    while asked:
        rows = raw.execute(_UNDONE_SEPARATIONS, (json.dumps(asked),))
        asked = [row[0] for row in rows if row[0] not in known]
        known |= set(asked)
    return sorted(known - set(household_ids))


def _clock(row: tuple[Any, ...]) -> Clock:
    household_id, reference, name, protected, opened_on, archived_on, met, agreed, followed = row
    told = [(opened_on, Contact.OPENING), (agreed or "", Contact.CONSENT), (met or "", Contact.DIARY)]
    last, by = max(told, key=lambda each: each[0])
    archived = None if archived_on is None else date.fromisoformat(archived_on)
    contact = date.fromisoformat(last)
    return Clock(household_id, reference, name, bool(protected), contact, by, bool(followed), archived)


# Both sides of a separation are written by one changeset.
_UNDONE_SEPARATIONS = f"""
SELECT DISTINCT other.household_id FROM change AS one
JOIN change AS other ON other.number >= (one.number >> {POSITION_BITS}) << {POSITION_BITS}
    AND other.number < ((one.number >> {POSITION_BITS}) + 1) << {POSITION_BITS}
WHERE one.household_id IN (SELECT value FROM json_each(?)) AND one.table_name = 'household_separation'
    AND other.table_name = 'household_separation'
    AND other.household_id NOT IN (SELECT id FROM household)
    AND other.household_id NOT IN (SELECT former_id FROM former_household)
"""
_KINDS = ", ".join(f"'{kind.value}'" for kind in sorted(CONTACT_KINDS))
# One pass over the index of contacts (household, kind, instant), one over the agreements, one over the measures.
_CLOCKS = f"""
WITH met(household_id, day) AS MATERIALIZED (
    SELECT household_id, substr(max(started_at), 1, 10) FROM diary_entry
    WHERE kind IN ({_KINDS}) AND started_at <= :day || 'T99' GROUP BY household_id
), agreed(household_id, day) AS MATERIALIZED (
    SELECT household_id, max(max(given_on, coalesce(withdrawn_on, ''))) FROM consent GROUP BY household_id
), running(household_id) AS MATERIALIZED (
    SELECT DISTINCT household_id FROM support_measure
    WHERE ended_on IS NULL OR ended_on >= :day
)
SELECT h.id, h.reference, h.name, h.protected, h.opened_on, h.archived_on, m.day, a.day, r.household_id IS NOT NULL
FROM household h
LEFT JOIN met m ON m.household_id = h.id
LEFT JOIN agreed a ON a.household_id = h.id
LEFT JOIN running r ON r.household_id = h.id
WHERE h.anonymised_on IS NULL AND ({{bound}})
ORDER BY h.sort_name, h.id
"""
_BOUND = """
    max(h.opened_on, coalesce(m.day, ''), coalesce(a.day, '')) <= :last OR h.archived_on IS NOT NULL
    OR h.id IN (SELECT household_id FROM retention_choice)"""
_NAMES = """
    SELECT last_name FROM household_member WHERE household_id IN (SELECT value FROM json_each(:ids))
    UNION SELECT birth_name FROM household_member WHERE household_id IN (SELECT value FROM json_each(:ids))
    UNION SELECT reference FROM household WHERE id IN (SELECT value FROM json_each(:ids))
"""
