"""What a landlord review (« bilan pour le bailleur ») says, and nothing more: facts chosen for it.

Whatever is not a field here cannot be printed: no health, no budget beyond the rent, no score, no note.
Names are already masked where the household is protected. Amounts are in cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from caseworker_app.kernel.dates import Period

# Words read beside the household, from the lowest to the highest; never a number, never a total.
LEVEL_WORDS = ("à sécuriser", "fragile", "stabilisé", "en progrès", "autonome")


class Presence(Enum):
    """How a planned meeting went; the value is the French word."""

    PRESENT = "présence"
    EXCUSED = "absence prévenue"
    ABSENT = "absence"
    POSTPONED = "reporté"
    CANCELLED = "annulé par l’association"


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A fact of the strip at the top: « Assurance », « à jour », a note; `good` is shown in green."""

    label: str
    value: str
    note: str = ""
    good: bool = False


@dataclass(frozen=True, slots=True)
class FrameLine:
    """A line of the reminder of the frame (« cadre »); `emphasis` is printed first, in bold."""

    label: str
    text: str
    emphasis: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting planned on a day: purpose (« visite »), place, how it went, and a word more if useful."""

    day: date
    purpose: str
    place: str
    presence: Presence
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RentMonth:
    """One month of the account, in cents: `due` None when not known, `plan` what the repayment plan added.

    `paid` is what was paid of the month's rent, the plan apart; `received` the day the payment came in.
    """

    month: date
    due: int | None
    paid: int
    plan: int = 0
    received: date | None = None
    late: bool = False

    @property
    def missing(self) -> int:
        """Return what was not paid of the month's rent, in cents, never negative."""
        return max(0, (self.due or 0) - self.paid)


@dataclass(frozen=True, slots=True)
class RentRecord:
    """The payments of the period to one payee: in a sublease the household owes the association.

    `remaining` is what is still owed on `remaining_on`, in cents; None when nobody has computed it.
    """

    payee: str
    months: tuple[RentMonth, ...]
    comment: str = ""
    remaining: int | None = None
    remaining_on: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of the occupant: insurance, boiler; `state` in bold (« À jour »), `detail` after it."""

    what: str
    proof: str
    state: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RoomCondition:
    """The condition of a room, and who deals with what follows."""

    room: str
    finding: str
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """A housing goal at two dates: places in `LEVEL_WORDS` (None: not evaluated), and where things stand."""

    goal: str
    before: int | None
    now: int | None
    comment: str = ""

    def __post_init__(self) -> None:
        """Refuse a place that is none of the five levels."""
        if any(level is not None and not 0 <= level < len(LEVEL_WORDS) for level in (self.before, self.now)):
            raise ValueError("a level is one of the five of LEVEL_WORDS")


@dataclass(frozen=True, slots=True)
class Option:
    """A way proposed or not: `action` in bold, `detail` after it."""

    action: str
    detail: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date of the calendar that follows the review; `reached` when it is already done."""

    day: date
    what: str
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: quality (« Pour le bailleur »), name, mention."""

    quality: str
    name: str
    mention: str = ""


@dataclass(frozen=True, slots=True)
class LandlordReview:
    """A review as it will be printed. Only the first fields are needed; an empty part is left out.

    `household` is the name shown, `household_short` the one of sentences (« Mme Marchal », « le ménage »).
    `opinion` holds the household's own words, `consent` what they agreed to and until when.
    """

    title: str
    reference: str
    day: date
    period: Period
    household: str
    household_short: str
    recipient: tuple[str, ...]
    worker: str
    worker_phone: str = ""
    template: str = ""
    key_facts: tuple[KeyFact, ...] = ()
    frame: tuple[FrameLine, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    meetings_comment: str = ""
    rent: RentRecord | None = None
    duties: tuple[Duty, ...] = ()
    rooms: tuple[RoomCondition, ...] = ()
    rooms_seen_on: date | None = None
    goals: tuple[GoalProgress, ...] = ()
    goals_before_on: date | None = None
    goals_now_on: date | None = None
    options: tuple[Option, ...] = ()
    reasons: str = ""
    calendar: tuple[Deadline, ...] = ()
    opinion: str = ""
    consent: str = ""
    signatories: tuple[Signatory, ...] = ()
