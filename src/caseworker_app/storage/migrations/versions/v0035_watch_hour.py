"""The hour about which a veille calls or visits, in minutes from midnight; empty where no hour is agreed."""

from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Add the column, empty."""
    op.execute("ALTER TABLE watch ADD COLUMN at_minutes INTEGER")


def downgrade() -> None:
    """Drop it; the changesets keep what it held."""
    op.execute("ALTER TABLE watch DROP COLUMN at_minutes")
