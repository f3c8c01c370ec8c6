"""Putting visits together from their parts, whatever order the parts were read in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from caseworker_app.features.diary.domain.entry import DiaryEntry, ShareableFact
from caseworker_app.features.diary.domain.visit import (
    Appointment,
    GoalTouched,
    Promise,
    PromiseReview,
    ReviewedPromise,
    RoomCondition,
    Visit,
)


class _Part(Protocol):
    """Something noted in an entry."""

    @property
    def entry_id(self) -> str:
        """The entry it was noted in."""


P = TypeVar("P", bound=_Part)


@dataclass(frozen=True, slots=True)
class Parts:
    """What some entries of a household hold; `promises` and `appointments`: all those of the household."""

    facts: list[ShareableFact]
    goals: list[GoalTouched]
    rooms: list[RoomCondition]
    promises: list[Promise]
    reviews: list[PromiseReview]
    additions: list[DiaryEntry]
    appointments: list[Appointment]


def gather_visits(entries: Iterable[DiaryEntry], parts: Parts) -> list[Visit]:
    """Give each entry its parts, in the order the entries come."""
    facts, goals, rooms = _by_entry(parts.facts), _by_entry(parts.goals), _by_entry(parts.rooms)
    promises, reviews = _by_entry(parts.promises), _by_entry(parts.reviews)
    by_id = {promise.id: promise for promise in parts.promises}
    made = {each.made_in: each for each in parts.appointments}
    kept = {each.entry_id: each for each in parts.appointments}
    return [
        Visit(
            entry,
            tuple(facts[entry.id]),
            tuple(goals[entry.id]),
            tuple(rooms[entry.id]),
            tuple(promises[entry.id]),
            tuple(
                ReviewedPromise(by_id[r.promise_id], r) for r in reviews[entry.id] if r.promise_id in by_id
            ),
            tuple(addition for addition in parts.additions if addition.refers_to == entry.id),
            made.get(entry.id),
            kept.get(entry.id),
        )
        for entry in entries
    ]


def _by_entry(parts: Iterable[P]) -> defaultdict[str, list[P]]:
    grouped: defaultdict[str, list[P]] = defaultdict(list)
    for part in parts:
        grouped[part.entry_id].append(part)
    return grouped
