"""Writing the households of the demonstration that were written by hand, each in a few transactions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from caseworker_app.features.budget import service as budget
from caseworker_app.features.consents import service as consents
from caseworker_app.features.demonstration.domain import case_asked, case_people, case_support, case_visits
from caseworker_app.features.demonstration.domain.agenda import visit_details
from caseworker_app.features.demonstration.domain.case_people import Case
from caseworker_app.features.demonstration.domain.moments import Calendar
from caseworker_app.features.demonstration.domain.setting import INTENTION, Setting
from caseworker_app.features.demonstration.domain.vocabulary import words
from caseworker_app.features.demonstration.service.agreement_terms import reserve
from caseworker_app.features.demonstration.service.around import write_around
from caseworker_app.features.diary import service as diary
from caseworker_app.features.goals import service as goals
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.lease import NewHeadLease
from caseworker_app.features.housing.domain.rent_account import NewRentEntry
from caseworker_app.features.housing.domain.repayment_plan import NewRepaymentPlan
from caseworker_app.features.housing.domain.sliding_lease import NewSlidingLease
from caseworker_app.features.housing.service import leases, rent
from caseworker_app.features.housing.service.landlords import add_dwellings
from caseworker_app.features.measures import service as measures
from caseworker_app.features.referrals import service as referrals
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.paths import resources
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


@cache
def case_names() -> tuple[str, ...]:
    """Return the names of the cases, in order."""
    folder = resources() / "demonstration" / "cases"
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def write_case(file: EncryptedFile, setting: Setting, name: str) -> Changes:
    """Write one case whole, renewals, joint reviews and whoever else stands around it included."""
    case, calendar = words(f"cases/{name}"), Calendar(setting.today)
    with file.unit_of_work(setting.who.worker_id, INTENTION) as uow:
        writing = _Writing(uow, setting, case, calendar)
        writing.write()
        changes = uow.changes
    # Renewals are intentions of their own: they rest on what was just written.
    changes |= _renew(file, setting, case, calendar, writing)
    if "reserved" in case:
        told = case["reserved"]
        agreement_id, starts_on = setting.agreements[told["agreement"]], calendar.day(told["starts_on"])
        changes |= reserve(file, setting, agreement_id, writing.dwelling_id, starts_on)
    first = next(iter(writing.measure_ids), None)
    return changes | write_around(file, setting, (case, calendar), writing.household_id, first)


@dataclass(slots=True)
class _Writing:
    """One case being written, in one transaction."""

    uow: UnitOfWork
    setting: Setting
    case: Case
    calendar: Calendar
    household_id: str = ""
    dwelling_id: str = ""
    sliding_lease_id: str = ""
    measure_ids: tuple[str, ...] = ()

    def write(self) -> None:
        """Write the household and everything of it."""
        new = case_people.read_household(self.case, self.calendar)
        self.household_id = households.add_household(self.uow, new)
        if "dwelling" in self.case:
            self._home()
        self._support()
        self._referrals()
        self._budgets()
        for visit in self.case.get("visits", []):
            self._visit(visit)
        notes = [
            case_visits.read_entry(e, self.calendar, self.household_id) for e in self.case.get("notes", [])
        ]
        diary.add_entries(self.uow, notes)
        told = self.case.get("appointments", [])
        planned = [case_visits.read_appointment(each, self.calendar) for each in told]
        ids = diary.add_appointments(self.uow, [(self.household_id, each) for each in planned])
        for key, each in zip(ids, told, strict=True):
            diary.change_in_agenda(self.uow, key, visit_details(each))

    @property
    def _landlord(self) -> tuple[str, str] | None:
        name = self.case.get("landlord")
        return next((each for each in self.setting.landlords if each[1] == name), None)

    def _home(self) -> None:
        landlord = self._landlord
        dwelling = NewDwelling(landlord[0] if landlord else None, **self.case["dwelling"])
        dwelling_id = self.dwelling_id = add_dwellings(self.uow, [dwelling])[0]
        head_lease_id = self._head_lease(dwelling_id)
        lease = case_people.read_lease(
            self.case, self.calendar, self.household_id, dwelling_id, head_lease_id
        )
        lease_id = leases.add_leases(self.uow, [lease])[0]
        lines = list(case_people.read_rent(self.case, self.calendar, lease_id, lease))
        rent.add_rent_entries(self.uow, lines)
        self._plan(lease_id, lines[0])
        duties = case_people.read_duties(self.case, self.calendar, lease_id)
        leases.add_duty_proofs(self.uow, [(self.household_id, each) for each in duties])
        self._sliding_lease(lease_id)

    def _head_lease(self, dwelling_id: str) -> str | None:
        if "head_lease" not in self.case:
            return None
        fields = case_people.dated(self.case["head_lease"], self.calendar, "signed_on", "starts_on")
        return leases.add_head_leases(self.uow, [NewHeadLease(dwelling_id, **fields)])[0]

    def _plan(self, lease_id: str, line: NewRentEntry) -> None:
        if "plan" in self.case:
            fields = case_people.dated(self.case["plan"], self.calendar, "signed_on", "first_month")
            new = NewRepaymentPlan(lease_id, line.account, **fields)
            rent.add_repayment_plans(self.uow, [(self.household_id, new)])

    def _sliding_lease(self, lease_id: str) -> None:
        if "sliding_lease" in self.case:
            told = self.case["sliding_lease"]
            signed_on = self.calendar.day(told["agreement_signed_on"])
            new = NewSlidingLease(lease_id, signed_on, told["period_months"])
            self.sliding_lease_id = leases.add_sliding_leases(self.uow, [new])[0]

    def _support(self) -> None:
        told = (self.case, self.calendar, self.household_id)
        opened = case_support.read_measures(*told, self.setting.agreements)
        self.measure_ids = tuple(measures.open_measures(self.uow, opened))
        consents.add_consents(self.uow, case_support.read_consents(*told, self._landlord))
        goals.add_goals(self.uow, case_support.read_goals(*told))
        goals.add_evaluations(self.uow, case_support.read_evaluations(*told))

    def _referrals(self) -> None:
        told = case_asked.read_referrals(self.case, self.calendar, self._landlord)
        keys = referrals.add_referrals(self.uow, [(self.household_id, each.new) for each in told])
        for key, each, opened in zip(keys, told, case_asked.opens_measure(self.case), strict=True):
            measure_id = next(iter(self.measure_ids), None) if opened else None
            referrals.follow(self.uow, key, each.attempts, each.diagnosis, measure_id=measure_id)

    def _budgets(self) -> None:
        told = (self.case, self.calendar, self.household_id)
        debts = budget.add_debts(self.uow, case_support.read_debts(*told))
        found = households.open_household(self.uow.connection, self.setting.who, self.household_id)
        members = [member.id for member in found.members]
        budget.add_months(self.uow, case_support.read_budgets(*told, members, debts))

    def _visit(self, visit: Case) -> None:
        connection, who = self.uow.connection, self.setting.who
        known = {each.goal.title: each.goal.id for each in goals.goals_of(connection, who, self.household_id)}
        promises = diary.open_promises(connection, who, self.household_id)
        appointments = diary.appointments_of(connection, who, self.household_id)
        new = case_visits.read_visit(visit, self.calendar, self.household_id, known, promises, appointments)
        diary.add_visits(self.uow, [new])


def _renew(
    file: EncryptedFile, setting: Setting, case: Case, calendar: Calendar, written: _Writing
) -> Changes:
    who, changes = setting.who, Changes()
    for measure_id, told in zip(written.measure_ids, case.get("measures", []), strict=True):
        for renewal in told.get("renewals", []):
            to_date, decided_on = calendar.day(renewal["to_date"]), calendar.day(renewal["decided_on"])
            _, made = measures.renew_measure(
                file, who, measure_id, to_date, decided_on=decided_on, reason=renewal["reason"]
            )
            changes |= made
    if not written.sliding_lease_id:
        return changes
    told, sliding_lease_id = case["sliding_lease"], written.sliding_lease_id
    for renewal in told["renewals"]:
        decided_on = calendar.day(renewal["decided_on"])
        changes |= leases.renew_examination_period(file, who, sliding_lease_id, renewal["months"], decided_on)
    for day in told["reviews_held_on"]:
        changes |= leases.hold_joint_review(file, who, sliding_lease_id, calendar.day(day))
    planned_on = calendar.day(told["review_planned_on"])
    return changes | leases.plan_joint_review(file, who, sliding_lease_id, planned_on)[1]
