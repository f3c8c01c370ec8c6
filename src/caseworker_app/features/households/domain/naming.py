"""How a household is called, and under what it is sorted."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.households.domain.entry import NewMember
from caseworker_app.features.households.domain.household import CIVILITY_LABELS, HouseholdMember, Relation
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import join_words, sort_key

Person = NewMember | HouseholdMember
# What stands in a name without being one.
_NOT_NAMES = frozenset(
    {"m", "m.", "mm", "mm.", "mme", "mmes", "mlle", "et", "de", "du", "des", "la", "le", "famille"}
)


def initials(name: str) -> str:
    """Return the initials of a household: « S. M. » for « Mme Solène Marchadier », none for what holds no letter."""
    words = name.replace("\u00a0", " ").replace("-", " ").replace("’", " ").replace("'", " ").split()
    kept = [word for word in words if fold(word) not in _NOT_NAMES and word[0].isalpha()]
    return " ".join(f"{word[0].upper()}." for word in kept[:4])


def household_name(members: Sequence[Person]) -> str:
    """Return the name shown for a household.

    « Mme Élodie Marchal » for one adult; for a couple « Élodie et Ali Marchal » or « Élodie Marchal et Ali
    Kaboré », « M. et Mme Marchal » where first names are not known.
    """
    reference = _reference_person(members)
    partner = next((m for m in members if m.relation is Relation.PARTNER and m is not reference), None)
    if partner is None:
        return _with_civility(reference)
    if partner.last_name.casefold() == reference.last_name.casefold():
        return _couple_of_one_name(reference, partner)
    return f"{_called(reference)} et {_called(partner)}"


def sort_name(members: Sequence[Person]) -> str:
    """Return the folded name under which a household stands in lists.

    Last, then first name of its reference person.
    """
    reference = _reference_person(members)
    return sort_key(f"{reference.last_name} {reference.first_name or ''}")


def member_called(members: Sequence[HouseholdMember], words: str) -> HouseholdMember:
    """Return the one member called so: by first name, or first and last name either way round, accent-blind.

    Raises InvalidEntry when nobody or several are.
    """
    wanted = sorted(fold(words).split())
    found = [m for m in members if wanted in _ways_to_call(m)]
    if len(found) == 1:
        return found[0]
    told = join_words([f"{m.first_name or ''} {m.last_name}".strip() for m in members])
    many = "Plusieurs personnes s’appellent" if found else "Personne ne s’appelle"
    raise InvalidEntry(
        f"{many} «\u00a0{words.strip()}\u00a0» dans ce ménage\u00a0: choisissez parmi {told}.", "member"
    )


def _ways_to_call(member: HouseholdMember) -> list[list[str]]:
    first, last = fold(member.first_name or "").split(), fold(member.last_name).split()
    return [sorted(first), sorted(first + last)] if first else [sorted(last)]


def _reference_person(members: Sequence[Person]) -> Person:
    return next((m for m in members if m.relation is Relation.REFERENCE_PERSON), members[0])


def _couple_of_one_name(reference: Person, partner: Person) -> str:
    if reference.first_name and partner.first_name:
        return f"{reference.first_name} et {partner.first_name} {reference.last_name}"
    if reference.first_name or partner.first_name:
        return f"{_called(reference)} et {_called(partner)}"
    if reference.civility and partner.civility:
        first, second = sorted((reference.civility, partner.civility))
        return f"{CIVILITY_LABELS[first]} et {CIVILITY_LABELS[second]}\u00a0{reference.last_name}"
    return reference.last_name


def _called(person: Person) -> str:
    """Return first and last name, or « Mme Marchal » without a first name."""
    return f"{person.first_name} {person.last_name}" if person.first_name else _with_civility(person)


def _with_civility(person: Person) -> str:
    civility = f"{CIVILITY_LABELS[person.civility]}\u00a0" if person.civility else ""
    return civility + " ".join(part for part in (person.first_name, person.last_name) if part)
