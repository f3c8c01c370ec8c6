"""From what was read of a household to what a review may say: items agreed to, and what is kept back."""

from __future__ import annotations

from collections import Counter

from caseworker_app.features.consents.domain import (
    TOPIC_LABELS,
    Recipient,
    RecipientKind,
    Topic,
    consents_in_force,
    topics_allowed,
)
from caseworker_app.features.handover.domain.frame import calendar_items, frame_items, options, template
from caseworker_app.features.handover.domain.held_back import Withheld, masked_home, not_agreed
from caseworker_app.features.handover.domain.hits import KnownPeople
from caseworker_app.features.handover.domain.home_condition import duty_items, room_items
from caseworker_app.features.handover.domain.kept_inside import kept_inside
from caseworker_app.features.handover.domain.meetings import meeting_items
from caseworker_app.features.handover.domain.payments import payee_of, payment_items
from caseworker_app.features.handover.domain.progress import (
    evaluations_compared,
    fact_items,
    goal_items,
    request_items,
)
from caseworker_app.features.handover.domain.proposal import (
    ProposedItem,
    ReviewProposal,
    ReviewRecipient,
)
from caseworker_app.features.handover.domain.review_content import Signatory
from caseworker_app.features.handover.domain.review_material import ReviewMaterial
from caseworker_app.features.housing.domain.landlord import recipient_lines
from caseworker_app.features.housing.domain.lease import LeaseKind
from caseworker_app.kernel.phones import format_phone


def propose(material: ReviewMaterial) -> ReviewProposal:
    """Return what a review may say on the day, by the agreements in force with its landlord that day."""
    recipient = _recipient(material)
    agreed = topics_allowed(material.consents, recipient.recipient, material.day)
    every = _every_item(material)
    before, now = evaluations_compared(material)
    return ReviewProposal(
        household_id=material.household.id,
        day=material.day,
        period=material.period,
        recipient=recipient,
        title=_title(material),
        template=template(material.day),
        household=material.full_name,
        household_short=material.short_name,
        protected=material.household.protected,
        worker=material.worker.name,
        worker_phone=_phone(material),
        items=tuple(item for item in every if item.topic is None or item.topic in agreed),
        options=options(material) if Topic.REQUESTED_MEASURES in agreed else (),
        agreed=agreed,
        consents=tuple(consents_in_force(material.consents, recipient.recipient, material.day)),
        kept_back=_kept_back(material, every, agreed),
        people=_people(material),
        signatories=_signatories(material),
        payee=payee_of(material),
        own_words=material.own_words,
        goals_before_on=before.evaluation.evaluated_on if before else None,
        goals_now_on=now.evaluation.evaluated_on if now else None,
    )


def _every_item(material: ReviewMaterial) -> list[ProposedItem]:
    return [
        *frame_items(material),
        *meeting_items(material),
        *payment_items(material),
        *duty_items(material),
        *room_items(material),
        *goal_items(material),
        *fact_items(material),
        *request_items(material),
        *calendar_items(material),
    ]


def _kept_back(
    material: ReviewMaterial, items: list[ProposedItem], agreed: frozenset[Topic]
) -> tuple[Withheld, ...]:
    counts = Counter(item.topic for item in items if item.topic is not None)
    missing = [not_agreed(TOPIC_LABELS[topic], counts[topic]) for topic in Topic if topic not in agreed]
    masked = [masked_home()] if material.household.protected else []
    return (*masked, *missing, *kept_inside(material))


def _recipient(material: ReviewMaterial) -> ReviewRecipient:
    landlord, contact = material.landlord, material.landlord_contact
    return ReviewRecipient(
        landlord.id,
        landlord.name,
        contact.id if contact else None,
        contact.name if contact else None,
        tuple(recipient_lines(landlord, contact)),
        Recipient(RecipientKind.LANDLORD, landlord.name, landlord.id),
    )


def _title(material: ReviewMaterial) -> str:
    sliding = material.lease is not None and material.lease.lease.kind is LeaseKind.SLIDING_LEASE
    return "Bilan intermédiaire du bail glissant" if sliding else "Bilan intermédiaire"


def _phone(material: ReviewMaterial) -> str:
    number = material.worker.phone or material.association.phone
    return format_phone(number) if number else ""


def _signatories(material: ReviewMaterial) -> tuple[Signatory, ...]:
    contact = material.landlord_contact
    job = ", ".join(part for part in (material.worker.job_title, material.association.name) if part)
    return (
        Signatory("Le ménage", material.full_name, "Relu, un exemplaire reçu"),
        Signatory("Pour l’association", material.worker.name, job),
        Signatory("Pour le bailleur", contact.name if contact else "", f"Vu, pour {material.landlord.name}"),
    )


def _people(material: ReviewMaterial) -> KnownPeople:
    """Return the names the second check goes by: whom the review may name, and whom it should not."""
    adults = {member.id for member in material.adults}
    # Whoever left is named no more than the others.
    everyone = (*material.members, *material.former_members)
    children = [m for m in everyone if material.is_child(m)]
    others = [m for m in everyone if m.id not in adults and not material.is_child(m)]
    contact = material.landlord_contact
    expected = [m.full_name() for m in material.adults]
    expected += [material.worker.name, material.landlord.name, material.association.name]
    expected += [contact.name] if contact else []
    return KnownPeople(
        tuple(expected),
        tuple(m.first_name for m in children if m.first_name),
        tuple(m.first_name for m in others if m.first_name),
        material.hidden,
        _reachable(material),
    )


def _reachable(material: ReviewMaterial) -> tuple[str, ...]:
    """Return phones (digits after the zero) and e-mails that are no other person's: a text may tell them."""
    whose = (material.worker, material.association, material.landlord, material.landlord_contact)
    office = [value for each in whose if each is not None for value in (each.phone, each.email)]
    own = [contact.value for contact in material.contacts]
    return tuple(value.removeprefix("+33") for value in (*office, *own) if value)
