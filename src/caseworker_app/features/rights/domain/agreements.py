"""The agreements to share of a household, as its tab « Droits » shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.consents.domain import (
    CONSENT_FORM_LABELS,
    RECIPIENT_KIND_LABELS,
    TOPIC_LABELS,
    Consent,
)
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital, join_words


@dataclass(frozen=True, slots=True)
class AgreementShown:
    """One agreement (accord de partage) in words; `revocable`: it may still be taken back on that day."""

    id: str
    title: str
    given: str
    state: str
    tone: str
    lines: tuple[str, ...]
    revocable: bool


def agreements_shown(
    consents: Iterable[Consent], names: Mapping[str, str], day: date
) -> tuple[AgreementShown, ...]:
    """Return every agreement as it stands on a day, those in force first; `names`: of members, by id."""
    ordered = sorted(consents, key=lambda consent: not consent.in_force(day))
    return tuple(_shown(consent, names, day) for consent in ordered)


def _shown(consent: Consent, names: Mapping[str, str], day: date) -> AgreementShown:
    recipient, giver = consent.recipient, names.get(consent.member_id or "", "le ménage")
    topics = join_words([words for topic, words in TOPIC_LABELS.items() if topic in consent.topics])
    kind, form = RECIPIENT_KIND_LABELS[recipient.kind], CONSENT_FORM_LABELS[consent.form]
    return AgreementShown(
        consent.id,
        recipient.name,
        f"{capital(kind)}, donné par {giver} le {format_date(consent.given_on)}, {form}",
        consent.state(day),
        "ok" if consent.in_force(day) else "muted",
        (f"{capital(topics)}.", f"«\u00a0{consent.purpose}\u00a0»"),
        revocable=consent.withdrawn_on is None and (consent.until is None or consent.until >= day),
    )
