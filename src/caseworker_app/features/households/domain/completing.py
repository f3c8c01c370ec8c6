"""What a list adds to a household already followed: gaps are filled, nothing known is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caseworker_app.features.households.domain.entry import NewAddress, NewMember
from caseworker_app.features.households.domain.household import Address, HouseholdMember, Relation
from caseworker_app.kernel.folding import fold

# What a list may tell of a member whom the file knows less well.
_FILLED = (
    "civility",
    "birth_name",
    "first_name",
    "birth_date",
    "legal_protection",
    "protected_by",
    "language",
    "reading",
)


def match_members(
    known: Sequence[HouseholdMember], told: Sequence[NewMember]
) -> tuple[list[tuple[HouseholdMember, NewMember]], list[NewMember]]:
    """Say which members a list tells of again, and which ones it adds.

    Names that are alike come before names that are near; one person told of a household of one is that
    person, since the search of duplicates said so.
    """
    pairs: list[tuple[HouseholdMember, NewMember]] = []
    left, new = list(known), list(told)
    for is_same in (_same_names, _near_names):
        for person in list(new):
            found = next(
                (member for member in left if is_same(member, person) and _births_agree(member, person)), None
            )
            if found is not None:
                pairs.append((found, person))
                left.remove(found)
                new.remove(person)
    if len(known) == len(told) == len(new) == 1:
        return [(known[0], told[0])], []
    return pairs, new


def missing_fields(member: HouseholdMember, told: NewMember) -> dict[str, Any]:
    """Return what a list tells of a member that the file does not know.

    An interpreter needed stays needed.
    """
    found = {
        n: getattr(told, n) for n in _FILLED if getattr(member, n) is None and getattr(told, n) is not None
    }
    if member.relation is Relation.UNKNOWN and told.relation is not Relation.REFERENCE_PERSON:
        found["relation"] = told.relation
    if told.interpreter_needed:
        found["interpreter_needed"] = True
    return found


def is_known_address(known: Sequence[Address], told: NewAddress) -> bool:
    """Say whether an address of a list is one the file knows, present or past, but for details inside."""
    place = _place(told)
    return any(_place(address) == place for address in known)


def joined_note(known: str | None, told: str | None) -> str | None:
    """Return the note with the lines a list adds below, those already there left out."""
    lines = (known or "").splitlines()
    added = [line for line in (told or "").splitlines() if line not in lines]
    return "\n".join([*lines, *added]) or None if added else known


def _same_names(member: HouseholdMember, person: NewMember) -> bool:
    last_names = {fold(name) for name in (member.last_name, member.birth_name) if name}
    told = {fold(name) for name in (person.last_name, person.birth_name) if name}
    return bool(last_names & told) and fold(member.first_name or "") == fold(person.first_name or "")


def _near_names(member: HouseholdMember, person: NewMember) -> bool:
    """Say whether names stand the other way round, lack a first name, or are near and born the same day.

    Without birth dates, names a letter apart are two people: a brother taken for his brother would be lost.
    """
    if not (member.first_name and person.first_name):
        return fold(member.last_name) == fold(person.last_name)
    ours, theirs = _whole_name(member), _whole_name(person)
    if member.birth_date is None or person.birth_date is None:
        return ours == theirs
    # Imported here: only an import that meets a known household needs it.
    from rapidfuzz.distance import OSA

    return OSA.distance(ours, theirs, score_cutoff=2) <= 2 and min(len(ours), len(theirs)) >= 8


def _whole_name(person: NewMember | HouseholdMember) -> str:
    return "".join(sorted(fold(f"{person.last_name} {person.first_name or ''}").split()))


def _births_agree(member: HouseholdMember, person: NewMember) -> bool:
    """Say whether birth dates may be one person's: equal, not known, or a digit or day and month astray."""
    ours, theirs = member.birth_date, person.birth_date
    if ours is None or theirs is None or ours == theirs:
        return True
    swapped = (ours.year, ours.month, ours.day) == (theirs.year, theirs.day, theirs.month)
    return swapped or sum(a != b for a, b in zip(ours.isoformat(), theirs.isoformat(), strict=True)) == 1


def _place(address: Address | NewAddress) -> tuple[str, str]:
    return fold(address.street or address.complement or ""), fold(address.city or address.postal_code or "")
