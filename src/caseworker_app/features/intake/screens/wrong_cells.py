"""What is wrong in many rows, a line a cell, each made when it is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import overload

from caseworker_app.features.intake.domain.checked import (
    ASIDE,
    Fix,
    FixKey,
    RowsToCheck,
    fix_key,
    fixes_in,
    state_of,
    wrong_cells,
)
from caseworker_app.features.intake.domain.fixes import CellToCheck, RowToCheck
from caseworker_app.features.intake.domain.proposal import ERROR
from caseworker_app.features.intake.screens.correction_table import Wrong

# The number of a row as its spreadsheet shows it, and its sheet where several were read.
Numbered = Callable[[int], tuple[str, str]]


class WrongCells(Sequence[Wrong]):
    """The troubles of the rows that stand in one way: to correct, to look at, set aside.

    `changed` are the rows as they stand since the list was read whole.
    """

    def __init__(
        self, rows: RowsToCheck, changed: Mapping[int, RowToCheck], state: int, numbered: Numbered
    ) -> None:
        """List them, without opening the rows."""
        self._rows, self._changed, self._state, self._numbered = rows, changed, state, numbered
        self._places: list[tuple[int, int]] = []
        for place, number in enumerate(rows.numbers):
            now = changed.get(number)
            if (state_of(now) if now is not None else rows.states[place]) == state:
                count = 1 if state == ASIDE else len(wrong_cells(now)) if now else rows.wrong[place]
                self._places += [(place, nth) for nth in range(count)]

    def __len__(self) -> int:
        """Return how many troubles there are."""
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Wrong: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Wrong]: ...
    def __getitem__(self, index: int | slice) -> Wrong | Sequence[Wrong]:
        """Return one, or some."""
        if isinstance(index, slice):
            return [self._wrong(*place) for place in self._places[index]]
        return self._wrong(*self._places[index])

    def row_at(self, place: int) -> RowToCheck:
        """Return the row of a trouble, as it stands."""
        return self._row(self._places[place][0])

    def place_of(self, row: int) -> int | None:
        """Return the place of the first trouble of a row, None when it has none here."""
        numbers = self._rows.numbers
        return next((i for i, (place, _) in enumerate(self._places) if numbers[place] == row), None)

    def row_numbers(self) -> list[int]:
        """Return the rows, each once."""
        return list(dict.fromkeys(self._rows.numbers[place] for place, _ in self._places))

    def alike(self) -> Counter[FixKey]:
        """Count the proposals by column and reason."""
        counts = Counter({key: n for (state, key), n in self._rows.alike.items() if state == self._state})
        numbers = self._rows.numbers
        for place in (i for i, number in enumerate(numbers) if number in self._changed):
            before = self._rows.rows[place].shown
            counts.subtract(_keys(fix for fix in fixes_in(before) if fix.state == self._state))
            now = self._changed[numbers[place]]
            counts.update(_keys(fix for fix in fixes_in(now) if fix.state == self._state))
        return +counts

    def fixes(self) -> Iterator[Fix]:
        """Yield the proposals."""
        for fix in self._rows.fixes:
            if fix.state == self._state and fix.row not in self._changed:
                yield fix
        for row in self._changed.values():
            yield from (fix for fix in fixes_in(row) if fix.state == self._state)

    def _row(self, place: int) -> RowToCheck:
        return self._changed.get(self._rows.numbers[place]) or self._rows.rows[place].shown

    def _wrong(self, place: int, nth: int) -> Wrong:
        row = self._row(place)
        number, sheet = self._numbered(row.row)
        cell = wrong_cells(row)[nth]
        if cell is None:
            return Wrong(
                f"{row.row}:-1", row.row, -1, number, row.title, "Ligne entière", "", row.message,
                grave=row.severity == ERROR, editable=False, skipped=row.skipped,
                sheet=sheet,
            )  # fmt: skip
        return Wrong(
            f"{row.row}:{cell.column}", row.row, cell.column, number, row.title, cell.theirs, cell.value,
            cell.message, fix_words(cell), fix_key(cell), grave=cell.severity == ERROR, skipped=row.skipped,
            sheet=sheet,
        )  # fmt: skip


def fix_words(cell: CellToCheck) -> str:
    """Return the words of a proposal: « Mettre 512,30 », « Vider la case »; empty without one."""
    if cell.fix is None:
        return ""
    return f"Mettre {cell.fix.proposed}" if cell.fix.proposed else "Vider la case"


def _keys(fixes: Iterator[Fix]) -> list[FixKey]:
    return [(fix.column, fix.why) for fix in fixes]
