"""What a follow-up file (« dossier de suivi ») prints, section by section, in the words of its pages.

Texts are already masked where the household is protected. A section without anything to say is empty or None
and is left out of the pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from caseworker_app.features.housing.domain.rent_account import RentMonth


@dataclass(frozen=True, slots=True)
class Line:
    """A key and its value (« Logement », « T3 de 62 m² »)."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the household; dates and age in words, empty when not known."""

    name: str
    relation: str
    birth: str
    age: str
    remarks: str


@dataclass(frozen=True, slots=True)
class Around:
    """A person or service around the household, and what it may be told today."""

    name: str
    role: str
    agreement: str


@dataclass(frozen=True, slots=True)
class PeoplePart:
    """Identity and composition; `reached`, `under_way`, `coming`: where things stand, one fact a sentence."""

    people: tuple[Person, ...]
    summary: str
    lines: tuple[Line, ...]
    around: tuple[Around, ...]
    reached: tuple[str, ...]
    under_way: tuple[str, ...]
    coming: tuple[str, ...]


class PathKind(Enum):
    """What an event of the path is about (French value: its name in the legend)."""

    MEASURE = "mesure"
    HOUSING = "logement"
    PROGRESS = "objectifs, autonomie"
    DOCUMENT = "documents, accords"


@dataclass(frozen=True, slots=True)
class PathEvent:
    """Something that happened, or that is to come."""

    day: date
    what: str
    detail: str
    kind: PathKind
    coming: bool = False


@dataclass(frozen=True, slots=True)
class RentAccount:
    """A rent account: its months, what it comes to, what is unpaid. Two accounts are never merged."""

    title: str
    payee: str
    months: tuple[RentMonth, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty of the occupant: its state in words, since and until when."""

    what: str
    state: str
    detail: str


@dataclass(frozen=True, slots=True)
class HousingPart:
    """The home, its lease, its accounts; `earlier`: homes lived in before, one line each."""

    lines: tuple[Line, ...]
    accounts: tuple[RentAccount, ...]
    duties: tuple[DutyLine, ...]
    earlier: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RenewalLine:
    """A renewal, in words."""

    decided: str
    span: str
    reason: str


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """A support measure with its renewals."""

    title: str
    lines: tuple[Line, ...]
    renewals: tuple[RenewalLine, ...]


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral received, in words; `why` and `statement` are empty where writings are left out."""

    number: str
    by: str
    days: str
    state: str
    why: str
    statement: str


@dataclass(frozen=True, slots=True)
class OrientationLine:
    """An orientation to a partner, in words; `why` and `result` are empty where writings are left out."""

    partner: str
    days: str
    state: str
    why: str
    result: str


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """A paper a procedure asks for, in words."""

    title: str
    state: str
    days: str


@dataclass(frozen=True, slots=True)
class ProcedurePart:
    """A procedure with the papers it asks for, in words; `note` is empty where writings are left out."""

    title: str
    state: str
    note: str
    papers: tuple[PaperAsked, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a goal, in words."""

    title: str
    who: str
    due: str
    state: str
    late: bool


@dataclass(frozen=True, slots=True)
class GoalPart:
    """A goal with its steps; `done` out of `counted`; `detail`: domain, state and dates in words."""

    title: str
    detail: str
    done: int
    counted: int
    note: str
    steps: tuple[StepLine, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class DomainLine:
    """A domain at one or two dates: levels in words, their places to draw them (None: nothing to draw)."""

    label: str
    before: str
    now: str
    trend: str
    before_place: int | None
    now_place: int | None
    progress: bool
    decline: bool
    internal: bool


@dataclass(frozen=True, slots=True)
class AutonomyPart:
    """An evaluation, compared with an earlier one of the same view; no figure sums it up.

    `before` and `now`: dates in words (`before` empty when there is one evaluation); `view`: who looked.
    """

    before: str
    now: str
    view: str
    domains: tuple[DomainLine, ...]
    notes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class AmountLine:
    """A line of the budget, in cents; None: the earlier month had no such line."""

    label: str
    before: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group of lines of the month, in cents."""

    label: str
    cents: int


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator at one or two dates and how it is computed (« comment c’est calculé »), in words."""

    label: str
    before: str
    now: str
    formula: str


@dataclass(frozen=True, slots=True)
class DebtLine:
    """A debt, in words."""

    what: str
    remaining: str
    monthly: str
    stage: str


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """A month's budget beside an earlier one (`before` empty: there is none); amounts in cents.

    `definitions`: what each figure means and on whose authority, one sentence each.
    """

    month: str
    before: str
    income: tuple[AmountLine, ...]
    expenses: tuple[AmountLine, ...]
    income_cents: int
    expenses_cents: int
    income_shares: tuple[GroupShare, ...]
    expense_shares: tuple[GroupShare, ...]
    indicators: tuple[IndicatorLine, ...]
    definitions: tuple[str, ...]
    debts: tuple[DebtLine, ...]
    note: str


class RowTone(Enum):
    """How a row of a diary entry stands out."""

    PLAIN = "plain"
    SHAREABLE = "shareable"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A zone of an entry, or what was noted there: label and text (line breaks kept)."""

    label: str
    text: str
    tone: RowTone = RowTone.PLAIN


@dataclass(frozen=True, slots=True)
class EntryPart:
    """An entry of the diary, newest first."""

    day: date
    title: str
    number: str
    detail: str
    rows: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class SentLine:
    """A document that left, as the register has it."""

    day: date
    number: str
    title: str
    recipient: str
    topics: str
    pages: int


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """An agreement to share; `holds`: in force today."""

    recipient: str
    topics: str
    given: str
    state: str
    purpose: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Head:
    """Whose file it is, which copy, what it holds, what it leaves out.

    `person`: how sentences call the household (« Mme Marchal », « le ménage »). `left_out`: sections that
    were not chosen; `nothing`: chosen, but with nothing to print.
    """

    title: str
    choice: str
    household: str
    person: str
    subtitle: str
    reference: str
    copy: str
    at: datetime
    by: str
    protected: bool
    writings: bool
    facts: tuple[Line, ...]
    left_out: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUpFile:
    """A follow-up file as it will print."""

    head: Head
    people: PeoplePart | None = None
    path: tuple[PathEvent, ...] = ()
    housing: HousingPart | None = None
    measures: tuple[MeasurePart, ...] = ()
    referrals: tuple[ReferralLine, ...] = ()
    orientations: tuple[OrientationLine, ...] = ()
    procedures: tuple[ProcedurePart, ...] = ()
    goals: tuple[GoalPart, ...] = ()
    autonomy: AutonomyPart | None = None
    budget: BudgetPart | None = None
    diary: tuple[EntryPart, ...] = ()
    documents: tuple[SentLine, ...] = ()
    consents: tuple[ConsentLine, ...] = ()
