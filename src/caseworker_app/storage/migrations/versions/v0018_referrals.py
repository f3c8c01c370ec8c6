"""Referrals received: who asks for support for a household, attempts, diagnosis, decision; delays of agreements."""

from alembic import op

revision = "0018"
down_revision = "0017"

_STATEMENTS = (
    "ALTER TABLE agreement ADD COLUMN contact_days INTEGER",
    "ALTER TABLE agreement ADD COLUMN decision_days INTEGER",
    """
    CREATE TABLE referral (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        number TEXT NOT NULL,
        received_on DATE NOT NULL,
        way TEXT NOT NULL,
        sender TEXT NOT NULL,
        landlord_id TEXT,
        partner_id TEXT,
        body TEXT NOT NULL,
        contact_name TEXT,
        contact_reach TEXT,
        their_reference TEXT,
        prescribed_on DATE,
        reasons TEXT NOT NULL,
        product TEXT NOT NULL,
        kind_code TEXT,
        agreement_id TEXT,
        urgency TEXT NOT NULL,
        agreed BOOLEAN,
        agreed_on DATE,
        worker_id TEXT NOT NULL,
        people TEXT,
        dwelling TEXT,
        lease_reference TEXT,
        lease_since DATE,
        rent_cents INTEGER,
        charges_cents INTEGER,
        benefit_cents INTEGER,
        balance_cents INTEGER,
        unpaid_since DATE,
        procedure TEXT,
        statement TEXT,
        steps_taken TEXT,
        answer_expected TEXT,
        contact_due_on DATE NOT NULL,
        decision_due_on DATE NOT NULL,
        decision TEXT,
        decided_on DATE,
        refusal_code TEXT,
        decision_reason TEXT,
        review_on DATE,
        measure_id TEXT,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_referral_household_id ON referral (household_id)",
    "CREATE INDEX ix_referral_measure_id ON referral (measure_id)",
    "CREATE INDEX ix_referral_received_on ON referral (received_on)",
    "CREATE INDEX ix_referral_worker_id ON referral (worker_id)",
    """
    CREATE TABLE referral_attempt (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        referral_id TEXT NOT NULL,
        held_on DATE NOT NULL,
        means TEXT NOT NULL,
        purpose TEXT NOT NULL,
        reached BOOLEAN NOT NULL,
        note TEXT,
        worker_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_referral_attempt_household_id ON referral_attempt (household_id)",
    "CREATE INDEX ix_referral_attempt_referral_id ON referral_attempt (referral_id)",
    """
    CREATE TABLE referral_diagnosis (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        household_id TEXT NOT NULL,
        referral_id TEXT NOT NULL,
        prescribed_on DATE NOT NULL,
        prescribed_by TEXT,
        family TEXT,
        rights TEXT,
        resources TEXT,
        health TEXT,
        path TEXT,
        home TEXT,
        autonomy TEXT,
        steps TEXT,
        needs TEXT,
        sought_home TEXT,
        criteria TEXT,
        motive TEXT,
        household_view TEXT,
        conclusion TEXT,
        kind_code TEXT,
        intensity TEXT,
        months INTEGER,
        elsewhere TEXT,
        no_measure_code TEXT,
        concluded_on DATE,
        worker_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_referral_diagnosis_household_id ON referral_diagnosis (household_id)",
    "CREATE INDEX ix_referral_diagnosis_referral_id ON referral_diagnosis (referral_id)",
)
_BACK = (
    "DROP TABLE referral_diagnosis",
    "DROP TABLE referral_attempt",
    "DROP TABLE referral",
    "ALTER TABLE agreement DROP COLUMN decision_days",
    "ALTER TABLE agreement DROP COLUMN contact_days",
)


def upgrade() -> None:
    """Add the tables, empty, and the delays of agreements, none."""
    for statement in _STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them with what they hold; the changesets keep it."""
    for statement in _BACK:
        op.execute(statement)
