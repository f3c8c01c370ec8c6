"""What the thread of a dossier is made of: one thing that happened, and what the thread can be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.dossier.domain.overview import Tone


class Thread(StrEnum):
    """What the thread can be narrowed to."""

    VISITS = "visits"
    CALLS = "calls"
    SUPPORT = "support"
    BUDGET = "budget"
    HOUSING = "housing"
    DOCUMENTS = "documents"


THREAD_LABELS = {
    Thread.VISITS: "Visites",
    Thread.CALLS: "Échanges",
    Thread.SUPPORT: "Suivi",
    Thread.BUDGET: "Budget",
    Thread.HOUSING: "Logement",
    Thread.DOCUMENTS: "Documents",
}


class Reach(StrEnum):
    """How far what happened may be told."""

    INTERNAL = "internal"
    SENT = "sent"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened; `icon` is the name of what is drawn beside it.

    `month`: it belongs to a month rather than to its `day`, which only gives its place.
    """

    key: str
    thread: Thread
    day: date
    title: str
    sentence: str = ""
    icon: str = "circle"
    tone: Tone = Tone.PLAIN
    reach: Reach = Reach.PLAIN
    month: bool = False
