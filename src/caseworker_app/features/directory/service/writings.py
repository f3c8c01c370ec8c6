"""Searching what was written: entries of the diary by their words, masked where the household is protected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.searching import MOST_FOUND, FoundWriting, WritingsWanted
from caseworker_app.features.directory.domain.writings import (
    ShownWriting,
    WritingsFound,
    extract,
    zone_words,
)
from caseworker_app.features.directory.service.matched import masks_of
from caseworker_app.features.handover.domain.masking import Mask
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdSummary
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.access_log import EXTRACT, AccessKind, note_access
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.search import WRITTEN, find_households, query_words

# Households a name or a reference stands for, at most.
_NAMED = 60
_NO_MASK = Mask(())


@dataclass(frozen=True, slots=True)
class WritingsSought:
    """What the page asks: `words`, the kinds (none: all), days included, whose files by name or reference (empty:
    everybody's), and whether only one's own writings.
    """

    words: str
    kinds: frozenset[EntryKind] = frozenset()
    since: date | None = None
    until: date | None = None
    household: str = ""
    own: bool = False


def search_writings(
    connection: Connection, who: Who, sought: WritingsSought, most: int = MOST_FOUND
) -> WritingsFound:
    """Return the entries of the diary that hold the words, the latest first.

    Where a protected household lives and how it is reached is masked. Whoever shows the lines notes that they were
    read (`note_extracts`). Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    wanted = WritingsWanted(
        sought.words, sought.kinds, sought.since, sought.until,
        _named(connection, sought.household), who.worker_id if sought.own else None,
    )  # fmt: skip
    found = diary.find_writings(connection, who, wanted, most + 1)
    lines = _lines(connection, who, found[:most], tuple(query_words(sought.words)))
    return WritingsFound(tuple(lines), len(found) > most)


def note_extracts(connection: Connection, who: Who, household_ids: Sequence[str]) -> None:
    """Note in the log of accesses that lines of some files were shown, nothing of what was sought.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    for household_id in dict.fromkeys(household_ids):
        note_access(connection, who.worker_id, AccessKind.OPENED, household_id, EXTRACT)


def household_words(connection: Connection, who: Who, household_id: str) -> str:
    """Return the words that stand for one household alone: its reference. Raises NotAllowed."""
    summary = households.summaries(connection, who, [household_id]).get(household_id)
    return "" if summary is None else summary.reference


def _named(connection: Connection, words: str) -> tuple[str, ...] | None:
    if not query_words(words):
        return None
    hits = find_households(connection, words, _NAMED, told=0)
    return tuple(hit.household_id for hit in hits if hit.score < WRITTEN)


def _lines(
    connection: Connection, who: Who, found: Sequence[FoundWriting], sought: tuple[str, ...]
) -> list[ShownWriting]:
    ids = list(dict.fromkeys(each.head.household_id for each in found))
    summaries = households.summaries(connection, who, ids)
    masks = masks_of(connection, who, summaries.values())
    authors = {each.id: each.name for each in team.list_workers(connection, who)}
    return [
        _line(each, summary, masks.get(summary.id, _NO_MASK), authors, sought)
        for each in found
        if (summary := summaries.get(each.head.household_id)) is not None
    ]


def _line(
    found: FoundWriting, of: HouseholdSummary, mask: Mask, authors: dict[str, str], sought: tuple[str, ...]
) -> ShownWriting:
    head = found.head
    return ShownWriting(
        found.opens, of.id, of.name, of.protected, head.kind, head.started_at,
        authors.get(head.worker_id, ""), zone_words(found.field), extract(mask(found.text), sought), sought,
    )  # fmt: skip
