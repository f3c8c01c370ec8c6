"""What the households of a demonstration stand on, and which of them have a lease or a measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.demonstration.domain.chance import falls_due
from caseworker_app.features.team.domain import Who

INTENTION = "fill_demonstration"
# The list of the main job is always the same one, but for its dates.
MAIN_JOB_SEED = 7
# Of 55,000 households 40,000 have a lease and 5,000 an open measure; a small office follows most of its own.
LEASES = (40, 55)
MEASURES_OF_MANY = (5, 55)
MEASURES_OF_FEW = (3, 4)
FEW = 600


@dataclass(frozen=True, slots=True)
class Setting:
    """What every household of a demonstration stands on.

    `workers`: ids by name, the file's own first; `landlords`: pairs (id, name); `agreements`: ids by kind of
    measure.
    """

    seed: int
    households: int
    today: date
    who: Who
    workers: dict[str, str]
    landlords: tuple[tuple[str, str], ...]
    agreements: dict[str, str]

    def lead_workers(self) -> tuple[str, ...]:
        """Return who leads the measures: in a small office mostly the worker whose file it is."""
        ids = tuple(self.workers.values())
        return (ids[0],) * 6 + ids[1:3] if self.households <= FEW else ids

    def supported(self, index: int) -> bool:
        """Say whether household `index` has an open measure."""
        return falls_due(index, *(MEASURES_OF_FEW if self.households <= FEW else MEASURES_OF_MANY))
