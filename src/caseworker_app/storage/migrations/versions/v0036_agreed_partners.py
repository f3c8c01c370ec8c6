"""An agreement to share keeps the partner of the directory it was given for, whatever that partner is called later.

Those written before keep a name alone, and are found by it.
"""

from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Add the column."""
    op.execute("ALTER TABLE consent ADD COLUMN partner_id TEXT")


def downgrade() -> None:
    """Drop it: agreements are found by name again."""
    op.execute("ALTER TABLE consent DROP COLUMN partner_id")
