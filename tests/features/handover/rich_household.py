"""An invented household in a sliding lease, with everything a review may say and everything it may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseworker_app.features.budget import service as budget
from caseworker_app.features.budget.domain.debts import NewDebt
from caseworker_app.features.budget.domain.sheet import NewLine, NewMonth
from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import Attendance, EntryZone, FactTopic, NewEntry, NewFact
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import (
    NewAppointment,
    NewGoalTouched,
    NewPromise,
    NewRoom,
    NewVisit,
    RoomState,
)
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.autonomy import Level, NewEvaluation, NewLevel, View
from caseworker_app.features.goals.domain.goal import Actor, NewGoal, NewStep
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    LegalProtection,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Relation,
)
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.landlord import NewLandlord, NewLandlordContact
from caseworker_app.features.housing.domain.lease import Account, BenefitPayee, LeaseKind, NewLease
from caseworker_app.features.housing.domain.occupant_duty import DutyKind, NewDuty
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.features.housing.domain.repayment_plan import NewRepaymentPlan
from caseworker_app.features.housing.domain.sliding_lease import NewSlidingLease
from caseworker_app.features.housing.service import landlords, leases, rent
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.dates import Period, add_months
from caseworker_app.storage.encrypted_file import EncryptedFile

DAY = date(2026, 11, 24)
PERIOD = Period(date(2026, 5, 25), DAY)
ACCOUNT = Account.HOUSEHOLD_TO_ASSOCIATION
EVERY_TOPIC = frozenset(Topic)


@dataclass(frozen=True, slots=True)
class Rich:
    """Ids of what was made."""

    household_id: str
    landlord_id: str
    contact_id: str
    lease_id: str
    visit_id: str


def build(
    file: EncryptedFile,
    who: Who,
    *,
    topics: frozenset[Topic] = EVERY_TOPIC,
    protected: bool = False,
    kind: str = "sliding_lease",
) -> Rich:
    """Make the household, with an agreement on `topics` (none: no agreement at all)."""
    household_id = _people(file, who, protected=protected)
    landlord_id, contact_id, lease_id = _home(file, who, household_id)
    measures.open_measure(file, who, NewMeasure(household_id, kind, date(2025, 11, 1), date(2027, 4, 30)))
    visit_id = _diary(file, who, household_id, _goals(file, who, household_id))
    _money(file, who, household_id)
    if topics:
        agree(file, who, household_id, landlord_id, topics)
    return Rich(household_id, landlord_id, contact_id, lease_id, visit_id)


def agree(
    file: EncryptedFile, who: Who, household_id: str, landlord_id: str, topics: frozenset[Topic]
) -> str:
    """Write an agreement with the landlord."""
    recipient = Recipient(RecipientKind.LANDLORD, "Valmère Habitat", landlord_id)
    new = NewConsent(
        household_id, recipient, topics, "examen du bail", date(2026, 4, 1), until=date(2027, 3, 31)
    )
    return consents.give_consent(file, who, new)[0]


def _people(file: EncryptedFile, who: Who, *, protected: bool) -> str:
    new = NewHousehold(
        (
            NewMember(
                "Marchadier",
                "Solène",
                Civility.MRS,
                birth_date=date(1992, 3, 14),
                legal_protection=LegalProtection.CURATORSHIP,
                protected_by="Udaf inventée",
            ),
            NewMember("Marchadier", "Lilaëlle", birth_date=date(2017, 6, 2), relation=Relation.CHILD),
            NewMember("Dervieux", "Fernande", relation=Relation.PARENT, birth_date=date(1960, 1, 1)),
        ),
        (NewAddress("8 allée des Glycines", "porte 23", "35990", "Valmère"),),
        (NewContact(ContactKind.PHONE, "06 39 98 12 47", safe=True, instructions="SMS après 17 h"),),
        protected=protected,
        visit_instructions="chien au rez-de-chaussée",
        note="note du dossier",
    )
    return households.create_household(file, who, new)[0]


def _home(file: EncryptedFile, who: Who, household_id: str) -> tuple[str, str, str]:
    landlord_id, _ = landlords.add_landlord(
        file,
        who,
        NewLandlord("Valmère Habitat", street="3 place du Marché", postal_code="35990", city="Valmère"),
    )
    contact_id, _ = landlords.add_landlord_contact(
        file, who, landlord_id, NewLandlordContact("Mme Sophie Vannier", "chargée de clientèle")
    )
    dwelling_id, _ = landlords.add_dwelling(
        file,
        who,
        NewDwelling(
            landlord_id, "04-118-023", "8 allée des Glycines", "porte 23", "35990", "Valmère", "T3", 620
        ),
    )
    lease_id, _ = leases.add_lease(
        file,
        who,
        NewLease(
            household_id,
            dwelling_id,
            LeaseKind.SLIDING_LEASE,
            signed_on=date(2025, 10, 30),
            starts_on=date(2025, 11, 1),
            due_day=5,
            rent_cents=45000,
            service_charges_cents=5340,
            housing_benefit_cents=20000,
            benefit_paid_to=BenefitPayee.ASSOCIATION,
        ),
    )
    leases.sign_sliding_lease(file, who, NewSlidingLease(lease_id, date(2025, 10, 30), 18))
    leases.record_duty_proof(
        file, who, NewDuty(lease_id, DutyKind.HOME_INSURANCE, date(2026, 10, 28), date(2027, 10, 31))
    )
    _rent(file, who, household_id, lease_id)
    return landlord_id, contact_id, lease_id


def _rent(file: EncryptedFile, who: Who, household_id: str, lease_id: str) -> None:
    def line(month: date, kind: RentEntryKind, cents: int, on: date | None = None) -> NewRentEntry:
        return NewRentEntry(household_id, lease_id, ACCOUNT, month, kind, cents, on)

    lines = []
    for index in range(12):
        month = add_months(date(2025, 12, 1), index)
        lines.append(line(month, RentEntryKind.DUE, 50340))
        paid = 20400 if index == 1 else 30340
        lines.append(line(month, RentEntryKind.PAID, paid, month.replace(day=12 if index == 8 else 4)))
        lines.append(line(month, RentEntryKind.BENEFIT_PAID, 20000, month.replace(day=5)))
        if index >= 6:
            lines.append(line(month, RentEntryKind.PLAN_PAYMENT, 1245, month.replace(day=5)))
    with file.unit_of_work(who.worker_id, "add_rent_entries") as uow:
        rent.add_rent_entries(uow, lines)
    plan = NewRepaymentPlan(lease_id, ACCOUNT, date(2026, 6, 1), 1245, 8, 9940, date(2026, 4, 20))
    rent.agree_repayment_plan(file, who, plan)


def _goals(file: EncryptedFile, who: Who, household_id: str) -> dict[str, str]:
    made = {}
    for domain, title in (
        ("rent_payment", "Payer le loyer courant"),
        ("upkeep", "Signaler les travaux"),
        ("health", "Retrouver un médecin traitant"),
        ("children", "Inscrire à la crèche"),
        ("budget", "Ouvrir un livret"),
    ):
        steps = (NewStep("une première étape"), NewStep("une seconde étape"))
        made[domain], _ = goals.add_goal(
            file, who, NewGoal(household_id, title, domain, steps, opened_on=date(2026, 1, 5))
        )
    for day, level in ((date(2026, 5, 12), Level.FRAGILE), (date(2026, 10, 27), Level.PROGRESSING)):
        codes = ("rent_payment", "upkeep", "neighbourhood", "budget", "health", "children")
        levels = tuple(NewLevel(code, level) for code in codes)
        goals.record_evaluation(file, who, NewEvaluation(household_id, day, View.WORKER, levels))
    return made


def _diary(file: EncryptedFile, who: Who, household_id: str, made: dict[str, str]) -> str:
    visit = NewVisit(
        NewEntry(
            household_id,
            EntryKind.HOME_VISIT,
            datetime.fromisoformat("2026-10-02T14:00"),
            60,
            "au domicile",
            "Mme Marchadier, sa fille",
            "visite mensuelle",
            "logement tenu",
            "elle dit se sentir mieux",
            "fatigue à surveiller, voir le médecin",
        ),
        facts=(
            NewFact(EntryZone.OBSERVED, FactTopic.PAYMENT, "Le virement permanent est en place."),
            NewFact(EntryZone.OBSERVED, FactTopic.GOALS, "Les travaux sont signalés par écrit."),
        ),
        goals=(NewGoalTouched(made["upkeep"], note="note interne de l’objectif"),),
        rooms=(
            NewRoom("Séjour", RoomState.GOOD, "aéré et rangé", True),
            NewRoom(
                "Salle d’eau", RoomState.WATCH, "tache au plafond", True, "recherche de fuite", "Bailleur"
            ),
            NewRoom("Chambre", RoomState.DEGRADED, "non montrée"),
        ),
        promises=(
            NewPromise("passage du plombier", Actor.LANDLORD, due_on=date(2026, 12, 15), shareable=True),
            NewPromise("appeler le centre médical", Actor.HOUSEHOLD),
        ),
        next_appointment=NewAppointment(datetime.fromisoformat("2026-12-04T14:00"), "au domicile", "suite"),
    )
    visit_id, _ = diary.confirm_visit(file, who, visit)
    missed = NewEntry(
        household_id,
        EntryKind.MISSED_VISIT,
        datetime.fromisoformat("2026-09-25T14:00"),
        purpose="visite",
        attendance=Attendance.EXCUSED,
    )
    diary.confirm_visit(file, who, NewVisit(missed))
    note = NewEntry(
        household_id,
        EntryKind.CALL,
        datetime.fromisoformat("2026-09-01T09:00"),
        observed="appel au sujet du dossier",
    )
    diary.add_note(file, who, note)
    return visit_id


def _money(file: EncryptedFile, who: Who, household_id: str) -> None:
    lines = (NewLine("net_wage", 98000, "employeur inventé"), NewLine("food", 25000, "courses"))
    budget.write_month(file, who, NewMonth(household_id, date(2026, 11, 1), lines, note="note du mois"))
    budget.add_debt(
        file, who, NewDebt(household_id, "revolving_credit", 120000, "Crédit inventé", note="relances")
    )
