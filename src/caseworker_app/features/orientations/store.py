"""Table of the orientations room and the only SQL on it."""

from __future__ import annotations

from sqlalchemy import Connection, Date, Text

from caseworker_app.features.orientations.domain.orientation import Orientation
from caseworker_app.storage.declarations import Merge, SearchKind, declare, field
from caseworker_app.storage.rows import Mapper

orientation = declare(
    "orientation",
    field("partner_id", Text, required=True, references="partner"),
    field("member_id", Text, references="household_member"),
    field("consent_id", Text, references="consent"),
    field("theme", Text),
    field("reason", Text, required=True, merge=Merge.KEEP_BOTH, internal=True, identifying=True,
          search=SearchKind.TEXT),
    field("proposed_on", Date, required=True),
    field("meeting_on", Date),
    field("answer_due_on", Date, required=True),
    field("answer", Text),
    field("answered_on", Date),
    field("result", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("ended_on", Date),
    field("worker_id", Text, required=True, references="worker"),
    household="household_id",
    indexes=("partner_id", "member_id", "consent_id"),
)  # fmt: skip

orientations = Mapper(orientation, Orientation)
_OF = orientations.lookup(
    "household_id", order_by=(orientation.c.proposed_on.desc(), orientation.c.id.desc())
)


def orientations_of(connection: Connection, household_id: str) -> list[Orientation]:
    """Return the orientations of a household, newest first."""
    return _OF(connection, household_id)
