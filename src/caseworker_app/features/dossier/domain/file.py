"""A household’s whole file in one value, and one line of its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.consents.domain import Consent
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.diary.domain.report_review import ReportReview
from caseworker_app.features.diary.domain.visit import Appointment, Promise
from caseworker_app.features.goals.domain.autonomy import EvaluationWithLevels
from caseworker_app.features.goals.domain.goal import GoalWithSteps
from caseworker_app.features.households.domain import ContactKind, HouseholdFile
from caseworker_app.features.housing.domain.housing_file import HousingFile
from caseworker_app.features.measures.domain.measure import MeasureFile
from caseworker_app.kernel.phones import format_phone

MASKED = "masqué"


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything the overview of a household shows, as it stands on `day`."""

    day: date
    people: HouseholdFile
    housing: HousingFile
    measures: tuple[MeasureFile, ...]
    goals: tuple[GoalWithSteps, ...]
    evaluations: tuple[EvaluationWithLevels, ...]
    budgets: tuple[BudgetSheet, ...]
    entries: tuple[DiaryEntry, ...]
    promises: tuple[Promise, ...]
    appointments: tuple[Appointment, ...]
    consents: tuple[Consent, ...]
    report_reviews: tuple[ReportReview, ...] = ()

    @property
    def protected(self) -> bool:
        """Say whether the household is under protection: address and phones are masked where they leave."""
        return self.people.household.protected

    @property
    def current_measure(self) -> MeasureFile | None:
        """The support measure that runs, None when there is none."""
        first = self.measures[0] if self.measures else None
        return first if first is not None and first.measure.runs_on(self.day) else None

    @property
    def budget(self) -> BudgetSheet | None:
        """The latest month's budget, None before the first."""
        return self.budgets[-1] if self.budgets else None

    def phones(self) -> list[str]:
        """List the phones as printed; « masqué » for a protected household."""
        numbers = [c.value for c in self.people.contacts if c.kind is ContactKind.PHONE]
        return [MASKED if self.protected else format_phone(number) for number in numbers]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that changed, in words; `before` None: the thing was made, `after` None: it was removed."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ChangedThing:
    """One thing that changed: « objectif « Payer le loyer » », what happened to it, and field by field."""

    thing: str
    what: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of the file, readable: who, when (UTC), what they did, how many things changed.

    `details`: what changed, a text a thing; `changes`: the same, field by field; `undone`: it was taken
    back since.
    """

    made_at: datetime
    worker: str
    action: str
    details: tuple[str, ...]
    undone: bool
    changeset_id: str = ""
    changes: tuple[ChangedThing, ...] = ()
