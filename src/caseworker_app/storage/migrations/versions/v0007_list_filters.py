"""Filters a worker keeps, how they like the list, and the register of what was exported."""

from alembic import op

revision = "0007"
down_revision = "0006"

_TABLES = (
    """
    CREATE TABLE saved_filter (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        name TEXT NOT NULL,
        content TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_saved_filter_worker_id ON saved_filter (worker_id)",
    """
    CREATE TABLE list_preference (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        opening TEXT,
        columns TEXT,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_list_preference_worker_id ON list_preference (worker_id)",
    """
    CREATE TABLE list_export (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        made_at TEXT NOT NULL,
        format TEXT NOT NULL,
        columns TEXT NOT NULL,
        households INTEGER NOT NULL,
        left_out INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
)


def upgrade() -> None:
    """Add the three tables, empty."""
    for statement in _TABLES:
        op.execute(statement)


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    for name in ("list_export", "list_preference", "saved_filter"):
        op.execute(f"DROP TABLE {name}")
