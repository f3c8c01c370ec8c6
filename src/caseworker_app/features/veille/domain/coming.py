"""What of veilles is to be done by a day, as « Ma semaine » tells it: calls and visits due, silences, ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.veille.domain.contact import WAY_LABELS
from caseworker_app.features.veille.domain.listed import WatchLine
from caseworker_app.features.veille.domain.rhythm import Retry, rhythm_words
from caseworker_app.kernel.french import plural


class ComingKind(StrEnum):
    """Why a veille comes up."""

    DUE = "due"
    SILENT = "silent"
    END = "end"


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing to do by a day; `since`: the last call or visit, `words`: what it is, as they follow a colon."""

    line: WatchLine
    kind: ComingKind
    on: date
    words: str

    @property
    def at_minutes(self) -> int | None:
        """About which hour a call or a visit is due; the rest has no hour."""
        return self.line.rhythm.at_minutes if self.kind is ComingKind.DUE else None

    @property
    def since(self) -> date | None:
        """The day of the last call or visit."""
        return self.line.standing.last_on


def coming(lines: Iterable[WatchLine], last: date, retry: Retry) -> Iterator[Coming]:
    """Yield what is to be done of veilles that run, up to a day.

    One that found nobody several times in a row comes up as such from its last try, whatever is due; one whose rhythm
    ends, from its last day.
    """
    for line in lines:
        what = f"{WAY_LABELS[line.way]} {rhythm_words(line.rhythm)}"
        due, until = line.due(retry), line.rhythm.until
        if line.silent(retry) and line.standing.last_on is not None:
            tried = f"{plural(line.standing.tries, 'essai')} sans réponse"
            yield Coming(line, ComingKind.SILENT, line.standing.last_on, tried)
        elif due is not None and due <= last:
            yield Coming(line, ComingKind.DUE, due, what)
        if due is None and until is not None and until <= last:
            yield Coming(line, ComingKind.END, until, what)
