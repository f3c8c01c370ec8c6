"""What the search in one's writings shows: an entry, whose it is, and the words found in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from caseworker_app.features.diary.domain.entry import ENTRY_KIND_LABELS
from caseworker_app.features.diary.domain.kinds import EntryKind, kinds_that
from caseworker_app.features.directory.domain.found import FIELD_LABELS
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.french import capital
from caseworker_app.kernel.marking import Mark, marks_in

# Letters of an extract: two lines of the list in a wide window.
EXTRACT_LETTERS = 440
# Letters shown before the first word found.
_BEFORE = 60
# Two lines of a narrow window in large letters: what stands in them needs no cut before it.
_IN_SIGHT = 190


@dataclass(frozen=True, slots=True)
class Extract:
    """Some lines of a text, and where the words sought stand in them: first and past-the-end positions."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownWriting:
    """A line of the search: `key` is the entry to open; `sought`: the folded words it was found by."""

    key: str
    household_id: str
    household: str
    protected: bool
    kind: EntryKind
    started_at: datetime
    author: str
    zone: str
    extract: Extract
    sought: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return whose entry it is."""
        return self.household

    @property
    def facts(self) -> str:
        """Return what was written, when, by whom, and in which part the words are."""
        day = f"{self.started_at.day:02}/{self.started_at.month:02}/{self.started_at.year}"
        kind = ENTRY_KIND_LABELS[self.kind]
        parts = (capital(kind), day, self.author, self.zone)
        return " · ".join(part for part in parts if part)

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        lock = "protégé" if self.protected else ""
        return ", ".join(part for part in (self.title, lock, self.facts, self.extract.text) if part)


@dataclass(frozen=True, slots=True)
class WritingsFound:
    """What a search found, the latest first; `more`: there are others, which saying more would show."""

    lines: tuple[ShownWriting, ...]
    more: bool = False


class KindGroup(StrEnum):
    """Kinds looked for together."""

    MEETINGS = "meetings"
    MESSAGES = "messages"
    NOTES = "notes"


KIND_GROUP_LABELS = {
    KindGroup.MEETINGS: "Visites et rencontres",
    KindGroup.MESSAGES: "Appels, messages et courriers",
    KindGroup.NOTES: "Notes et compléments",
}
_MEETINGS = kinds_that(lambda row: row.meeting) | {EntryKind.MISSED_VISIT, EntryKind.PARTNER_MEETING}
_NOTES = frozenset({EntryKind.NOTE, EntryKind.ADDITION})
KIND_GROUPS = {
    KindGroup.MEETINGS: _MEETINGS,
    KindGroup.MESSAGES: frozenset(EntryKind) - _MEETINGS - _NOTES,
    KindGroup.NOTES: _NOTES,
}


class Lately(StrEnum):
    """Periods of a search that end today."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


LATELY_LABELS = {
    Lately.MONTH: "Depuis un mois",
    Lately.QUARTER: "Depuis trois mois",
    Lately.YEAR: "Depuis un an",
}
_MONTHS = {Lately.MONTH: 1, Lately.QUARTER: 3, Lately.YEAR: 12}


def first_day(lately: Lately, day: date) -> date:
    """Return the first day of a period that ends on `day`."""
    return add_months(day, -_MONTHS[lately])


def zone_words(field: tuple[str, str]) -> str:
    """Return in which part of an entry a text is, in a few words."""
    return FIELD_LABELS.get(field, "").removeprefix("Journal, ")


def kinds_chosen(key: str) -> frozenset[EntryKind]:
    """Return the kinds of a choice: a group, a kind, or all of them (none told) for an empty key."""
    if not key:
        return frozenset()
    return KIND_GROUPS[KindGroup(key)] if key in set(KindGroup) else frozenset({EntryKind(key)})


def extract(text: str, sought: Sequence[str], letters: int = EXTRACT_LETTERS) -> Extract:
    """Return the lines of a text that hold most of the folded words `sought`; « … » stands for what is left out."""
    whole = " ".join(text.split())
    marks = marks_in(whole, sought)
    start = _start(whole, marks, letters)
    end = _word_end(whole, start + letters)
    before, after = ("… " if start else ""), (" …" if end < len(whole) else "")
    moved = len(before) - start
    shown = tuple((first + moved, last + moved) for first, last in marks if first >= start and last <= end)
    return Extract(f"{before}{whole[start:end].rstrip()}{after}", shown)


def _start(whole: str, marks: list[Mark], letters: int) -> int:
    """Return where the lines with most of the marks begin: the beginning of a word, a little before the first."""
    room = letters - _BEFORE
    best = max(
        (first for first, _ in marks),
        key=lambda first: (sum(first <= other and last <= first + room for other, last in marks), -first),
        default=0,
    )
    if best + _BEFORE <= _IN_SIGHT:
        return 0
    return whole.find(" ", best - _BEFORE, best) + 1 or best


def _word_end(whole: str, end: int) -> int:
    if end >= len(whole):
        return len(whole)
    return max(whole.rfind(" ", 0, end), end - 24)
