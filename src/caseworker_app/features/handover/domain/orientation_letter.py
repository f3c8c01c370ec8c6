"""The letter that sends a household to a partner (« lettre d’orientation »): who as agreed, why, what is asked.

Nobody is named unless the household's agreement towards that partner holds: professional secrecy (Code pénal
art. 226-13). Where the household lives and how to reach it are never in the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.features.consents.domain import Consent
from caseworker_app.features.handover.domain.hits import HitKind, KnownPeople, WordHit
from caseworker_app.features.handover.domain.own_words import OwnWord
from caseworker_app.features.handover.domain.review_material import hidden_places
from caseworker_app.features.handover.domain.word_check import check_words
from caseworker_app.features.households.domain import HouseholdFile, HouseholdMember
from caseworker_app.features.orientations.domain.agreement import agreement_of
from caseworker_app.features.orientations.domain.orientation import Orientation
from caseworker_app.features.partners.domain.partner import Partner
from caseworker_app.features.team.domain import Worker
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import in_sentence, join_words
from caseworker_app.kernel.phones import format_phone

SERIES = "ORI"
NB = "\u00a0"
# In a letter that names somebody, these would be told of that person: no topic of an agreement covers them.
_BY_WORD_OF_MOUTH = frozenset(
    {HitKind.HEALTH, HitKind.JUSTICE, HitKind.ORIGIN, HitKind.RELIGION, HitKind.OPINIONS, HitKind.VIOLENCE,
     HitKind.SEXUALITY, HitKind.FAMILY}
)  # fmt: skip
# Who and where: these leave in no letter, named or not.
_NEVER = frozenset(
    {HitKind.IDENTITY_NUMBER, HitKind.BANK, HitKind.CHILD, HitKind.OTHER_PERSON, HitKind.PROTECTED}
)
_NOBODY = (
    f"Nous vous écrivons au sujet d’une situation que nous accompagnons, sans nommer personne{NB}: l’identité "
    "ne vous en sera donnée qu’avec l’accord du ménage."
)
_ASKED_OF_NOBODY = (
    "Nous vous demandons si votre service peut y répondre, à quelles conditions et dans quel délai."
)
_ALOUD = "Le motif vous sera exposé de vive voix, en présence de la personne."
_CLOSING = "Ces informations vous sont confiées pour cette seule orientation."


class ReasonNames(CaseworkerError):
    """The reason of an orientation tells who somebody is, or where they live."""

    def __init__(self, words: Sequence[str]) -> None:
        """Say which words, and what to do."""
        told = join_words([f"«{NB}{word}{NB}»" for word in dict.fromkeys(words[:4])])
        super().__init__(
            f"Le motif contient ce qui ne doit pas partir{NB}: {told}. Ouvrez l’orientation par "
            f"«{NB}Compléter{NB}» et écrivez le motif sans noms, adresse ni numéros."
        )


@dataclass(frozen=True, slots=True)
class OrientationFacts:
    """All that a letter is composed from: the orientation, its partner, the household, its agreements, who writes."""

    orientation: Orientation
    partner: Partner
    people: HouseholdFile
    consents: Sequence[Consent]
    streets: Sequence[str | None]
    worker: Worker
    own_words: tuple[OwnWord, ...] = ()


@dataclass(frozen=True, slots=True)
class OrientationLetter:
    """The letter in words; `names`: it says who is sent; `consent_ids`: the agreement it rests on.

    `before` and `after` stand around the reason, which is empty where it is told by word of mouth.
    """

    reference: str
    day: date
    recipient: tuple[str, ...]
    about: str
    before: tuple[str, ...]
    reason: tuple[str, ...]
    after: tuple[str, ...]
    signatory: str
    job_title: str
    names: bool
    consent_ids: tuple[str, ...] = ()


def compose_orientation_letter(facts: OrientationFacts, day: date, reference: str = "") -> OrientationLetter:
    """Return the letter of a day. Raises ReasonNames for a reason that tells who or where somebody is."""
    of = facts.orientation
    agreed = agreement_of(of, facts.partner.name, facts.consents, day)
    hits = _hits(facts, day, named=agreed is not None)
    if told := [hit.excerpt for hit in hits if hit.kind in _NEVER]:
        raise ReasonNames(told)
    aloud = agreed is not None and any(hit.kind in _BY_WORD_OF_MOUTH for hit in hits)
    whom = _whom(facts)
    before = (_NOBODY,) if agreed is None else (_sent(whom, agreed), *((_ALOUD,) if aloud else ()))
    return OrientationLetter(
        reference,
        day,
        recipient_lines(facts.partner),
        "Une situation que nous accompagnons" if agreed is None else f"Pour {whom}",
        before,
        () if aloud else tuple(line for line in of.reason.splitlines() if line.strip()),
        tuple(line for line in _after(facts, day, named=agreed is not None) if line),
        facts.worker.name,
        facts.worker.job_title or "",
        agreed is not None,
        () if agreed is None else (agreed.id,),
    )


def _hits(facts: OrientationFacts, day: date, *, named: bool) -> tuple[WordHit, ...]:
    """Return the finds of the second check in the reason, by whom the letter names."""
    people = facts.people
    told = _named_people(facts) if named else []
    kept = [member for member in people.everyone if member not in told]
    # Where nobody is named, the home tells who it is: it is looked for like that of a protected household.
    household = people.household if named else replace(people.household, protected=True)
    known = KnownPeople(
        expected=(*(m.full_name() for m in told), facts.partner.name, facts.worker.name),
        others=tuple(name for m in kept for name in (m.first_name, m.last_name) if name),
        hidden=hidden_places(household, people.addresses, people.every_contact, facts.streets),
    )
    return check_words("reason", facts.orientation.reason, known, day, facts.own_words)


def _named_people(facts: OrientationFacts) -> list[HouseholdMember]:
    sent = facts.orientation.member_id
    return [m for m in facts.people.everyone if m.id == (sent or facts.people.reference_person.id)]


def _whom(facts: OrientationFacts) -> str:
    names = [member.full_name() for member in _named_people(facts)]
    whole = facts.orientation.member_id is None and len(facts.people.members) > 1
    return f"{names[0]} et son ménage" if whole else names[0]


def _sent(whom: str, agreed: Consent) -> str:
    return (
        f"Nous vous adressons {whom}, que nous accompagnons. Le ménage a donné son accord à cet échange le "
        f"{format_long_date(agreed.given_on)}."
    )


def recipient_lines(partner: Partner) -> tuple[str, ...]:
    """Return the name and address of a partner as an envelope shows them."""
    town = " ".join(part for part in (partner.postal_code, partner.city) if part)
    lines = (partner.name, partner.complement, partner.street, town)
    return tuple(line for line in lines if line)


def _after(facts: OrientationFacts, day: date, *, named: bool) -> tuple[str, ...]:
    return (
        "Nous vous demandons de bien vouloir proposer un rendez-vous." if named else _ASKED_OF_NOBODY,
        _meeting(facts.orientation, day),
        _awaited(facts.orientation, day),
        reach_us(facts.worker),
        _CLOSING,
        "Cordialement,",
    )


def _meeting(of: Orientation, day: date) -> str:
    if of.meeting_on is None:
        return ""
    when = format_long_date(of.meeting_on)
    return (
        f"Une rencontre est prévue le {when}."
        if of.meeting_on >= day
        else f"Une rencontre a eu lieu le {when}."
    )


def _awaited(of: Orientation, day: date) -> str:
    if not of.waits or of.answer_due_on < day:
        return "Votre réponse nous est utile, même négative."
    return f"Merci de nous répondre, même négativement, avant le {format_long_date(of.answer_due_on)}."


def reach_us(worker: Worker) -> str:
    """Return how whoever receives a letter reaches the worker who signs it."""
    phone = format_phone(worker.phone) if worker.phone else ""
    told = ", ".join(
        part for part in (worker.name, in_sentence(worker.job_title or ""), phone, worker.email) if part
    )
    return f"Pour nous joindre{NB}: {told}."
