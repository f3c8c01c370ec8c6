"""The cells of the row being read: cleaned, checked, their problems told, the rest noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NoReturn, TypeVar

from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.features.intake.domain.keys import without_keys
from caseworker_app.features.intake.domain.proposal import ERROR, WARNING, Problem
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.sheets.sheet import Oddity, Sheet, SheetRow

T = TypeVar("T")
Place = tuple[int, str]  # index of a column, its name in the list

CONTROL = "Des caractères illisibles (NUL) ont été retirés de cette cellule."
# A wrong date or amount would make a file that looks right and is not: the row waits to be corrected.
AMOUNTS = frozenset({"rent", "service_charges", "rent_with_charges", "housing_benefit", "balance"})
FORMULA = "Cette cellule contient une formule\u00a0: elle n’est jamais calculée, la valeur n’est pas reprise."

CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
FORMULA_START = re.compile(r"[=@]|[+\-](?=[A-Za-z(])")
_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](?:\d{4}|\d{2})\b")


class RowRefused(Exception):
    """The row is not imported; the problem that says why is already recorded."""


class RowCells:
    """The columns of a list and the row under the reader's eyes.

    `problems` grows over the whole list, `notes` are those of the row. `columns` gives the places of each of
    our fields, `first` the first one.
    """

    def __init__(self, sheet: Sheet, matching: Matching, today: date) -> None:
        """Prepare the columns and the oddities of the rows."""
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.sheet = sheet
        self.today = today
        self.has_controls = sheet.has_controls
        self.fields = matching.fields()
        self.columns: dict[str, list[Place]] = {}
        for match in matching.matches:
            self.columns.setdefault(match.heading.key, []).append((match.index, match.theirs))
        self.first = {key: found[0] for key, found in self.columns.items()}
        self.row = 0
        self.in_error = False
        self.cells: Sequence[str] = ()
        self._used = {match.index for match in matching.matches}
        self._oddities: dict[int, list[Oddity]] = {}
        for oddity in sheet.oddities:
            self._oddities.setdefault(oddity.row, []).append(oddity)
        self._american = self._american_columns()

    def begin(self, row: SheetRow) -> None:
        """Stand on a row."""
        self.row, self.cells, self.notes, self.in_error = row.number, row.cells, [], False

    def check_shape(self) -> None:
        """Tell what is wrong in the shape of the row; raises RowRefused when its cells cannot be trusted."""
        refused = False
        for oddity in self._oddities.get(self.row, ()):
            name = "" if oddity.column is None else self.sheet.header[oddity.column]
            value = "" if oddity.column is None else self.cells[oddity.column]
            grave = oddity.kind == "overflow" or (oddity.kind == "too_long" and oddity.column in self._used)
            self.tell(ERROR if grave else WARNING, name, value, oddity.message)
            refused = refused or grave
        if refused:
            raise RowRefused

    def tell(self, severity: str, column: str, value: str, message: str) -> None:
        """Record a problem of the row; an error puts the whole row aside."""
        self.in_error = self.in_error or severity == ERROR
        self.problems.append(
            Problem(self.row, column, values.shorten(without_keys(value)), message, severity)
        )

    def refuse(self, column: str, text: str, message: str) -> NoReturn:
        """Record an error and give the row up."""
        self.tell(ERROR, column, text, message)
        raise RowRefused

    def plain(self, key: str) -> str:
        """Return the text of the first column of a field, cleaned; empty where the list says « néant »."""
        place = self.first.get(key)
        return self.text(place) if place else ""

    def text(self, place: Place) -> str:
        """Return a cell cleaned; empty where it says « néant » or holds a formula."""
        text = self.cells[place[0]]
        if not text or values.is_nothing(text):
            return ""
        column = place[1]
        if text[0] in "=@+-" and FORMULA_START.match(text):
            if text[0] == "=":
                self.tell(ERROR, column, text, FORMULA)
            else:
                self.keep_aside(column, text, FORMULA)
            return ""
        if self.has_controls and CONTROLS.search(text):
            self.tell(ERROR, column, text, CONTROL)
            text = CONTROLS.sub("", text).strip()
        return text

    def keep_aside(self, column: str, text: str, message: str) -> None:
        """Record a warning and keep the text in the note, so that nothing the list said is lost."""
        self.tell(WARNING, column, text, message)
        kept = values.shorten(without_keys(text))
        self.notes.append(f"Repris de l’import\u00a0: {column}\u00a0: «\u00a0{kept}\u00a0»")

    def read(self, key: str, parse: Callable[[str], T]) -> T | None:
        """Read one field; an impossible date or amount is an error, anything else unread goes to the note."""
        place = self.first.get(key)
        text = self.text(place) if place else ""
        if not text or place is None:
            return None
        try:
            return parse(text)
        except InvalidEntry as error:
            if key.endswith("_date") or key in AMOUNTS:
                self.tell(ERROR, place[1], text, error.sentence)
            else:
                self.keep_aside(place[1], text, error.sentence)
            return None

    def day(self, key: str) -> date | None:
        """Read the date of an entry, a lease, a departure."""
        american = key in self._american
        return self.read(key, lambda text: values.parse_past_date(text, self.today, month_first=american))

    def birth(self, key: str) -> date | None:
        """Read a birth date."""
        american = key in self._american
        return self.read(key, lambda text: values.parse_birth_date(text, self.today, month_first=american))

    def sample(self, place: Place) -> list[str]:
        """Return the filled cells of a column in the first 3,000 rows."""
        index = place[0]
        return [row.cells[index] for row in self.sheet.rows[:3_000] if row.cells[index]]

    def _american_columns(self) -> frozenset[str]:
        """Return the date fields written month first: second numbers beyond 12 there, first ones never."""
        found = set()
        for key, places_of in self.columns.items():
            if not key.endswith("_date"):
                continue
            pairs = [m for text in self.sample(places_of[0]) if (m := _SLASHED.match(text))]
            beyond = sum(1 for match in pairs if int(match[2]) > 12)
            if beyond >= 3 and beyond * 5 >= len(pairs) and all(int(match[1]) <= 12 for match in pairs):
                found.add(key)
        return frozenset(found)
