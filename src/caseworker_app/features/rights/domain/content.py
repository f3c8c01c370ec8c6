"""What the copy of the data prints: every value, without what is somebody else's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.rights.domain.held import Held, HeldPart, HeldRow
from caseworker_app.features.rights.domain.notice import Notice
from caseworker_app.features.rights.domain.redaction import (
    REDACTION_LABELS,
    REDACTION_SENTENCES,
    Redaction,
    RedactionReason,
    by_place,
    redacted,
)

TITLE = "Communication de vos données"


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One row: its title, and labels with the values as printed."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToldPart:
    """A part: its title and rows."""

    title: str
    rows: tuple[ToldRow, ...]


@dataclass(frozen=True, slots=True)
class DisclosureContent:
    """The copy as it prints. `taken_out`: each reason with its label, sentence and how many passages."""

    number: str
    reference: str
    recipient: str
    day: date
    by: str
    reviewed: bool
    protected: bool
    notice: tuple[Notice, ...]
    parts: tuple[ToldPart, ...]
    accesses: tuple[tuple[str, str, str], ...]
    taken_out: tuple[tuple[RedactionReason, int], ...]

    @property
    def passages(self) -> int:
        """How many passages were taken out."""
        return sum(count for _, count in self.taken_out)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the reasons there were."""
        return tuple(reason.value for reason, _ in self.taken_out)

    @property
    def taken_out_words(self) -> tuple[tuple[str, str, int], ...]:
        """Each reason: label, sentence, how many."""
        return tuple((REDACTION_LABELS[r], REDACTION_SENTENCES[r], count) for r, count in self.taken_out)


def content_of(
    held: Held,
    redactions: Sequence[Redaction],
    notice: tuple[Notice, ...],
    number: str,
    by: str,
    *,
    reviewed: bool,
) -> DisclosureContent:
    """Return the copy of what is held without some passages."""
    places = by_place(redactions)
    counts = Counter(each.reason for each in redactions)
    return DisclosureContent(
        number,
        held.reference,
        held.asked_by.name if held.asked_by else held.name,
        held.day,
        by,
        reviewed,
        held.protected,
        notice,
        tuple(_part(part, places) for part in held.parts),
        held.accesses,
        tuple((reason, counts[reason]) for reason in RedactionReason if counts[reason]),
    )


def _part(part: HeldPart, places: dict[str, list[Redaction]]) -> ToldPart:
    return ToldPart(part.title, tuple(_row(row, places) for row in part.rows))


def _row(row: HeldRow, places: dict[str, list[Redaction]]) -> ToldRow:
    lines = ((told.label, redacted(told.text, places.get(told.place, ()))) for told in row.fields)
    return ToldRow(row.title, tuple(lines))
