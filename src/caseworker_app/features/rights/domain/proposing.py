"""Proposes what to take out of a copy of the data: what declared fields say of others, and who is named in free texts.

It proposes more than needed rather than less: a person reviews it, and where nobody does all of it is applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from caseworker_app.features.handover.domain.hits import KnownPeople
from caseworker_app.features.handover.domain.other_people import other_people
from caseworker_app.features.handover.domain.word_check import hidden_spans
from caseworker_app.features.rights.domain.held import Held, HeldField, HeldRow, Person
from caseworker_app.features.rights.domain.redaction import Redaction, RedactionReason
from caseworker_app.kernel.folding import fold

_ROADS = (
    "rue|avenue|av\\.?|boulevard|bd|place|allée|chemin|impasse|route|cours|quai|square|passage|cité|sentier"
)
_LINKS = r"(?:(?i:de|du|des|la|le|les)[\s\u00a0]+|(?i:l|d)['’])*"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'\-]*"
_ADDRESS = re.compile(
    rf"\b\d{{1,4}}(?:\s?(?i:bis|ter|quater))?[\s\u00a0,]+(?i:{_ROADS})[\s\u00a0]+{_LINKS}{_NAME}(?:[\s\u00a0]+{_NAME})*"
)


@dataclass(frozen=True, slots=True)
class Strangers:
    """Names known elsewhere in the file: of one word, and of several."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


def propose(held: Held, strangers: Strangers, workers: tuple[str, ...]) -> tuple[Redaction, ...]:
    """Return what to take out, in reading order; `workers`: the association's people, whom the household knows."""
    proposer = _Proposer(held, strangers, workers)
    return tuple(each for row, told in held.fields() for each in proposer.of(row, told))


class _Proposer:
    """Looks at one value after the other."""

    def __init__(self, held: Held, strangers: Strangers, workers: tuple[str, ...]) -> None:
        self._held, self._strangers = held, strangers
        asked_by = held.asked_by
        told_to = (asked_by,) if asked_by else held.people
        self._own = {fold(word) for person in told_to for word in person.words}
        self._expected = (*(word for person in told_to for word in person.words), *workers)
        self._workers = {fold(word) for name in workers for word in name.split()}
        self._others = _others_of(held.people, asked_by, self._own)

    def of(self, row: HeldRow, told: HeldField) -> Iterator[Redaction]:
        """Yield what to take out of one value."""
        whole = self._whole(row, told)
        if whole is not None:
            yield Redaction(told.place, 0, len(told.text), whole[0], whole[1])
            return
        for start, end in hidden_spans(told.text, self._held.hidden):
            yield Redaction(told.place, start, end, RedactionReason.PROTECTED)
        if told.free:
            yield from self._in_text(told)

    def _whole(self, row: HeldRow, told: HeldField) -> tuple[RedactionReason, bool] | None:
        """Return why a value is taken out as a whole, and whether nobody may put it back."""
        if told.place in row.other_households:
            return RedactionReason.OTHER_HOUSEHOLD, True
        if self._held.protected and told.is_place:
            return RedactionReason.PROTECTED, False
        of_another = self._of_another(row, told)
        if of_another is None and told.place in row.third_persons and not self._is_known(told.text):
            return RedactionReason.THIRD_PERSON, False
        return of_another

    def _of_another(self, row: HeldRow, told: HeldField) -> tuple[RedactionReason, bool] | None:
        """Return why a value is not told to the one member who asked, None when it is."""
        asked_by = self._held.asked_by
        if asked_by is None:
            return None
        if asked_by.left_on is not None and row.written_on is not None and row.written_on > asked_by.left_on:
            return RedactionReason.AFTER_LEAVING, True
        another = row.members and asked_by.id not in row.members
        if another or any(
            place == told.place and member != asked_by.id for place, member in row.named_members
        ):
            return RedactionReason.OTHER_MEMBER, False
        return None

    def _is_known(self, text: str) -> bool:
        """Say whether a value names only people of the household or of the association."""
        return set(fold(text).split()) <= self._own | self._workers

    def _in_text(self, told: HeldField) -> Iterator[Redaction]:
        text, place = told.text, told.place
        elsewhere = {fold(word) for word in (*self._strangers.words, *self._strangers.phrases)}
        others = {fold(word) for word in self._others}
        people = KnownPeople(
            expected=self._expected,
            others=(*self._strangers.words, *self._others),
            reachable=tuple(self._held.own_contacts),
        )
        for find in other_people(text, people, self._held.day):
            yield Redaction(place, find.start, find.end, _why(text[find.start : find.end], elsewhere, others))
        for start, end in hidden_spans(text, self._strangers.phrases):
            yield Redaction(place, start, end, RedactionReason.OTHER_HOUSEHOLD)
        yield from self._places(place, text)

    def _places(self, place: str, text: str) -> Iterator[Redaction]:
        own = [fold(street) for street in self._held.own_places]
        for match in _ADDRESS.finditer(text):
            told = fold(match.group())
            if not any(told in street or street in told for street in own):
                yield Redaction(place, *match.span(), RedactionReason.THIRD_CONTACT)


def _why(words: str, elsewhere: set[str], others: set[str]) -> RedactionReason:
    """Return why words that tell of somebody else are taken out."""
    if "@" in words or any(character.isdigit() for character in words):
        return RedactionReason.THIRD_CONTACT
    folded = fold(words)
    said = {folded, *folded.split()}
    if said & others:
        return RedactionReason.OTHER_MEMBER
    return RedactionReason.OTHER_HOUSEHOLD if said & elsewhere else RedactionReason.THIRD_PERSON


def _others_of(people: tuple[Person, ...], asked_by: Person | None, own: set[str]) -> tuple[str, ...]:
    """Return the names of the other members when one of them asks alone; a name they share stays."""
    if asked_by is None:
        return ()
    words = (word for person in people if person.id != asked_by.id for word in person.words)
    return tuple(dict.fromkeys(word for word in words if fold(word) not in own))
