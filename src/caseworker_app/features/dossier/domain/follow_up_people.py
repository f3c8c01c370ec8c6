"""The household, those around it and its path, for the follow-up file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseworker_app.features.consents.domain import RECIPIENT_KIND_LABELS, TOPIC_LABELS, Consent
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.dossier.domain.follow_up_content import (
    Around,
    Line,
    PathEvent,
    PathKind,
    PeoplePart,
    Person,
)
from caseworker_app.features.dossier.domain.follow_up_referrals import of_referrals
from caseworker_app.features.dossier.domain.when import hour_words
from caseworker_app.features.goals.domain.goal import GoalState, actor_text
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.masking import Mask
from caseworker_app.features.households.domain import (
    ADULT_AGE,
    CIVILITY_LABELS,
    CONTACT_KIND_LABELS,
    LEGAL_PROTECTION_LABELS,
    READING_LABELS,
    RELATION_LABELS,
    Address,
    Contact,
    ContactKind,
    HouseholdMember,
    Reading,
    Relation,
    is_adult,
)
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.lease import LEASE_KIND_LABELS
from caseworker_app.features.measures.domain.measure import MeasureFile
from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.kernel.french import capital, join_words, plural
from caseworker_app.kernel.money import format_euros
from caseworker_app.kernel.phones import format_phone

_MASKED_ADDRESS = "masquée, dossier protégé"


def short_name(material: FollowUpMaterial) -> str:
    """Return how sentences call the household: « Mme Marchal », « le ménage » when several or untitled."""
    own = (Relation.REFERENCE_PERSON, Relation.PARTNER)
    adults = [m for m in material.people.members if m.relation in own]
    if len(adults) != 1 or adults[0].civility is None:
        return "le ménage"
    return f"{CIVILITY_LABELS[adults[0].civility]}\u00a0{adults[0].last_name}"


def reach_words(material: FollowUpMaterial, mask: Mask) -> str:
    """Return how the household is best reached, a safe contact first; masked for a protected one."""
    contacts = material.people.contacts
    if not contacts:
        return ""
    best = next((c for c in contacts if c.safe), contacts[0])
    return _contact(best, material, mask)


def people_part(material: FollowUpMaterial, mask: Mask) -> PeoplePart:
    """Return identity, composition, contacts, who is around, and where things stand."""
    people = tuple(_person(member, material) for member in material.people.members)
    return PeoplePart(
        people,
        _summary(material),
        tuple(line for line in _lines(material, mask) if line.text),
        tuple(_around(material)),
        tuple(
            mask(g.goal.title)
            for g in material.goals
            if g.goal.state is GoalState.ACHIEVED and _told(g.goal.domain, material)
        ),
        tuple(_under_way(material, mask)),
        tuple(_coming(material, mask)),
    )


def _told(domain: str, material: FollowUpMaterial) -> bool:
    grid = material.grid
    return material.preset.writings or not (grid.holds(domain) and grid.domain(domain).internal)


def _person(member: HouseholdMember, material: FollowUpMaterial) -> Person:
    age = member.age(material.day)
    relation = RELATION_LABELS[member.relation]
    return Person(
        member.full_name(),
        capital(relation),
        format_date(member.birth_date) if member.birth_date else "",
        "" if age is None else plural(age, "an") if age else "moins d’un an",
        ", ".join(_remarks(member, writings=material.preset.writings)),
    )


def _remarks(member: HouseholdMember, *, writings: bool) -> Iterator[str]:
    if member.birth_name and member.birth_name != member.last_name:
        yield f"nom de naissance {member.birth_name}"
    if member.legal_protection and writings:
        by = f" ({member.protected_by})" if member.protected_by else ""
        yield f"{LEGAL_PROTECTION_LABELS[member.legal_protection]}{by}"
    if member.interpreter_needed:
        yield f"interprète {member.language}" if member.language else "interprète"
    elif member.language:
        yield f"à l’aise en {member.language}"
    if member.reading and member.reading is not Reading.FLUENT and writings:
        yield READING_LABELS[member.reading]


def _summary(material: FollowUpMaterial) -> str:
    members = material.people.members
    children = sum(not is_adult(m.relation, m.birth_date, material.day) for m in members)
    total = plural(len(members), "personne")
    if not children:
        return f"{total}."
    return f"{total}, dont {plural(children, 'enfant')} de moins de {ADULT_AGE} ans."


def _lines(material: FollowUpMaterial, mask: Mask) -> Iterator[Line]:
    household, writings = material.people.household, material.preset.writings
    for member in material.people.former_members:
        if member.left_on is not None:
            yield Line("A quitté le ménage", f"{member.full_name()}, le {format_long_date(member.left_on)}")
    for address in material.people.addresses:
        present = address.holds(material.day)
        yield Line("Adresse" if present else "Adresse précédente", _address(address, material))
    for contact in material.people.contacts:
        label = CONTACT_KIND_LABELS[contact.kind]
        yield Line(capital(label), _contact(contact, material, mask))
    if writings:
        instructions = household.visit_instructions
        hidden = bool(instructions) and material.protected
        yield Line("Pour la visite", "masqué, dossier protégé" if hidden else instructions or "")
        yield Line("Note", mask(household.note))


def _address(address: Address, material: FollowUpMaterial) -> str:
    where = _MASKED_ADDRESS if material.protected else address.one_line()
    since = f"depuis le {format_long_date(address.from_date)}" if address.from_date else ""
    until = f"jusqu’au {format_long_date(address.to_date)}" if address.to_date else ""
    return ", ".join(part for part in (where, since, until) if part)


def _contact(contact: Contact, material: FollowUpMaterial, mask: Mask) -> str:
    value = format_phone(contact.value) if contact.kind is ContactKind.PHONE else contact.value
    if material.protected:
        value = "masqué, dossier protégé"
    owner = next((m.full_name() for m in material.people.members if m.id == contact.member_id), "")
    parts = [
        value,
        owner,
        mask(contact.label),
        "sans risque" if contact.safe else "à vérifier avant d’appeler",
        mask(contact.instructions) if material.preset.writings else "",
    ]
    return ", ".join(part for part in parts if part)


def _around(material: FollowUpMaterial) -> Iterator[Around]:
    """Yield the landlord, whoever holds a legal protection, and those who may be told something."""
    home = material.housing.current
    told = {c.recipient.name for c in material.consents}
    if home and home.landlord:
        agreed = [
            c
            for c in material.consents
            if c.recipient.landlord_id == home.landlord.id or c.recipient.name == home.landlord.name
        ]
        contact = next((c for c in home.contacts if c.active), None)
        role = ", ".join(part for part in ("Bailleur", contact.name if contact else "") if part)
        yield Around(home.landlord.name, role, _agreement(agreed, material.day))
        told -= {home.landlord.name}
    if material.preset.writings:
        for member in material.people.members:
            if member.legal_protection and member.protected_by:
                role = LEGAL_PROTECTION_LABELS[member.legal_protection]
                yield Around(
                    member.protected_by,
                    f"{capital(role)} de {member.full_name()}",
                    "Mesure de protection",
                )
    for name in sorted(told):
        agreed = [c for c in material.consents if c.recipient.name == name]
        role = RECIPIENT_KIND_LABELS[agreed[0].recipient.kind]
        yield Around(name, capital(role), _agreement(agreed, material.day))


def _agreement(consents: list[Consent], day: date) -> str:
    holding = [c for c in consents if c.in_force(day)]
    if not holding:
        return "Aucun accord en cours"
    topics = {topic for c in holding for topic in c.topics}
    words = join_words([TOPIC_LABELS[topic] for topic in TOPIC_LABELS if topic in topics])
    ends = [c.until for c in holding]
    last = max((end for end in ends if end), default=None)
    until = f", jusqu’au {format_date(last)}" if last and None not in ends else ""
    return f"Oui : {words}{until}"


def _under_way(material: FollowUpMaterial, mask: Mask) -> Iterator[str]:
    for goal in material.goals:
        if goal.goal.open and _told(goal.goal.domain, material):
            step = goal.next_step
            after = f", prochaine étape : {mask(step.title)}" if step else ""
            yield f"{mask(goal.goal.title)}{after}"


def _coming(material: FollowUpMaterial, mask: Mask) -> Iterator[str]:
    """Yield what comes next, the soonest first: appointments, promises, terms."""
    found: list[tuple[date, str]] = []
    writings = material.preset.writings
    for each in material.appointments:
        if each.state is AppointmentState.PLANNED and each.starts_at.date() >= material.day:
            about = f" : {mask(each.purpose)}" if each.purpose and writings else ""
            found.append((each.starts_at.date(), f"rendez-vous à {hour_words(each.starts_at)}{about}"))
    for promise in material.promises:
        if promise.due_on and promise.due_on >= material.day and (promise.shareable or writings):
            who = actor_text(promise.actor, promise.actor_name)
            found.append((promise.due_on, f"{mask(promise.text)} ({mask(who)})"))
    found += [(event.day, event.what[:1].lower() + event.what[1:]) for event in _terms(material)]
    for day, words in sorted(found):
        yield f"{format_long_date(day)} : {words}"


# The path


def path_part(material: FollowUpMaterial, mask: Mask) -> tuple[PathEvent, ...]:
    """Return the marked days of the household's path, the oldest first, those to come last."""
    told = [
        *of_referrals(material, mask),
        *(event for file in material.measures for event in _of_measure(file)),
        *(event for lease in material.housing.leases for event in _of_home(lease, material)),
        *_of_progress(material, mask),
        *_of_papers(material),
    ]
    past = [event for event in told if event.day <= material.day]
    return (*sorted(past, key=lambda e: e.day), *sorted(_terms(material), key=lambda e: e.day))


