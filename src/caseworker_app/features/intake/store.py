"""Imports made or under way: what the room remembers between two runs of the program."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Date, Integer, Row, Text, select

from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.profile import Profile, read_columns
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
    field("choices", Text, required=True, identifying=True),
    field("rows", Integer, required=True),
    field("done_row", Integer, required=True),
    field("created", Integer, required=True),
    field("merged", Integer, required=True),
    field("skipped", Integer, required=True),
    field("in_error", Integer, required=True),
    household=None,
)

import_profile = declare(
    "import_profile",
    field("name", Text, required=True),
    field("fingerprint", Text, required=True),
    field("kind", Text, required=True),
    field("columns", Text, required=True),
    field("used_on", Date),
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


def latest(connection: Connection, most: int) -> list[ImportRun]:
    """Return the last imports, undone ones too, newest first."""
    return runs.all(connection, order_by=(import_run.c.started_at.desc(), import_run.c.id.desc()))[:most]


def profiles(connection: Connection) -> list[Profile]:
    """Return the profiles remembered, the last used first."""
    c = import_profile.c
    query = _PROFILES.order_by(c.used_on.desc(), c.id.desc())
    return [_profile(row) for row in connection.execute(query)]


def profile_of(connection: Connection, fingerprint: str) -> Profile | None:
    """Return the profile remembered for a shape of file, None when there is none."""
    row = connection.execute(_PROFILES.where(import_profile.c.fingerprint == fingerprint)).first()
    return None if row is None else _profile(row)


_PROFILES = select(
    *(
        import_profile.c[name]
        for name in ("id", "version", "name", "fingerprint", "kind", "columns", "used_on")
    )
)


def _profile(row: Row[Any]) -> Profile:
    profile_id, version, name, fingerprint, kind, columns, used_on = tuple(row)
    return Profile(profile_id, version, name, fingerprint, ListKind(kind), read_columns(columns), used_on)
