"""Imports made or under way: what the room remembers between two runs of the program."""

from __future__ import annotations

from sqlalchemy import Connection, Integer, Text

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
    field("rows", Integer, required=True),
    field("done_row", Integer, required=True),
    field("created", Integer, required=True),
    field("merged", Integer, required=True),
    field("skipped", Integer, required=True),
    field("in_error", Integer, required=True),
    household=None,
)

runs = Mapper(import_run, ImportRun)


def running(connection: Connection) -> ImportRun | None:
    """Return the import that was started and not finished, None when there is none."""
    found = runs.all(connection, import_run.c.state == RunState.RUNNING)
    return found[-1] if found else None


def last(connection: Connection) -> ImportRun | None:
    """Return the last import that was not undone."""
    found = runs.all(connection, import_run.c.state != RunState.UNDONE)
    return found[-1] if found else None
