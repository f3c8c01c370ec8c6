"""The autonomy grid in its versions: domains, anchors of five levels, sets by kind of measure.

The program brings a first wording in a dated table; the association writes its own after it, each edition a
version kept in the file, so that an evaluation is always read with the words it was made with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from caseworker_app.kernel import parameters
from caseworker_app.kernel.errors import InvalidEntry, NotFound

TABLE = "autonomy_grid"
# What a kind of measure without a set of its own asks about.
DEFAULT_SET = "default"
MOST_DOMAINS = 14
LEVELS = 5


@dataclass(frozen=True, slots=True)
class GridDomain:
    """One domain of the grid (« domaine »).

    `housing`: its progress may be proposed for a landlord, in words; `internal`: health and children, never
    outside; `anchors`: what the five levels mean, from « à sécuriser » to « autonome »; `left_out`: no longer
    asked about, kept so that goals and older evaluations of it keep their words.
    """

    code: str
    label: str
    short_label: str
    housing: bool
    internal: bool
    anchors: tuple[str, ...]
    left_out: bool = False

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
    """One version of the grid, with the date it holds from and its source.

    `known`: its domains in order, those left out included; `sets`: the codes asked about by kind of measure,
    `DEFAULT_SET` for a kind without a set of its own; `edition_id`: the row of an edition the association
    wrote, None for the program's own wording.
    """

    version: str
    start: date
    source: str
    verified: bool
    known: tuple[GridDomain, ...]
    sets: tuple[tuple[str, tuple[str, ...]], ...]
    edition_id: str | None = None

    @property
    def domains(self) -> tuple[GridDomain, ...]:
        """The domains in use, in order."""
        return tuple(domain for domain in self.known if not domain.left_out)

    def holds(self, code: str) -> bool:
        """Say whether the grid knows a domain of this code, in use or left out."""
        return any(domain.code == code for domain in self.known)

    def domain(self, code: str) -> GridDomain:
        """Return a domain by its code, in use or left out. Raises InvalidEntry for an unknown one."""
        for domain in self.known:
            if domain.code == code:
                return domain
        raise InvalidEntry(
            "Ce domaine n’est pas dans la grille d’autonomie\u00a0: choisissez-en un de la liste.", "domain"
        )

    def domains_for(self, measure_kind: str | None) -> tuple[GridDomain, ...]:
        """Return the domains a kind of measure uses; a kind without a set of its own takes the usual one.

        All of them only where they are chosen one by one.
        """
        sets = dict(self.sets)
        codes = sets.get(measure_kind or "", sets[DEFAULT_SET])
        return tuple(domain for domain in map(self.domain, codes) if not domain.left_out)


@dataclass(frozen=True, slots=True)
class Grids:
    """Every version of the grid a file knows: those of the program, and the association's, oldest first."""

    editions: tuple[Grid, ...] = ()

    def on(self, day: date) -> Grid:
        """Return the version in force on a day; the association's own goes before the program's."""
        for edition in reversed(self.editions):
            if edition.start <= day:
                return edition
        return grid_on(day)

    def of_version(self, version: str) -> Grid:
        """Return a version, in force or not. Raises NotFound for an unknown one."""
        for edition in self.editions:
            if edition.version == version:
                return edition
        return grid_of_version(version)

    def knows(self, version: str) -> bool:
        """Say whether there is such a version."""
        return any(each.version == version for each in self.editions) or version in _versions()

    def domain(self, code: str, day: date) -> GridDomain | None:
        """Return a domain as the version of a day calls it, else as any does; None where nobody knows it."""
        for grid in (self.on(day), *reversed(self.editions)):
            if grid.holds(code):
                return grid.domain(code)
        return None


# Of a file whose association edited nothing.
PROGRAM_GRIDS = Grids()


def grid_on(day: date) -> Grid:
    """Return the program's own grid on a day. Raises NotFound when none was."""
    return grid_of_version(parameters.dated(TABLE, "grid", day).value["version"])


@cache
def grid_of_version(version: str) -> Grid:
    """Return a version of the program's own grid, in force or not. Raises NotFound for an unknown one."""
    for row in parameters.table(TABLE)["grid"]:
        if row["value"]["version"] == version:
            return _grid(row)
    raise NotFound(
        f"La grille d’autonomie «\u00a0{version}\u00a0» n’est pas connue de ce programme\u00a0: mettez-le "
        f"à jour."
    )


@cache
def _versions() -> frozenset[str]:
    return frozenset(row["value"]["version"] for row in parameters.table(TABLE)["grid"])


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
