"""Measures suspended for a time, and who else follows a household."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the tables, empty."""
    op.execute(
        """
        CREATE TABLE measure_suspension (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            household_id TEXT NOT NULL,
            measure_id TEXT NOT NULL,
            from_date DATE NOT NULL,
            to_date DATE,
            reason TEXT,
            PRIMARY KEY (id)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE follow_part (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            household_id TEXT NOT NULL,
            body TEXT NOT NULL,
            partner_id TEXT,
            part TEXT NOT NULL,
            person TEXT,
            leads BOOLEAN NOT NULL,
            starts_on DATE NOT NULL,
            ends_on DATE,
            shared TEXT,
            PRIMARY KEY (id)
        )
        """
    )
    for table, column in (
        ("measure_suspension", "household_id"),
        ("follow_part", "household_id"),
        ("follow_part", "partner_id"),
    ):
        op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})")


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    op.execute("DROP TABLE follow_part")
    op.execute("DROP TABLE measure_suspension")
