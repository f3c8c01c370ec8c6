"""Entries of the diary given to a colleague to read: who was asked, and what was answered."""

from alembic import op

revision = "0034"
down_revision = "0033"

_INDEXES = {
    "ix_report_review_household_id": "household_id",
    "ix_report_review_entry_id": "entry_id",
    "ix_report_review_reader_id_decision": "reader_id, decision",
    "ix_report_review_asked_by_decision": "asked_by, decision",
}


def upgrade() -> None:
    """Add the table, empty."""
    op.execute(
        """
        CREATE TABLE report_review (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            household_id TEXT NOT NULL,
            entry_id TEXT NOT NULL,
            asked_by TEXT NOT NULL,
            asked_on DATE NOT NULL,
            reader_id TEXT NOT NULL,
            word TEXT,
            decision TEXT,
            decided_on DATE,
            comment TEXT,
            closed_on DATE,
            PRIMARY KEY (id)
        )
        """
    )
    for name, columns in _INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON report_review ({columns})")


def downgrade() -> None:
    """Drop it with what it holds; the changesets keep it."""
    op.execute("DROP TABLE report_review")
