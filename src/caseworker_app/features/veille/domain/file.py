"""A veille read whole: its household, what was done, who works here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.features.veille.domain.contact import WatchContact, standing_of
from caseworker_app.features.veille.domain.rhythm import Retry, Standing, due_on
from caseworker_app.features.veille.domain.watch import Watch


@dataclass(frozen=True, slots=True)
class WatchFile:
    """A veille with its household, its calls and visits (the latest first) and what was said at each (by entry)."""

    watch: Watch
    people: HouseholdFile
    contacts: tuple[WatchContact, ...]
    said: Mapping[str, str]
    workers: Mapping[str, str]
    retry: Retry
    landlord: str = ""

    @property
    def standing(self) -> Standing:
        """What was done so far."""
        return standing_of(self.contacts)

    @property
    def due(self) -> date | None:
        """The day of the next call or visit, None once it is over."""
        return due_on(self.watch.rhythm, self.standing, self.retry) if self.watch.runs else None
