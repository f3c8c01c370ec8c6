"""A referral (« demande d’accompagnement »): who asks for what, for which household, why, and what was given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from caseworker_app.kernel.entries import optional_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry

# Characters.
MAX_LINE = 200
# Cents: more is a slip of the comma.
MAX_CENTS = 10_000_000
OLDEST = date(2000, 1, 1)


class Way(StrEnum):
    """By which way a referral came, or somebody was reached."""

    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    PLATFORM = "platform"
    MEETING = "meeting"
    LIST = "list"
    OTHER = "other"


WAY_LABELS = {
    Way.EMAIL: "courriel",
    Way.PHONE: "téléphone",
    Way.LETTER: "courrier",
    Way.PLATFORM: "plateforme (SI-SIAO, extranet)",
    Way.MEETING: "réunion ou commission",
    Way.LIST: "liste ou fiche du bailleur",
    Way.OTHER: "autre",
}


class Sender(StrEnum):
    """Who refers a household (« prescripteur »)."""

    LANDLORD = "landlord"
    SIAO = "siao"
    SOCIAL_SERVICE = "social_service"
    HOUSING_FUND = "housing_fund"
    COMMISSION = "commission"
    PARTNER = "partner"
    PERSON = "person"
    OTHER = "other"


SENDER_LABELS = {
    Sender.LANDLORD: "bailleur",
    Sender.SIAO: "SIAO",
    Sender.SOCIAL_SERVICE: "service social",
    Sender.HOUSING_FUND: "FSL",
    Sender.COMMISSION: "commission (CCAPEX, DALO)",
    Sender.PARTNER: "partenaire",
    Sender.PERSON: "la personne elle-même",
    Sender.OTHER: "autre",
}


class Product(StrEnum):
    """What is asked for (« prestation demandée »)."""

    MEASURE = "measure"
    DIAGNOSIS = "diagnosis"
    WATCH = "watch"


PRODUCT_LABELS = {
    Product.MEASURE: "accompagnement",
    Product.DIAGNOSIS: "diagnostic",
    Product.WATCH: "veille",
}


class Urgency(StrEnum):
    """How soon somebody must be seen (« urgence »)."""

    NORMAL = "normal"
    URGENT = "urgent"


URGENCY_LABELS = {Urgency.NORMAL: "normale", Urgency.URGENT: "urgente"}


class Decision(StrEnum):
    """What was decided of a referral."""

    ACCEPTED = "accepted"
    WAITING_LIST = "waiting_list"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


DECISION_LABELS = {
    Decision.ACCEPTED: "acceptée",
    Decision.WAITING_LIST: "liste d’attente",
    Decision.REFUSED: "refusée",
    Decision.WITHDRAWN: "retirée",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What the sender says, as it was given; money in cents, a positive balance is owed by the household.

    `people`, `dwelling`: in the sender's words; `unpaid_since`: the first unpaid term; `procedure`: how far it went.
    """

    people: str | None = None
    dwelling: str | None = None
    lease_reference: str | None = None
    lease_since: date | None = None
    rent_cents: int | None = None
    charges_cents: int | None = None
    benefit_cents: int | None = None
    balance_cents: int | None = None
    unpaid_since: date | None = None
    procedure: str | None = None
    statement: str | None = None
    steps_taken: str | None = None
    answer_expected: str | None = None


GIVEN_FIELDS = tuple(Given.__dataclass_fields__)
_AMOUNTS = ("rent_cents", "charges_cents", "benefit_cents", "balance_cents")
_LINES = ("lease_reference", "procedure", "answer_expected")
_TEXTS = ("people", "dwelling", "statement", "steps_taken")


@dataclass(frozen=True, slots=True)
class NewReferral:
    """A referral about to be written.

    `body`: how its sender is called (None: after the landlord or partner); `reasons`: codes of the dated list;
    `agreed`: whether the household agrees to be referred, None where nobody said; `worker_id`: who deals with it, None:
    whoever writes it.
    """

    received_on: date
    sender: Sender
    reasons: tuple[str, ...]
    way: Way = Way.EMAIL
    landlord_id: str | None = None
    partner_id: str | None = None
    body: str | None = None
    contact_name: str | None = None
    contact_reach: str | None = None
    their_reference: str | None = None
    prescribed_on: date | None = None
    product: Product = Product.MEASURE
    kind_code: str | None = None
    agreement_id: str | None = None
    urgency: Urgency = Urgency.NORMAL
    agreed: bool | None = None
    agreed_on: date | None = None
    worker_id: str | None = None
    given: Given = Given()


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral as kept, of a household; fields as `NewReferral`.

    `number` (« DEM-2026-B7K4-0012 ») tells it from others in letters; `contact_due_on`, `decision_due_on`: by when
    somebody must be reached, and it must be decided. `review_on`: when one on the waiting list is looked at again.
    """

    id: str
    version: str
    household_id: str
    number: str
    received_on: date
    way: Way
    sender: Sender
    landlord_id: str | None
    partner_id: str | None
    body: str
    contact_name: str | None
    contact_reach: str | None
    their_reference: str | None
    prescribed_on: date | None
    reasons: str
    product: Product
    kind_code: str | None
    agreement_id: str | None
    urgency: Urgency
    agreed: bool | None
    agreed_on: date | None
    worker_id: str
    people: str | None
    dwelling: str | None
    lease_reference: str | None
    lease_since: date | None
    rent_cents: int | None
    charges_cents: int | None
    benefit_cents: int | None
    balance_cents: int | None
    unpaid_since: date | None
    procedure: str | None
    statement: str | None
    steps_taken: str | None
    answer_expected: str | None
    contact_due_on: date
    decision_due_on: date
    decision: Decision | None
    decided_on: date | None
    refusal_code: str | None
    decision_reason: str | None
    review_on: date | None
    measure_id: str | None
    watch_id: str | None = None

    @property
    def reason_codes(self) -> tuple[str, ...]:
        """The codes of its reasons."""
        return tuple(self.reasons.split())

    @property
    def opened(self) -> bool:
        """Say whether it led to a measure or to a veille."""
        return self.measure_id is not None or self.watch_id is not None

    @property
    def since(self) -> date:
        """The day delays are counted from: its prescription, else its reception."""
        return self.prescribed_on or self.received_on

    def given(self) -> Given:
        """Return what the sender said."""
        return Given(**{name: getattr(self, name) for name in GIVEN_FIELDS})


@dataclass(frozen=True, slots=True)
class Delays:
    """Days from the reception by which somebody is reached, and it is decided."""

    contact_days: int
    decision_days: int


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision about to be written; `refusal_code`: of the dated list, for a refusal."""

    decision: Decision
    decided_on: date
    refusal_code: str | None = None
    reason: str | None = None
    review_on: date | None = None