def _of_measure(file: MeasureFile) -> Iterator[PathEvent]:
    measure = file.measure
    asked = f"À la demande de {measure.prescriber}" if measure.prescriber else ""
    yield PathEvent(measure.starts_on, f"Mesure ouverte : {measure.kind_label}", asked, PathKind.MEASURE)
    for renewal in file.renewals:
        until = f"Jusqu’au {format_long_date(renewal.to_date)}"
        yield PathEvent(
            renewal.decided_on, f"Mesure renouvelée : {measure.kind_label}", until, PathKind.MEASURE
        )
    if measure.ended_on is not None:
        why = measure.exit_reason_label or ""
        yield PathEvent(
            measure.ended_on,
            f"Fin de la mesure : {measure.kind_label}",
            capital(why),
            PathKind.MEASURE,
        )


def _of_home(file: LeaseFile, material: FollowUpMaterial) -> Iterator[PathEvent]:
    lease, kind = file.lease, LEASE_KIND_LABELS[file.lease.kind]
    where = "Adresse masquée" if material.protected else file.dwelling.one_line()
    if lease.starts_on is not None:
        yield PathEvent(lease.starts_on, f"Entrée dans le logement, {kind}", where, PathKind.HOUSING)
    elif lease.signed_on is not None:
        yield PathEvent(lease.signed_on, f"Signature : {kind}", where, PathKind.HOUSING)
    if lease.ends_on is not None:
        yield PathEvent(lease.ends_on, f"Fin : {kind}", where, PathKind.HOUSING)
    for plan in file.plans:
        monthly = f"{plural(plan.instalments, 'mensualité')} de {format_euros(plan.monthly_cents)}"
        yield PathEvent(
            plan.signed_on or plan.first_month, "Plan d’apurement convenu", monthly, PathKind.HOUSING
        )
    for review in file.sliding.reviews if file.sliding else ():
        if review.held_on is not None:
            yield PathEvent(review.held_on, "Examen périodique contradictoire tenu", "", PathKind.HOUSING)


