"""The isolation scheme (« veille »): calls and visits on a rhythm without a measure, and the referrals they answer."""

from alembic import op

revision = "0026"
down_revision = "0025"

_STATEMENTS = (
    "ALTER TABLE referral ADD COLUMN watch_id TEXT",
    """
    CREATE TABLE watch (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        way TEXT NOT NULL,
        starts_on DATE NOT NULL,
        every INTEGER NOT NULL,
        unit TEXT NOT NULL,
        weekday INTEGER,
        until DATE,
        worker_id TEXT NOT NULL,
        origin TEXT NOT NULL,
        landlord_id TEXT,
        reason TEXT,
        instructions TEXT,
        near_name TEXT,
        near_phone TEXT,
        near_link TEXT,
        near_safe BOOLEAN NOT NULL,
        near_instructions TEXT,
        ended_on DATE,
        end_code TEXT,
        end_note TEXT,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_watch_household_id ON watch (household_id)",
    "CREATE INDEX ix_watch_worker_id ON watch (worker_id)",
    """
    CREATE TABLE watch_contact (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        watch_id TEXT NOT NULL,
        entry_id TEXT NOT NULL,
        held_on DATE NOT NULL,
        way TEXT NOT NULL,
        outcome TEXT NOT NULL,
        asked TEXT,
        done TEXT,
        again_on DATE,
        worker_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_watch_contact_entry_id ON watch_contact (entry_id)",
    "CREATE INDEX ix_watch_contact_household_id ON watch_contact (household_id)",
    "CREATE INDEX ix_watch_contact_watch_id_held_on ON watch_contact (watch_id, held_on)",
)
_BACK = (
    "DROP TABLE watch_contact",
    "DROP TABLE watch",
    "ALTER TABLE referral DROP COLUMN watch_id",
)


def upgrade() -> None:
    """Add the tables, empty, and what a referral led to, nothing."""
    for statement in _STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    for statement in _BACK:
        op.execute(statement)
