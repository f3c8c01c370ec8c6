"""Cells that hold a key of somebody else's file, taken out before any of them is read."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.features.intake.domain.keys import KEY_REMOVED, without_keys
from caseworker_app.features.intake.domain.proposal import WARNING, Problem
from caseworker_app.sheets.sheet import Sheet, SheetRow

# Nearly no row of a list has any of these: looking for them costs next to nothing.
_MARKS = ("chiffrement", "cryptage", "passe", "passw", "cryption", "secr", "privée", "organisation", "=")
# Long texts: their readers take keys out and tell it themselves.
_TEXTS = frozenset({"remarks", "diary", "debt", "note_text", "note_title", "body_description"})


def without_key_cells(sheet: Sheet, matching: Matching) -> tuple[Sheet, list[Problem]]:
    """Return the sheet without the keys its cells hold, and what is told of it."""
    used = [m.index for m in matching.matches if m.heading.field not in _TEXTS]
    problems: list[Problem] = []
    changed: dict[int, SheetRow] = {}
    for place, row in enumerate(sheet.rows):
        joined = "\n".join(row.cells).lower()
        if not any(mark in joined for mark in _MARKS):
            continue
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
