"""Rules of agreements, the dwellings each reserves, its call for projects; measures handed over from a day."""

from alembic import op

revision = "0028"
down_revision = "0027"

_TABLES = (
    """
    CREATE TABLE agreement_rule (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        agreement_id TEXT NOT NULL,
        starts_on DATE NOT NULL,
        ends_on DATE,
        first_months INTEGER,
        longest_months INTEGER,
        renewals INTEGER,
        renewal_months INTEGER,
        visit_days INTEGER,
        exit_reasons TEXT,
        indicators TEXT,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE reserved_dwelling (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        agreement_id TEXT NOT NULL,
        dwelling_id TEXT NOT NULL,
        starts_on DATE NOT NULL,
        ends_on DATE,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE measure_relay (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        measure_id TEXT NOT NULL,
        from_date DATE NOT NULL,
        worker_id TEXT NOT NULL,
        before_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
)


def upgrade() -> None:
    """Add the tables, empty, and the column."""
    for statement in _TABLES:
        op.execute(statement)
    for table, column in (
        ("agreement_rule", "agreement_id"),
        ("reserved_dwelling", "agreement_id"),
        ("measure_relay", "household_id"),
        ("measure_relay", "worker_id"),
    ):
        op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})")
    op.execute("ALTER TABLE agreement ADD COLUMN call_for_projects TEXT")


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    op.execute("ALTER TABLE agreement DROP COLUMN call_for_projects")
    for table in ("measure_relay", "reserved_dwelling", "agreement_rule"):
        op.execute(f"DROP TABLE {table}")
