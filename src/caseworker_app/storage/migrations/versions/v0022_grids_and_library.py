"""The association's own versions of the autonomy grid, its library of goals, and what a goal also says."""

from alembic import op

revision = "0022"
down_revision = "0021"

_COLUMNS = (
    ("autonomy_evaluation", "grid_edition_id", "TEXT"),
    ("goal", "indicator", "TEXT"),
    ("goal", "on_hold_until", "DATE"),
    ("goal", "hold_reason", "TEXT"),
)


def upgrade() -> None:
    """Add the tables and the columns, empty: evaluations are on the program's own grid until it is edited."""
    op.execute(
        """
        CREATE TABLE grid_edition (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            code TEXT NOT NULL,
            starts_on DATE NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (id)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE goal_model (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            title TEXT NOT NULL,
            domain TEXT NOT NULL,
            housing BOOLEAN NOT NULL,
            indicator TEXT,
            months INTEGER,
            steps TEXT NOT NULL,
            origin TEXT,
            retired BOOLEAN NOT NULL,
            PRIMARY KEY (id)
        )
        """
    )
    for table, column, kind in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    for table, column, _kind in reversed(_COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    op.execute("DROP TABLE goal_model")
    op.execute("DROP TABLE grid_edition")
