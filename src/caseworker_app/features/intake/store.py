"""Imports made or under way: what the room remembers between two runs of the program."""

from __future__ import annotations

from sqlalchemy import Connection, Date, Integer, Text

from caseworker_app.features.intake.domain.run import ImportRun, RunState
from caseworker_app.storage.declarations import declare, field
from caseworker_app.storage.rows import Mapper

import_run = declare(
    "import_run",
    field("kind", Text, required=True),
    field("file_name", Text, required=True),
    field("file_hash", Text, required=True),
    field("duplicates", Text, required=True),
    field("state", Text, required=True),
    field("started_at", Text, required=True),
    field("day", Date, required=True),
    field("landlord", Text),
    field("decisions", Text, required=True),
    field("rows", Integer, required=True),
    field("done_row", Integer, required=True),
    field("created", Integer, required=True),
    field("merged", Integer, required=True),
    field("skipped", Integer, required=True),
    field("in_error", Integer, required=True),
    household=None,
)

runs = Mapper(import_run, ImportRun)


def unfinished(connection: Connection) -> ImportRun | None:
    """Return the import whose writing or undoing was started and not finished, None when there is none."""
    found = runs.all(connection, import_run.c.state.in_((RunState.RUNNING, RunState.UNDOING)))
    return found[-1] if found else None


def by_id(connection: Connection, run_id: str) -> ImportRun | None:
    """Return the import with this id, None when there is none."""
    found = runs.all(connection, import_run.c.id == run_id)
    return found[0] if found else None


def last(connection: Connection) -> ImportRun | None:
    """Return the last import that was not undone."""
    found = runs.all(connection, import_run.c.state != RunState.UNDONE)
    return found[-1] if found else None
