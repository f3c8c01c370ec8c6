"""Who stands before and after a household in the list it was opened from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a household stood in a list: its position from 0, of `total`."""

    position: int
    total: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The households before and after (None at the ends), and the place of the one between them."""

    place: Place
    before: str | None
    after: str | None


def around(household_id: str, place: Place, ids: Sequence[str], first: int = 0) -> Neighbours | None:
    """Return the neighbours of a household among `ids`, which begin at position `first` of the list.

    None when the household no longer stands where it was: the list has moved.
    """
    index = place.position - first
    if not 0 <= index < len(ids) or ids[index] != household_id:
        return None
    before = ids[index - 1] if index else None
    after = ids[index + 1] if index + 1 < len(ids) else None
    return Neighbours(place, before, after)


class ListWalk:
    """The list a dossier was opened from, so that one can go on to the next household.

    `found`: the ids of a search; empty: the whole list by name.
    """

    def __init__(self) -> None:
        """Stand nowhere."""
        self.found: tuple[str, ...] = ()
        self._places: dict[str, Place] = {}

    def begin(self, household_id: str, place: Place, found: Sequence[str] = ()) -> None:
        """Note that a household was opened from a list."""
        self.found = tuple(found)
        self._places = {household_id: place}

    def step(self, neighbours: Neighbours, *, forward: bool) -> str | None:
        """Go on to the next household, or back to the one before; return its id, None at the end."""
        household_id = neighbours.after if forward else neighbours.before
        if household_id is not None:
            place = neighbours.place
            self._places[household_id] = Place(place.position + (1 if forward else -1), place.total)
        return household_id

    def place_of(self, household_id: str) -> Place | None:
        """Return where a household stood in the list, None when it was opened from elsewhere."""
        return self._places.get(household_id)
