"""What shows that a goal is worked on: the visits that touched it (« preuves »).

The diary, which lies above this room, makes them from its visits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import plural
from caseworker_app.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Proof:
    """A visit that touched a goal, and the step completed there if one was; `label`: what kind of visit."""

    goal_id: str
    step_id: str | None
    entry_id: str
    label: str
    day: date

    @property
    def words(self) -> str:
        """Return « Visite à domicile du 27 octobre 2026 »."""
        return f"{self.label} du {format_long_date(self.day)}"


# How the tab asks for them: connection, who reads, of which household; newest first.
ProofReader = Callable[[Connection, Who, str], list[Proof]]


def no_proofs(_connection: Connection, _who: Who, _household_id: str) -> list[Proof]:
    """Return nothing, where no diary is joined."""
    return []


def proofs_of_goal(proofs: Iterable[Proof], goal_id: str) -> tuple[Proof, ...]:
    """Return the visits that touched a goal, each once, newest first."""
    return _once(each for each in proofs if each.goal_id == goal_id)


def proofs_of_step(proofs: Iterable[Proof], step_id: str) -> tuple[Proof, ...]:
    """Return the visits where a step was completed, newest first."""
    return _once(each for each in proofs if each.step_id == step_id)


def proof_words(count: int) -> str:
    """Return « 2 visites », empty without any."""
    return plural(count, "visite") if count else ""


def _once(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    known: dict[str, Proof] = {}
    for each in proofs:
        known.setdefault(each.entry_id, each)
    return tuple(sorted(known.values(), key=lambda each: (each.day, each.entry_id), reverse=True))
