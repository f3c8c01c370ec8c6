"""What a person decided of the rows that are like somebody known, one by one and for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caseworker_app.features.intake.domain.checked import TO_DECIDE, Sides
from caseworker_app.features.intake.domain.decision import Action


@dataclass(frozen=True, slots=True)
class Settled:
    """`rows`: decided one by one; `others`: what was said for all those to decide, None when nothing was."""

    rows: Mapping[int, Action] = field(default_factory=dict)
    others: Action | None = None

    def of(self, sides: Sides, place: int) -> Action | None:
        """Return what was decided of the row at a place, None when nobody did."""
        action = self.rows.get(sides.numbers[place])
        return action or (self.others if sides.states[place] == TO_DECIDE else None)

    def is_open(self, sides: Sides, place: int) -> bool:
        """Say whether the row at a place waits for somebody to decide."""
        return sides.states[place] == TO_DECIDE and self.of(sides, place) is None

    def open_places(self, sides: Sides) -> list[int]:
        """Return the places that wait for somebody to decide."""
        return [place for place in range(len(sides.numbers)) if self.is_open(sides, place)]
