"""What the list offers to filter by, and the counts of its tabs, are read from indexes.

The page asks for them each time it is opened. Each took a table read whole: with 55,000 households a fifth of a second
of the thread that reads, which whoever types waits for, and most of the pages it keeps in memory.
"""

from alembic import op

revision = "0033"
down_revision = "0029"

_INDEXES = {
    "ix_address_city": "address (city)",
    "ix_household_space_id": "household (space_id)",
    # Who is followed, and by whom: one household in ten of a large file.
    "ix_household_line_followed": (
        "household_line (lead_worker_id, measure_kind) WHERE measure_kind IS NOT NULL"
    ),
}


def upgrade() -> None:
    """Add the indexes."""
    for name, what in _INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {what}")


def downgrade() -> None:
    """Drop them."""
    for name in reversed(_INDEXES):
        op.execute(f"DROP INDEX {name}")
