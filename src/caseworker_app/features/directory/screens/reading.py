"""Reading the list: the last query asked, the pages looked at, the columns shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.filters import ListQuery
from caseworker_app.features.directory.domain.listed import ListedHousehold
from caseworker_app.features.directory.screens.table import HouseholdRows
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.row_model import PAGE
from caseworker_app.ui_kit.tasks import Tasks


@dataclass(frozen=True, slots=True)
class ReadListing:
    """What one reading brings: the listing, and its rows from `first` on."""

    listing: service.Listing
    first: int
    rows: Sequence[ListedHousehold]


class ListReading(QObject):
    """Asks for listings and pages. `answered(ReadListing)`, to be given to `show`; `refused(sentence)`."""

    answered = Signal(object)
    refused = Signal(str)

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, rows: HouseholdRows, owner: QObject
    ) -> None:
        """Read nothing yet."""
        super().__init__(owner)
        self._file, self._who, self._tasks, self._rows = file, who, tasks, rows
        self.listing: service.Listing | None = None
        self.day = today(file.clock)
        self._latest = tasks.latest(self.answered.emit, self._refuse, owner=self)
        rows.page_wanted.connect(self._read_page)

    def ask(self, query: ListQuery, first: int = 0) -> None:
        """Read what a query shows today; of several in a row only the last is answered."""
        self.day = today(self._file.clock)
        day, columns = self.day, self._rows.keys
        self._latest.ask(lambda: self._read(query, first, day, columns))

    def _read(self, query: ListQuery, first: int, day: date, columns: Sequence[ColumnKey]) -> ReadListing:
        with self._file.reading() as connection:
            listing = service.find_listing(connection, self._who, query, day)
            first = min(first, max(0, listing.total - 1) // PAGE * PAGE)
            # What is searched is seen from its top: a few rows come sooner than a page.
            limit = service.FOUND_AT_ONCE if query.words else 2 * PAGE
            rows = service.page_of(connection, self._who, listing, columns, offset=first, limit=limit)
        return ReadListing(listing, first, rows)

    def show(self, read: ReadListing) -> None:
        """Put what was read into the rows, in place of what they held."""
        self.listing = read.listing
        self._rows.day = read.listing.day
        if read.first:
            generation = self._rows.start(read.listing.total)
            self._rows.fill(generation, read.first, read.rows)
        else:
            self._rows.start(read.listing.total, read.rows)

    def _refuse(self, error: CaseworkerError) -> None:
        self.refused.emit(error.sentence)

    def _read_page(self, generation: int, first: int, count: int) -> None:
        listing, columns = self.listing, self._rows.keys
        if listing is None:
            return

        def read() -> list[ListedHousehold]:
            with self._file.reading() as connection:
                return service.page_of(connection, self._who, listing, columns, offset=first, limit=count)

        self._tasks.read(read, lambda rows: self._rows.fill(generation, first, rows), owner=self)
