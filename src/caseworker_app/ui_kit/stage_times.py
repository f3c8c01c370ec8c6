"""What a drawing of contracts and stages is given: spans, stages, the days it goes from and to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """A contract: icon and name at the left, words on its bar; without an end it fades out."""

    key: str
    icon: str
    name: str
    words: str
    start: date
    end: date | None
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Milestone:
    """A stage: its day, its title, when in words, icon and tone of how it stands."""

    key: str
    day: date
    title: str
    words: str
    icon: str
    tone: str

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        return f"{self.title}\u00a0: {self.words}"


@dataclass(frozen=True, slots=True)
class Times:
    """All that is drawn, between the first day and the last; `shaded` is tinted: time is short there."""

    first: date
    last: date
    day: date
    spans: Sequence[Span] = ()
    milestones: Sequence[Milestone] = ()
    shaded: tuple[date, date] | None = None

    @property
    def spoken(self) -> str:
        """Return the whole as a screen reader says it."""
        spans = [f"{span.name}\u00a0: {span.words}" for span in self.spans]
        return ". ".join((*spans, *(milestone.spoken for milestone in self.milestones)))
