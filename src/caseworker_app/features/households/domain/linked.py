"""What ties a household to others: those merged into it, those it was separated from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FormerHousehold:
    """A household as it was before it was merged into the one that stays (« ancien dossier »).

    `former_id`: under which its changes were recorded; `note`: what was known otherwise and not kept, in
    words.
    """

    id: str
    version: str
    household_id: str
    former_id: str
    reference: str
    name: str
    merged_on: date
    note: str | None


@dataclass(frozen=True, slots=True)
class Separation:
    """That a household was one with another until a day (« dossier séparé le … »); `other_id` None: one
    again.
    """

    id: str
    version: str
    household_id: str
    other_id: str | None
    separated_on: date
    note: str | None


@dataclass(frozen=True, slots=True)
class SeparationLink:
    """A separation as it is shown: the other household by its reference and name."""

    other_id: str
    reference: str
    name: str
    separated_on: date
    note: str | None