def _of_progress(material: FollowUpMaterial, mask: Mask) -> Iterator[PathEvent]:
    for goal in material.goals:
        if (
            goal.goal.closed_on
            and goal.goal.state is GoalState.ACHIEVED
            and _told(goal.goal.domain, material)
        ):
            yield PathEvent(goal.goal.closed_on, "Objectif atteint", mask(goal.goal.title), PathKind.PROGRESS)
    for evaluation in material.evaluations:
        yield PathEvent(
            evaluation.evaluation.evaluated_on, "Évaluation de l’autonomie", "", PathKind.PROGRESS
        )


def _of_papers(material: FollowUpMaterial) -> Iterator[PathEvent]:
    for line in material.transmissions:
        title = material.kind_titles.get(line.kind, line.kind)
        yield PathEvent(
            line.made_on, f"{title} transmis", f"À {line.recipient_name}, {line.number}", PathKind.DOCUMENT
        )
    for consent in material.consents:
        name = consent.recipient.name
        yield PathEvent(consent.given_on, "Accord de partage donné", name, PathKind.DOCUMENT)
        if consent.withdrawn_on is not None:
            yield PathEvent(consent.withdrawn_on, "Accord de partage retiré", name, PathKind.DOCUMENT)


def _terms(material: FollowUpMaterial) -> Iterator[PathEvent]:
    """Yield the terms still to come of measures, agreement and consents."""
    for file in material.measures:
        end = file.measure.planned_end_on
        if end and end > material.day and file.measure.ended_on is None:
            yield PathEvent(end, "Terme de la mesure", file.measure.kind_label, PathKind.MEASURE, coming=True)
    home = material.housing.current
    if home and home.sliding:
        dated = (
            (home.sliding.next_review_on, "Examen périodique contradictoire"),
            (home.sliding.landlord_notice_due_on, "Réponse du bailleur au préfet attendue"),
            (home.sliding.ends_on(), "Terme de la convention tripartite"),
        )
        for day, what in dated:
            if day and day > material.day:
                yield PathEvent(day, what, "", PathKind.HOUSING, coming=True)
    for consent in material.consents:
        if consent.until and consent.until > material.day and consent.in_force(material.day):
            name = consent.recipient.name
            yield PathEvent(consent.until, "Fin de l’accord de partage", name, PathKind.DOCUMENT, coming=True)
