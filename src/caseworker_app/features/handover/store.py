"""Tables of the handover room and the only SQL on them."""

from __future__ import annotations

from sqlalchemy import Boolean, Connection, Date, Integer, Text, select

from caseworker_app.features.handover.domain.own_words import OwnWord
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.storage.declarations import Merge, SearchKind, declare, field
from caseworker_app.storage.rows import Mapper

_ADD = Merge.APPEND_ONLY

transmission = declare(
    "transmission",
    field("number", Text, merge=_ADD, search=SearchKind.REFERENCE, required=True),
    field("kind", Text, merge=_ADD, required=True),
    field("recipient_name", Text, merge=_ADD, required=True),
    # None for what is handed to the person themselves.
    field("landlord_id", Text, merge=_ADD, references="landlord"),
    field("made_on", Date, merge=_ADD, required=True),
    field("worker_id", Text, merge=_ADD, required=True, references="worker"),
    field("period_start", Date, merge=_ADD, required=True),
    field("period_end", Date, merge=_ADD, required=True),
    field("sha256", Text, merge=_ADD, required=True),
    field("pages", Integer, merge=_ADD, required=True),
    field("topics", Text, merge=_ADD, required=True),
    field("kept_hits", Text, merge=_ADD, required=True, internal=True, identifying=True),
    field("consent_ids", Text, merge=_ADD, required=True),
    field("written_to", Text, merge=_ADD, required=True, internal=True, identifying=True),
    household="household_id",
    lasting=True,
    # The copy handed to the person is entered under restriction too; the log of accesses refuses any other.
    kept_open=True,
    indexes=("number",),
)

# The review as it left, so that the file can show it again: JSON of the content that was printed.
transmitted_review = declare(
    "transmitted_review",
    field("transmission_id", Text, merge=_ADD, required=True, references="transmission"),
    field("content", Text, merge=_ADD, required=True, identifying=True),
    household="household_id",
    lasting=True,
    indexes=("transmission_id",),
)

check_word = declare(
    "check_word",
    field("phrase", Text, required=True),
    field("kind", Text, required=True),
    field("harmless", Boolean, required=True),
    field("reason", Text, required=True),
    field("added_on", Date, required=True),
    field("worker_id", Text, required=True, references="worker"),
    household=None,
)

own_words = Mapper(check_word, OwnWord)
transmissions = Mapper(transmission, Transmission)
_t = transmission.c


def transmissions_of(
    connection: Connection, household_id: str | None, limit: int | None = None
) -> list[Transmission]:
    """Return the register, newest first, of one household or of all."""
    query = transmissions.query().order_by(_t.made_on.desc(), _t.id.desc()).limit(limit)
    if household_id is not None:
        query = query.where(_t.household_id == household_id)
    return [transmissions.read(row) for row in connection.execute(query)]


def numbers_known(connection: Connection, numbers: list[str]) -> set[str]:
    """Return which of these numbers are in the register."""
    return set(connection.execute(select(_t.number).where(_t.number.in_(numbers))).scalars())


def content_of(connection: Connection, transmission_id: str) -> str | None:
    """Return the content that was transmitted, as written; None when it is not in this file."""
    c = transmitted_review.c
    return connection.execute(select(c.content).where(c.transmission_id == transmission_id)).scalar()
