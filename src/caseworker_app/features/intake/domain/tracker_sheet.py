"""A follow-up table made plain before its rows are read: « idem » filled in, lines that only head a part put aside."""

from __future__ import annotations

import re
from dataclasses import replace

from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.features.intake.domain.tracker_measure import DATES
from caseworker_app.kernel.folding import fold
from caseworker_app.sheets.sheet import Sheet, SheetRow

_IDEM = frozenset({"idem", "id", "id.", "dito", "//", '"', "''", "’’", "”", "″", '-"-', "---", '" "'})
_FILLED_DOWN = frozenset(
    {"worker", "landlord", "measure_kind", "prescriber", "city", "postal_code", "street", "postal_city"}
)
_SECTION = re.compile(
    r"\b(?:sort(?:i|ie)s?|en cours|termine\w*|archiv\w*|en attente|entrees?|annee|mesures?|avdl|asll|masp|iml|secteur"
    r"|referente?s?|suivi\w*|file active|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    r"|decembre|trimestre|20\d\d)\b"
)


def heads_a_part(text: str) -> bool:
    """Say whether words head a part of a table: « SORTIS 2025 », « en attente », a month."""
    return bool(_SECTION.search(fold(text)))


def filled_down(sheet: Sheet, matching: Matching) -> Sheet:
    """Return the sheet with « idem » and its signs replaced by what stands above."""
    indexes = [
        m.index for m in matching.matches if m.heading.field in _FILLED_DOWN or m.heading.field in DATES
    ]
    above: dict[int, str] = {}
    rows = []
    for row in sheet.rows:
        cells = row.cells
        for index in indexes:
            cell = cells[index]
            if cell.lower() in _IDEM and index in above:
                cells = [*cells[:index], above[index], *cells[index + 1 :]]
            elif cell:
                above[index] = cell
        rows.append(row if cells is row.cells else SheetRow(row.number, cells))
    return replace(sheet, rows=rows)


def without_sections(sheet: Sheet, matching: Matching) -> Sheet:
    """Return the sheet, lines that only head a part of the table (« SORTIS 2025 », a worker's name) put aside.

    What stands after a worker's name is that worker's.
    """
    if len(sheet.header) < 4:
        return sheet
    worker = next((m.index for m in matching.matches if m.heading.field == "worker"), None)
    workers = {fold(row.cells[worker]) for row in sheet.rows} if worker is not None else set[str]()
    rows, aside, under = [], list(sheet.aside), ""
    for row in sheet.rows:
        filled = [cell for cell in row.cells if cell]
        folded = fold(filled[0][:80]) if len(filled) == 1 else ""
        if folded and (folded in workers or (heads_a_part(folded) and len(folded.split()) <= 6)):
            aside.append(row)
            under = filled[0] if folded in workers else ""
        elif under and worker is not None and not row.cells[worker]:
            rows.append(SheetRow(row.number, [*row.cells[:worker], under, *row.cells[worker + 1 :]]))
        else:
            rows.append(row)
    return replace(sheet, rows=rows, aside=tuple(sorted(aside, key=lambda row: row.number)))
