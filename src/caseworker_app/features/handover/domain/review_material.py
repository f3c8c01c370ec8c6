"""What a review is proposed from: everything read of a household, before anything is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.budget.domain.debts import Debt
from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.consents.domain import Consent
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.diary.domain.visit import Visit
from caseworker_app.features.goals.domain.autonomy import EvaluationWithLevels
from caseworker_app.features.goals.domain.goal import GoalWithSteps
from caseworker_app.features.goals.domain.grid import PROGRAM_GRIDS, Grid, Grids
from caseworker_app.features.handover.domain.own_words import OwnWord
from caseworker_app.features.households.domain import (
    ADULT_AGE,
    CIVILITY_LABELS,
    Address,
    Contact,
    Household,
    HouseholdMember,
    Relation,
)
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.landlord import Landlord, LandlordContact
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.measures.domain.measure import MeasureFile
from caseworker_app.features.team.domain import Association, Worker
from caseworker_app.kernel.dates import Period


@dataclass(frozen=True, slots=True)
class ReviewMaterial:
    """What was read of a household on `day` for the review of a period; the association and who follows."""

    day: date
    period: Period
    household: Household
    members: tuple[HouseholdMember, ...]
    addresses: tuple[Address, ...]
    contacts: tuple[Contact, ...]
    lease: LeaseFile | None
    landlord: Landlord
    landlord_contact: LandlordContact | None
    rent: RentStatement | None
    measure: MeasureFile | None
    goals: tuple[GoalWithSteps, ...]
    evaluations: tuple[EvaluationWithLevels, ...]
    entries: tuple[DiaryEntry, ...]
    visits: tuple[Visit, ...]
    budget: BudgetSheet | None
    debts: tuple[Debt, ...]
    consents: tuple[Consent, ...]
    association: Association
    worker: Worker
    former_members: tuple[HouseholdMember, ...] = ()
    grids: Grids = PROGRAM_GRIDS
    own_words: tuple[OwnWord, ...] = ()

    @property
    def grid(self) -> Grid:
        """The autonomy grid in force that day."""
        return self.grids.on(self.day)

    @property
    def end(self) -> date:
        """The last day looked at: that of the period, today when it still runs."""
        return min(self.period.end or self.day, self.day)

    @property
    def adults(self) -> list[HouseholdMember]:
        """The people the review is about: the reference person and their partner."""
        own = (Relation.REFERENCE_PERSON, Relation.PARTNER)
        return [m for m in self.members if m.relation in own and not self.is_child(m)]

    def is_child(self, member: HouseholdMember) -> bool:
        """Say whether a member is a child, by relation or by age."""
        age = member.age(self.day)
        return member.relation is Relation.CHILD or (age is not None and age < ADULT_AGE)

    @property
    def short_name(self) -> str:
        """How sentences call the household: « Mme Marchal », « le ménage » when several or untitled."""
        adults = self.adults
        if len(adults) != 1 or adults[0].civility is None:
            return "le ménage"
        return f"{CIVILITY_LABELS[adults[0].civility]}\u00a0{adults[0].last_name}"

    @property
    def full_name(self) -> str:
        """How the review names the household: its adults, never a child."""
        return " et ".join(m.full_name() for m in self.adults) or self.household.name

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is masked of a protected household; nothing for the others."""
        streets = [self.lease.dwelling.street] if self.lease else []
        return hidden_places(self.household, self.addresses, self.contacts, streets)


def hidden_places(
    household: Household,
    addresses: Iterable[Address],
    contacts: Iterable[Contact],
    streets: Iterable[str | None] = (),
) -> tuple[str, ...]:
    """Return phones (digits after the zero), e-mails and streets of a protected household, else nothing."""
    if not household.protected:
        return ()
    values = [contact.value.removeprefix("+33") for contact in contacts]
    places = [*(address.street for address in addresses), *streets]
    return tuple(dict.fromkeys([*values, *(place for place in places if place)]))
