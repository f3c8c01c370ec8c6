"""Finds who of a list is already followed, or stands twice in the list, among tens of thousands in seconds.

People of the list are filed under keys that duplicates share (birth date, name with year, phone, lease,
address with the first letter of the name); people already known then pass one by one through the same keys,
so that memory follows the list and not the file. Only pairs that meet under a key are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from caseworker_app.features.intake.domain.likeness import (
    Letters,
    Likeness,
    Person,
    compare,
    letters,
    strangers,
)
from caseworker_app.features.intake.domain.meetings import Meetings
from caseworker_app.features.intake.domain.places import address_key
from caseworker_app.features.intake.domain.proposal import ProposedHousehold

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


class DuplicateFinder:
    """The people of a list, filed so that those already known are found among them."""

    def __init__(self, proposals: Sequence[ProposedHousehold], today: date) -> None:
        """File every member of every proposal under the keys of a duplicate."""
        self._proposals = proposals
        self._today = today
        self._people: list[Person] = []
        self._owners: list[int] = []
        self._letters: list[Letters | None] = []
        self._meetings = Meetings()
        for position, proposal in enumerate(proposals):
            for person in people_of(proposal):
                self._meetings.add(len(self._people), person)
                self._people.append(person)
                self._owners.append(position)
                self._letters.append(letters(person))
        self._best: dict[tuple[int, str | int], tuple[Likeness, str]] = {}

    def find(self, known: Iterable[KnownPerson] = ()) -> Found:
        """Pass the people already known, then the earlier rows of the list, and return what was found."""
        for somebody in known:
            if met := self._meetings.of(somebody):
                person = _person_of(somebody)
                self._pass(person, letters(person), met, -1, somebody.household_id, somebody.reference)
        for number, mine in enumerate(self._people):
            met = self._meetings.of(mine)
            if met != [number]:
                owner = self._owners[number]
                self._pass(mine, self._letters[number], met, owner, self._proposals[owner].row, "")
        return self._sorted()

    def _pass(
        self,
        person: Person,
        theirs: Letters | None,
        met: Sequence[int],
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
