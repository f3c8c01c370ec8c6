"""The register of what left (« registre des transmissions »): one line a document, never edited."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.composing import compose
from caseworker_app.features.handover.domain.hits import WordHit
from caseworker_app.features.handover.domain.proposal import SECTION_TOPICS, ReviewProposal, Section
from caseworker_app.features.handover.domain.review_content import LandlordReview
from caseworker_app.features.handover.domain.second_check import hits_of, unsettled
from caseworker_app.features.handover.domain.written_form import written
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import CaseworkerError

SERIES = "BIL"
# The recipient of a copy of the data: which person, the register of communications says.
TO_THE_PERSON = "la personne concernée"


@dataclass(frozen=True, slots=True)
class Transmission:
    """A line of the register.

    `sha256`: of the bytes of the PDF, in hexadecimal. `topics`, `kept_hits`, `consent_ids`: words, one
    space (topics, ids) or one line (hits) apart. `written_to`: where the PDF was put on the device that
    made it. `landlord_id`: None for what is handed to the person themselves.
    """

    id: str
    version: str
    household_id: str
    number: str
    kind: str
    recipient_name: str
    landlord_id: str | None
    made_on: date
    worker_id: str
    period_start: date
    period_end: date
    sha256: str
    pages: int
    topics: str
    kept_hits: str
    consent_ids: str
    written_to: str

    @property
    def told(self) -> frozenset[Topic]:
        """The topics the document tells of."""
        return frozenset(Topic(code) for code in self.topics.split())

    @property
    def period(self) -> Period:
        """The period it tells of."""
        return Period(self.period_start, self.period_end)


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """Which review is asked: whose, of when, and to whom (None: the landlord of the present home)."""

    household_id: str
    period: Period
    landlord_id: str | None = None
    contact_id: str | None = None

    @classmethod
    def of(cls, proposal: ReviewProposal) -> ReviewRequest:
        """Return the request a proposal answers."""
        recipient = proposal.recipient
        return cls(proposal.household_id, proposal.period, recipient.landlord_id, recipient.contact_id)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A document of the register whose file is not at its place yet, and what to do, in a sentence."""

    transmission: Transmission
    sentence: str


class NoLandlord(CaseworkerError):
    """The household has no landlord to write to."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Ce ménage n’a pas de bailleur connu\u00a0: indiquez-les dans la page Logement.")


class NoConsent(CaseworkerError):
    """The household has not agreed to share anything with this landlord, or not any more."""

    def __init__(self, landlord: str) -> None:
        """Say what to do."""
        super().__init__(
            f"Le ménage n’a pas d’accord de partage en cours avec {landlord}\u00a0: recueillez-le, "
            "notez-le dans ses accords, puis recommencez. Le bilan se relit en aperçu d’ici là."
        )


class UnsettledWords(CaseworkerError):
    """The second check found words that were neither changed nor kept knowingly."""

    def __init__(self, hits: tuple[WordHit, ...]) -> None:
        """Keep the finds, for whoever shows them in their place."""
        found = ", ".join(dict.fromkeys(f"«\u00a0{hit.excerpt}\u00a0»" for hit in hits[:4]))
        more = "…" if len(hits) > 4 else ""
        super().__init__(
            f"Ce bilan contient des mots à revoir avant de partir\u00a0: {found}{more}. "
            "Changez-les, ou gardez-les en connaissance de cause."
        )
        self.hits = hits


class ChangedSincePreview(CaseworkerError):
    """The file has changed since the review was shown."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Le dossier a changé depuis cet aperçu\u00a0: relisez le bilan, puis imprimez-le de nouveau."
        )


class NotDelivered(CaseworkerError):
    """The document is in the register, but its file could not take its place."""

    def __init__(self, number: str, out: Path) -> None:
        """Say what to do."""
        super().__init__(
            f"Le document {number} est inscrit au registre, mais «\u00a0{out.name}\u00a0» n’a pas pu être "
            "remplacé\u00a0: fermez-le s’il est ouvert\u202f; il prendra sa place à la réouverture."
        )


def fingerprint(content: LandlordReview) -> str:
    """Return what tells one review from another, whatever its number: SHA-256, in hexadecimal."""
    text = json.dumps(written(replace(content, reference="")), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def check_transmittable(proposal: ReviewProposal, choices: ReviewChoices, expected: str | None) -> None:
    """Refuse a review that may not leave as it is.

    Raises NoConsent, UnsettledWords, and ChangedSincePreview when it is no longer the one of fingerprint
    `expected`.
    """
    if not proposal.agreed:
        raise NoConsent(proposal.recipient.name)
    left = unsettled(hits_of(proposal, choices), choices)
    if left:
        raise UnsettledWords(left)
    if expected is not None and fingerprint(compose(proposal, choices)) != expected:
        raise ChangedSincePreview


def topics_told(proposal: ReviewProposal, choices: ReviewChoices) -> frozenset[Topic]:
    """Return the topics a review tells of: those of the items kept, and of the parts the writer wrote in."""
    kept = {item.topic for item in proposal.items if item.topic is not None and choices.keeps(item)}
    parts = {addition.section for addition in choices.additions if addition.text.strip()}
    if choices.option is not None or choices.reasons.strip():
        parts.add(Section.PROPOSAL)
    return (
        frozenset(kept | {SECTION_TOPICS[part] for part in parts if part in SECTION_TOPICS}) & proposal.agreed
    )


def kept_knowingly(proposal: ReviewProposal, choices: ReviewChoices) -> tuple[str, ...]:
    """Return the finds that leave with the review, kept knowingly: kind and words, one a line."""
    kept = [hit for hit in hits_of(proposal, choices) if hit.key in choices.kept_hits]
    return tuple(f"{hit.kind}: {' '.join(hit.excerpt.split())}" for hit in kept)
