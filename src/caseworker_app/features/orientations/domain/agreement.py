"""The agreement an orientation rests on (« accord du ménage »): which one holds, and what the card says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.consents.domain import Consent, RecipientKind
from caseworker_app.features.orientations.domain.orientation import Orientation
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.folding import fold

NOTHING_NAMED = (
    "Sans accord en cours, rien de nominatif ne part\u00a0: parlez de la situation sans nommer personne."
)
_STAYS = "Rien de nominatif ne part."


@dataclass(frozen=True, slots=True)
class AgreementState:
    """What the card says; `agreed`: a letter may name the household; `offered`: one in force that may be tied to it."""

    words: str
    agreed: bool = False
    offered: Consent | None = None


def is_for(consent: Consent, of: Orientation, partner: str) -> bool:
    """Say whether an agreement was given for the partner of an orientation, by its id where the agreement has it.

    Else by its name: « CCAS » for « CCAS de Hem ».
    """
    if consent.recipient.kind is RecipientKind.BODY and consent.recipient.partner_id is not None:
        return consent.recipient.partner_id == of.partner_id
    given, body = fold(consent.recipient.name).split(), fold(partner).split()
    same = bool(given and body) and (set(given) <= set(body) or set(body) <= set(given))
    return consent.recipient.kind is RecipientKind.BODY and same


def agreement_of(of: Orientation, partner: str, consents: Iterable[Consent], day: date) -> Consent | None:
    """Return the agreement that lets a letter name the household to this partner on a day.

    It is the one the orientation rests on, in force, and given for this body.
    """
    for each in consents:
        if each.id == of.consent_id and each.in_force(day) and is_for(each, of, partner):
            return each
    return None


def agreement_state(of: Orientation, partner: str, consents: Sequence[Consent], day: date) -> AgreementState:
    """Return how the agreement of an orientation stands on a day: none, agreed, over, withdrawn, or another's."""
    held = agreement_of(of, partner, consents, day)
    if held is not None:
        return AgreementState(consent_words(held), agreed=True)
    mine = [each for each in consents if is_for(each, of, partner)]
    running = next((each for each in mine if each.in_force(day)), None)
    if running is not None:
        words = f"{consent_words(running)}, qui n’est pas rattaché à cette orientation. {_STAYS}"
        return AgreementState(words, offered=running)
    tied = next((each for each in consents if each.id == of.consent_id), None)
    last = tied or next(iter(mine), None)
    return AgreementState(_lost(last, day) if last is not None else NOTHING_NAMED)


def consent_words(of: Consent) -> str:
    """Return an agreement on one line."""
    return f"Accord du {format_date(of.given_on)} pour {of.recipient.name}"


def _lost(of: Consent, day: date) -> str:
    if of.withdrawn_on is not None and of.withdrawn_on <= day:
        return f"{consent_words(of)}, retiré le {format_date(of.withdrawn_on)}. {_STAYS}"
    if of.until is not None and of.until < day:
        return f"{consent_words(of)}, arrivé à son terme le {format_date(of.until)}. {_STAYS}"
    return f"{consent_words(of)}, pas pour ce partenaire. {_STAYS}"
