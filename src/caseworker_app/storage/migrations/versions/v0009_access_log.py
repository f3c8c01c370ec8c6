"""The log of accesses: its lines, and the checkpoints that close its days."""

from alembic import op

revision = "0009"
down_revision = "0008"

_STATEMENTS = (
    """
    CREATE TABLE access_line (
        number INTEGER NOT NULL,
        made_at TEXT NOT NULL,
        device_id TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        household_id TEXT,
        detail TEXT NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (number)
    )
    """,
    "CREATE INDEX ix_access_line_household ON access_line (household_id)",
    """
    CREATE TABLE access_checkpoint (
        number INTEGER NOT NULL,
        day TEXT NOT NULL,
        line_hash BLOB NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (number)
    )
    """,
)


def upgrade() -> None:
    """Add both tables, empty."""
    for statement in _STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them with what they hold, and where the chain ended."""
    op.execute("DROP TABLE access_checkpoint")
    op.execute("DROP TABLE access_line")
    op.execute("DELETE FROM local_state WHERE key = 'access_end'")
