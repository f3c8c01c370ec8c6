"""The dated table of the autonomy grid: domains, anchors of five levels, sets by kind of measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from caseworker_app.kernel import parameters
from caseworker_app.kernel.errors import InvalidEntry, NotFound

TABLE = "autonomy_grid"


@dataclass(frozen=True, slots=True)
class GridDomain:
    """One domain of the grid (« domaine »).

    `housing`: its progress may be proposed for a landlord, in words; `internal`: health and children, never
    outside; `anchors`: what the five levels mean, from « à sécuriser » to « autonome ».
    """

    code: str
    label: str
    short_label: str
    housing: bool
    internal: bool
    anchors: tuple[str, ...]

    def housing_goal(self, chosen: bool | None) -> bool:
        """Say whether a goal of this domain concerns the dwelling: as chosen, else as the domain does.

        Raises InvalidEntry where it is chosen for health or children, which never reach a landlord.
        """
        if chosen and self.internal:
            raise InvalidEntry(
                "Un objectif de santé ou de parentalité reste interne\u00a0:"
                " il ne peut pas être lié au logement.",
                "housing",
            )
        return self.housing if chosen is None else chosen


@dataclass(frozen=True, slots=True)
class Grid:
    """One version of the grid, with the date it holds from and its source."""

    version: str
    start: date
    source: str
    verified: bool
    domains: tuple[GridDomain, ...]
    _sets: tuple[tuple[str, tuple[str, ...]], ...]

    def holds(self, code: str) -> bool:
        """Say whether the grid has a domain of this code."""
        return any(domain.code == code for domain in self.domains)

    def domain(self, code: str) -> GridDomain:
        """Return a domain by its code. Raises InvalidEntry for an unknown one."""
        for domain in self.domains:
            if domain.code == code:
                return domain
        raise InvalidEntry(
            "Ce domaine n’est pas dans la grille d’autonomie\u00a0: choisissez-en un de la liste.", "domain"
        )

    def domains_for(self, measure_kind: str | None) -> tuple[GridDomain, ...]:
        """Return the domains a kind of measure uses; a kind without a set of its own takes the usual one.

        All fourteen only where they are chosen one by one.
        """
        sets = dict(self._sets)
        codes = sets.get(measure_kind or "", sets["default"])
        return tuple(self.domain(code) for code in codes)


def grid_on(day: date) -> Grid:
    """Return the grid in force on a day. Raises NotFound when none was."""
    return grid_of_version(parameters.dated(TABLE, "grid", day).value["version"])


@cache
def grid_of_version(version: str) -> Grid:
    """Return a version of the grid, in force or not. Raises NotFound for an unknown one."""
    for row in parameters.table(TABLE)["grid"]:
        if row["value"]["version"] == version:
            return _grid(row)
    raise NotFound(
        f"La grille d’autonomie «\u00a0{version}\u00a0» n’est pas connue de ce programme\u00a0: mettez-le "
        f"à jour."
    )


def _grid(row: dict[str, Any]) -> Grid:
    value = row["value"]
    sets = tuple((kind, tuple(codes)) for kind, codes in value["sets"].items())
    domains = tuple(_domain(each) for each in value["domains"])
    return Grid(value["version"], row["start"], row["source"], row["verified"], domains, sets)


def _domain(each: dict[str, Any]) -> GridDomain:
    return GridDomain(
        each["code"],
        each["label"],
        each["short_label"],
        each.get("housing", False),
        each.get("internal", False),
        tuple(each["anchors"]),
    )
