"""Who of a list may be somebody: people are filed under what duplicates share, and only those who meet are compared.

A key a trait, looked up as it stands: two hundred thousand people pass, and nearly all of them meet nobody.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from caseworker_app.features.intake.domain.likeness import lease_stem
from caseworker_app.kernel.folding import fold

# A key shared by more people than this tells nothing (a switchboard, 01/01/1970, a tower of 300 flats).
_CROWD = 150

Numbers = list[int]
# What tells namesakes apart: the year born, the day of the year, or how much is known of their birth.
_Birth = int | tuple[int, int] | str
_ANY_BIRTH, _NO_BIRTH = "any birth", "no birth"


class Described(Protocol):
    """Somebody of the list or of the file: E.164 numbers, lower-case e-mails, a `places.address_key`."""

    @property
    def last_name(self) -> str: ...  # noqa: D102 (what it is called says what it is)
    @property
    def first_name(self) -> str: ...  # noqa: D102
    @property
    def birth_date(self) -> date | None: ...  # noqa: D102
    @property
    def contacts(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def lease_reference(self) -> str: ...  # noqa: D102
    @property
    def address(self) -> str: ...  # noqa: D102


class Meetings:
    """The people of a list by what they share with others: contacts, lease, home, birth, names."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._contacts: dict[str, Numbers] = {}
        self._leases: dict[str, Numbers] = {}
        self._homes: dict[str, dict[str, Numbers]] = {}
        self._births: dict[date, dict[str, Numbers]] = {}
        self._names: dict[str, dict[_Birth, Numbers]] = {}

    def add(self, number: int, person: Described) -> None:
        """File somebody of the list under their number."""
        last, first, birth = fold(person.last_name), fold(person.first_name), person.birth_date
        for contact in person.contacts:
            self._contacts.setdefault(contact, []).append(number)
        if person.lease_reference:
            self._leases.setdefault(lease_stem(person.lease_reference), []).append(number)
        if person.address:
            self._homes.setdefault(person.address, {}).setdefault(last[:1], []).append(number)
        if birth is not None:
            born = self._births.setdefault(birth, {})
            # With an initial of either name: crossed names and one misspelt initial still meet, strangers born
            # that day do not.
            for initial in {last[:1], first[:1]}:
                born.setdefault(initial, []).append(number)
        namesakes = self._names.setdefault(_whole_name(last, first), {})
        for known in (_ANY_BIRTH, _NO_BIRTH) if birth is None else (_ANY_BIRTH, *_near(birth)):
            namesakes.setdefault(known, []).append(number)

    def of(self, person: Described) -> list[int]:
        """Return the numbers of those somebody meets, in order; names alone meet only where a birth date is missing."""
        last, first, birth = fold(person.last_name), fold(person.first_name), person.birth_date
        found = [self._contacts.get(contact) for contact in person.contacts]
        if person.lease_reference:
            found.append(self._leases.get(lease_stem(person.lease_reference)))
        if person.address and (there := self._homes.get(person.address)):
            found.append(there.get(last[:1]))
        if birth is not None and (born := self._births.get(birth)):
            found += (born.get(last[:1]), born.get(first[:1]))
        if namesakes := self._names.get(_whole_name(last, first)):
            known = (_ANY_BIRTH,) if birth is None else (_NO_BIRTH, *_near(birth))
            found += map(namesakes.get, known)
        met = {number for numbers in found if numbers and len(numbers) <= _CROWD for number in numbers}
        return sorted(met)


def _near(birth: date) -> tuple[_Birth, ...]:
    """Return what two namesakes share when one of their birth dates is wrong by its day, or by its year."""
    return birth.year, (birth.month, birth.day)


def _whole_name(last: str, first: str) -> str:
    """Return all the words of both folded names in order: crossed names are alike."""
    if " " not in last and " " not in first and last and first:
        return f"{last} {first}" if last < first else f"{first} {last}"
    return " ".join(sorted(f"{last} {first}".split()))
