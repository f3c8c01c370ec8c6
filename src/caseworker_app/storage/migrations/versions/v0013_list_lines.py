"""The list of households in one narrow table, in the order of names, kept true by triggers: what its filters and
orders look at.
"""

from alembic import op

revision = "0013"
down_revision = "0012"

_TABLE = """
    CREATE TABLE household_line (
        sort_name TEXT NOT NULL,
        household_id TEXT NOT NULL,
        reference TEXT,
        protected BOOLEAN,
        space_id TEXT,
        city TEXT,
        landlord_id TEXT,
        street TEXT,
        owed_cents INTEGER,
        phone TEXT,
        contact_at TEXT,
        measure_kind TEXT,
        measure_from DATE,
        measure_until DATE,
        lead_worker_id TEXT,
        from_day DATE NOT NULL,
        until_day DATE NOT NULL,
        PRIMARY KEY (sort_name, household_id)
    ) WITHOUT ROWID
"""
_INDEXES = (
    "CREATE UNIQUE INDEX ix_household_line_household_id ON household_line (household_id)",
    "CREATE INDEX ix_household_line_from_day ON household_line (from_day)",
    "CREATE INDEX ix_household_line_until_day ON household_line (until_day)",
)
_ALL_MARKED = (
    "INSERT INTO household_line (sort_name, household_id, from_day, until_day)"
    " SELECT sort_name, id, '', '' FROM household"
)
_MARK = "UPDATE household_line SET until_day = '' WHERE until_day <> '' AND household_id"
_OF_A_HOUSEHOLD = ("address", "contact", "lease", "rent_entry", "support_measure", "diary_entry")
_OF_ITS_HOME = "IN (SELECT household_id FROM lease WHERE dwelling_id = OLD.id)"
_TRIGGERS = {
    "household_line_added": (
        "AFTER INSERT ON household BEGIN"
        " INSERT INTO household_line (sort_name, household_id, from_day, until_day)"
        " VALUES (NEW.sort_name, NEW.id, '', ''); END"
    ),
    "household_line_changed": f"AFTER UPDATE ON household BEGIN {_MARK} = NEW.id; END",
    "household_line_removed": (
        "AFTER DELETE ON household BEGIN DELETE FROM household_line WHERE household_id = OLD.id; END"
    ),
    "household_line_dwelling_changed": f"AFTER UPDATE ON dwelling BEGIN {_MARK} {_OF_ITS_HOME}; END",
    "household_line_dwelling_removed": f"AFTER DELETE ON dwelling BEGIN {_MARK} {_OF_ITS_HOME}; END",
    **{
        f"household_line_{table}_added": f"AFTER INSERT ON {table} BEGIN {_MARK} = NEW.household_id; END"
        for table in _OF_A_HOUSEHOLD
    },
    **{
        f"household_line_{table}_changed": (
            f"AFTER UPDATE ON {table} BEGIN {_MARK} IN (OLD.household_id, NEW.household_id); END"
        )
        for table in _OF_A_HOUSEHOLD
    },
    **{
        f"household_line_{table}_removed": f"AFTER DELETE ON {table} BEGIN {_MARK} = OLD.household_id; END"
        for table in _OF_A_HOUSEHOLD
    },
}


def upgrade() -> None:
    """Make the table with a line for every household, each marked: `migrate.upgrade` makes them true."""
    for statement in (_TABLE, *_INDEXES, _ALL_MARKED):
        op.execute(statement)
    for name, words in _TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {words}")


def downgrade() -> None:
    """Drop it; the rows say everything it does."""
    for name in _TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP TABLE household_line")
