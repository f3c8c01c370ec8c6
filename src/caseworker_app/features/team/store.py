"""Tables of the team room."""

from __future__ import annotations

from sqlalchemy import Boolean, Connection, Text

from caseworker_app.features.team.domain import Association, Worker
from caseworker_app.storage.declarations import declare, field
from caseworker_app.storage.rows import Mapper

space = declare(
    "space",
    field("name", Text, required=True),
    field("kind", Text, required=True),
    household=None,
)

association = declare(
    "association",
    field("name", Text, required=True),
    field("activity", Text),
    field("street", Text),
    field("postal_code", Text),
    field("city", Text),
    field("phone", Text),
    field("email", Text),
    # A small PNG in base 64: one row a file, read when something is printed.
    field("logo", Text),
    household=None,
)

worker = declare(
    "worker",
    field("name", Text, required=True),
    field("job_title", Text),
    field("role", Text, required=True),
    field("phone", Text),
    field("email", Text),
    field("active", Boolean, required=True),
    household=None,
)

workers = Mapper(worker, Worker)
associations = Mapper(association, Association)


def the_association(connection: Connection) -> Association | None:
    """Return the association of this file, None before it is founded."""
    found = associations.all(connection)
    return found[0] if found else None
