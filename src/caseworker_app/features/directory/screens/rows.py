"""How a household of the list is painted: the columns chosen, and their cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from caseworker_app.features.directory.domain import ALERT_LABELS, Alert, ListedHousehold
from caseworker_app.features.directory.domain.columns import (
    COLUMN_LABELS,
    DEFAULT_COLUMNS,
    ColumnKey,
)
from caseworker_app.features.directory.domain.listed import ENDING_DAYS, SILENT_DAYS
from caseworker_app.features.dossier.domain.when import from_today
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.money import format_euros
from caseworker_app.kernel.phones import format_phone
from caseworker_app.ui_kit.row_model import Column
from caseworker_app.ui_kit.row_table import TICK_WIDTH, Cell

# Pixels at 100 %; 0 takes the rest.
_WIDTHS = {
    ColumnKey.NAME: 0,
    ColumnKey.TOWN: 112,
    ColumnKey.MEASURE: 144,
    ColumnKey.END: 132,
    ColumnKey.CONTACT: 108,
    ColumnKey.ALERT: 124,
    ColumnKey.WORKER: 140,
    ColumnKey.LANDLORD: 172,
    ColumnKey.DWELLING: 204,
    ColumnKey.PHONE: 132,
    ColumnKey.ARREARS: 124,
    ColumnKey.REFERENCE: 136,
}
# Columns one chose are reached by scrolling: they are wide enough for what they hold.
_ROOMY = {
    ColumnKey.TOWN: 160,
    ColumnKey.MEASURE: 172,
    ColumnKey.WORKER: 160,
    ColumnKey.LANDLORD: 236,
    ColumnKey.DWELLING: 280,
}
# Of the usual columns, those that give way in a small window or with large text; chosen ones never do.
_GIVING_WAY = frozenset({ColumnKey.MEASURE, ColumnKey.CONTACT})
_ALERT_LOOKS = {
    Alert.OVERDUE: ("danger", "alert-circle"),
    Alert.SILENT: ("danger", "message-off"),
    Alert.ENDING: ("warn", "clock"),
    Alert.UP_TO_DATE: ("ok", "circle-check"),
    Alert.NOT_FOLLOWED: ("muted", "circle"),
}


def table_columns(keys: Sequence[ColumnKey]) -> tuple[Column, ...]:
    """Return the columns of the table: the tick's own, then those chosen."""
    usual = tuple(keys) == DEFAULT_COLUMNS
    widths = _WIDTHS if usual else {**_WIDTHS, **_ROOMY}
    chosen = (
        Column(
            COLUMN_LABELS[key],
            widths[key],
            key.value,
            right=key is ColumnKey.ARREARS,
            optional=usual and key in _GIVING_WAY,
        )
        for key in keys
    )
    return (Column("", TICK_WIDTH), *chosen)


def cells_of(row: ListedHousehold, day: date, keys: Sequence[ColumnKey]) -> tuple[Cell, ...]:
    """Return the cells of a household, that of the tick first, seen on `day`."""
    ground = "note_soft" if row.protected else ""
    return (Cell(ground=ground), *(_CELLS[key](row, day, ground) for key in keys))


def _name(row: ListedHousehold, _day: date, ground: str) -> Cell:
    lock = "shield-lock" if row.protected else ""
    # The lock is violet; a strong cell writes its words in the text's own colour.
    tone = "note" if row.protected else "text"
    if row.found is None:
        return Cell(row.title, row.people, tone, icon=lock, strong=True, ground=ground)
    where = f"{row.found.label}\u00a0: {row.found.context}"
    return Cell(row.title, where, tone, "accent", lock, "search", strong=True, ground=ground)


def _measure(row: ListedHousehold, _day: date, ground: str) -> Cell:
    return _known(row.measure, ground)


def _end(row: ListedHousehold, day: date, ground: str) -> Cell:
    if row.ends_on is None:
        return Cell("Sans terme" if row.measure else "—", tone="muted", ground=ground)
    left = (row.ends_on - day).days
    tone = "danger" if left < 0 else "warn" if left <= ENDING_DAYS else "muted"
    icon = "" if tone == "muted" else "alert-circle" if left < 0 else "clock"
    words = format_date(row.ends_on)
    return Cell(
        words, from_today(row.ends_on, day), detail_tone=tone, detail_icon=icon, tabular=True, ground=ground
    )


def _contact(row: ListedHousehold, day: date, ground: str) -> Cell:
    if row.last_contact is None:
        return Cell("Jamais" if row.measure else "—", tone="muted", ground=ground)
    silent = row.measure is not None and (day - row.last_contact).days > SILENT_DAYS
    words, tone = format_date(row.last_contact), "danger" if silent else "muted"
    return Cell(words, from_today(row.last_contact, day), detail_tone=tone, tabular=True, ground=ground)


def _alert(row: ListedHousehold, _day: date, ground: str) -> Cell:
    tone, icon = _ALERT_LOOKS[row.alert]
    return Cell(ALERT_LABELS[row.alert], tone=tone, icon=icon, ground=ground)


def _worker(row: ListedHousehold, _day: date, ground: str) -> Cell:
    return _known(row.worker, ground)


def _town(row: ListedHousehold, _day: date, ground: str) -> Cell:
    return _hidden(ground) if row.protected else _known(row.city, ground)


def _landlord(row: ListedHousehold, _day: date, ground: str) -> Cell:
    return _hidden(ground) if row.protected else _known(row.home.landlord, ground)


def _dwelling(row: ListedHousehold, _day: date, ground: str) -> Cell:
    return _hidden(ground) if row.protected else _known(row.home.dwelling, ground)


def _phone(row: ListedHousehold, _day: date, ground: str) -> Cell:
    if row.protected:
        return _hidden(ground)
    if row.home.phone is None:
        return Cell("Aucun", tone="muted", ground=ground)
    return Cell(format_phone(row.home.phone), tabular=True, ground=ground)


def _arrears(row: ListedHousehold, _day: date, ground: str) -> Cell:
    owed = row.home.arrears_cents
    if owed is None:
        return Cell("—", tone="muted", ground=ground)
    words = "dû" if owed > 0 else "d’avance" if owed < 0 else "à jour"
    tone = "danger" if owed > 0 else "ok"
    return Cell(format_euros(abs(owed)), words, detail_tone=tone, tabular=True, ground=ground)


def _reference(row: ListedHousehold, _day: date, ground: str) -> Cell:
    return Cell(row.reference, tabular=True, ground=ground)


def _known(words: str | None, ground: str) -> Cell:
    return Cell(words or "—", tone="text" if words else "muted", ground=ground)


def _hidden(ground: str) -> Cell:
    return Cell("Masqué", tone="muted", icon="eye-off", ground=ground)


_CELLS: dict[ColumnKey, Callable[[ListedHousehold, date, str], Cell]] = {
    ColumnKey.NAME: _name,
    ColumnKey.TOWN: _town,
    ColumnKey.MEASURE: _measure,
    ColumnKey.END: _end,
    ColumnKey.CONTACT: _contact,
    ColumnKey.ALERT: _alert,
    ColumnKey.WORKER: _worker,
    ColumnKey.LANDLORD: _landlord,
    ColumnKey.DWELLING: _dwelling,
    ColumnKey.PHONE: _phone,
    ColumnKey.ARREARS: _arrears,
    ColumnKey.REFERENCE: _reference,
}
