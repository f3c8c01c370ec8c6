"""Attachments of households, and the note of each copy that was taken out."""

from alembic import op

revision = "0008"
down_revision = "0007"

_STATEMENTS = (
    """
    CREATE TABLE attachment (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        caption TEXT,
        dated_on DATE,
        shareable BOOLEAN NOT NULL,
        metadata_kept BOOLEAN NOT NULL,
        added_on DATE NOT NULL,
        worker_id TEXT NOT NULL,
        entry_id TEXT,
        place TEXT,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_attachment_household_id ON attachment (household_id)",
    "CREATE INDEX ix_attachment_entry_id ON attachment (entry_id)",
    "CREATE INDEX ix_attachment_content_hash ON attachment (content_hash)",
    """
    CREATE TABLE attachment_copy (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        attachment_id TEXT NOT NULL,
        name TEXT NOT NULL,
        made_at TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_attachment_copy_household_id ON attachment_copy (household_id)",
    "CREATE INDEX ix_change_attachment ON change (row_id) WHERE table_name = 'attachment'",
)


def upgrade() -> None:
    """Add both tables, empty, and the index of what undoing may ask for."""
    for statement in _STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them with what they hold; the changesets and the contents keep it."""
    op.execute("DROP INDEX ix_change_attachment")
    op.execute("DROP TABLE attachment_copy")
    op.execute("DROP TABLE attachment")
