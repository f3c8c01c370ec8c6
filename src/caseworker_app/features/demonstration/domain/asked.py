"""Invented referrals: who asked for support for a household, and how far each went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from caseworker_app.features.referrals.domain.following import Means, NewAttempt, NewDiagnosis, Purpose
from caseworker_app.features.referrals.domain.referral import (
    Decision,
    Given,
    NewDecision,
    NewReferral,
    Product,
    Sender,
    Urgency,
    Way,
)

# One household in three was referred of late.
REFERRED = (1, 3)
_REASONS = (
    ("unpaid_rent",),
    ("unpaid_rent", "energy"),
    ("neighbours",),
    ("hygiene",),
    ("isolation", "ageing"),
)
_STATEMENTS = (
    "Le locataire ne répond plus aux courriers ; le gardien le croise pourtant chaque semaine.",
    "Premier incident de paiement en huit ans de bail.",
    "Plaintes du palier depuis l’été, sans violence.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A referral with what followed it."""

    new: NewReferral
    attempts: tuple[NewAttempt, ...] = ()
    diagnosis: NewDiagnosis | None = None
    decision: NewDecision | None = None


def invent_referral(rng: Random, index: int, landlord: tuple[str, str], worker: str, today: date) -> Asked:
    """Return a referral by a landlord; its number says how far it went, from just received to settled."""
    stage = index // 3 % 6
    received = today - timedelta((2, 14, 9, 25, 40, 70)[stage])
    balance = rng.randrange(200, 2_600) * 100
    new = NewReferral(
        received,
        Sender.LANDLORD,
        rng.choice(_REASONS),
        Way.LIST if stage % 2 else Way.EMAIL,
        landlord[0],
        body=landlord[1],
        contact_name="Chargé·e de clientèle",
        product=Product.DIAGNOSIS if stage == 3 else Product.MEASURE,
        urgency=Urgency.URGENT if stage == 0 else Urgency.NORMAL,
        agreed=True if stage > 1 else None,
        agreed_on=received if stage > 1 else None,
        worker_id=worker,
        given=Given(balance_cents=balance, statement=rng.choice(_STATEMENTS).replace(" ;", "\u202f;")),
    )
    return Asked(new, _attempts(stage, received), _diagnosis(stage, received), _decision(stage, received))


def _attempts(stage: int, received: date) -> tuple[NewAttempt, ...]:
    missed = NewAttempt(received + timedelta(3), Means.CALL, note="Messagerie")
    reached = NewAttempt(received + timedelta(5), Means.CALL, reached=True, note="Rendez-vous pris")
    met = NewAttempt(received + timedelta(9), Means.VISIT, Purpose.INTERVIEW, reached=True)
    return ((), (missed,), (missed, reached), (reached, met), (reached,), (missed, reached))[stage]


def _diagnosis(stage: int, received: date) -> NewDiagnosis | None:
    if stage != 3:
        return None
    return NewDiagnosis(
        received, family="Ménage installé depuis plusieurs années.", home="Logement adapté, entretenu."
    )


def _decision(stage: int, received: date) -> NewDecision | None:
    if stage == 4:
        return NewDecision(
            Decision.WAITING_LIST, received + timedelta(12), review_on=received + timedelta(75)
        )
    return NewDecision(Decision.REFUSED, received + timedelta(20), "no_place") if stage == 5 else None
