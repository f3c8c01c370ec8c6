"""The association's picture, at the head of its letters."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column, empty: initials head the letters until somebody chooses a picture."""
    op.execute("ALTER TABLE association ADD COLUMN logo TEXT")


def downgrade() -> None:
    """Drop it: initials again."""
    op.execute("ALTER TABLE association DROP COLUMN logo")
