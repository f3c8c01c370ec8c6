"""Which dwelling of a list is one the file already holds, so that a second import uses it again.

Two descriptions meet by the landlord's own reference, or by an address told to the door. An address without
a door is that of a whole staircase: tenants who share it are not lodged together on that account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.intake.domain.duplicates import Duplicate
from caseworker_app.features.intake.domain.places import address_key
from caseworker_app.kernel.folding import fold

SAME_REFERENCE = "même référence de logement, déjà dans le fichier"
SAME_DOOR = "même adresse et même porte, déjà dans le fichier"
SAME_DESCRIPTION = "même adresse et même description, déjà dans le fichier"

_DOOR = re.compile(
    r"\b(?:porte|pte|appartement|appart|appt|app|apt|logement|logt|log|lgt)\s?(?:no?\s)?[a-z]?\s?\d"
)


class Spot(NamedTuple):
    """What tells one dwelling from another, folded; each part is empty where nothing is told."""

    landlord: str
    reference: str
    address: str
    inside: str

    def sure_keys(self) -> tuple[str, ...]:
        """Return the keys under which the same dwelling is surely met again, none when nothing is sure."""
        keys = (f"r{self.reference}",) if self.reference else ()
        to_the_door = self.address and _DOOR.search(self.inside)
        return (*keys, f"d{self.address} {self.inside}") if to_the_door else keys

    def agrees_with(self, other: Spot) -> bool:
        """Say whether two descriptions that met under a key may be of one dwelling."""
        if not _same_or_untold(self.landlord, other.landlord):
            return False
        if not _same_or_untold(self.reference, other.reference):
            return False
        sure = bool(self.reference and self.landlord) and self[:2] == other[:2]
        return sure or _same_or_untold(self.address, other.address)


@dataclass(slots=True)
class Home:
    """A dwelling met: `id` is empty until it is written."""

    id: str = ""


def spot_of(dwelling: NewDwelling, landlord: str) -> Spot:
    """Return what tells a dwelling from another; `landlord` is its landlord's name, empty when untold."""
    return Spot(
        fold(landlord),
        fold(dwelling.reference or ""),
        address_key(dwelling.street or "", dwelling.postal_code or "", dwelling.city or ""),
        fold(dwelling.complement or ""),
    )


def description_of(dwelling: NewDwelling, spot: Spot) -> str:
    """Return all that is told of a dwelling, for those that nothing tells from their neighbours."""
    details = (dwelling.typology, dwelling.floor_area, dwelling.floor, dwelling.building)
    return "|".join(str(part or "") for part in (*spot, *details))


class DwellingFinder:
    """The dwellings of the file that the list speaks of, and those it adds; memory follows the list."""

    def __init__(self, wanted: Iterable[Spot]) -> None:
        """Learn which dwellings are looked for."""
        keys = (key for spot in wanted for key in spot.sure_keys())
        self._by_key: dict[str, list[tuple[Spot, Home]]] = {key: [] for key in keys}

    def add(self, spot: Spot, home: Home) -> None:
        """File a dwelling, if the list speaks of one like it."""
        for key in spot.sure_keys():
            if key in self._by_key:
                self._by_key[key].append((spot, home))

    def find(self, spot: Spot) -> Home | None:
        """Return the dwelling that is surely this one, None when there is none."""
        for key in spot.sure_keys():
            for other, home in self._by_key.get(key, ()):
                if spot.agrees_with(other):
                    return home
        return None


class Neighbours:
    """The dwellings of the file that only their description tells apart: a register lists a staircase so."""

    def __init__(self) -> None:
        """Begin with none."""
        self._homes: dict[str, list[Home]] = {}

    def add(self, description: str, home: Home) -> None:
        """File a dwelling."""
        self._homes.setdefault(description, []).append(home)

    def take(self, description: str) -> Home | None:
        """Return a dwelling described in just the same words, each once."""
        left = self._homes.get(description)
        return left.pop(0) if left else None


def known_among(
    dwellings: Iterable[tuple[int, NewDwelling, Spot]], finder: DwellingFinder, neighbours: Neighbours
) -> list[Duplicate]:
    """Return, of the rows of a register, those that describe a dwelling of the file; the row comes first."""
    found = []
    for row, dwelling, spot in dwellings:
        home, likelihood = finder.find(spot), 95
        why = SAME_REFERENCE if dwelling.reference else SAME_DOOR
        if home is None and not spot.sure_keys():
            home, likelihood, why = neighbours.take(description_of(dwelling, spot)), 90, SAME_DESCRIPTION
        if home is not None:
            found.append(
                Duplicate(row, (why,), likelihood, dwelling_id=home.id, reference=dwelling.reference)
            )
    return found


def _same_or_untold(ours: str, theirs: str) -> bool:
    return ours == theirs or not ours or not theirs