def due_days(received_on: date, delays: Delays) -> tuple[date, date]:
    """Return by when somebody is to be reached, and a decision made."""
    contact = received_on + timedelta(delays.contact_days)
    return contact, max(contact, received_on + timedelta(delays.decision_days))


def checked_referral(new: NewReferral, known_reasons: frozenset[str], today: date) -> NewReferral:
    """Return the referral with clean texts, each reason once.

    Raises InvalidEntry without a sender or a reason, for days to come or out of order, an amount that cannot be.
    """
    if not new.reasons or not set(new.reasons) <= known_reasons:
        raise InvalidEntry("Choisissez au moins un motif dans la liste.", "reasons")
    _check_days(new, today)
    body = optional_line(new.body, MAX_LINE, "body")
    if body is None and new.sender is not Sender.PERSON:
        raise InvalidEntry("Indiquez qui adresse cette demande.", "body")
    return replace(
        new,
        reasons=tuple(dict.fromkeys(new.reasons)),
        body=body or SENDER_LABELS[Sender.PERSON],
        contact_name=optional_line(new.contact_name, MAX_LINE, "contact_name"),
        contact_reach=optional_line(new.contact_reach, MAX_LINE, "contact_reach"),
        their_reference=optional_line(new.their_reference, MAX_LINE, "their_reference"),
        kind_code=new.kind_code if new.product is Product.MEASURE else None,
        given=_checked_given(new.given, new.received_on),
    )


def checked_decision(new: NewDecision, of: Referral, refusals: frozenset[str], today: date) -> NewDecision:
    """Return the decision with a clean reason, and only what goes with it.

    Raises InvalidEntry once a measure or a veille was opened, for a day to come or before the reception, a refusal
    without its reason, a wait without the day it is looked at again.
    """
    if of.opened:
        what = "Une mesure" if of.measure_id is not None else "Une veille"
        raise InvalidEntry(
            f"{what} est ouverte à partir de cette demande\u00a0: elle est acceptée.", "decision"
        )
    if new.decided_on > today:
        raise InvalidEntry("Ce jour n’est pas encore passé.", "decided_on")
    if new.decided_on < of.received_on:
        raise InvalidEntry("Ce jour vient avant la réception de la demande.", "decided_on")
    refused, waits = new.decision is Decision.REFUSED, new.decision is Decision.WAITING_LIST
    if refused and new.refusal_code not in refusals:
        raise InvalidEntry("Choisissez le motif du refus dans la liste.", "refusal_code")
    if waits and new.review_on is not None and new.review_on < new.decided_on:
        raise InvalidEntry("Ce jour vient avant celui de la décision.", "review_on")
    return replace(
        new,
        refusal_code=new.refusal_code if refused else None,
        reason=paragraphs(new.reason, "reason"),
        review_on=new.review_on if waits else None,
    )


def _check_days(new: NewReferral, today: date) -> None:
    for field in ("received_on", "prescribed_on", "agreed_on"):
        day = getattr(new, field)
        if day is not None and day > today:
            raise InvalidEntry("Ce jour n’est pas encore passé.", field)
        if day is not None and day < OLDEST:
            raise InvalidEntry("Cette date n’est pas possible\u00a0: vérifiez l’année.", field)
    if new.prescribed_on is not None and new.prescribed_on > new.received_on:
        raise InvalidEntry("Une demande ne peut pas être reçue avant d’être prescrite.", "prescribed_on")
    if new.agreed_on is not None and new.agreed is not True:
        raise InvalidEntry("Dites d’abord que le ménage est d’accord.", "agreed")


def _checked_given(given: Given, received_on: date) -> Given:
    for field in _AMOUNTS:
        cents = getattr(given, field)
        least = -MAX_CENTS if field == "balance_cents" else 0
        if cents is not None and not least <= cents <= MAX_CENTS:
            raise InvalidEntry("Ce montant n’est pas possible\u00a0: vérifiez-le.", field)
    if given.unpaid_since is not None and given.unpaid_since > received_on:
        raise InvalidEntry("Le premier impayé vient avant la réception de la demande.", "unpaid_since")
    clean: dict[str, Any] = {f: optional_line(getattr(given, f), MAX_LINE, f) for f in _LINES}
    clean |= {f: paragraphs(getattr(given, f), f) for f in _TEXTS}
    return replace(given, **clean)
