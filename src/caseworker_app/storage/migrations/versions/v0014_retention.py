"""How long households are kept: those archived or anonymised, what was decided, what was erased, the delays."""

from alembic import op

revision = "0014"
down_revision = "0013"

_STATEMENTS = (
    "ALTER TABLE household ADD COLUMN archived_on DATE",
    "ALTER TABLE household ADD COLUMN anonymised_on DATE",
    "CREATE INDEX ix_household_listed ON household (sort_name) WHERE archived_on IS NULL",
    "CREATE INDEX ix_household_archived ON household (archived_on) WHERE archived_on IS NOT NULL",
    """
    CREATE TABLE retention_choice (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        decided_for TEXT NOT NULL,
        kind TEXT NOT NULL,
        until DATE,
        reason TEXT NOT NULL,
        decided_on DATE NOT NULL,
        worker_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_retention_choice_household_id ON retention_choice (household_id)",
    """
    CREATE TABLE erasure_record (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        kind TEXT NOT NULL,
        made_at TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        ground TEXT NOT NULL,
        households INTEGER NOT NULL,
        erased_rows INTEGER NOT NULL,
        backups_until DATE NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE retention_delay (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        code TEXT NOT NULL,
        value INTEGER NOT NULL,
        starts_on DATE NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
)
_BACK = (
    "DROP TABLE retention_delay",
    "DROP TABLE erasure_record",
    "DROP TABLE retention_choice",
    "DROP INDEX ix_household_archived",
    "DROP INDEX ix_household_listed",
    "ALTER TABLE household DROP COLUMN anonymised_on",
    "ALTER TABLE household DROP COLUMN archived_on",
)


def upgrade() -> None:
    """Add the columns and the tables; nobody is archived."""
    for statement in _STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them: those archived are in the list again."""
    for statement in _BACK:
        op.execute(statement)
