"""What a row of a follow-up table proposes beside the household: a measure, debts, entries of the diary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.intake.domain.dated_notes import DatedNote


@dataclass(frozen=True)
class ProposedMeasure:
    """A support measure as the table tells it, already fitting the rules of its room."""

    kind_code: str
    starts_on: date
    planned_end_on: date | None = None
    ended_on: date | None = None
    exit_reason_code: str | None = None
    prescriber: str | None = None


@dataclass(frozen=True)
class ProposedDebt:
    """A debt: its nature (a code of `debt_kinds`), what is left in cents, what stood beside the amount."""

    nature: str
    remaining_cents: int
    creditor: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class ProposedTracking:
    """What one row tells of the follow-up; `household_row`: the row whose household it belongs to.

    `worker`: the name the table gives whoever follows the household, empty where it gives none.
    """

    row: int
    household_row: int
    worker: str = ""
    measure: ProposedMeasure | None = None
    debts: tuple[ProposedDebt, ...] = ()
    notes: tuple[DatedNote, ...] = ()


def by_row(tracked: Iterable[ProposedTracking]) -> dict[int, list[ProposedTracking]]:
    """Return what each row tells of the follow-up."""
    found: dict[int, list[ProposedTracking]] = {}
    for each in tracked:
        found.setdefault(each.row, []).append(each)
    return found
