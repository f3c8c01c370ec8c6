"""A copy of the data handed over to a person (« communication des données », RGPD art. 15), as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A copy handed over, to one member or (None) to the household.

    `passages`: how many were taken out; `reasons`: for which reasons, codes one space apart.
    """

    id: str
    version: str
    household_id: str
    transmission_id: str
    request_id: str | None
    member_id: str | None
    made_on: date
    passages: int
    reasons: str
