"""Steps of an eviction procedure, the delay each opens by law, and the winter truce (« trêve hivernale »)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.errors import InvalidEntry


class EvictionKind(StrEnum):
    """What happened, in the usual order."""

    CCAPEX = "ccapex"
    COMMAND_TO_PAY = "command_to_pay"
    SUMMONS = "summons"
    DIAGNOSIS = "diagnosis"
    JUDGMENT = "judgment"
    COMMAND_TO_LEAVE = "command_to_leave"
    POLICE_REQUESTED = "police_requested"
    POLICE_GRANTED = "police_granted"
    EVICTED = "evicted"
    STOPPED = "stopped"


EVICTION_KIND_LABELS = {
    EvictionKind.CCAPEX: "saisine de la CCAPEX",
    EvictionKind.COMMAND_TO_PAY: "commandement de payer",
    EvictionKind.SUMMONS: "assignation",
    EvictionKind.DIAGNOSIS: "diagnostic social et financier",
    EvictionKind.JUDGMENT: "jugement",
    EvictionKind.COMMAND_TO_LEAVE: "commandement de quitter les lieux",
    EvictionKind.POLICE_REQUESTED: "réquisition de la force publique",
    EvictionKind.POLICE_GRANTED: "concours de la force publique accordé",
    EvictionKind.EVICTED: "expulsion",
    EvictionKind.STOPPED: "procédure arrêtée",
}

# What the second date of a step is; a kind without words has no second date.
UNTIL_LABELS = {
    EvictionKind.CCAPEX: "assignation possible à partir du",
    EvictionKind.COMMAND_TO_PAY: "à payer avant le",
    EvictionKind.SUMMONS: "audience le",
    EvictionKind.JUDGMENT: "délais accordés jusqu’au",
    EvictionKind.COMMAND_TO_LEAVE: "quitter les lieux avant le",
    EvictionKind.POLICE_REQUESTED: "réponse du préfet avant le",
}

_OVER = frozenset({EvictionKind.EVICTED, EvictionKind.STOPPED})
# The date of a paper one holds may be off by what the post took, not by years.
_OLDEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class EvictionStep:
    """A step: when it happened, and until when the delay runs that it opens (see UNTIL_LABELS)."""

    id: str
    version: str
    household_id: str
    lease_id: str
    kind: EvictionKind
    happened_on: date
    until: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class NewEvictionStep:
    """A step about to be written; `until` as the paper says, see `legal_until` where it does not."""

    lease_id: str
    kind: EvictionKind
    happened_on: date
    until: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class LegalDelay:
    """How long a step leaves, in weeks or months, by a text."""

    weeks: int = 0
    months: int = 0
    source: str = ""
    verified: bool = False

    def end(self, start: date) -> date:
        """Return the last day of the delay."""
        return add_months(start, self.months) + timedelta(weeks=self.weeks)


def check_eviction_step(new: NewEvictionStep, today: date) -> None:
    """Refuse a step in the future, an impossible year, or a delay that ends before. Raises InvalidEntry."""
    if new.happened_on > today:
        raise InvalidEntry("Cette étape est dans l’avenir\u00a0: notez-la une fois reçue.", "happened_on")
    if new.happened_on < _OLDEST:
        raise InvalidEntry("Cette date n’est pas possible\u00a0: vérifiez l’année.", "happened_on")
    if new.until is not None and new.until < new.happened_on:
        raise InvalidEntry("Cette date vient avant l’étape elle-même\u00a0: vérifiez-la.", "until")


def procedure(steps: Iterable[EvictionStep]) -> list[EvictionStep]:
    """Return the steps of the procedure that runs, oldest first; none once it stopped or ended."""
    running: list[EvictionStep] = []
    for step in sorted(steps, key=lambda each: (each.happened_on, each.id)):
        if step.kind in _OVER:
            running = []
        else:
            running.append(step)
    return running


def truce_end(day: date, first: tuple[int, int], last: tuple[int, int]) -> date | None:
    """Return the last day of the winter truce that holds on a day (CPCE L412-6), None outside it.

    `first` and `last`: month and day of its bounds, the truce running over the new year.
    """
    if (day.month, day.day) >= first:
        return date(day.year + 1, *last)
    if (day.month, day.day) <= last:
        return date(day.year, *last)
    return None
