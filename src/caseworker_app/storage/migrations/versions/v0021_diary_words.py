"""The way to a meeting, and the words of the association: sentences it reuses, spelling, words of the second check."""

from alembic import op

revision = "0021"
down_revision = "0019"

_TABLES = {
    "reused_sentence": "category TEXT NOT NULL, text TEXT NOT NULL",
    "spelling_word": "word TEXT NOT NULL, added_on DATE NOT NULL, worker_id TEXT NOT NULL",
    "check_word": (
        "phrase TEXT NOT NULL, kind TEXT NOT NULL, harmless BOOLEAN NOT NULL, "
        "reason TEXT NOT NULL, added_on DATE NOT NULL, worker_id TEXT NOT NULL"
    ),
}
_TRAVEL = ("travel_minutes", "travel_metres")


def upgrade() -> None:
    """Add the columns, of which nothing is known yet, and the tables, empty."""
    for column in _TRAVEL:
        op.execute(f"ALTER TABLE diary_entry ADD COLUMN {column} INTEGER")
    for name, columns in _TABLES.items():
        op.execute(
            f"CREATE TABLE {name} (id TEXT NOT NULL, version TEXT NOT NULL, {columns}, PRIMARY KEY (id))"
        )


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    for name in _TABLES:
        op.execute(f"DROP TABLE {name}")
    for column in _TRAVEL:
        op.execute(f"ALTER TABLE diary_entry DROP COLUMN {column}")
