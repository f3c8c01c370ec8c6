"""Cells that hold a key of somebody else's file, taken out before any of them is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.features.intake.domain.keys import KEY_REMOVED, without_keys
from caseworker_app.features.intake.domain.proposal import WARNING, Problem
from caseworker_app.sheets.sheet import Sheet, SheetRow

# Nearly no row of a list has any of these: looking for them costs next to nothing.
_MARKS = ("chiffrement", "cryptage", "passe", "passw", "cryption", "secr", "privée", "organisation", "=")
_AT_A_TIME = 1_000
# Long texts: their readers take keys out and tell it themselves.
_TEXTS = frozenset({"remarks", "diary", "debt", "note_text", "note_title", "body_description"})


def without_key_cells(sheet: Sheet, matching: Matching) -> tuple[Sheet, list[Problem]]:
    """Return the sheet without the keys its cells hold, and what is told of it."""
    used = [m.index for m in matching.matches if m.heading.field not in _TEXTS]
    problems: list[Problem] = []
    changed: dict[int, SheetRow] = {}
    for place, row in _marked(sheet.rows):
        cells = list(row.cells)
        for index in used:
            cells[index] = without_keys(cells[index])
            if cells[index] != row.cells[index]:
                problems.append(Problem(row.number, sheet.header[index], "", KEY_REMOVED, WARNING))
        if cells != row.cells:
            changed[place] = SheetRow(row.number, cells)
    if not changed:
        return sheet, problems
    return replace(sheet, rows=[changed.get(place, row) for place, row in enumerate(sheet.rows)]), problems


def _marked(rows: Sequence[SheetRow]) -> Iterator[tuple[int, SheetRow]]:
    """Yield the rows that bear a mark with their place; most lists have none, which is seen a thousand at a time."""
    for start in range(0, len(rows), _AT_A_TIME):
        some = rows[start : start + _AT_A_TIME]
        if _has_mark("\n".join(chain.from_iterable(row.cells for row in some))):
            yield from (
                (place, row) for place, row in enumerate(some, start) if _has_mark("\n".join(row.cells))
            )


def _has_mark(text: str) -> bool:
    lowered = text.lower()
    return any(mark in lowered for mark in _MARKS)
