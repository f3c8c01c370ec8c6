"""The grant of an agreement, followed action by action."""

from alembic import op

revision = "0025"
down_revision = "0023"


def upgrade() -> None:
    """Add the tables, empty."""
    op.execute(
        """
        CREATE TABLE grant_action (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            agreement_id TEXT NOT NULL,
            label TEXT NOT NULL,
            planned_cents INTEGER NOT NULL,
            PRIMARY KEY (id)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE grant_spending (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            action_id TEXT NOT NULL,
            spent_on DATE NOT NULL,
            spent_cents INTEGER NOT NULL,
            what TEXT NOT NULL,
            PRIMARY KEY (id)
        )
        """
    )


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    op.execute("DROP TABLE grant_spending")
    op.execute("DROP TABLE grant_action")
