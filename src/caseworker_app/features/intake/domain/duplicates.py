"""Finds who of a list is already followed, or stands twice in the list, among tens of thousands in seconds.

People of the list are filed under keys that duplicates share (birth date, name with year, phone, lease,
address with the first letter of the name); people already known then pass one by one through the same keys,
so that memory follows the list and not the file. Only pairs that meet under a key are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from caseworker_app.features.intake.domain.likeness import (
    Letters,
    Likeness,
    Person,
    compare,
    lease_stem,
    letters,
    strangers,
)
from caseworker_app.features.intake.domain.places import address_key
from caseworker_app.features.intake.domain.proposal import ProposedHousehold
from caseworker_app.kernel.folding import fold

# A key shared by more people than this tells nothing (a switchboard, 01/01/1970, a tower of 300 flats).
_CROWD = 150
_KEPT = 5


class KnownPerson(NamedTuple):
    """Somebody already followed.

    `contacts` are E.164 numbers and lower-case e-mails, `address` a `places.address_key`, `civility` `mr` or
    `mrs` where known: it keeps « Michel » and « Michèle » apart.
    """

    household_id: str
    reference: str
    last_name: str
    first_name: str
    birth_date: date | None
    contacts: tuple[str, ...] = ()
    lease_reference: str = ""
    address: str = ""
    civility: str = ""


@dataclass(frozen=True)
class Duplicate:
    """A proposal that is probably a followed household, or an earlier row of the same list.

    Exactly one of `household_id` (with its `reference`), `other_row` and, in a list of dwellings,
    `dwelling_id` (with the landlord's `reference`, if any) or, in a directory, `partner_id` (with the body's name as
    `reference`) is given. `likelihood` is in percents.
    """

    row: int
    why: tuple[str, ...]
    likelihood: int
    household_id: str | None = None
    reference: str | None = None
    other_row: int | None = None
    dwelling_id: str | None = None
    partner_id: str | None = None


@dataclass(frozen=True)
class Found:
    """What was found: `duplicates` are the same people, `related` deserve a look (one household, twins)."""

    duplicates: tuple[Duplicate, ...]
    related: tuple[Duplicate, ...]


@dataclass(slots=True)
class _Traits:
    """What the people of a list have, trait by trait: most of those known share nothing, which is soon seen."""

    names: set[str] = field(default_factory=set)
    initials: dict[date, set[str]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    def add(self, person: Person) -> None:
        """Note the traits of somebody of the list."""
        last, first, name = _names_of(person.last_name, person.first_name)
        self.names.add(name)
        if person.birth_date is not None:
            self.initials.setdefault(person.birth_date, set()).update((last[:1], first[:1]))
        self.others.update(person.contacts)
        self.others.add(lease_stem(person.lease_reference))
        self.others.add(person.address)
        self.others.discard("")

    def may_meet(self, known: KnownPerson) -> bool:
        """Say whether somebody known can share a key with the list, without making the keys."""
        last, first, name = _names_of(known.last_name, known.first_name)
        if name in self.names or not self.others.isdisjoint(known.contacts):
            return True
        initials = self.initials.get(known.birth_date) if known.birth_date else None
        if initials and (last[:1] in initials or first[:1] in initials):
            return True
        return known.address in self.others or lease_stem(known.lease_reference) in self.others


class DuplicateFinder:
    """The people of a list, filed so that those already known are found among them."""

    def __init__(self, proposals: Sequence[ProposedHousehold], today: date) -> None:
        """File every member of every proposal under the keys of a duplicate."""
        self._proposals = proposals
        self._today = today
        self._people: list[Person] = []
        self._owners: list[int] = []
        self._letters: list[Letters | None] = []
        self._keys: list[list[str]] = []
        self._index: dict[str, list[int]] = {}
        self._traits = _Traits()
        for position, proposal in enumerate(proposals):
            for person in people_of(proposal):
                number = len(self._people)
                self._people.append(person)
                self._owners.append(position)
                self._letters.append(letters(person))
                self._traits.add(person)
                shared, filed, sought = _keys(person)
                for key in (*shared, *filed):
                    self._index.setdefault(key, []).append(number)
                shared.append(sought)
                self._keys.append(shared)
        self._best: dict[tuple[int, str | int], tuple[Likeness, str]] = {}

    def find(self, known: Iterable[KnownPerson] = ()) -> Found:
        """Pass the people already known, then the earlier rows of the list, and return what was found."""
        for person in known:
            if self._traits.may_meet(person):
                self._pass_known(_person_of(person), person.household_id, person.reference)
        for number, mine in enumerate(self._people):
            met = self._met(self._keys[number])
            met.discard(number)
            if met:
                owner = self._owners[number]
                self._pass(mine, self._letters[number], met, owner, self._proposals[owner].row, "")
        return self._sorted()

    def _pass_known(self, person: Person, household_id: str, reference: str) -> None:
        shared, _, sought = _keys(person)
        met = self._met([*shared, sought])
        if met:
            self._pass(person, letters(person), met, -1, household_id, reference)

    def _pass(
        self,
        person: Person,
        theirs: Letters | None,
        met: set[int],
        owner: int,
        target: str | int,
        reference: str,
    ) -> None:
        """Compare one person with those of later rows they meet under a key."""
        for number in met:
            position = self._owners[number]
            if position <= owner:
                continue
            ours = self._people[number]
            if strangers(ours, person, self._letters[number], theirs):
                continue
            likeness = compare(ours, person, self._today)
            if likeness is not None:
                self._keep((position, target), likeness, reference)

    def _met(self, keys: Iterable[str]) -> set[int]:
        met: set[int] = set()
        for key in keys:
            numbers = self._index.get(key)
            if numbers is not None and len(numbers) <= _CROWD:
                met.update(numbers)
        return met

    def _keep(self, pair: tuple[int, str | int], likeness: Likeness, reference: str) -> None:
        best = self._best.get(pair)
        rank = (likeness.same_person, likeness.likelihood, len(likeness.why))
        if best is None or rank > (best[0].same_person, best[0].likelihood, len(best[0].why)):
            self._best[pair] = likeness, reference

    def _sorted(self) -> Found:
        groups: dict[int, list[tuple[Likeness, str | int, str]]] = {}
        for (position, target), (likeness, reference) in self._best.items():
            groups.setdefault(position, []).append((likeness, target, reference))
        duplicates: list[Duplicate] = []
        related: list[Duplicate] = []
        for position in sorted(groups):
            same = [entry for entry in groups[position] if entry[0].same_person]
            chosen, into = (same, duplicates) if same else (groups[position], related)
            chosen.sort(key=lambda entry: (-entry[0].likelihood, isinstance(entry[1], int), str(entry[1])))
            into += [self._duplicate(position, *entry) for entry in chosen[:_KEPT]]
        return Found(tuple(duplicates), tuple(related))

    def _duplicate(self, position: int, likeness: Likeness, target: str | int, reference: str) -> Duplicate:
        row = self._proposals[position].row
        if isinstance(target, int):
            return Duplicate(row, likeness.why, likeness.likelihood, other_row=target)
        return Duplicate(row, likeness.why, likeness.likelihood, household_id=target, reference=reference)


def people_of(proposal: ProposedHousehold) -> Iterator[Person]:
    """Yield what is compared of each member: contacts, lease and address go with everybody."""
    lease = (proposal.tenancy.reference or "") if proposal.tenancy else ""
    address = ""
    if proposal.household.addresses:
        first = proposal.household.addresses[0]
        address = address_key(first.street or "", first.postal_code or "", first.city or "")
    contacts = tuple(contact.value for contact in proposal.household.contacts)
    for member in proposal.household.members:
        yield Person(
            member.last_name,
            member.first_name or "",
            member.birth_date,
            contacts,
            lease,
            address,
            member.civility or "",
        )


def _person_of(known: KnownPerson) -> Person:
    return Person(*known[2:])


@lru_cache(maxsize=65_536)
def _names_of(last_name: str, first_name: str) -> tuple[str, str, str]:
    """Return both names folded, and all their words in order: crossed names are alike."""
    last, first = fold(last_name), fold(first_name)
    return last, first, " ".join(sorted(f"{last} {first}".split()))


def _common_keys(person: Person, last: str, first: str, name: str) -> list[str]:
    """Return the keys that both sides use alike."""
    keys = ["c" + contact for contact in person.contacts]
    if person.lease_reference:
        keys.append("l" + lease_stem(person.lease_reference))
    if person.address:
        keys.append(f"a{last[:1]}{person.address}")
    if birth := person.birth_date:
        day = birth.toordinal()
        # With an initial of either name: crossed names and one misspelt initial still meet, strangers born
        # that day do not.
        keys += {f"b{day}{last[:1]}", f"b{day}{first[:1]}"}
        keys += (f"y{birth.year}{name}", f"d{birth.month}/{birth.day}{name}")
    return keys


def _keys(person: Person) -> tuple[list[str], list[str], str]:
    """Return the keys both sides use alike, those somebody of the list is filed under besides, and the one sought.

    Names alone meet only where a birth date is missing.
    """
    last, first, name = _names_of(person.last_name, person.first_name)
    shared = _common_keys(person, last, first, name)
    without, with_birth = "without birth " + name, "with birth " + name
    if person.birth_date is None:
        return shared, [without, with_birth], without
    return shared, [without], with_birth
