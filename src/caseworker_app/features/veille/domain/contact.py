"""A call or a visit of a veille once made: how it went, what was asked and done, when another was agreed for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.features.diary.domain.entry import MAX_SHORT_TEXT
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.veille.domain.rhythm import Standing
from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.errors import InvalidEntry

NB = "\u00a0"
_YEAR = timedelta(days=366)


class Way(StrEnum):
    """How the household is reached."""

    CALL = "call"
    VISIT = "visit"


WAY_LABELS = {Way.CALL: "appel", Way.VISIT: "visite"}


class Outcome(StrEnum):
    """How a call or a visit went."""

    ANSWERED = "answered"
    VISITED = "visited"
    NO_ANSWER = "no_answer"
    NOT_HOME = "not_home"
    LEFT_WORD = "left_word"
    NEAR_NEWS = "near_news"


OUTCOME_LABELS = {
    Outcome.ANSWERED: "a répondu",
    Outcome.VISITED: "rencontre chez le ménage",
    Outcome.NO_ANSWER: "sans réponse",
    Outcome.NOT_HOME: "personne au domicile",
    Outcome.LEFT_WORD: "message laissé",
    Outcome.NEAR_NEWS: "nouvelles par un proche",
}
# Somebody was heard, or somebody near told how they are.
HEARD = frozenset({Outcome.ANSWERED, Outcome.VISITED, Outcome.NEAR_NEWS})
_OF_CALLS = (
    Outcome.ANSWERED,
    Outcome.NO_ANSWER,
    Outcome.LEFT_WORD,
    Outcome.NEAR_NEWS,
    Outcome.VISITED,
    Outcome.NOT_HOME,
)
_OF_VISITS = (
    Outcome.VISITED,
    Outcome.NOT_HOME,
    Outcome.LEFT_WORD,
    Outcome.NEAR_NEWS,
    Outcome.ANSWERED,
    Outcome.NO_ANSWER,
)
_KINDS = {
    Outcome.ANSWERED: EntryKind.CALL,
    Outcome.VISITED: EntryKind.HOME_VISIT,
    Outcome.NO_ANSWER: EntryKind.UNANSWERED_CALL,
    Outcome.NOT_HOME: EntryKind.MISSED_VISIT,
    Outcome.NEAR_NEWS: EntryKind.NOTE,
}
_WAYS = {
    Outcome.ANSWERED: Way.CALL,
    Outcome.NO_ANSWER: Way.CALL,
    Outcome.VISITED: Way.VISIT,
    Outcome.NOT_HOME: Way.VISIT,
}


@dataclass(frozen=True, slots=True)
class NewContact:
    """A call or a visit about to be written; `asked`, `done`: codes of the dated list; `again_on`: agreed for."""

    outcome: Outcome
    held_on: date
    note: str | None = None
    asked: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    again_on: date | None = None
    worker_id: str | None = None


@dataclass(frozen=True, slots=True)
class WatchContact:
    """A call or a visit as kept; what was said is in its entry of the diary. `asked`, `done`: codes, spaces between."""

    id: str
    version: str
    household_id: str
    watch_id: str
    entry_id: str
    held_on: date
    way: Way
    outcome: Outcome
    asked: str | None
    done: str | None
    again_on: date | None
    worker_id: str

    @property
    def heard(self) -> bool:
        """Say whether somebody was heard."""
        return self.outcome in HEARD


def outcomes_of(way: Way) -> tuple[Outcome, ...]:
    """Return how a call, or a visit, may have gone, the most usual first: the keys 1 to 6 of the page."""
    return _OF_CALLS if way is Way.CALL else _OF_VISITS


def way_of(outcome: Outcome, usual: Way) -> Way:
    """Return how the household was sought, which its outcome tells but for what fits both."""
    return _WAYS.get(outcome, usual)


def kind_of(outcome: Outcome, way: Way) -> EntryKind:
    """Return the kind of the entry of the diary: what counts as having been in touch follows from it."""
    if outcome is Outcome.LEFT_WORD:
        return EntryKind.UNANSWERED_CALL if way is Way.CALL else EntryKind.MISSED_VISIT
    return _KINDS[outcome]


def checked_contact(new: NewContact, starts_on: date, codes: frozenset[str], today: date) -> NewContact:
    """Return the contact as kept.

    Raises InvalidEntry for a day to come or before the veille began, a code that is not of the list, a day agreed for
    that is not to come or is more than a year away.
    """
    if new.held_on > today:
        raise InvalidEntry("Ce jour n’est pas encore passé.", "held_on")
    if new.held_on < starts_on:
        raise InvalidEntry("Ce jour vient avant le début de la veille.", "held_on")
    if new.again_on is not None and not new.held_on < new.again_on <= new.held_on + _YEAR:
        raise InvalidEntry("Choisissez un jour qui vient après cet appel, dans l’année.", "again_on")
    for field, given in (("asked", new.asked), ("done", new.done)):
        if not codes.issuperset(given):
            raise InvalidEntry("Choisissez dans la liste.", field)
    return replace(
        new,
        note=paragraphs(new.note, "note"),
        asked=tuple(dict.fromkeys(new.asked)),
        done=tuple(dict.fromkeys(new.done)),
    )


def purpose_words(new: NewContact, labels: Mapping[str, str]) -> str:
    """Return what the entry of the diary is about: « Veille : a répondu ; demandé : courses ; fait : courses »."""
    parts = [f"Veille{NB}: {OUTCOME_LABELS[new.outcome]}"]
    parts += [f"demandé{NB}: {codes_words(new.asked, labels)}"] if new.asked else []
    parts += [f"fait{NB}: {codes_words(new.done, labels)}"] if new.done else []
    said = "\u202f; ".join(parts)
    return said if len(said) <= MAX_SHORT_TEXT else f"{said[: MAX_SHORT_TEXT - 1]}…"


def codes_words(codes: Sequence[str], labels: Mapping[str, str]) -> str:
    """Return what was asked or done on one line, as it follows other words."""
    words = (labels.get(code, code) for code in codes)
    return ", ".join(f"{each[:1].lower()}{each[1:]}" for each in words)


def standing_of(contacts: Sequence[WatchContact]) -> Standing:
    """Return what was done so far, from all the calls and visits of a veille in any order."""
    if not contacts:
        return Standing()
    last = max(contacts, key=lambda each: (each.held_on, each.id))
    heard = max((each.held_on for each in contacts if each.heard), default=date.min)
    return Standing(last.held_on, last.again_on, sum(each.held_on > heard for each in contacts))
