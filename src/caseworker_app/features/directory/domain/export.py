"""What an export of the list holds: its headings, its cells, and the line it leaves in the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from caseworker_app.features.directory.domain.columns import COLUMN_LABELS, ColumnKey
from caseworker_app.features.directory.domain.listed import ALERT_LABELS, ListedHousehold
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.phones import format_phone

Value = str | date | Decimal | None


class ExportFormat(StrEnum):
    """The kinds of files a list is exported to."""

    XLSX = "xlsx"
    CSV = "csv"


FORMAT_LABELS = {ExportFormat.XLSX: "Classeur Excel (.xlsx)", ExportFormat.CSV: "Texte CSV (.csv)"}


@dataclass(frozen=True, slots=True)
class ListExport:
    """A line of the register of exports (« registre ») : who took what out, when; `left_out`: protected households."""

    id: str
    version: str
    worker_id: str
    made_at: datetime
    format: ExportFormat
    columns: str
    households: int
    left_out: int
    sha256: str

    def words(self, worker: str) -> str:
        """Return « 24/11/2026 à 14 h 00, Claire Lenoir : 12 ménages, classeur Excel »."""
        day, hour = format_date(self.made_at.date()), f"{self.made_at:%H}\u00a0h\u00a0{self.made_at:%M}"
        kind = FORMAT_LABELS[self.format].partition(" (")[0]
        return f"{day} à {hour}, {worker}\u00a0: {plural(self.households, 'ménage')}, {kind[0].lower()}{kind[1:]}"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export gave: households written, protected ones left out, people gone from the file meanwhile."""

    households: int
    left_out: int

    def words(self) -> str:
        """Say it in a sentence."""
        said = f"{plural(self.households, 'ménage exporté', 'ménages exportés')}"
        return f"{said}{left_out_words(self.left_out)}"


def left_out_words(count: int) -> str:
    """Return « , 2 ménages protégés laissés de côté », nothing when there is none."""
    if not count:
        return ""
    told = plural(count, "ménage protégé ou limité laissé", "ménages protégés ou limités laissés")
    return f", {told} de côté"


def headings(columns: Sequence[ColumnKey]) -> list[str]:
    """Return the first line of an export; the household's column comes with its number and its people."""
    titles = [COLUMN_LABELS[key] for key in columns if key not in _WITH_NAME]
    return [COLUMN_LABELS[ColumnKey.NAME], COLUMN_LABELS[ColumnKey.REFERENCE], "Composition", *titles]


def values(row: ListedHousehold, columns: Sequence[ColumnKey]) -> list[Value]:
    """Return the cells of a household under `headings`: dates as dates, amounts in euros."""
    cells = [_value(row, key) for key in columns if key not in _WITH_NAME]
    return [row.title, row.reference, row.people, *cells]


_WITH_NAME = frozenset({ColumnKey.NAME, ColumnKey.REFERENCE})


def _value(row: ListedHousehold, key: ColumnKey) -> Value:
    home = row.home
    known: dict[ColumnKey, Value] = {
        ColumnKey.TOWN: row.city,
        ColumnKey.MEASURE: row.measure,
        ColumnKey.END: row.ends_on,
        ColumnKey.CONTACT: row.last_contact,
        ColumnKey.ALERT: ALERT_LABELS[row.alert],
        ColumnKey.WORKER: row.worker,
        ColumnKey.LANDLORD: home.landlord,
        ColumnKey.DWELLING: home.dwelling,
        ColumnKey.PHONE: format_phone(home.phone) if home.phone else None,
        ColumnKey.ARREARS: None if home.arrears_cents is None else Decimal(home.arrears_cents) / 100,
    }
    return known[key]
