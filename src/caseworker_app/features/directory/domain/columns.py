"""The columns of the list: which there are, which are shown, in what order."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class ColumnKey(StrEnum):
    """A column of the list, in the order they are offered; the household's own is always the first."""

    NAME = "name"
    TOWN = "town"
    MEASURE = "measure"
    END = "end"
    CONTACT = "contact"
    ALERT = "alert"
    WORKER = "worker"
    LANDLORD = "landlord"
    DWELLING = "dwelling"
    PHONE = "phone"
    ARREARS = "arrears"
    REFERENCE = "reference"


COLUMN_LABELS = {
    ColumnKey.NAME: "Ménage",
    ColumnKey.TOWN: "Commune",
    ColumnKey.MEASURE: "Mesure",
    ColumnKey.END: "Fin de mesure",
    ColumnKey.CONTACT: "Dernier contact",
    ColumnKey.ALERT: "Alerte",
    ColumnKey.WORKER: "Référent",
    ColumnKey.LANDLORD: "Bailleur",
    ColumnKey.DWELLING: "Logement",
    ColumnKey.PHONE: "Téléphone sûr",
    ColumnKey.ARREARS: "Solde du loyer",
    ColumnKey.REFERENCE: "Référence",
}

_KEYS = frozenset(ColumnKey)
DEFAULT_COLUMNS = (
    ColumnKey.NAME,
    ColumnKey.TOWN,
    ColumnKey.MEASURE,
    ColumnKey.END,
    ColumnKey.CONTACT,
    ColumnKey.ALERT,
)

# Columns whose cells are read from the lease and the contacts: only when one of them is asked for.
OF_THE_HOME = frozenset({ColumnKey.LANDLORD, ColumnKey.DWELLING, ColumnKey.PHONE, ColumnKey.ARREARS})


def checked_columns(keys: Iterable[str]) -> tuple[ColumnKey, ...]:
    """Return the columns as shown: the household first, none twice, what this version does not know left out."""
    known = (ColumnKey(key) for key in keys if key in _KEYS)
    return tuple(dict.fromkeys((ColumnKey.NAME, *known)))
