"""The sheet handed to a body that follows a household for a part (« fiche de liaison »): its part alone.

It exists only under an agreement of the household given for that body, by its name: professional secrecy (Code pénal
art. 226-13). What was typed (decisions, what is shared, the writer's message) passes the second check first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.consents.domain import (
    Consent,
    Recipient,
    RecipientKind,
    Topic,
    consents_in_force,
)
from caseworker_app.features.diary.domain.visit import Appointment, AppointmentState
from caseworker_app.features.handover.domain.hits import HitKind, KnownPeople, WordHit
from caseworker_app.features.handover.domain.orientation_letter import reach_us, recipient_lines
from caseworker_app.features.handover.domain.own_words import OwnWord
from caseworker_app.features.handover.domain.phrases import words_in
from caseworker_app.features.handover.domain.review_material import hidden_places
from caseworker_app.features.handover.domain.word_check import check_words
from caseworker_app.features.households.domain import Contact, ContactKind, HouseholdFile
from caseworker_app.features.measures.domain.meeting import MeetingTask
from caseworker_app.features.measures.domain.part import Part
from caseworker_app.features.partners.domain.partner import Partner
from caseworker_app.features.team.domain import Worker
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.kernel.phones import format_phone

SERIES = "LIA"
NB = "\u00a0"
# In characters: beyond it is another document.
MAX_MESSAGE = 1_500
_SHORTEST_ACRONYM = 3
# Told to the body whose part is named so (« parentalité », « budget »): it says nothing it does not know.
_TOLD_BY_ITS_NAME = frozenset({HitKind.FAMILY, HitKind.MONEY})
_UNSAID_PART = "Celle que vous avez convenue avec le ménage."
_THROUGH_US = "Pour joindre le ménage, passez par nous."
_CLOSING = (
    "Le ménage a donné son accord à cet échange. Cette fiche vous est confiée pour votre seule part\u202f; "
    "merci de ne pas la transmettre."
)


class PartOver(CaseworkerError):
    """The part has ended: nothing more is told."""

    def __init__(self, part: Part, ended_on: date) -> None:
        """Say since when."""
        super().__init__(
            f"La part de «{NB}{part.body}{NB}» est terminée depuis le {format_long_date(ended_on)}{NB}: "
            "plus rien ne lui est remis. Si elle continue, corrigez sa fin dans l’onglet Mesure."
        )


class NoAgreementForPart(CaseworkerError):
    """The household did not agree, or no longer, to an exchange with this body."""

    def __init__(self, part: Part) -> None:
        """Say for whom, and what to do; `recipient`: to whom the agreement would be."""
        body, self.recipient = part.body, recipient_of(part)
        super().__init__(
            f"Le ménage n’a pas d’accord en cours avec «{NB}{body}{NB}»{NB}: recueillez-le, "
            f"puis notez-le par «{NB}Noter un accord…{NB}» sur la page de sa fiche, ou ne remettez rien."
        )


def recipient_of(part: Part) -> Recipient:
    """Return to whom the agreement of a part is: the partner of the directory where it is known, else a name."""
    return Recipient(RecipientKind.BODY, part.body, partner_id=part.partner_id)


class SharedStays(CaseworkerError):
    """What is written as shared tells more than may be on paper."""

    def __init__(self, words: Iterable[str]) -> None:
        """Say which words, and what to do."""
        told = join_words([f"«{NB}{word}{NB}»" for word in list(dict.fromkeys(words))[:4]])
        super().__init__(
            f"Le texte «{NB}Partagé avec lui{NB}» contient ce qui ne doit pas partir{NB}: {told}. Ouvrez "
            "l’intervenant dans l’onglet Mesure et reformulez, ou laissez ce texte hors de la fiche."
        )


class MessageStays(CaseworkerError):
    """What the writer adds in their own words tells more than may be on paper."""

    def __init__(self, words: Iterable[str]) -> None:
        """Say which words, and what to do."""
        told = join_words([f"«{NB}{word}{NB}»" for word in list(dict.fromkeys(words))[:4]])
        super().__init__(
            f"Votre message contient ce qui ne doit pas partir{NB}: {told}. Reformulez-le, ou dites-le de vive voix."
        )


@dataclass(frozen=True, slots=True)
class PartFacts:
    """All that a sheet is composed from.

    `others`: the parts of everybody else, read only so that nothing of theirs is told. `tasks`: those of every part;
    `held_on`: the day of each meeting by its id. `with_shared`: the writer chose to add what is noted as shared.
    `message`: what they add in their own words.
    """

    part: Part
    others: Sequence[Part]
    tasks: Sequence[MeetingTask]
    held_on: Mapping[str, date]
    appointments: Sequence[Appointment]
    partner: Partner | None
    people: HouseholdFile
    consents: Sequence[Consent]
    streets: Sequence[str | None]
    worker: Worker
    own_words: tuple[OwnWord, ...] = ()
    with_shared: bool = False
    message: str = ""


@dataclass(frozen=True, slots=True)
class PartSheet:
    """The sheet in words, by what each paragraph is about; `consent_ids`: the agreements it rests on.

    `held`: words for which a decision stays off the paper; they are for the writer and never drawn.
    """

    reference: str
    day: date
    recipient: tuple[str, ...]
    about: str
    part: tuple[str, ...]
    reach: tuple[str, ...]
    tasks: tuple[str, ...]
    meetings: tuple[str, ...]
    shared: tuple[str, ...]
    message: tuple[str, ...]
    after: tuple[str, ...]
    signatory: str
    job_title: str
    consent_ids: tuple[str, ...]
    held: tuple[str, ...] = ()


def compose_part_sheet(facts: PartFacts, day: date, reference: str = "") -> PartSheet:
    """Return the sheet of a day. Raises PartOver, NoAgreementForPart, SharedStays, MessageStays, InvalidEntry."""
    part = facts.part
    if part.ends_on is not None and part.ends_on < day:
        raise PartOver(part, part.ends_on)
    agreed = consents_in_force(facts.consents, recipient_of(part), day)
    if not agreed:
        raise NoAgreementForPart(part)
    shared = _shared(facts, day)
    tasks, held = _tasks(facts, day)
    return PartSheet(
        reference,
        day,
        _recipient(facts),
        _whom(facts.people),
        tuple(_part_lines(facts, day)),
        tuple(_reach(facts, day)),
        tasks,
        tuple(_meetings(facts, day)) if any(Topic.VISITS in each.topics for each in agreed) else (),
        shared,
        _message(facts, day),
        (reach_us(facts.worker), _CLOSING),
        facts.worker.name,
        facts.worker.job_title or "",
        tuple(each.id for each in agreed),
        held,
    )


def found_in(facts: PartFacts, text: str, day: date) -> tuple[str, ...]:
    """Return the words for which a text stays off the sheet: what the second check shows, and any other body."""
    people, part = facts.people, facts.part
    named = people.reference_person
    names = [
        name for m in people.everyone if m.id != named.id for name in (m.first_name, m.last_name) if name
    ]
    names += [word for other in facts.others for word in (other.person or "").split() if word[:1].isupper()]
    known = KnownPeople(
        expected=(named.full_name(), part.body, part.person or "", facts.worker.name),
        others=tuple(names),
        hidden=hidden_places(people.household, people.addresses, people.every_contact, facts.streets),
    )
    hits = check_words("part", text, known, day, facts.own_words)
    told = [hit.excerpt for hit in hits if not _names_the_part(hit, part)]
    return (*told, *_bodies_in(facts, text))


def _names_the_part(hit: WordHit, part: Part) -> bool:
    return hit.kind in _TOLD_BY_ITS_NAME and fold(hit.excerpt) in fold(part.part)


def _bodies_in(facts: PartFacts, text: str) -> Iterator[str]:
    """Yield the other bodies a text names: by their whole name, or by the initials in it (« CSAPA »)."""
    read = [word.folded for word in words_in(text)]
    flat, own = f" {' '.join(read)} ", fold(facts.part.body)
    for body in dict.fromkeys(other.body for other in facts.others):
        if fold(body) == own:
            continue
        whole = " ".join(word.folded for word in words_in(body))
        initials = [
            word for word in body.split()
            if word.isupper() and len(word) >= _SHORTEST_ACRONYM and fold(word) not in own.split()
        ]  # fmt: skip
        if (whole and f" {whole} " in flat) or any(fold(word) in read for word in initials):
            yield body


def _whom(people: HouseholdFile) -> str:
    name = people.reference_person.full_name()
    return f"{name} et son ménage" if len(people.members) > 1 else name


def _recipient(facts: PartFacts) -> tuple[str, ...]:
    lines = recipient_lines(facts.partner) if facts.partner is not None else (facts.part.body,)
    return (lines[0], *((facts.part.person,) if facts.part.person else ()), *lines[1:])


def _part_lines(facts: PartFacts, day: date) -> Iterator[str]:
    part = facts.part
    yield _UNSAID_PART if found_in(facts, part.part, day) else f"{part.part[:1].upper()}{part.part[1:]}."
    start = format_long_date(part.starts_on)
    if part.ends_on is None:
        yield f"{'Depuis' if part.starts_on <= day else 'À partir du'} {'le ' if part.starts_on <= day else ''}{start}."
    else:
        yield f"Du {start} au {format_long_date(part.ends_on)}."
    if part.leads:
        yield "Vous êtes chef de file du suivi."


def _reach(facts: PartFacts, day: date) -> Iterator[str]:
    """Yield where the household lives and how it may be reached without danger; of a protected one, nothing."""
    if facts.people.household.protected:
        yield _THROUGH_US
        return
    address = facts.people.address_on(day)
    if address is not None and address.one_line():
        yield f"Adresse{NB}: {address.one_line()}."
    told = [line for each in facts.people.contacts if (line := _contact(facts, each, day))]
    yield from told or (_THROUGH_US,)


def _contact(facts: PartFacts, contact: Contact, day: date) -> str:
    """Return a phone or an e-mail that may be used, of the person named, with what to know before; else nothing."""
    if not contact.safe or contact.member_id not in (None, facts.people.reference_person.id):
        return ""
    know = " ".join((contact.instructions or "").split())
    if know and found_in(facts, know, day):
        return ""
    phone = contact.kind is ContactKind.PHONE
    value = format_phone(contact.value) if phone else contact.value
    return f"{'Téléphone' if phone else 'Courriel'}{NB}: {value}{f' ({know})' if know else ''}."


def _tasks(facts: PartFacts, day: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the decisions of this part still to be done, soonest first, and the words that keep others off."""
    lines: list[str] = []
    held: list[str] = []
    aloud = 0
    own = [each for each in facts.tasks if each.part_id == facts.part.id and each.done_on is None]
    for task in sorted(own, key=lambda each: (each.due_on, each.id)):
        if words := found_in(facts, task.what, day):
            held += words
            aloud += 1
            continue
        decided = format_long_date(facts.held_on[task.meeting_id])
        lines.append(f"{task.what}, avant le {format_long_date(task.due_on)} (réunion du {decided}).")
    if aloud:
        lines.append(
            "Une décision vous sera dite de vive voix."
            if aloud == 1
            else f"{aloud}{NB}décisions vous seront dites de vive voix."
        )
    return tuple(lines), tuple(dict.fromkeys(held))


