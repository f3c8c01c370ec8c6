"""Searching what was written: which writings one wants, and what one of them is found by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseworker_app.features.diary.domain.kinds import EntryKind

# Writings shown: whoever wants an older one says more.
MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class WritingsWanted:
    """The words, and which writings are looked at.

    `kinds` empty: of every kind; `since`, `until`: days of the meeting or call, both included; `household_ids`: only
    theirs (None: of everybody); `worker_id`: only those this worker wrote.
    """

    words: str
    kinds: frozenset[EntryKind] = frozenset()
    since: date | None = None
    until: date | None = None
    household_ids: tuple[str, ...] | None = None
    worker_id: str | None = None

    @property
    def reversed(self) -> bool:
        """Say whether the last day comes before the first: nothing can be found."""
        return self.since is not None and self.until is not None and self.until < self.since


@dataclass(frozen=True, slots=True)
class EntryHead:
    """What is told of an entry found, without its texts; `refers_to`: the entry that an addition completes."""

    id: str
    household_id: str
    kind: EntryKind
    started_at: datetime
    worker_id: str
    refers_to: str | None


@dataclass(frozen=True, slots=True)
class FoundWriting:
    """An entry found by its words.

    `opens`: the entry to open, which is the one completed where an addition was found; `field`: table and name of the
    text that holds the words best; `text`: that text, whole, as stored.
    """

    opens: str
    head: EntryHead
    field: tuple[str, str]
    text: str
