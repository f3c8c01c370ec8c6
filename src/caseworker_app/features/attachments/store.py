"""Tables of the attachments room and the only SQL on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Connection, Date, Integer, Text

from caseworker_app.features.attachments.domain.attachment import Attachment
from caseworker_app.storage.changesets import NONCE_BYTES
from caseworker_app.storage.declarations import (
    Merge,
    Moment,
    SearchKind,
    declare,
    field,
    references_to,
)
from caseworker_app.storage.rows import Mapper

attachment = declare(
    "attachment",
    field("content_hash", Text, merge=Merge.APPEND_ONLY, internal=True, required=True),
    field("size_bytes", Integer, merge=Merge.APPEND_ONLY, required=True),
    field("media_type", Text, merge=Merge.APPEND_ONLY, required=True),
    field("name", Text, internal=True, identifying=True, required=True),
    field("kind", Text, required=True),
    field("caption", Text, internal=True, identifying=True, search=SearchKind.TEXT),
    field("dated_on", Date, internal=True),
    field("shareable", Boolean, required=True, cautious=False),
    field("metadata_kept", Boolean, merge=Merge.APPEND_ONLY, required=True),
    field("added_on", Date, merge=Merge.APPEND_ONLY, required=True),
    field("worker_id", Text, references="worker", required=True),
    # The diary lies above this room: only the name of its table is known here.
    field("entry_id", Text, references="diary_entry"),
    field("place", Text, internal=True, identifying=True),
    household="household_id",
    indexes=("entry_id", "content_hash"),
)

copy = declare(
    "attachment_copy",
    field("attachment_id", Text, merge=Merge.APPEND_ONLY, required=True),
    field("name", Text, merge=Merge.APPEND_ONLY, internal=True, identifying=True, required=True),
    field("made_at", Moment, merge=Merge.APPEND_ONLY, required=True),
    field("worker_id", Text, merge=Merge.APPEND_ONLY, references="worker", required=True),
    household="household_id",
    # It left: undoing cannot bring it back.
    lasting=True,
)

attachments = Mapper(attachment, Attachment)

_OF_HOUSEHOLD = attachments.lookup("household_id", order_by=(attachment.c.id.desc(),))
_OF_ENTRY = attachments.lookup("entry_id")


def attachments_of(connection: Connection, household_id: str) -> list[Attachment]:
    """Return the attachments of a household, newest first."""
    return _OF_HOUSEHOLD(connection, household_id)


def attachments_of_entry(connection: Connection, entry_id: str) -> list[Attachment]:
    """Return the attachments of a visit, in the order they were taken in."""
    return _OF_ENTRY(connection, entry_id)


def resting_on(connection: Connection, attachment_id: str) -> list[tuple[str, str]]:
    """Return the table and id of every row that points to an attachment.

    The rooms of these rows lie above this one: only their declarations are known here.
    """
    return [
        (name, str(row[0]))
        for name, column in references_to(attachment.name)
        for row in _raw(connection).execute(_POINTING.format(table=name, column=column), [attachment_id])
    ]


def hashes_in_rows(connection: Connection) -> set[str]:
    """Return the hash of every content a household has."""
    return {row[0] for row in _raw(connection).execute("SELECT DISTINCT content_hash FROM attachment")}


def hashes_in_changes(connection: Connection) -> set[str]:
    """Return the hash of every content that undoing some change may ask for again; erased changes ask for none."""
    import orjson

    found = set()
    for (payload,) in _raw(connection).execute(_PAYLOADS):
        for side in orjson.loads(payload[NONCE_BYTES:]):
            if "content_hash" in side:
                found.add(str(side["content_hash"]))
    return found


def places_of(connection: Connection, hashes: set[str]) -> list[tuple[str, str]]:
    """Return the household's reference and the id of every attachment with one of these contents."""
    rows = _raw(connection).execute(_PLACES)
    return [(str(reference), str(row_id)) for reference, row_id, digest in rows if digest in hashes]


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection


# Written as the index on them is, so that the engine sees that it answers.
_PAYLOADS = "SELECT payload FROM change WHERE table_name = 'attachment' AND payload IS NOT NULL"
_POINTING = 'SELECT id FROM "{table}" WHERE "{column}" = ? ORDER BY id'
_PLACES = """
    SELECT h.reference, a.id, a.content_hash FROM attachment a JOIN household h ON h.id = a.household_id
    ORDER BY h.reference, a.id
"""
