"""What pasting and filling put into a sheet: every cell of it, or a sentence and nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.sheet_clip import MAX_CELLS
from caseworker_app.ui_kit.sheet_model import SheetModel, SheetRow

Check = Callable[[str, str], None]
_NOTHING = "Le presse-papiers ne contient aucun montant\u00a0: copiez d’abord des cases, ici ou dans Excel."
_UNCHANGED = "Rien n’a été collé."


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A cell and the text it was given; an empty text empties it."""

    row: str
    column: str
    text: str


def paste_entries(
    sheet: SheetModel, cells: list[list[str]], rows: Sequence[int], columns: Sequence[int], check: Check
) -> tuple[SheetEntry, ...]:
    """Return the cells a paste fills, from the first of the chosen ones on; one amount fills them all.

    An empty cell of the clipboard leaves the amount that is there. Raises InvalidEntry, with what is wrong
    and where, when one cell cannot take what falls on it.
    """
    if not cells or not columns:
        raise InvalidEntry(_NOTHING if not cells else "Choisissez d’abord une case de montant, puis collez.")
    if len(cells) * len(cells[0]) > MAX_CELLS:
        raise InvalidEntry(
            f"{_UNCHANGED} C’est plus grand que la feuille\u00a0: copiez seulement les montants."
        )
    if len(cells) == len(cells[0]) == 1:
        cells = [[cells[0][0]] * len(columns)] * len(rows)
        places = [(i, j, r, c) for i, r in enumerate(rows) for j, c in enumerate(columns)]
        places = [each for each in places if _takes(sheet, each[2], each[3])] or places
    else:
        places = [
            (i, j, rows[0] + i, columns[0] + j) for i in range(len(cells)) for j in range(len(cells[0]))
        ]
    entries = []
    for i, j, row, column in places:
        text = cells[i][j].strip()
        if text:
            _require(sheet, text, row, column, place=(i, j, len(cells)), check=check)
            entries.append(SheetEntry(sheet.rows[row].key, sheet.columns[column].key, text))
    return tuple(entries)


def fill_entries(
    sheet: SheetModel, rows: Sequence[int], columns: Sequence[int], *, down: bool
) -> tuple[SheetEntry, ...]:
    """Return the cells filled from the first row (`down`) or the first column of a block.

    Raises InvalidEntry over a folded group, whose lines would not be filled.
    """
    return fill_cells(
        sheet,
        [(rows[0], c, r, c) for r in rows[1:] for c in columns]
        if down
        else [(r, columns[0], r, c) for r in rows for c in columns[1:]],
    )


def fill_cells(sheet: SheetModel, pairs: Sequence[tuple[int, int, int, int]]) -> tuple[SheetEntry, ...]:
    """Return the cells that take what others hold: (row, column) from, (row, column) to.

    Raises InvalidEntry over a folded group.
    """
    entries = []
    for from_row, from_column, row, column in pairs:
        if sheet.rows[row].folded:
            raise InvalidEntry(
                f"«\u00a0{_name(sheet.rows[row])}\u00a0» est replié\u00a0: dépliez-le pour recopier ses lignes."
            )
        if _takes(sheet, row, column) and _takes(sheet, from_row, from_column):
            typed = sheet.cell(from_row, from_column).typed
            entries.append(SheetEntry(sheet.rows[row].key, sheet.columns[column].key, typed))
    return tuple(entries)


def _takes(sheet: SheetModel, row: int, column: int) -> bool:
    return sheet.cell(row, column).editable


def _require(
    sheet: SheetModel, text: str, row: int, column: int, *, place: tuple[int, int, int], check: Check
) -> None:
    i, j, tall = place
    where = f"ligne {i + 1}" if tall > 1 else f"case {j + 1}"
    start = f"{_UNCHANGED} En {where} de ce que vous collez, «\u00a0{_short(text)}\u00a0»"
    if row >= len(sheet.rows):
        missing = plural(tall - (i - (row - len(sheet.rows))), "ligne")
        raise InvalidEntry(
            f"{_UNCHANGED} La feuille est trop courte de {missing}\u00a0: ajoutez-les d’abord."
        )
    if column >= len(sheet.columns):
        raise InvalidEntry(f"{_UNCHANGED} Il y a plus de colonnes que de mois affichés à partir d’ici.")
    if not sheet.cell(row, column).editable:
        why = "est replié\u00a0: dépliez-le" if sheet.rows[row].folded else "se calcule tout seul"
        raise InvalidEntry(f"{start} tombe sur «\u00a0{_name(sheet.rows[row])}\u00a0», qui {why}.")
    try:
        check(sheet.rows[row].key, text)
    except InvalidEntry as error:
        raise InvalidEntry(
            f"{start}\u00a0: {error.sentence[:1].lower()}{error.sentence[1:]}", error.field
        ) from error


def _name(row: SheetRow) -> str:
    return row.cells[0].words


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= 24 else f"{one[:23]}…"
