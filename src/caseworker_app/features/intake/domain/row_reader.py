"""One row of a list turned into a proposal, its problems told cell by cell.

What puts a row aside until it is corrected (severity `error`): no readable name, a date or an amount that cannot
be, a formula, control characters or more than 32,767 characters in a cell we use, columns shifted by a stray
separator. A phone or e-mail that cannot be read leaves its field empty, keeps the text in the household's note, and
is a `warning`: a list of 300 where 20 phones are wrong still gives 300 households.
"""

from __future__ import annotations

from datetime import date

from caseworker_app.features.households.domain import NewAddress, NewHousehold
from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.features.intake.domain.headings import Owner
from caseworker_app.features.intake.domain.proposal import ERROR, Problem, ProposedDwelling, ProposedHousehold
from caseworker_app.features.intake.domain.row_cells import RowCells, RowRefused
from caseworker_app.features.intake.domain.row_people import PeopleReader
from caseworker_app.features.intake.domain.row_places import PlaceReader
from caseworker_app.sheets.sheet import Sheet, SheetRow

EMPTY_ROW = "Cette ligne ne décrit aucun logement."


class RowReader:
    """Reads the rows of one list; `problems` grows as it goes."""

    def __init__(self, sheet: Sheet, matching: Matching, today: date) -> None:
        """Prepare the columns and what whole columns tell of their cells."""
        ranks = {m.heading.rank for m in matching.matches if m.heading.owner is Owner.DEPENDANT}
        self._cells = RowCells(sheet, matching, today)
        self._people = PeopleReader(self._cells, sorted(ranks))
        self._places = PlaceReader(self._cells)

    @property
    def problems(self) -> list[Problem]:
        """Return what was told so far."""
        return self._cells.problems

    def household(self, row: SheetRow) -> ProposedHousehold | None:
        """Return the household of a row, None when the row is in error (its problem says why)."""
        self._cells.begin(row)
        try:
            self._cells.check_shape()
            members = self._people.members()
        except RowRefused:
            return None
        address = self._places.address()
        tenancy = self._places.tenancy()
        if address and tenancy:
            place = (address.street, address.complement, address.postal_code, address.city)
            address = NewAddress(*place, from_date=tenancy.entry_date, to_date=tenancy.exit_date)
        occupants = self._cells.read("occupants", values.parse_count)
        contacts = self._places.contacts()
        self._places.remarks()
        self.also_read()
        note = "\n".join(self._cells.notes) or None
        household = NewHousehold(tuple(members), (address,) if address else (), contacts, note=note)
        reference = self._cells.plain("external_reference")[:60] or None
        dwelling = self._places.dwelling(address) if self._places.has_dwelling(address, tenancy) else None
        if self._cells.in_error:
            return None
        return ProposedHousehold(row.number, household, reference, occupants, dwelling, tenancy)

    def also_read(self) -> None:
        """Read what a kind of list tells beside the household, while its note is open."""

    def dwelling(self, row: SheetRow) -> ProposedDwelling | None:
        """Return the dwelling of a row of a dwellings' list, None when the row is in error."""
        self._cells.begin(row)
        try:
            self._cells.check_shape()
        except RowRefused:
            return None
        found = self._places.dwelling(self._places.address())
        if not any((found.reference, found.street, found.residence)):
            self._cells.tell(ERROR, "", "", EMPTY_ROW)
        return None if self._cells.in_error else found
