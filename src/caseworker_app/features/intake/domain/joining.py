"""Several rows of one household joined into one proposal, only where the list leaves no doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from caseworker_app.features.households.domain import RELATION_LABELS, NewHousehold, NewMember, Relation
from caseworker_app.features.intake.domain.places import address_key
from caseworker_app.features.intake.domain.proposal import ProposedHousehold
from caseworker_app.kernel.folding import fold


def join_rows(proposals: Sequence[ProposedHousehold]) -> list[ProposedHousehold]:
    """Return the proposals, those of one household made one.

    Rows belong together when they bear the same lease reference (or the sender's same identifier), give
    different people, and agree on the address, or give none; the same person twice is no second member but a
    repeated row, left for the search of duplicates. Order of first rows is kept.
    """
    groups: dict[str, list[int]] = {}
    for position, proposal in enumerate(proposals):
        key = _reference_key(proposal)
        if key:
            groups.setdefault(key, []).append(position)
    joined: dict[int, ProposedHousehold | None] = {}
    for positions in groups.values():
        if len(positions) > 1:
            joined.update(_join_group(proposals, positions))
    result = (joined.get(position, proposal) for position, proposal in enumerate(proposals))
    return [_with_reference_first(proposal) for proposal in result if proposal is not None]


def join_repeated(proposals: Sequence[ProposedHousehold]) -> list[ProposedHousehold]:
    """Return the proposals, a household that a follow-up table tells on several rows made one.

    Tables repeat a household for each measure, each year, each meeting: the sender's same identifier, or the same
    people whose birth dates and addresses, where given, do not differ.
    """
    positions: dict[tuple[str, ...], list[int]] = {}
    joined: list[ProposedHousehold] = []
    for proposal in proposals:
        alike = positions.setdefault(_repeated_key(proposal), [])
        position = next((i for i in alike if _may_be_one(joined[i], proposal)), None)
        if position is None:
            alike.append(len(joined))
            joined.append(proposal)
        else:
            joined[position] = _again(joined[position], proposal)
    return joined


def _repeated_key(proposal: ProposedHousehold) -> tuple[str, ...]:
    first = proposal.household.members[0]
    # « Nom Prénom » and « Prénom Nom » are one person.
    return tuple(sorted(f"{fold(first.last_name)} {fold(first.first_name or '')}".split()))


def _may_be_one(known: ProposedHousehold, other: ProposedHousehold) -> bool:
    references = {known.external_reference, other.external_reference} - {None}
    births = {known.household.members[0].birth_date, other.household.members[0].birth_date} - {None}
    homes = {_home(known), _home(other)} - {""}
    if len(references) == 1 and known.external_reference and other.external_reference:
        return len(births) < 2
    return max(len(references), len(births), len(homes)) < 2


def _again(first: ProposedHousehold, second: ProposedHousehold) -> ProposedHousehold:
    """Return one household with what both rows tell; the people are those of the row that tells most."""
    ours, theirs = first.household, second.household
    members = max(
        (ours.members, theirs.members), key=lambda told: (len(told), told[0].birth_date is not None)
    )
    contacts = {contact.value: contact for contact in (*theirs.contacts, *ours.contacts)}
    notes = [note for note in (ours.note, theirs.note) if note]
    opened = [day for day in (ours.opened_on, theirs.opened_on) if day]
    household = NewHousehold(
        members,
        ours.addresses or theirs.addresses,
        tuple(contacts.values()),
        note="\n".join(_unique_lines(notes)) or None,
        opened_on=min(opened) if opened else None,
    )
    return replace(
        first,
        household=household,
        joined_rows=(*first.joined_rows, *second.rows),
        dwelling=first.dwelling or second.dwelling,
        tenancy=first.tenancy or second.tenancy,
        external_reference=first.external_reference or second.external_reference,
    )


def _reference_key(proposal: ProposedHousehold) -> str:
    if proposal.tenancy and proposal.tenancy.reference:
        return "lease " + fold(proposal.tenancy.reference)
    return "id " + fold(proposal.external_reference) if proposal.external_reference else ""


def _join_group(
    proposals: Sequence[ProposedHousehold], positions: list[int]
) -> dict[int, ProposedHousehold | None]:
    """Join the rows that follow one another's address; None marks a row taken into another."""
    result: dict[int, ProposedHousehold | None] = {}
    leader = positions[0]
    current = proposals[leader]
    for position in positions[1:]:
        other = proposals[position]
        if _same_home(current, other) and not _shares_person(current, other):
            current = _merge(current, other)
            result[leader], result[position] = current, None
        elif leader not in result:
            leader, current = position, other
    return result


def _same_home(first: ProposedHousehold, second: ProposedHousehold) -> bool:
    keys = {key for key in (_home(first), _home(second)) if key}
    if len(keys) > 1:
        return False
    last_names = [{fold(m.last_name) for m in p.household.members} for p in (first, second)]
    # A reference alone could be reused; a common address or a common family name makes it sure.
    return bool(keys and _home(first) == _home(second)) or bool(last_names[0] & last_names[1])


def _home(proposal: ProposedHousehold) -> str:
    if not proposal.household.addresses:
        return ""
    address = proposal.household.addresses[0]
    return address_key(address.street or "", address.postal_code or "", address.city or "")


def _shares_person(first: ProposedHousehold, second: ProposedHousehold) -> bool:
    people = {_person(member) for member in first.household.members}
    return any(_person(member) in people or _lookalike(member, first) for member in second.household.members)


def _person(member: NewMember) -> tuple[str, str]:
    return fold(member.last_name), fold(member.first_name or "")


def _lookalike(member: NewMember, other: ProposedHousehold) -> bool:
    """Say whether someone of the other row was born that day under a like first name."""
    from rapidfuzz.distance import OSA

    first = fold(member.first_name or "")
    return any(
        member.birth_date is not None
        and member.birth_date == known.birth_date
        and OSA.distance(first, fold(known.first_name or "")) <= 2
        for known in other.household.members
    )


def _merge(first: ProposedHousehold, second: ProposedHousehold) -> ProposedHousehold:
    members = [*first.household.members, *_as_others(first.household.members, second.household.members)]
    shift = len(first.household.members)
    moved = tuple(
        replace(c, member=None if c.member is None else c.member + shift) for c in second.household.contacts
    )
    contacts = {contact.value: contact for contact in (*moved, *first.household.contacts)}
    notes = [note for note in (first.household.note, second.household.note) if note]
    household = NewHousehold(
        tuple(members),
        first.household.addresses or second.household.addresses,
        tuple(contacts.values()),
        note="\n".join(_unique_lines(notes)) or None,
    )
    return replace(
        first,
        household=household,
        joined_rows=(*first.joined_rows, *second.rows),
        dwelling=first.dwelling or second.dwelling,
        tenancy=first.tenancy or second.tenancy,
        occupants=first.occupants or second.occupants,
    )


def _as_others(there: Sequence[NewMember], coming: Sequence[NewMember]) -> list[NewMember]:
    """Give those who come second a relation: the list tells none, their ages suggest one."""
    reference = next((m for m in there if m.relation is Relation.REFERENCE_PERSON), None)
    if reference is None:
        return list(coming)
    has_partner = any(m.relation is Relation.PARTNER for m in there)
    result = []
    for member in coming:
        relation = member.relation
        if relation is Relation.REFERENCE_PERSON:
            relation = _guessed_relation(reference, member, has_partner=has_partner)
            has_partner = has_partner or relation is Relation.PARTNER
        result.append(replace(member, relation=relation))
    return result


def _guessed_relation(reference: NewMember, member: NewMember, *, has_partner: bool) -> Relation:
    if (
        reference.birth_date
        and member.birth_date
        and member.birth_date.year - reference.birth_date.year >= 16
    ):
        return Relation.CHILD
    return Relation.UNRELATED if has_partner else Relation.PARTNER


def _with_reference_first(proposal: ProposedHousehold) -> ProposedHousehold:
    """Put the reference person first; a child's row alone makes the child one, and the note says so."""
    members = proposal.household.members
    if members[0].relation is Relation.REFERENCE_PERSON:
        return proposal
    order = sorted(range(len(members)), key=lambda i: members[i].relation is not Relation.REFERENCE_PERSON)
    new_place = {old: new for new, old in enumerate(order)}
    moved = [members[i] for i in order]
    note = proposal.household.note
    if moved[0].relation is not Relation.REFERENCE_PERSON:
        said = f"Lien d’après la liste\u00a0: {RELATION_LABELS[moved[0].relation]}"
        note = f"{note}\n{said}" if note else said
        moved[0] = replace(moved[0], relation=Relation.REFERENCE_PERSON)
    contacts = tuple(
        replace(c, member=None if c.member is None else new_place[c.member])
        for c in proposal.household.contacts
    )
    household = replace(proposal.household, members=tuple(moved), contacts=contacts, note=note)
    return replace(proposal, household=household)


def _unique_lines(notes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(line for note in notes for line in note.split("\n")))
