"""What a landlord review may say: items made from the file, each with its origin, kept or not by a person.

An item exists only when the household's agreement covers its topic on the day; what is left out is told
beside it (`withholding`). Nothing here copies a text typed as *interne*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.consents.domain import Consent, Recipient, Topic
from caseworker_app.features.handover.domain.held_back import Withheld
from caseworker_app.features.handover.domain.hits import KnownPeople
from caseworker_app.features.handover.domain.own_words import OwnWord
from caseworker_app.features.handover.domain.review_content import (
    Deadline,
    Duty,
    FrameLine,
    GoalProgress,
    Meeting,
    RentRecord,
    RoomCondition,
    Signatory,
)
from caseworker_app.kernel.dates import Period


class Section(StrEnum):
    """A part of the review."""

    FRAME = "frame"
    MEETINGS = "meetings"
    PAYMENT = "payment"
    DUTIES = "duties"
    ROOMS = "rooms"
    GOALS = "goals"
    PROPOSAL = "proposal"
    CALENDAR = "calendar"


SECTION_LABELS = {
    Section.FRAME: "Rappel du cadre",
    Section.MEETINGS: "Visites et rencontres",
    Section.PAYMENT: "Paiement du loyer",
    Section.DUTIES: "Assurance et obligations d’entretien",
    Section.ROOMS: "État du logement",
    Section.GOALS: "Objectifs liés au logement",
    Section.PROPOSAL: "Proposition",
    Section.CALENDAR: "Échéances",
}
# What the household must have agreed to for a part to be told; frame and dates are the contract's own.
SECTION_TOPICS = {
    Section.MEETINGS: Topic.VISITS,
    Section.PAYMENT: Topic.PAYMENT,
    Section.DUTIES: Topic.INSURANCE,
    Section.ROOMS: Topic.DWELLING_CONDITION,
    Section.GOALS: Topic.HOUSING_GOALS,
    Section.PROPOSAL: Topic.REQUESTED_MEASURES,
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item comes from, in words, and the diary entry to open when there is one."""

    label: str
    entry_id: str | None = None
    number: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ItemText:
    """A text of an item that may be rewritten; `key` is the same each time the review is proposed."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanFact:
    """Where the repayment plan (« plan d’apurement ») stands; cents."""

    kept: int
    expected: int
    instalments: int
    remaining: int


ItemValue = FrameLine | Meeting | RentRecord | PlanFact | Duty | RoomCondition | GoalProgress | Deadline


@dataclass(frozen=True, slots=True)
class ProposedItem:
    """One thing the review may say.

    `included`: kept unless the person takes it out. `value`: what will print, its texts replaced by those
    of the choices; None for a sentence of its own.
    """

    id: str
    section: Section
    topic: Topic | None
    label: str
    origin: Origin
    texts: tuple[ItemText, ...] = ()
    included: bool = True
    value: ItemValue | None = None


class OptionCode(StrEnum):
    """What the association may propose."""

    RENEW = "renew"
    TRANSFER_LEASE = "transfer_lease"
    END = "end"


@dataclass(frozen=True, slots=True)
class ProposedOption:
    """A way to propose: `action` in bold, `detail` after it, `key_fact` for the strip at the top."""

    code: OptionCode
    action: str
    detail: str
    key_fact: str


@dataclass(frozen=True, slots=True)
class ReviewRecipient:
    """To whom the review goes: the landlord, its person when there is one, and the lines of the address."""

    landlord_id: str
    name: str
    contact_id: str | None
    contact_name: str | None
    lines: tuple[str, ...]
    recipient: Recipient


@dataclass(frozen=True, slots=True)
class ReviewProposal:
    """Everything a review of a period may say to a landlord on a day, and what stays in the association.

    `agreed`: topics the household agreed to share with that landlord, by `consents`. `kept_back`: what was
    found in the file and is never proposed. `people`: the names the second check looks for; never printed.
    `own_words`: what the association adds to that check.
    """

    household_id: str
    day: date
    period: Period
    recipient: ReviewRecipient
    title: str
    template: str
    household: str
    household_short: str
    protected: bool
    worker: str
    worker_phone: str
    items: tuple[ProposedItem, ...]
    options: tuple[ProposedOption, ...]
    agreed: frozenset[Topic]
    consents: tuple[Consent, ...]
    kept_back: tuple[Withheld, ...]
    people: KnownPeople
    signatories: tuple[Signatory, ...]
    payee: str = ""
    own_words: tuple[OwnWord, ...] = ()
    goals_before_on: date | None = None
    goals_now_on: date | None = None

    def of(self, section: Section) -> list[ProposedItem]:
        """Return the items of a part, in the order they print."""
        return [item for item in self.items if item.section is section]

    def may_tell(self, section: Section) -> bool:
        """Say whether the household's agreement covers a part."""
        return SECTION_TOPICS.get(section) is None or SECTION_TOPICS[section] in self.agreed
