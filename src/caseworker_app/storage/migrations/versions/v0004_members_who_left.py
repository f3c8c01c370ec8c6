"""The day a member left the household: who lived there stays in its file."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; everybody known is there."""
    op.execute("ALTER TABLE household_member ADD COLUMN left_on DATE")


def downgrade() -> None:
    """Drop it: those who left are members again."""
    op.execute("ALTER TABLE household_member DROP COLUMN left_on")
