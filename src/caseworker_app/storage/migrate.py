"""Brings a file from one revision to another, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from caseworker_app.storage import search_index
from caseworker_app.storage.revisions import HEAD


def upgrade(engine: Engine, revision: str = HEAD) -> None:
    """Bring the file up to `revision`, whole or not at all; at the head, a new search index is filled from the rows."""
    _run(engine, command.upgrade, revision)
    if revision == HEAD:
        _fill_search(engine)


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the file back to `revision` (« base »: nothing left), whole or not at all."""
    _run(engine, command.downgrade, revision)


def _run(engine: Engine, step: object, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        step(config, revision)  # type: ignore[operator]


def _fill_search(engine: Engine) -> None:
    with engine.begin() as connection:
        raw: Any = connection.connection.driver_connection
        if raw.execute("SELECT 1 FROM search_entry").fetchone() is None:
            search_index.rebuild(raw)
