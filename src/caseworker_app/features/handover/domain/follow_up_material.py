"""What a follow-up file (« dossier de suivi ») is made of: all that was read of a household, as it stands.

The room above, `dossier`, shapes it for its pages; this one only reads, so that printing for a whole team
needs nothing of that room.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.consents.domain import Consent
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.diary.domain.visit import Appointment, Promise, Visit
from caseworker_app.features.goals.domain.autonomy import EvaluationWithLevels
from caseworker_app.features.goals.domain.goal import GoalWithSteps
from caseworker_app.features.goals.domain.grid import PROGRAM_GRIDS, Grid, Grids
from caseworker_app.features.handover.domain.follow_up_sections import FollowUpPreset, FollowUpSection
from caseworker_app.features.handover.domain.review_material import hidden_places
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.features.housing.domain.housing_file import HousingFile
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.measures.domain.measure import MeasureFile
from caseworker_app.features.orientations.domain.shown import OrientationShown
from caseworker_app.features.procedures.domain.standing import Standing
from caseworker_app.features.referrals.domain.referral import Referral
from caseworker_app.features.referrals.domain.stages import Progress
from caseworker_app.features.team.domain import Worker


@dataclass(frozen=True, slots=True)
class PrintMark:
    """What tells one printed copy from another: its number, when (the office's wall) and by whom.

    `copy` is empty on a preview.
    """

    copy: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class FollowUpMaterial:
    """All that was read of a household for its follow-up file; a section that was not asked for is empty.

    `accounts`: the rent accounts of the home it lives in, the household's first. `entries`: the whole diary,
    newest first; `visits`: those of them that are meetings, with all that was noted there. `workers`: by id;
    `kind_titles`: how a kind of document is called, by its code.
    """

    mark: PrintMark
    preset: FollowUpPreset
    people: HouseholdFile
    workers: dict[str, Worker]
    housing: HousingFile
    measures: tuple[MeasureFile, ...] = ()
    accounts: tuple[RentStatement, ...] = ()
    goals: tuple[GoalWithSteps, ...] = ()
    evaluations: tuple[EvaluationWithLevels, ...] = ()
    budgets: tuple[BudgetSheet, ...] = ()
    entries: tuple[DiaryEntry, ...] = ()
    visits: tuple[Visit, ...] = ()
    promises: tuple[Promise, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    transmissions: tuple[Transmission, ...] = ()
    consents: tuple[Consent, ...] = ()
    kind_titles: dict[str, str] = field(default_factory=dict)
    grids: Grids = PROGRAM_GRIDS
    orientations: tuple[OrientationShown, ...] = ()
    referrals: tuple[tuple[Referral, Progress], ...] = ()
    procedures: tuple[Standing, ...] = ()

    @property
    def grid(self) -> Grid:
        """The autonomy grid in force that day."""
        return self.grids.on(self.day)

    @property
    def day(self) -> date:
        """The day it is printed, as of which everything stands."""
        return self.mark.at.date()

    @property
    def protected(self) -> bool:
        """Say whether the household is under protection: its address and phones are masked."""
        return self.people.household.protected

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is masked of a protected household wherever it was typed; nothing for the others."""
        streets = [lease.dwelling.street for lease in self.housing.leases]
        people = self.people
        return hidden_places(people.household, people.addresses, people.every_contact, streets)

    def worker_name(self, worker_id: str) -> str:
        """Return the name of a worker, or words for one this file does not know."""
        worker = self.workers.get(worker_id)
        return worker.name if worker else "personne inconnue de ce fichier"

    def wants(self, section: FollowUpSection) -> bool:
        """Say whether a section was asked for."""
        return section in self.preset.sections
