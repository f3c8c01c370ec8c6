"""Tables of the referrals room and the only SQL on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Integer, Text

from caseworker_app.features.referrals.domain.following import Attempt, Conclusion, Diagnosis
from caseworker_app.features.referrals.domain.listed import ReferralLine
from caseworker_app.features.referrals.domain.referral import Decision, Product, Referral, Sender, Urgency
from caseworker_app.features.referrals.domain.stages import Progress
from caseworker_app.storage.declarations import Counted, Merge, OnAnonymisation, SearchKind, declare, field
from caseworker_app.storage.rows import Mapper

_BOTH, _CODE = Merge.KEEP_BOTH, Counted.CODE


def _words(name: str, **more: Any) -> Any:
    return field(name, Text, merge=_BOTH, internal=True, identifying=True, **more)


referral = declare(
    "referral",
    field("number", Text, required=True, own=True, search=SearchKind.REFERENCE),
    field("received_on", Date, required=True),
    field("way", Text, required=True, counted=_CODE),
    field("sender", Text, required=True, counted=_CODE),
    field("landlord_id", Text, references="landlord"),
    field("partner_id", Text, references="partner"),
    field("body", Text, required=True, identifying=True),
    field("contact_name", Text, identifying=True, third_person=True),
    field("contact_reach", Text, identifying=True, third_person=True),
    field("their_reference", Text, identifying=True),
    field("prescribed_on", Date),
    field("reasons", Text, required=True),
    field("product", Text, required=True, counted=_CODE),
    field("kind_code", Text, counted=_CODE),
    field("agreement_id", Text, references="agreement"),
    field("urgency", Text, required=True, counted=_CODE),
    field("agreed", Boolean),
    field("agreed_on", Date),
    field("worker_id", Text, required=True, references="worker"),
    _words("people"),
    _words("dwelling"),
    field("lease_reference", Text, identifying=True),
    field("lease_since", Date),
    field("rent_cents", Integer),
    field("charges_cents", Integer),
    field("benefit_cents", Integer),
    field("balance_cents", Integer),
    field("unpaid_since", Date),
    field("procedure", Text, internal=True, identifying=True),
    _words("statement", search=SearchKind.TEXT),
    _words("steps_taken", search=SearchKind.TEXT),
    field("answer_expected", Text, internal=True, identifying=True),
    field("contact_due_on", Date, required=True),
    field("decision_due_on", Date, required=True),
    field("decision", Text, counted=_CODE),
    field("decided_on", Date),
    field("refusal_code", Text, counted=_CODE),
    _words("decision_reason", search=SearchKind.TEXT),
    field("review_on", Date),
    field("measure_id", Text, references="support_measure"),
    field("watch_id", Text, references="watch"),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
    indexes=("received_on", "worker_id", "measure_id"),
)

attempt = declare(
    "referral_attempt",
    field("referral_id", Text, required=True, references="referral"),
    field("held_on", Date, required=True),
    field("means", Text, required=True, counted=_CODE),
    field("purpose", Text, required=True, counted=_CODE),
    field("reached", Boolean, required=True),
    _words("note", search=SearchKind.TEXT),
    field("worker_id", Text, required=True, references="worker"),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
    indexes=("referral_id",),
)

diagnosis = declare(
    "referral_diagnosis",
    field("referral_id", Text, required=True, references="referral"),
    field("prescribed_on", Date, required=True),
    field("prescribed_by", Text, identifying=True, third_person=True),
    _words("family", search=SearchKind.TEXT),
    _words("rights", search=SearchKind.TEXT),
    _words("resources", search=SearchKind.TEXT),
    _words("health", search=SearchKind.TEXT),
    _words("path", search=SearchKind.TEXT),
    _words("home", search=SearchKind.TEXT),
    _words("autonomy", search=SearchKind.TEXT),
    _words("steps", search=SearchKind.TEXT),
    _words("needs", search=SearchKind.TEXT),
    _words("sought_home", search=SearchKind.TEXT),
    _words("criteria", search=SearchKind.TEXT),
    _words("motive", search=SearchKind.TEXT),
    _words("household_view", search=SearchKind.TEXT),
    field("conclusion", Text, counted=_CODE),
    field("kind_code", Text, counted=_CODE),
    field("intensity", Text, counted=_CODE),
    field("months", Integer),
    field("elsewhere", Text, internal=True, identifying=True),
    field("no_measure_code", Text, counted=_CODE),
    field("concluded_on", Date),
    field("worker_id", Text, required=True, references="worker"),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
    indexes=("referral_id",),
)

referrals = Mapper(referral, Referral)
attempts = Mapper(attempt, Attempt)
diagnoses = Mapper(diagnosis, Diagnosis)

_OF = referrals.lookup("household_id", order_by=(referral.c.received_on.desc(), referral.c.id.desc()))
_ATTEMPTS = attempts.lookup("referral_id", order_by=(attempt.c.held_on, attempt.c.id))
_DIAGNOSES = diagnoses.lookup("referral_id")

# Everything a line of the page says, in one statement: households archived for their retention are left out.
_LINES = """
    SELECT r.id, r.household_id, h.name, h.sort_name, h.protected, r.number, r.body, r.sender, r.reasons, r.product,
        r.urgency, r.worker_id, r.agreement_id, r.landlord_id, r.received_on, coalesce(r.prescribed_on, r.received_on),
        r.contact_due_on, r.decision_due_on, r.decision, r.decided_on, r.review_on,
        r.measure_id IS NOT NULL OR r.watch_id IS NOT NULL,
        (SELECT min(held_on) FROM referral_attempt a WHERE a.referral_id = r.id AND a.reached),
        (SELECT count(*) FROM referral_attempt a WHERE a.referral_id = r.id),
        d.prescribed_on, d.conclusion, d.concluded_on, h.reference
    FROM referral r JOIN household h ON h.id = r.household_id AND h.archived_on IS NULL AND h.anonymised_on IS NULL
        LEFT JOIN referral_diagnosis d ON d.referral_id = r.id
    ORDER BY r.received_on DESC, r.id DESC"""


def referrals_of(connection: Connection, household_id: str) -> list[Referral]:
    """Return the referrals of a household, newest first."""
    return _OF(connection, household_id)


def undecided_under(connection: Connection, agreement_id: str) -> list[Referral]:
    """Return the referrals of an agreement that wait for their decision, oldest first."""
    c = referral.c
    conditions = (c.agreement_id == agreement_id, c.decision.is_(None))
    return referrals.all(connection, *conditions, order_by=(c.received_on, c.id))


def attempts_of(connection: Connection, referral_id: str) -> list[Attempt]:
    """Return the attempts and interviews of a referral, oldest first."""
    return _ATTEMPTS(connection, referral_id)


def diagnosis_of(connection: Connection, referral_id: str) -> Diagnosis | None:
    """Return the diagnosis of a referral, None without one."""
    return next(iter(_DIAGNOSES(connection, referral_id)), None)


def lines(connection: Connection) -> Iterable[ReferralLine]:
    """Yield a line for every referral of the households of the list, newest first."""
    raw: Any = connection.connection.driver_connection
    for row in raw.execute(_LINES):
        yield _line(row)


def _line(row: Any) -> ReferralLine:
    received, since, contact, decide = (date.fromisoformat(row[place]) for place in (14, 15, 16, 17))
    progress = Progress(
        received,
        since,
        contact,
        decide,
        reached_on=_day(row[22]),
        attempts=row[23],
        diagnosis_on=_day(row[24]),
        conclusion=None if row[25] is None else Conclusion(row[25]),
        concluded_on=_day(row[26]),
        decision=None if row[18] is None else Decision(row[18]),
        decided_on=_day(row[19]),
        review_on=_day(row[20]),
        opened=bool(row[21]),
    )
    return ReferralLine(
        id=row[0],
        household_id=row[1],
        household=row[2],
        sort_name=row[3],
        protected=bool(row[4]),
        number=row[5],
        body=row[6],
        sender=Sender(row[7]),
        reasons=tuple(row[8].split()),
        product=Product(row[9]),
        urgency=Urgency(row[10]),
        worker_id=row[11],
        agreement_id=row[12],
        landlord_id=row[13],
        progress=progress,
        reference=row[27],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
