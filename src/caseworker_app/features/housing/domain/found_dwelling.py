"""A dwelling found by its address: who lives there, or since when nobody does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.housing.domain.dwelling import Dwelling
from caseworker_app.kernel.dates import format_date


@dataclass(frozen=True, slots=True)
class FoundDwelling:
    """`household_id`: who lives there, None for nobody; `free_since`: the day after the last lease, where one ended."""

    dwelling: Dwelling
    landlord: str | None
    household_id: str | None = None
    free_since: date | None = None

    @property
    def title(self) -> str:
        """Return its address, or the landlord's reference where that is all there is."""
        return self.dwelling.one_line() or f"Logement {self.dwelling.reference}"

    @property
    def state(self) -> str:
        """Return « Libre depuis le 01/10/2026 », « Libre » or « Occupé »."""
        if self.household_id is not None:
            return "Occupé"
        return f"Libre depuis le {format_date(self.free_since)}" if self.free_since else "Libre"

    @property
    def detail(self) -> str:
        """Return state, type and landlord: « Libre · T3 de 62 m² · Valmère Habitat »."""
        parts = (self.state, self.dwelling.description(), self.landlord or "")
        return " · ".join(part for part in parts if part)
