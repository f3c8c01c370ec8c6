"""Procedures of households, what was noted of their papers, and the association's own lists of papers."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the tables, empty: lists are the program's own until one is edited."""
    op.execute(
        """
        CREATE TABLE checklist_edition (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            checklist TEXT NOT NULL,
            starts_on DATE NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (id)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE procedure (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            household_id TEXT NOT NULL,
            checklist TEXT NOT NULL,
            label TEXT NOT NULL,
            edition_id TEXT,
            listed_on DATE NOT NULL,
            started_on DATE NOT NULL,
            due_on DATE,
            filed_on DATE,
            ended_on DATE,
            note TEXT,
            worker_id TEXT NOT NULL,
            PRIMARY KEY (id)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE procedure_paper (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            household_id TEXT NOT NULL,
            procedure_id TEXT NOT NULL,
            paper TEXT NOT NULL,
            member_id TEXT,
            state TEXT NOT NULL,
            attachment_id TEXT,
            dated_on DATE,
            until DATE,
            noted_on DATE NOT NULL,
            worker_id TEXT NOT NULL,
            PRIMARY KEY (id)
        )
        """
    )
    op.execute("CREATE INDEX ix_procedure_household_id ON procedure (household_id)")
    for name in ("household_id", "procedure_id", "attachment_id"):
        op.execute(f"CREATE INDEX ix_procedure_paper_{name} ON procedure_paper ({name})")


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    for table in ("procedure_paper", "procedure", "checklist_edition"):
        op.execute(f"DROP TABLE {table}")