def _meetings(facts: PartFacts, day: date) -> Iterator[str]:
    """Yield the days of the appointments to come that name this body; never what they are for, nor where."""
    own = " ".join(word.folded for word in words_in(facts.part.body))
    for each in facts.appointments:
        planned = each.state is AppointmentState.PLANNED and each.starts_at.date() >= day
        read = " ".join(word.folded for word in words_in(each.purpose or ""))
        if own and planned and f" {own} " in f" {read} ":
            at = f"{each.starts_at:%H}{NB}h{NB}{each.starts_at:%M}"
            yield f"Le {format_long_date(each.starts_at.date())} à {at}."


def _shared(facts: PartFacts, day: date) -> tuple[str, ...]:
    if not facts.with_shared:
        return ()
    text = facts.part.shared or ""
    if words := found_in(facts, text, day):
        raise SharedStays(words)
    return tuple(line for line in text.splitlines() if line.strip())


def _message(facts: PartFacts, day: date) -> tuple[str, ...]:
    """Return the writer's own words, a paragraph a line: the second check reads them as it reads the rest."""
    text = paragraphs(facts.message, "message") or ""
    if len(text) > MAX_MESSAGE:
        raise InvalidEntry(
            f"Votre message est trop long{NB}: une dizaine de lignes suffit ({plural(MAX_MESSAGE, 'caractère')}).",
            "message",
        )
    if words := found_in(facts, text, day):
        raise MessageStays(words)
    return tuple(line for line in text.splitlines() if line.strip())
