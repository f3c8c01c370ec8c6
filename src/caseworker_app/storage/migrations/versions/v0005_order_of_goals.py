"""The order people give to goals, and why a goal was abandoned."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add both columns, empty: goals keep the order of their opening until someone moves them."""
    op.execute("ALTER TABLE goal ADD COLUMN position INTEGER")
    op.execute("ALTER TABLE goal ADD COLUMN closing_reason TEXT")


def downgrade() -> None:
    """Drop them: goals are in the order of their opening again."""
    op.execute("ALTER TABLE goal DROP COLUMN closing_reason")
    op.execute("ALTER TABLE goal DROP COLUMN position")
