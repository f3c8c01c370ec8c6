"""Reading a household whole for its follow-up file (« dossier de suivi »), and numbering its copies."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.budget import service as budget
from caseworker_app.features.consents import service as consents
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.service.entries import wall_clock
from caseworker_app.features.goals import service as goals
from caseworker_app.features.handover import store
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial, PrintMark
from caseworker_app.features.handover.domain.follow_up_sections import FollowUpPreset, FollowUpSection
from caseworker_app.features.handover.domain.kinds import EVERY_KIND
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.housing_file import HousingFile
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.housing.service import homes, rent
from caseworker_app.features.measures import service as measures
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

# The series of the copies' numbers: `DOS-2026-B7K4-0012`.
SERIES = "DOS"
_BUDGETS, _RENT_MONTHS = 24, 12


def follow_up_material(
    connection: Connection, who: Who, household_id: str, *, mark: PrintMark, preset: FollowUpPreset
) -> FollowUpMaterial:
    """Return what the follow-up file of a household is made of, with the sections of a preset.

    Housing, measures and people are always read: the cover names them. Raises NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    kind = AccessKind.PRINTED if mark.copy else AccessKind.OPENED
    note_access(connection, who.worker_id, kind, household_id, preset.code if mark.copy else "")
    day = mark.at.date()
    housing = homes.housing_of(connection, who, household_id, day)
    with_diary = FollowUpSection.DIARY in preset.sections
    with_papers = FollowUpSection.PROCEDURES in preset.sections
    with_budget = FollowUpSection.BUDGET in preset.sections
    return FollowUpMaterial(
        mark,
        preset,
        households.open_household(connection, who, household_id),
        {worker.id: worker for worker in team.list_workers(connection, who)},
        housing,
        tuple(measures.measures_of(connection, who, household_id, day)),
        _accounts(connection, who, housing, day),
        tuple(goals.goals_of(connection, who, household_id)),
        tuple(goals.evaluations_of(connection, who, household_id)),
        tuple(budget.sheets_of(connection, who, household_id, last=_BUDGETS)) if with_budget else (),
        tuple(diary.entries_of(connection, who, household_id)) if with_diary else (),
        tuple(diary.visits_of(connection, who, household_id)) if with_diary else (),
        tuple(diary.open_promises(connection, who, household_id)),
        tuple(diary.appointments_of(connection, who, household_id)),
        tuple(store.transmissions_of(connection, household_id)),
        tuple(consents.consents_of(connection, who, household_id)),
        {kind.code: kind.title for kind in EVERY_KIND},
        goals.grids(connection, who),
        orientations.orientations_page(connection, who, household_id, day).shown,
        tuple(referrals.referrals_of(connection, who, household_id)),
        tuple(procedures.standings_of(connection, who, household_id, day)) if with_papers else (),
    )


def preview_mark(file: EncryptedFile, who: Who) -> PrintMark:
    """Return the mark of a preview: no copy is counted."""
    return PrintMark("", wall_clock(file.clock), who.name)


def mark_copies(file: EncryptedFile, who: Who, count: int) -> list[PrintMark]:
    """Number copies about to be printed now, in order; a number is never used twice. Raises NotAllowed."""
    who.require(Right.PRINT)
    with file.unit_of_work(who.worker_id, "number_copies") as uow:
        numbers = uow.next_numbers(SERIES, count)
    at = wall_clock(file.clock)
    return [PrintMark(number, at, who.name) for number in numbers]


def _accounts(connection: Connection, who: Who, housing: HousingFile, day: date) -> tuple[RentStatement, ...]:
    """Return the accounts of the home, never merged: the household's debt is not the association's."""
    if housing.current is None:
        return ()
    lease = housing.current.lease
    return tuple(
        rent.rent_account(connection, who, lease.id, day, account, _RENT_MONTHS)
        for account in lease.accounts()
    )
