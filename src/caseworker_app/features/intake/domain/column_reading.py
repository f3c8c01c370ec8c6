"""How each column of a file is read, by what its first filled cells hold: sure, probable, to choose, left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from caseworker_app.features.intake.domain.alternatives import alternatives_of
from caseworker_app.features.intake.domain.columns import PROBABLE, SURE
from caseworker_app.features.intake.domain.content import Profile as Content
from caseworker_app.features.intake.domain.field_choices import field_label
from caseworker_app.features.intake.domain.headings import is_set_aside
from caseworker_app.features.intake.domain.keys import without_keys
from caseworker_app.features.intake.domain.listing import Listed
from caseworker_app.features.intake.domain.mapping import CHOSEN
from caseworker_app.kernel.folding import fold
from caseworker_app.sheets.sheet import Sheet, SheetRow

TO_CHOOSE, LEFT_OUT = "to_choose", "left_out"
CONFIDENCE_LABELS = {
    SURE: "sûre",
    PROBABLE: "probable",
    TO_CHOOSE: "à choisir",
    CHOSEN: "choisie",
    LEFT_OUT: "non reprise",
}
# Enough for whoever checks a column by eye, and for what a column looks like.
_SAMPLED, _SAMPLES, _PREVIEWED = 300, 5, 200
_RUNNING_NUMBERS = frozenset({"n", "no", "num", "rang", "ordre", "ligne", "n ligne", "n ordre"})
# What has no place of its own: asking where it goes would be asking for nothing.
_NOT_KEPT = re.compile(
    r"\bnotification\b|\brenouvellement\b|mise a jour|^(?:nature|type|objet|origine)\b.*\bdettes?\b"
)


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """One column as it is read. `ours` is empty where it is left out or to be chosen; `why` says the reason.

    A `withheld` column holds what is never kept: it cannot be chosen.
    """

    index: int
    theirs: str
    ours: str
    label: str
    confidence: str
    alternatives: tuple[str, ...]
    samples: tuple[str, ...]
    filled: int
    why: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a file in memory: its first rows, and for each column the cells it is judged by."""

    listed: Listed
    columns: tuple[tuple[str, ...], ...]
    filled: tuple[int, ...]


def kept_of(listed: Listed) -> Kept:
    """Return what is kept of a file that was read whole."""
    sheet = listed.sheet
    width = range(len(sheet.header))
    return Kept(
        replace(listed, sheet=replace(sheet, rows=sheet.rows[:_PREVIEWED])),
        tuple(tuple(_first_filled(sheet, index)) for index in width),
        tuple(sum(1 for row in sheet.rows if row.cells[index]) for index in width),
    )


def judged_rows(kept: Kept) -> list[SheetRow]:
    """Return rows that hold the cells each column is judged by, whatever rows these come from."""
    height = max(map(len, kept.columns), default=0)
    columns = [[*cells, *[""] * (height - len(cells))] for cells in kept.columns]
    return [SheetRow(i + 1, [column[i] for column in columns]) for i in range(height)]


def column_readings(listed: Listed, kept: Kept, *, asks: bool) -> tuple[ColumnReading, ...]:
    """Return how every column is read; without `asks`, none waits for a choice."""
    return tuple(_column(listed, kept, index, asks=asks) for index in range(len(listed.sheet.header)))


def _column(listed: Listed, kept: Kept, index: int, *, asks: bool) -> ColumnReading:
    theirs, cells = listed.sheet.header[index], kept.columns[index]
    left = next((entry for entry in listed.matching.left_out if entry.index == index), None)
    withheld, why = (left.withheld, left.why) if left is not None else (False, "")
    match = next((m for m in listed.matching.matches if m.index == index), None)
    ours, confidence = (match.ours, match.confidence) if match is not None else ("", LEFT_OUT)
    alternatives = () if withheld else alternatives_of(Content(cells), listed.kind, ours)
    if asks and match is None and not withheld and _waits(theirs, why, alternatives, cells):
        confidence = TO_CHOOSE
    return ColumnReading(
        index,
        theirs,
        ours,
        field_label(ours) if match else "",
        confidence,
        alternatives,
        () if withheld else _samples(cells),
        kept.filled[index],
        why,
        withheld,
    )


def _waits(theirs: str, why: str, alternatives: tuple[str, ...], cells: Sequence[str]) -> bool:
    """Say whether a column nobody understood is worth a question: it holds something we keep, not row numbers."""
    return _may_be_wanted(theirs, why, alternatives) and not _is_counted(cells)


def _may_be_wanted(theirs: str, why: str, alternatives: tuple[str, ...]) -> bool:
    """Say whether a column nobody understood is worth a question: what it holds is something we keep."""
    if why == "son contenu ne correspond pas à son titre":
        return True
    counted = fold(theirs) in _RUNNING_NUMBERS or bool(_NOT_KEPT.search(fold(theirs)))
    return why == "non utilisée" and len(alternatives) > 1 and not (counted or is_set_aside(theirs))


def _is_counted(cells: Sequence[str]) -> bool:
    """Say whether a column only numbers its rows: 1, 2, 3…"""
    filled = [cell for cell in cells if cell][:20]
    return len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]


def _samples(cells: Sequence[str]) -> tuple[str, ...]:
    distinct = dict.fromkeys(" ".join(without_keys(cell).split())[:80] for cell in cells)
    return tuple(distinct)[:_SAMPLES]


def _first_filled(sheet: Sheet, index: int) -> list[str]:
    found = []
    for row in sheet.rows:
        if row.cells[index]:
            found.append(row.cells[index])
            if len(found) == _SAMPLED:
                break
    return found
