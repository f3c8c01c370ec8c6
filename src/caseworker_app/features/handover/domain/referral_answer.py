"""The answer to whoever referred a household: received when, decided what and when, and nothing of the household.

A landlord has no share in professional secrecy (Code pénal art. 226-13): that its own letter came tells it nothing;
what was decided of a household does, and needs the household's agreement that measures asked for are told. Nobody
is named: the sender's own reference or the day of the letter say which referral it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.consents.domain import (
    Consent,
    Recipient,
    RecipientKind,
    Topic,
    consents_in_force,
    topics_allowed,
)
from caseworker_app.features.referrals.domain.referral import Decision, Referral, Sender
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.errors import CaseworkerError

SERIES = "REP"
NB = "\u00a0"
_NO_MORE = (
    "Le secret professionnel auquel nos équipes sont tenues ne permet pas d’en dire davantage sur la situation de ce "
    "ménage."
)


class DecisionNotShareable(CaseworkerError):
    """The household has not agreed that this sender be told what was decided."""

    def __init__(self, body: str) -> None:
        """Say what to do."""
        super().__init__(
            f"Le ménage n’a pas accepté que la décision soit dite à {body}\u00a0: notez d’abord son accord de partage "
            "sur les mesures demandées, ou accusez seulement réception."
        )


@dataclass(frozen=True, slots=True)
class ReferralAnswer:
    """The letter: its number and day, to whom, about which referral, and its paragraphs.

    `consent_ids`: the agreements it rests on; `tells_decision`: false for an acknowledgement alone.
    """

    reference: str
    day: date
    recipient: tuple[str, ...]
    about: str
    paragraphs: tuple[str, ...]
    signatory: str
    job_title: str
    tells_decision: bool
    consent_ids: tuple[str, ...] = ()


def recipient_of(of: Referral) -> Recipient:
    """Return who referred, as agreements name it."""
    landlord = of.sender is Sender.LANDLORD
    return Recipient(RecipientKind.LANDLORD if landlord else RecipientKind.BODY, of.body, of.landlord_id)


def may_tell_decision(of: Referral, consents: Sequence[Consent], day: date) -> bool:
    """Say whether the sender may be told what was decided: the person themselves always, others as agreed."""
    agreed = topics_allowed(consents, recipient_of(of), day)
    return of.sender is Sender.PERSON or Topic.REQUESTED_MEASURES in agreed


def compose_answer(
    of: Referral,
    consents: Sequence[Consent],
    day: date,
    *,
    tells_decision: bool,
    signatory: str,
    job_title: str,
    reference: str = "",
) -> ReferralAnswer:
    """Return the letter. Raises DecisionNotShareable for a decision the sender may not be told."""
    tells = tells_decision and of.decision is not None
    if tells and not may_tell_decision(of, consents, day):
        raise DecisionNotShareable(of.body)
    resting = consents_in_force(consents, recipient_of(of), day) if tells else []
    own = [each.id for each in resting if Topic.REQUESTED_MEASURES in each.topics]
    name = (of.contact_name,) if of.contact_name else ()
    return ReferralAnswer(
        reference,
        day,
        (of.body, *name) if of.sender is not Sender.PERSON else name,
        _about(of),
        (_received(of), _decision(of) if tells else _awaited(of, day), *_no_more(of), "Cordialement,"),
        signatory,
        job_title,
        tells,
        tuple(own),
    )


def _about(of: Referral) -> str:
    if of.their_reference:
        return f"Votre demande, référence {of.their_reference}"
    return f"Votre demande du {format_long_date(of.prescribed_on or of.received_on)}"


def _received(of: Referral) -> str:
    return (
        f"Nous avons bien reçu votre demande le {format_long_date(of.received_on)}. Elle est enregistrée sous le "
        f"numéro {of.number}, à rappeler dans vos échanges avec nous."
    )


def _awaited(of: Referral, day: date) -> str:
    """Say when it will be decided; a day that has passed is not promised."""
    if of.decision is not None or of.decision_due_on < day:
        return "Nous vous tiendrons informés de ses suites dans les limites de ce que le ménage accepte de partager."
    return f"Nous prévoyons de décider de sa suite avant le {format_long_date(of.decision_due_on)}."


def _no_more(of: Referral) -> tuple[str, ...]:
    return () if of.sender is Sender.PERSON else (_NO_MORE,)


def _decision(of: Referral) -> str:
    when = format_long_date(of.decided_on or of.received_on)
    return {
        Decision.ACCEPTED: f"Votre demande a été acceptée le {when}.",
        Decision.WAITING_LIST: f"Votre demande est inscrite sur notre liste d’attente depuis le {when}.",
        Decision.REFUSED: f"Nous ne pouvons pas donner suite à votre demande (décision du {when}).",
        Decision.WITHDRAWN: f"Votre demande est sans objet depuis le {when}.",
    }[of.decision or Decision.WITHDRAWN]
