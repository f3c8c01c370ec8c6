"""The list of veilles: a line each, what narrows it, how many wait today, are late, found nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.veille.domain.contact import WAY_LABELS, Way
from caseworker_app.features.veille.domain.rhythm import (
    Retry,
    Rhythm,
    Standing,
    day_order,
    due_on,
    due_words,
    rhythm_words,
)
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import capital, plural


class View(StrEnum):
    """What of the list is shown."""

    TO_DO = "to_do"  # due today, and what is late
    LATE = "late"
    SILENT = "silent"
    RUNNING = "running"
    ENDED = "ended"


VIEW_LABELS = {
    View.TO_DO: "Aujourd’hui",
    View.LATE: "En retard",
    View.SILENT: "Sans réponse",
    View.RUNNING: "Toutes",
    View.ENDED: "Terminées",
}


@dataclass(frozen=True, slots=True)
class WatchLine:
    """A veille in the list."""

    id: str
    household_id: str
    household: str
    sort_name: str
    reference: str
    protected: bool
    worker_id: str
    way: Way
    rhythm: Rhythm
    ended_on: date | None
    standing: Standing

    def due(self, retry: Retry) -> date | None:
        """Return the day of the next call or visit, None once it is over."""
        return None if self.ended_on is not None else due_on(self.rhythm, self.standing, retry)

    def silent(self, retry: Retry) -> bool:
        """Say whether so many calls or visits in a row found nobody that somebody must look."""
        return self.ended_on is None and self.standing.tries >= retry.tries

    def views(self, day: date, retry: Retry) -> frozenset[View]:
        """Return under which views it comes on a day. One whose rhythm is over waits to be ended."""
        if self.ended_on is not None:
            return frozenset({View.ENDED})
        due = self.due(retry)
        found = {View.RUNNING}
        found |= {View.TO_DO} if due is None or due <= day else set()
        found |= {View.LATE} if due is not None and due < day else set()
        found |= {View.SILENT} if self.silent(retry) else set()
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to."""

    words: str = ""
    view: View = View.TO_DO
    worker_id: str | None = None
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class WatchListing:
    """What was found, what is late first, and how many come under each view whatever view is chosen."""

    lines: tuple[WatchLine, ...]
    counts: Mapping[View, int]
    in_all: int


def listing(lines: Sequence[WatchLine], wanted: Wanted, day: date, retry: Retry) -> WatchListing:
    """Return the lines wanted, in the order they are to be called."""
    sought = fold(wanted.words).split()
    counts = dict.fromkeys(View, 0)
    chosen = []
    for each in lines:
        told = fold(f"{each.household} {each.reference}")
        if (
            wanted.worker_id not in (None, each.worker_id)
            or wanted.way not in (None, each.way)
            or not all(word in told for word in sought)
        ):
            continue
        views = each.views(day, retry)
        for view in views:
            counts[view] += 1
        if wanted.view in views:
            chosen.append(each)
    chosen.sort(
        key=lambda each: (
            each.ended_on is not None,
            each.due(retry) or date.max,
            day_order(each.rhythm),
            each.sort_name,
            each.id,
        )
    )
    return WatchListing(tuple(chosen), counts, len(lines))


def line_state(of: WatchLine, day: date, retry: Retry) -> tuple[str, str]:
    """Return when it is due, or why somebody must look, and its tone."""
    if of.ended_on is not None:
        return f"terminée le {format_date(of.ended_on)}", "muted"
    if of.silent(retry):
        return f"{plural(of.standing.tries, 'essai')} sans réponse", "danger"
    return due_words(of.due(retry), day)


def line_detail(of: WatchLine, workers: Mapping[str, str]) -> str:
    """Return the second line: what, how often, by whom, when last."""
    tried = "dernier essai" if of.standing.tries else "dernières nouvelles"
    last = f"{tried} le {format_date(of.standing.last_on)}" if of.standing.last_on else "pas encore commencé"
    what = WAY_LABELS[of.way]
    parts = (f"{capital(what)} {rhythm_words(of.rhythm)}", workers.get(of.worker_id, ""), last)
    return " · ".join(part for part in parts if part)
