"""The kinds of diary entries, as their dated table has them: what each is called, where it is typed, how it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from caseworker_app.kernel.parameters import DatedValue, every_value

TABLE = "entry_kinds"


class EntryKind(StrEnum):
    """What happened (« nature »): the codes that files hold, each with a row of the table."""

    HOME_VISIT = "home_visit"
    OFFICE = "office"
    ACCOMPANIMENT = "accompaniment"
    THREE_PARTY_MEETING = "three_party_meeting"
    PARTNER_MEETING = "partner_meeting"
    CALL = "call"
    UNANSWERED_CALL = "unanswered_call"
    VIDEO_CALL = "video_call"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    DROP_IN = "drop_in"
    NOTE = "note"
    MISSED_VISIT = "missed_visit"
    ADDITION = "addition"


class KindPage(StrEnum):
    """Where entries of a kind are typed; `ITSELF`: nowhere, it follows from what is typed."""

    VISIT = "visit"
    NOTE = "note"
    ITSELF = "itself"


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind as the table has it from `start` to `end` (None: still).

    `meeting`: a meeting with the household, numbered, counted as a visit; `contact`: counts as having been in
    touch; `wordless`: needs no sentence.
    """

    kind: EntryKind
    label: str
    page: KindPage
    meeting: bool
    contact: bool
    wordless: bool
    start: date
    end: date | None

    def used_on(self, day: date) -> bool:
        """Say whether the kind may be chosen for an entry of a day."""
        return self.start <= day and (self.end is None or day <= self.end)


@cache
def kind_rows() -> tuple[KindRow, ...]:
    """Return every row of the table, whatever its dates, in its order."""
    return tuple(_row(value) for key, value in every_value(TABLE) if key == "kind")


def kinds_typed_on(page: KindPage, day: date) -> tuple[KindRow, ...]:
    """Return the kinds offered on a page for an entry of a day, in the order of the table."""
    return tuple(row for row in kind_rows() if row.page is page and row.used_on(day))


def kinds_that(holds: Callable[[KindRow], bool]) -> frozenset[EntryKind]:
    """Return the kinds of which something holds, those no longer used included: old entries still count."""
    return frozenset(row.kind for row in kind_rows() if holds(row))


def _row(dated: DatedValue) -> KindRow:
    told: dict[str, Any] = dated.value
    return KindRow(
        EntryKind(told["code"]), told["label"], KindPage(told["page"]), told["meeting"], told["contact"],
        told["wordless"], dated.start, dated.end,
    )  # fmt: skip
