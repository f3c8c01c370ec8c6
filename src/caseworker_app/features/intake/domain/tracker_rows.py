"""Rows of a follow-up table read: the household as in any list, then its measure, debts and dated notes.

A table kept by hand never puts a household aside for a word: what cannot be read is told, stays in the note, and the
measure waits for its date. Only a day that cannot be (31/02) holds the row back, as in every list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.features.intake.domain.dated_notes import DatedNote, kind_of, split_notes
from caseworker_app.features.intake.domain.joining import join_repeated, join_rows
from caseworker_app.features.intake.domain.loose_dates import parse_loose
from caseworker_app.features.intake.domain.proposal import ProposedHousehold, ProposedTenancy
from caseworker_app.features.intake.domain.row_reader import RowReader
from caseworker_app.features.intake.domain.tracker_cells import NOTHING, TrackerCells
from caseworker_app.features.intake.domain.tracker_columns import MONTH
from caseworker_app.features.intake.domain.tracker_debts import debts
from caseworker_app.features.intake.domain.tracker_measure import MeasureReader
from caseworker_app.features.intake.domain.tracker_sheet import heads_a_part
from caseworker_app.features.intake.domain.tracking import ProposedTracking
from caseworker_app.kernel.dates import MONTHS
from caseworker_app.kernel.folding import fold
from caseworker_app.sheets.sheet import Sheet, SheetRow

_WORKER_SHEET = re.compile(
    r"(?!(?i:feuil|sheet|liste|tableau|total|notice|data|archive))[^\W\d_][^\d_]{1,40}"
)
_NAMES = ("full_name", "last_name", "first_name", "birth_name", "co_holder_full_name", "co_holder_last_name")


class TrackerReader(RowReader):
    """Reads the rows of one follow-up table, in their order; `tracked` grows as it goes."""

    def __init__(
        self,
        sheet: Sheet,
        matching: Matching,
        today: date,
        sheet_names: Sequence[str],
        usual_kind: str | None,
    ) -> None:
        """Prepare the columns; `usual_kind`: code of the measure where neither the row nor its sheet names one."""
        super().__init__(sheet, matching, today)
        self._today = today
        self._loose = TrackerCells(self._cells, today, sheet_names, sheet.titles)
        self._measures = MeasureReader(self._loose, usual_kind)
        self.tracked: list[ProposedTracking] = []
        self._names = [place[0] for key in _NAMES for place in self._cells.columns.get(key, ())]
        self._leader: ProposedHousehold | None = None
        self._told_by_row: list[ProposedTracking] = []

    @property
    def without_kind(self) -> int:
        """How many rows give dates of a measure and nowhere say which."""
        return self._measures.without_kind

    def read(self, row: SheetRow, *, aside: bool = False) -> ProposedHousehold | None:
        """Return the household of a row; None when it is in error, or goes on with the household before it.

        A row put `aside` for what is in a column that is not imported gives nothing, and nothing goes on with it.
        """
        if aside:
            self._leader = self._leader if self._goes_on(row) else None
            return None
        if self._goes_on(row) and self._leader is not None:
            self._continue(row, self._leader)
            return None
        self._told_by_row = []
        found = self.household(row)
        if found is None:
            self._leader = None
            return None
        self._leader = found = self._lodged(found)
        self.tracked += self._told_by_row
        return found

    def joined(self, households: Sequence[ProposedHousehold]) -> list[ProposedHousehold]:
        """Return the households with the rows that went on with them, those told on several rows made one."""
        rows: dict[int, list[int]] = {}
        for each in self.tracked:
            if each.row != each.household_row:
                rows.setdefault(each.household_row, []).append(each.row)
        whole = [
            replace(h, joined_rows=(*h.joined_rows, *rows[h.row])) if h.row in rows else h for h in households
        ]
        begun = {each.row: each.measure.starts_on for each in self.tracked if each.measure is not None}
        # First the people of one household told a row each, then what is told again of one.
        return join_repeated(join_rows([self._opened(household, begun) for household in whole]))

    def _opened(self, proposal: ProposedHousehold, begun: dict[int, date]) -> ProposedHousehold:
        """Return the household opened when its first measure began: a file taken over is not a new one."""
        starts = [begun[row] for row in proposal.rows if row in begun]
        if not starts or min(starts) > self._today:
            return proposal
        return replace(proposal, household=replace(proposal.household, opened_on=min(starts)))

    def also_read(self) -> None:
        """Read what only a follow-up table tells, while the note of the household is open."""
        told = self._tracking(self._cells.row)
        self._told_by_row = [told]
        self._keep_told(told)

    def _keep_told(self, own: ProposedTracking) -> None:
        """Keep in the note what has no place of its own: nothing the table said is lost."""
        cells = self._cells
        if state := cells.plain("measure_state"):
            cells.notes.append(f"{cells.first['measure_state'][1]}\u00a0: {state[:200]}")
        if own.measure is None and (prescriber := cells.plain("prescriber")):
            cells.notes.append(f"{cells.first['prescriber'][1]}\u00a0: {prescriber[:200]}")
        if (landlord := cells.plain("landlord")) and not (
            cells.plain("street") or cells.plain("street_name")
        ):
            cells.notes.append(f"{cells.first['landlord'][1]}\u00a0: {landlord[:200]}")

    def _goes_on(self, row: SheetRow) -> bool:
        """Say whether a row without any name goes on with the household above: merged cells are read so."""
        return bool(self._names) and not any(row.cells[index] for index in self._names)

    def _continue(self, row: SheetRow, leader: ProposedHousehold) -> None:
        self._cells.begin(row)
        told = self._tracking(leader.row)
        if self._cells.in_error:
            return
        notes = [DatedNote(n.day, n.kind, n.text) for n in told.notes]
        free = "\n".join(self._cells.notes)
        if free:
            # The note of the household is closed: what no date stands before goes to the diary of today.
            notes += split_notes(f"{self._today.isoformat()} : {free}", self._today).dated
        self.tracked.append(replace(told, notes=tuple(notes)))

    def _lodged(self, found: ProposedHousehold) -> ProposedHousehold:
        """Return the household with its dwelling where the table names the landlord of an address."""
        address = found.household.addresses[0] if found.household.addresses else None
        landlord = self._cells.plain("landlord")
        if found.dwelling is not None or not landlord or address is None or not address.street:
            return found
        return replace(
            found, dwelling=self._places.dwelling(address), tenancy=found.tenancy or ProposedTenancy()
        )

    def _tracking(self, household_row: int) -> ProposedTracking:
        notes = self._notes()
        return ProposedTracking(
            self._cells.row,
            household_row,
            self._worker(),
            self._measures.measure(),
            debts(self._loose),
            notes,
        )

    def _worker(self) -> str:
        told = " ".join(self._cells.plain("worker").split())[:100]
        if not told and "worker" not in self._cells.columns and len(self._loose.sheet_names) > 1:
            told = self._loose.sheet_name()  # a sheet a worker
            return told if _WORKER_SHEET.fullmatch(told) and not heads_a_part(told) else ""
        return told if any(c.isalpha() for c in told) else ""

    def _notes(self) -> tuple[DatedNote, ...]:
        found: list[DatedNote] = []
        for place in self._cells.columns.get("diary", ()):
            text = self._loose.told(place)
            if not text or fold(text) in NOTHING:
                continue
            notes = split_notes(text, self._today, self._loose.year(), title=place[1])
            found += notes.dated
            if notes.free and MONTH.fullmatch(fold(place[1])):
                found += split_notes(f"{self._month(place[1])} : {notes.free}", self._today).dated
            elif notes.free:
                self._cells.notes.append(f"{place[1]}\u00a0: {notes.free}")
        found += self._row_note()
        return tuple(found)

    def _month(self, title: str) -> str:
        """Return the month a column is about, with its year: that told, the sheet's, or the latest."""
        day = parse_loose(title, self._today, self._loose.year()).day
        return f"{MONTHS[day.month - 1]} {day.year}"

    def _row_note(self) -> list[DatedNote]:
        """Return the note a whole row is, in exports that hold one a row: its date, title and texts."""
        cells = self._cells
        places = [cells.first[key] for key in ("note_title",) if key in cells.first]
        places += cells.columns.get("note_text", [])
        texts = [
            f"{place[1]}\u00a0: {text}" if i else text
            for i, place in enumerate(places)
            if (text := self._loose.told(place))
        ]
        day = self._loose.day("note_date")
        if not texts:
            return []
        if day is not None and day <= self._today:
            text = "\n".join(texts)
            return [DatedNote(day, kind_of(text), text)]
        due = self._loose.day("note_due_date") or day
        told = f"À faire le {due:%d/%m/%Y}" if due else "À faire"
        cells.notes.append(f"{told}\u00a0: {', '.join(texts)}")
        return []
