"""Appointments become the whole agenda: with or without a household, with a length, a journey, a repetition."""

from alembic import op

revision = "0017"
down_revision = "0016"

_BEFORE = (
    "id TEXT NOT NULL",
    "version TEXT NOT NULL",
    "household_id TEXT NOT NULL",
    "starts_at TEXT NOT NULL",
    "place TEXT",
    "purpose TEXT",
    "worker_id TEXT NOT NULL",
    "state TEXT NOT NULL",
    "made_in TEXT",
    "entry_id TEXT",
)
_ADDED = (
    "kind TEXT NOT NULL",
    "duration_minutes INTEGER",
    "all_day BOOLEAN NOT NULL",
    "travel_before_minutes INTEGER",
    "travel_after_minutes INTEGER",
    "bring TEXT",
    "participants TEXT",
    "series_id TEXT",
    "repeats TEXT",
    "outside_uid TEXT",
)
_KEPT = "id, version, household_id, starts_at, place, purpose, worker_id, state, made_in, entry_id"
_INDEXED = ("household_id", "starts_at", "made_in", "entry_id")
_INDEXED_SINCE = ("series_id", "outside_uid")


def upgrade() -> None:
    """Make the table anew, since SQLite cannot let a column be empty afterwards; every row is kept."""
    after = tuple("household_id TEXT" if each.startswith("household_id") else each for each in _BEFORE)
    _make_anew((*after, *_ADDED), f"{_KEPT}, kind, all_day", f"{_KEPT}, 'household', 0", "")
    _index((*_INDEXED, *_INDEXED_SINCE))


def downgrade() -> None:
    """Put the narrower table back; what has no household goes with it, and the changesets keep it."""
    _make_anew(_BEFORE, _KEPT, _KEPT, " WHERE household_id IS NOT NULL")
    _index(_INDEXED)


def _make_anew(columns: tuple[str, ...], names: str, values: str, where: str) -> None:
    op.execute(f"CREATE TABLE appointment_anew ({', '.join(columns)}, PRIMARY KEY (id))")
    op.execute(f"INSERT INTO appointment_anew ({names}) SELECT {values} FROM appointment{where}")
    op.execute("DROP TABLE appointment")
    op.execute("ALTER TABLE appointment_anew RENAME TO appointment")


def _index(names: tuple[str, ...]) -> None:
    for name in names:
        op.execute(f"CREATE INDEX ix_appointment_{name} ON appointment ({name})")
