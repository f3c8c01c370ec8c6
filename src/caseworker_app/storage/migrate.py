"""Brings a file from one revision to another, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from caseworker_app.kernel.clock import Clock, SystemClock, today
from caseworker_app.storage import search_index
from caseworker_app.storage.revisions import HEAD
from caseworker_app.storage.summaries import refresh_summaries


def upgrade(engine: Engine, revision: str = HEAD, clock: Clock | None = None) -> None:
    """Bring the file up to `revision`, whole or not at all; at the head, what is new and repeats rows is filled
    from these: the search index, the summaries.

    All of it is one transaction: a file at the head whose index was left empty would never be looked at again.
    """
    with engine.begin() as connection:
        _run(connection, command.upgrade, revision)
        if revision == HEAD:
            raw: Any = connection.connection.driver_connection
            _fill_search(raw)
            refresh_summaries(raw, today(clock or SystemClock()))


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the file back to `revision` (« base »: nothing left), whole or not at all."""
    with engine.begin() as connection:
        _run(connection, command.downgrade, revision)


def _run(connection: Connection, step: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    step(config, revision)


def _fill_search(raw: Any) -> None:
    if raw.execute("SELECT 1 FROM search_entry").fetchone() is None:
        search_index.rebuild(raw)
