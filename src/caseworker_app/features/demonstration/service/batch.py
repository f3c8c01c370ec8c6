"""One transaction of drawn households: everything of one kind is written in one statement."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from caseworker_app.features.budget import service as budget
from caseworker_app.features.budget.domain.sheet import NewMonth
from caseworker_app.features.consents import service as consents
from caseworker_app.features.demonstration.domain import asked, homes, people, support, watching, writing
from caseworker_app.features.demonstration.domain.chance import (
    ENTRY_COUNTS,
    SIZES,
    chance,
    falls_due,
    shuffled,
)
from caseworker_app.features.demonstration.domain.moments import Calendar
from caseworker_app.features.demonstration.domain.setting import LEASES, Setting
from caseworker_app.features.demonstration.domain.vocabulary import sentences
from caseworker_app.features.diary import service as diary
from caseworker_app.features.goals import service as goals
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.lease import NewLease
from caseworker_app.features.housing.service.landlords import add_dwellings
from caseworker_app.features.housing.service.leases import add_leases
from caseworker_app.features.housing.service.rent import add_rent_entries
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.veille import service as veille
from caseworker_app.kernel.dates import add_months
from caseworker_app.storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class _Drawn:
    """A household being drawn, with what later draws need to know of it."""

    index: int
    rng: Random
    size: int
    new: NewHousehold
    landlord: tuple[str, str]
    id: str = ""
    dwelling: NewDwelling | None = None
    lease: NewLease | None = None

    @property
    def name(self) -> str:
        return people.short_name(self.new.members[0])


@dataclass(slots=True)
class Batch:
    """Households `numbers` of a demonstration, written in one transaction."""

    setting: Setting
    numbers: range
    drawn: list[_Drawn] = field(default_factory=list)

    def write(self, uow: UnitOfWork) -> None:
        """Draw the households and write them with all that is theirs."""
        self._people(uow)
        self._homes(uow)
        self._diaries(uow)
        self._support(uow)
        self._referrals(uow)
        self._watches(uow)

    def _people(self, uow: UnitOfWork) -> None:
        seed, today = self.setting.seed, self.setting.today
        sizes = shuffled(seed, "sizes", SIZES)
        for index in self.numbers:
            rng = chance(seed, "household", index)
            size = sizes[index % len(sizes)]
            landlord = rng.choice(self.setting.landlords)
            new = people.invent_household(rng, index, size, today)
            self.drawn.append(_Drawn(index, rng, size, new, landlord))
        ids = households.add_households(uow, [each.new for each in self.drawn])
        for each, household_id in zip(self.drawn, ids, strict=True):
            each.id = household_id

    def _homes(self, uow: UnitOfWork) -> None:
        housed = [each for each in self.drawn if falls_due(each.index, *LEASES)]
        for each in housed:
            address = each.new.addresses[0]
            each.dwelling = homes.invent_dwelling(each.rng, each.index, address, each.size, each.landlord[0])
        dwellings = [each.dwelling for each in housed if each.dwelling is not None]
        today, last = self.setting.today, Calendar(self.setting.today).anchor
        for each, dwelling in zip(
            housed, zip(add_dwellings(uow, dwellings), dwellings, strict=True), strict=True
        ):
            each.lease = homes.invent_lease(each.rng, each.index, each.id, dwelling, today)
        leases = [(each.rng, each.lease) for each in housed if each.lease is not None]
        ids = add_leases(uow, [lease for _, lease in leases])
        lines = [
            line
            for lease_id, (rng, lease) in zip(ids, leases, strict=True)
            for line in homes.invent_rent(rng, lease_id, lease, last)
        ]
        add_rent_entries(uow, lines)

    def _diaries(self, uow: UnitOfWork) -> None:
        seed, today = self.setting.seed, self.setting.today
        pool = sentences(seed)
        counts = shuffled(seed, "entries", ENTRY_COUNTS)
        entries = [
            entry
            for each in self.drawn
            for entry in writing.invent_entries(
                each.rng, pool, each.id, each.name, counts[each.index % len(counts)], today
            )
        ]
        diary.add_entries(uow, entries)

    def _support(self, uow: UnitOfWork) -> None:
        supported = [each for each in self.drawn if self.setting.supported(each.index)]
        today = self.setting.today
        opened = [self._measure(each) for each in supported]
        measures.open_measures(uow, opened)
        pairs = list(zip(supported, opened, strict=True))
        goals.add_goals(
            uow, [goal for e, m in pairs for goal in support.invent_goals(e.rng, e.id, m.starts_on, today)]
        )
        goals.add_evaluations(
            uow,
            [
                v
                for e, m in pairs
                for v in support.invent_evaluations(e.rng, e.id, m.kind_code, m.starts_on, today)
            ],
        )
        budget.add_months(uow, [month for e in supported for month in self._budgets(e)])
        agreed = [support.invent_consent(e.rng, e.id, e.landlord, m.starts_on) for e, m in pairs if e.lease]
        consents.add_consents(uow, [consent for consent in agreed if consent is not None])
        pool = sentences(self.setting.seed)
        diary.add_visits(uow, [support.invent_visit(e.rng, pool, e.id, e.name, today) for e in supported])

    def _referrals(self, uow: UnitOfWork) -> None:
        leaders = self.setting.lead_workers()
        referred = [each for each in self.drawn if falls_due(each.index, *asked.REFERRED)]
        # From a source of their own: what is drawn of the rest stays as it was.
        told = [
            asked.invent_referral(
                chance(self.setting.seed, "referral", each.index), each.index, each.landlord,
                leaders[each.index % len(leaders)], self.setting.today,
            )
            for each in referred
        ]  # fmt: skip
        pairs = [(each.id, one.new) for each, one in zip(referred, told, strict=True)]
        for key, one in zip(referrals.add_referrals(uow, pairs), told, strict=True):
            referrals.follow(uow, key, one.attempts, one.diagnosis, one.decision)

    def _watches(self, uow: UnitOfWork) -> None:
        leaders = self.setting.lead_workers()
        watched = [each for each in self.drawn if falls_due(each.index, *watching.WATCHED)]
        # From a source of their own: what is drawn of the rest stays as it was.
        told = [
            watching.invent_watch(
                chance(self.setting.seed, "watch", each.index), each.index, each.landlord[0],
                leaders[each.index % len(leaders)], self.setting.today,
            )
            for each in watched
        ]  # fmt: skip
        ids = veille.add_watches(uow, [(each.id, one.new) for each, one in zip(watched, told, strict=True)])
        pairs = zip(ids, told, strict=True)
        veille.add_contacts(uow, [(key, contact) for key, one in pairs for contact in one.contacts])

    def _measure(self, each: _Drawn) -> NewMeasure:
        new = support.invent_measure(each.rng, each.id, self.setting.lead_workers(), self.setting.today)
        return replace(new, agreement_id=self.setting.agreements.get(new.kind_code))

    def _budgets(self, each: _Drawn) -> list[NewMonth]:
        last = Calendar(self.setting.today).anchor
        first = support.invent_budget(each.rng, each.lease, each.id, each.size, add_months(last, -2))
        return [first, *(replace(first, month=add_months(last, -back)) for back in (1, 0))]
