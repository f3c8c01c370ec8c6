"""Households sent to partners."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the table, empty."""
    op.execute(
        """
        CREATE TABLE orientation (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            household_id TEXT NOT NULL,
            partner_id TEXT NOT NULL,
            member_id TEXT,
            consent_id TEXT,
            theme TEXT,
            reason TEXT NOT NULL,
            proposed_on DATE NOT NULL,
            meeting_on DATE,
            answer_due_on DATE NOT NULL,
            answer TEXT,
            answered_on DATE,
            result TEXT,
            ended_on DATE,
            worker_id TEXT NOT NULL,
            PRIMARY KEY (id)
        )
        """
    )
    for name in ("household_id", "partner_id", "member_id", "consent_id"):
        op.execute(f"CREATE INDEX ix_orientation_{name} ON orientation ({name})")


def downgrade() -> None:
    """Drop it with what it holds; the changesets keep it."""
    op.execute("DROP TABLE orientation")
