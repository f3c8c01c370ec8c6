"""What a visit report (« compte rendu de visite ») prints: each zone says whether it could be shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import Enum


class Zone(Enum):
    """Whether a text stays in the association or may leave with the household's agreement (French value)."""

    INTERNAL = "interne"
    SHAREABLE = "partageable"


@dataclass(frozen=True, slots=True)
class ZoneText:
    """A text and its zone, *interne* unless chosen otherwise; `reason` says why (« demande expresse »)."""

    text: str
    zone: Zone = Zone.INTERNAL
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What had been agreed at the last visit: by whom, where it stands (`state` in bold, then `detail`)."""

    what: str
    who: str
    state: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RoomState:
    """The state of a room (or of meters) as seen that day."""

    room: str
    state: str
    observation: str = ""
    zone: Zone = Zone.INTERNAL


@dataclass(frozen=True, slots=True)
class GoalTouched:
    """A goal worked on: steps done out of steps agreed, and the next one."""

    goal: str
    done: int
    total: int
    next_step: str = ""

    def __post_init__(self) -> None:
        """Refuse more steps done than agreed."""
        if not 0 <= self.done <= self.total:
            raise ValueError("steps done lie between zero and the steps agreed")


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What follows: who does what, by when."""

    what: str
    who: str
    by: date | None = None
    zone: Zone = Zone.INTERNAL


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next appointment."""

    day: date
    at: time | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who writes or checks: quality (« Rédigé par »), name, function."""

    quality: str
    name: str
    mention: str = ""


@dataclass(frozen=True, slots=True)
class VisitReport:
    """A report as it will be printed. Only the first fields are needed; an empty part is left out.

    `household` is the name shown, `household_short` the one used in titles (« Mme Marchal », « le ménage »),
    both already masked where the household is protected. `travel`: the way there and back. `printed_by` and
    `printed_on` go to the footer.
    """

    reference: str
    day: date
    household: str
    household_short: str
    printed_on: date
    printed_by: str
    template: str = ""
    title: str = "Compte rendu de visite à domicile"
    start: time | None = None
    end: time | None = None
    purpose: str = ""
    place: str = ""
    measure: str = ""
    present: tuple[str, ...] = ()
    appointment: str = ""
    travel: str = ""
    agreed_on: date | None = None
    promises: tuple[Promise, ...] = ()
    observed: tuple[ZoneText, ...] = ()
    said: tuple[ZoneText, ...] = ()
    analysis: tuple[ZoneText, ...] = ()
    rooms: tuple[RoomState, ...] = ()
    goals: tuple[GoalTouched, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    next_meeting: NextMeeting | None = None
    sharing: str = ""
    signatories: tuple[Signatory, ...] = ()

    @property
    def minutes(self) -> int | None:
        """Return how long the visit lasted, in minutes; None when not known, past midnight counted on."""
        if self.start is None or self.end is None:
            return None
        begun, ended = (at.hour * 60 + at.minute for at in (self.start, self.end))
        return (ended - begun) % (24 * 60)

    @property
    def zones(self) -> frozenset[Zone]:
        """Return the zones that occur in the report."""
        found = {text.zone for text in (*self.observed, *self.said, *self.analysis)}
        found |= {room.zone for room in self.rooms} | {action.zone for action in self.actions}
        return frozenset(found)
