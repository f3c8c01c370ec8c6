"""Meetings of those who follow a household, and what was decided there, by whom and by when."""

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Add the tables, empty."""
    op.execute(
        """
        CREATE TABLE follow_meeting (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            household_id TEXT NOT NULL,
            held_on DATE NOT NULL,
            place TEXT,
            present TEXT NOT NULL,
            decided TEXT,
            PRIMARY KEY (id)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE meeting_task (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            household_id TEXT NOT NULL,
            meeting_id TEXT NOT NULL,
            part_id TEXT,
            what TEXT NOT NULL,
            due_on DATE NOT NULL,
            done_on DATE,
            PRIMARY KEY (id)
        )
        """
    )
    for table, column in (
        ("follow_meeting", "household_id"),
        ("meeting_task", "household_id"),
        ("meeting_task", "meeting_id"),
    ):
        op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})")


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    op.execute("DROP TABLE meeting_task")
    op.execute("DROP TABLE follow_meeting")
