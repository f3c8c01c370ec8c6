"""Requests of people about their data, corrections, restriction, copies handed over; a transmission to no landlord."""

from alembic import op

revision = "0010"
down_revision = "0009"

_TABLES = (
    """
    CREATE TABLE rights_request (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        member_id TEXT,
        asked_by TEXT,
        received_on DATE NOT NULL,
        identity_check TEXT,
        details TEXT,
        extended_on DATE,
        extension_reason TEXT,
        outcome TEXT,
        answered_on DATE,
        answer TEXT,
        refusal_reason TEXT,
        worker_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_rights_request_household_id ON rights_request (household_id)",
    """
    CREATE TABLE rights_correction (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        request_id TEXT NOT NULL,
        about TEXT NOT NULL,
        changeset_id TEXT,
        statement TEXT,
        made_on DATE NOT NULL,
        worker_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_rights_correction_household_id ON rights_correction (household_id)",
    "CREATE INDEX ix_rights_correction_request_id ON rights_correction (request_id)",
    """
    CREATE TABLE processing_restriction (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        request_id TEXT,
        reason TEXT NOT NULL,
        note TEXT,
        starts_on DATE NOT NULL,
        until DATE,
        told_on DATE,
        lifted_on DATE,
        worker_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_processing_restriction_household_id ON processing_restriction (household_id)",
    "CREATE INDEX ix_processing_restriction_request_id ON processing_restriction (request_id)",
    """
    CREATE TABLE data_disclosure (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        transmission_id TEXT NOT NULL,
        request_id TEXT,
        member_id TEXT,
        made_on DATE NOT NULL,
        passages INTEGER NOT NULL,
        reasons TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_data_disclosure_household_id ON data_disclosure (household_id)",
    "CREATE INDEX ix_data_disclosure_transmission_id ON data_disclosure (transmission_id)",
    "CREATE INDEX ix_data_disclosure_request_id ON data_disclosure (request_id)",
    "CREATE INDEX ix_data_disclosure_member_id ON data_disclosure (member_id)",
)

# SQLite changes no column in place: the register is made anew. {landlord}: whether a landlord is asked for.
_REGISTER = """
    CREATE TABLE transmission_anew (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        recipient_name TEXT NOT NULL,
        landlord_id TEXT{landlord},
        made_on DATE NOT NULL,
        worker_id TEXT NOT NULL,
        period_start DATE NOT NULL,
        period_end DATE NOT NULL,
        sha256 TEXT NOT NULL,
        pages INTEGER NOT NULL,
        topics TEXT NOT NULL,
        kept_hits TEXT NOT NULL,
        consent_ids TEXT NOT NULL,
        written_to TEXT NOT NULL,
        PRIMARY KEY (id)
    )
"""
_REFILL = """
    INSERT INTO transmission_anew (rowid, id, version, household_id, number, kind, recipient_name, landlord_id, made_on,
        worker_id, period_start, period_end, sha256, pages, topics, kept_hits, consent_ids, written_to)
    SELECT rowid, id, version, household_id, number, kind, recipient_name, {landlord}, made_on,
        worker_id, period_start, period_end, sha256, pages, topics, kept_hits, consent_ids, written_to
    FROM transmission
"""


def upgrade() -> None:
    """Add the tables, empty; a line of the register may have no landlord."""
    _remake_register("", "nullif(landlord_id, '')")
    for statement in _TABLES:
        op.execute(statement)


def downgrade() -> None:
    """Drop them with what they hold; lines without a landlord keep an empty one."""
    for name in ("data_disclosure", "processing_restriction", "rights_correction", "rights_request"):
        op.execute(f"DROP TABLE {name}")
    _remake_register(" NOT NULL", "ifnull(landlord_id, '')")


def _remake_register(asked_for: str, landlord: str) -> None:
    op.execute(_REGISTER.format(landlord=asked_for))
    op.execute(_REFILL.format(landlord=landlord))
    op.execute("DROP TABLE transmission")
    op.execute("ALTER TABLE transmission_anew RENAME TO transmission")
    op.execute("CREATE INDEX ix_transmission_household_id ON transmission (household_id)")
    op.execute("CREATE INDEX ix_transmission_number ON transmission (number)")
