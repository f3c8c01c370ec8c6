"""The cells of a follow-up table, read as loosely as they were typed: days, texts, the year of the sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.keys import KEY_REMOVED, without_keys
from caseworker_app.features.intake.domain.loose_dates import Precision, parse_loose
from caseworker_app.features.intake.domain.proposal import ERROR, WARNING
from caseworker_app.features.intake.domain.row_cells import Place, RowCells
from caseworker_app.features.intake.domain.rows import place_of
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold

NOTHING = frozenset(
    {
        "ras",
        "rien",
        "rien a signaler",
        "neant",
        "non",
        "aucune",
        "aucun",
        "0",
        "pas de dette",
        "soldee",
        "x",
        "xx",
        "ok",
    }
)
_SHEET_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


@dataclass(frozen=True)
class TrackerCells:
    """The cells of the row being read, with the names of the sheets and the titles over the table."""

    cells: RowCells
    today: date
    sheet_names: Sequence[str]
    titles: Sequence[str]

    def told(self, place: Place) -> str:
        """Return a text cell without the keys it holds, which is told."""
        text = self.cells.text(place)
        bare = without_keys(text)
        if bare != text:
            self.cells.tell(WARNING, place[1], "", KEY_REMOVED)
        return bare

    def day(self, key: str) -> date | None:
        """Return the day of a field as well as it is told; one that cannot be holds the row back (31/02)."""
        place = self.cells.first.get(key)
        text = self.cells.text(place) if place else ""
        if not text or place is None or fold(text) in NOTHING:
            return None
        try:
            loose = parse_loose(text, self.today, self.year())
        except InvalidEntry as error:
            if error.sentence == values.NO_SUCH_DAY:
                self.cells.tell(ERROR, place[1], text, error.sentence)
            else:
                self.cells.keep_aside(place[1], text, error.sentence)
            return None
        if loose.precision is not Precision.DAY:
            self.cells.tell(
                WARNING, place[1], text, f"{loose.words().capitalize()}. Corrigez si ce n’est pas ce jour."
            )
        if loose.rest and any(c.isalpha() for c in loose.rest):
            self.cells.notes.append(f"{place[1]}\u00a0: {values.shorten(text)}")
        return loose.day

    def sheet_name(self) -> str:
        """Return the name of the sheet of this row; empty where sheets have none."""
        place = place_of(self.cells.row)[0]
        return self.sheet_names[place] if place < len(self.sheet_names) else ""

    def year(self) -> int | None:
        """Return the year of the sheet of this row, where it is one that is over."""
        titles = self.titles if len(self.sheet_names) < 2 else ()
        for text in (self.sheet_name(), *titles):
            years = {int(year) for year in _SHEET_YEAR.findall(text)}
            if len(years) == 1:
                year = years.pop()
                return year if year < self.today.year else None
        return None
