"""What a joint review said, the landlord's answer, the way to a lease in the household's name, evictions."""

from alembic import op

revision = "0006"
down_revision = "0005"

_COLUMNS = (
    ("lease", "deposit_cents", "INTEGER"),
    ("sliding_lease", "application_number", "TEXT"),
    ("sliding_lease", "application_renewed_on", "DATE"),
    ("sliding_lease", "caleol_on", "DATE"),
    ("sliding_lease", "caleol_outcome", "TEXT"),
    ("sliding_lease", "new_lease_id", "TEXT"),
    ("examination_period", "landlord_answer", "TEXT"),
    ("examination_period", "landlord_reasons", "TEXT"),
    ("joint_review", "conclusion", "TEXT"),
)
_TABLES = (
    """
    CREATE TABLE review_criterion (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        joint_review_id TEXT NOT NULL,
        criterion TEXT NOT NULL,
        by_landlord TEXT,
        by_household TEXT,
        by_association TEXT,
        remark TEXT,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_review_criterion_household_id ON review_criterion (household_id)",
    """
    CREATE TABLE eviction_step (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        lease_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        happened_on DATE NOT NULL,
        until DATE,
        note TEXT,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_eviction_step_household_id ON eviction_step (household_id)",
)


def upgrade() -> None:
    """Add the columns, and both tables, empty."""
    for table, column, kind in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    for statement in _TABLES:
        op.execute(statement)


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    op.execute("DROP TABLE eviction_step")
    op.execute("DROP TABLE review_criterion")
    for table, column, _ in reversed(_COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
