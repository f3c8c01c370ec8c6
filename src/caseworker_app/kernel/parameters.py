"""Dated tables (« barèmes »), outside the code.

Every rate, scale or list carries its dates and its source.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import NotFound
from caseworker_app.kernel.paths import resources


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a dated table, in force from `start` to `end` (None: still).

    `source`: where it was read; `verified`: whether somebody read it there again.
    """

    value: Any
    start: date
    end: date | None
    source: str
    verified: bool

    def in_force(self, day: date) -> bool:
        """Say whether the value held on `day`."""
        return self.start <= day and (self.end is None or day <= self.end)


@cache
def table(name: str) -> dict[str, Any]:
    """Return the shipped table `resources/parameters/NAME.toml` as read, once."""
    with (resources() / "parameters" / f"{name}.toml").open("rb") as stream:
        return tomllib.load(stream)


def table_names() -> list[str]:
    """Return the names of every table shipped."""
    return sorted(file.stem for file in (resources() / "parameters").glob("*.toml"))


def every_value(name: str) -> list[tuple[str, DatedValue]]:
    """Return every row of a table with its key, whatever its dates, in the order of the file."""
    return [(key, _dated_value(row)) for key, rows in table(name).items() for row in rows]


def dated(name: str, key: str, day: date) -> DatedValue:
    """Return the value of `key` in force on `day`. Raises NotFound when no value covers that day."""
    for value in all_dated(name, key, day):
        return value
    raise NotFound(
        f"Aucune valeur de «\u00a0{key}\u00a0» n’est connue au {format_date(day)}\u00a0: "
        "complétez le barème dans Réglages."
    )


def all_dated(name: str, key: str, day: date) -> list[DatedValue]:
    """List every row of `key` in force on `day`, in the order of the file (a dated list: kinds, reasons…)."""
    rows = (_dated_value(row) for row in table(name)[key])
    return [value for value in rows if value.in_force(day)]


def _dated_value(row: dict[str, Any]) -> DatedValue:
    return DatedValue(
        row["value"], row["start"], row.get("end"), row.get("source", ""), row.get("verified", False)
    )
