"""An agreement to share: specific, dated, revocable.

Without one, nothing about a household leaves the association.

A landlord has no share in professional secrecy (Code pénal art. 226-13): what it may be told needs the
household's informed agreement and a housing purpose. Health, justice, origin, family life and the rest of the
budget are no topics at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold

MAX_TEXT = 500


class Topic(StrEnum):
    """What a household may agree to share; there is nothing else that may go to a landlord."""

    VISITS = "visits"
    PAYMENT = "payment"
    INSURANCE = "insurance"
    DWELLING_CONDITION = "dwelling_condition"
    HOUSING_GOALS = "housing_goals"
    REQUESTED_MEASURES = "requested_measures"


TOPIC_LABELS = {
    Topic.VISITS: "présence aux visites et rencontres",
    Topic.PAYMENT: "paiement du loyer et du plan d’apurement",
    Topic.INSURANCE: "assurance et obligations d’entretien",
    Topic.DWELLING_CONDITION: "état du logement",
    Topic.HOUSING_GOALS: "progrès sur les objectifs liés au logement",
    Topic.REQUESTED_MEASURES: "mesures demandées",
}


class ConsentForm(StrEnum):
    """How the agreement was given."""

    SIGNED_PAPER = "signed_paper"
    WRITTEN = "written"
    ORAL = "oral"


CONSENT_FORM_LABELS = {
    ConsentForm.SIGNED_PAPER: "document signé",
    ConsentForm.WRITTEN: "écrit (courriel, message)",
    ConsentForm.ORAL: "oral",
}


class RecipientKind(StrEnum):
    """To whom something may be told."""

    LANDLORD = "landlord"
    BODY = "body"


RECIPIENT_KIND_LABELS = {RecipientKind.LANDLORD: "bailleur", RecipientKind.BODY: "organisme"}


@dataclass(frozen=True, slots=True)
class Recipient:
    """A landlord or a named body (the FSL, a CCAS, a training association), with its id where it is known.

    `partner_id`: the body in the directory of partners.
    """

    kind: RecipientKind
    name: str
    landlord_id: str | None = None
    partner_id: str | None = None

    def is_same(self, other: Recipient) -> bool:
        """Say whether both are one: by the id of landlord or partner where both have it, else by name."""
        if self.kind is not other.kind:
            return False
        if self.landlord_id is not None and other.landlord_id is not None:
            return self.landlord_id == other.landlord_id
        if self.partner_id is not None and other.partner_id is not None:
            return self.partner_id == other.partner_id
        return fold(self.name) == fold(other.name)


@dataclass(frozen=True, slots=True)
class Consent:
    """An agreement in force from `given_on` to `until` (None: no end set), unless withdrawn.

    `member_id`: who gave it; None: the household as a whole. `purpose`: why, in the household's words if
    possible.
    """

    id: str
    version: str
    household_id: str
    member_id: str | None
    recipient: Recipient
    topics: frozenset[Topic]
    purpose: str
    form: ConsentForm
    given_on: date
    until: date | None
    withdrawn_on: date | None

    def in_force(self, day: date) -> bool:
        """Say whether it holds on a day; the day of a withdrawal it does not any more."""
        ended = self.until is not None and day > self.until
        withdrawn = self.withdrawn_on is not None and day >= self.withdrawn_on
        return self.given_on <= day and not ended and not withdrawn

    def state(self, day: date) -> str:
        """Say how it stands on a day (« en cours jusqu’au 12 mars 2027 », « retiré le 3 avril 2026 »)."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return f"retiré le {format_long_date(self.withdrawn_on)}"
        if self.until is None:
            return "en cours, sans terme" if self.in_force(day) else "à venir"
        until = format_long_date(self.until)
        if self.in_force(day):
            return f"en cours jusqu’au {until}"
        return f"échu le {until}" if self.until < day else f"à venir, jusqu’au {until}"


@dataclass(frozen=True, slots=True)
class NewConsent:
    """An agreement about to be written."""

    household_id: str
    recipient: Recipient
    topics: frozenset[Topic]
    purpose: str
    given_on: date
    form: ConsentForm = ConsentForm.SIGNED_PAPER
    until: date | None = None
    member_id: str | None = None


def checked_consent(new: NewConsent, today: date) -> NewConsent:
    """Return the agreement as kept.

    Raises InvalidEntry without a topic, a purpose or a recipient, for one given in the future, or ended
    before given.
    """
    if not new.topics:
        raise InvalidEntry("Cochez au moins un sujet que le ménage accepte de partager.", "topics")
    if new.given_on > today:
        raise InvalidEntry("Un accord ne peut pas être daté de l’avenir.", "given_on")
    if new.until is not None and new.until < new.given_on:
        raise InvalidEntry("L’accord ne peut pas finir avant d’avoir été donné.", "until")
    purpose = _checked_text(new.purpose, "pourquoi le ménage accepte ce partage", "purpose")
    name = _checked_text(new.recipient.name, "à qui ces informations peuvent être transmises", "recipient")
    return replace(new, purpose=purpose, recipient=replace(new.recipient, name=name))


def check_withdrawal(consent: Consent, withdrawn_on: date, today: date) -> None:
    """Refuse a withdrawal in the future, before the agreement, or of one withdrawn already.

    Raises InvalidEntry.
    """
    if consent.withdrawn_on is not None:
        raise InvalidEntry("Cet accord a déjà été retiré.", "withdrawn_on")
    if not consent.given_on <= withdrawn_on <= today:
        raise InvalidEntry("Le retrait se date entre le jour de l’accord et aujourd’hui.", "withdrawn_on")


def consents_in_force(consents: Iterable[Consent], recipient: Recipient, day: date) -> list[Consent]:
    """Return the agreements towards a recipient that hold on a day, the latest first."""
    found = [c for c in consents if c.in_force(day) and c.recipient.is_same(recipient)]
    return sorted(found, key=lambda consent: (consent.given_on, consent.id), reverse=True)


def topics_allowed(consents: Iterable[Consent], recipient: Recipient, day: date) -> frozenset[Topic]:
    """Return all that a recipient may be told on a day: nothing where nobody agreed."""
    return frozenset(topic for c in consents_in_force(consents, recipient, day) for topic in c.topics)


def _checked_text(text: str, what: str, field: str) -> str:
    bare = " ".join(text.split())
    if not bare:
        raise InvalidEntry(f"Indiquez {what}.", field)
    if len(bare) > MAX_TEXT or not bare.isprintable():
        raise InvalidEntry(f"Ce texte est trop long\u00a0: {MAX_TEXT} caractères au plus.", field)
    return bare
