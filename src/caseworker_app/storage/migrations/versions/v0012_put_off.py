"""What a worker put off in « Ma semaine »."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the table, empty."""
    op.execute(
        """
        CREATE TABLE week_snooze (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            household_id TEXT NOT NULL,
            due_key TEXT NOT NULL,
            worker_id TEXT NOT NULL,
            until DATE NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (id)
        )
        """
    )
    op.execute("CREATE INDEX ix_week_snooze_household_id ON week_snooze (household_id)")
    op.execute("CREATE INDEX ix_week_snooze_due_key ON week_snooze (due_key)")


def downgrade() -> None:
    """Drop it with what it holds; the changesets keep it."""
    op.execute("DROP TABLE week_snooze")
