"""What households were before they were merged or separated, and quick ways to whole transactions."""

from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = (
    """
    CREATE TABLE former_household (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        former_id TEXT NOT NULL,
        reference TEXT NOT NULL,
        name TEXT NOT NULL,
        merged_on DATE NOT NULL,
        note TEXT,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_former_household_household_id ON former_household (household_id)",
    "CREATE INDEX ix_former_household_reference ON former_household (reference)",
    """
    CREATE TABLE household_separation (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        other_id TEXT,
        separated_on DATE NOT NULL,
        note TEXT,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_household_separation_household_id ON household_separation (household_id)",
    "CREATE INDEX ix_household_separation_other_id ON household_separation (other_id)",
    "CREATE INDEX ix_changeset_transaction ON changeset (device_id, lamport)",
    "CREATE INDEX ix_changeset_undoes ON changeset (undoes) WHERE undoes IS NOT NULL",
)


def upgrade() -> None:
    """Create both tables, empty, and the indexes."""
    for statement in _TABLES:
        op.execute(statement)


def downgrade() -> None:
    """Drop them; what was merged stays merged, and its changesets stay."""
    op.execute("DROP INDEX ix_changeset_undoes")
    op.execute("DROP INDEX ix_changeset_transaction")
    op.execute("DROP TABLE household_separation")
    op.execute("DROP TABLE former_household")
