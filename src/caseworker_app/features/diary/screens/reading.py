"""What the visit page reads from the file, on the reader's thread."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import Attachment
from caseworker_app.features.budget import service as budget
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.draft import visit_draft_key
from caseworker_app.features.diary.domain.report_review import ReportReview
from caseworker_app.features.diary.domain.reused_sentences import offered_sentences
from caseworker_app.features.diary.domain.visit import Visit
from caseworker_app.features.diary.domain.visit_sheet import VisitMaterial, appointment_of_day
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import GoalWithSteps
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.features.housing.service import homes
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who, Worker
from caseworker_app.storage.drafts import Draft, Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile


@dataclass(frozen=True, slots=True)
class Record:
    """A visit already in the file, with the names it needs."""

    visit: Visit
    people: HouseholdFile
    goals: tuple[GoalWithSteps, ...]
    photos: tuple[Attachment, ...] = ()
    workers: tuple[Worker, ...] = ()
    report_reviews: tuple[ReportReview, ...] = ()

    def worker_name(self, worker_id: str) -> str:
        """Return the name of who wrote, empty for nobody known."""
        return next((each.name for each in self.workers if each.id == worker_id), "")


def read_material(
    file: EncryptedFile, who: Who, drafts: Drafts, household_id: str
) -> tuple[VisitMaterial, Draft | None]:
    """Return what a new visit stands on, and the draft left of one. Raises NotFound, NotAllowed."""
    now = file.clock.now().astimezone().replace(tzinfo=None, microsecond=0)
    with file.reading() as connection:
        people = households.open_household(connection, who, household_id)
        home = homes.current_home(connection, who, household_id, now.date())
        material = VisitMaterial(
            now,
            people,
            tuple(goals.goals_of(connection, who, household_id)),
            diary.last_visit(connection, who, household_id),
            tuple(diary.open_promises(connection, who, household_id)),
            appointment_of_day(diary.appointments_of(connection, who, household_id), now),
            budget.budget_of(connection, who, household_id),
            home.file.dwelling.typology if home else None,
            tuple(diary.reused_sentences(connection, who)) or offered_sentences(now.date()),
            who.name,
            tuple(each.word for each in diary.spelling_words(connection, who)),
            home,
        )
    return material, drafts.find(visit_draft_key(household_id))


def read_record(file: EncryptedFile, who: Who, entry_id: str) -> Record:
    """Return a visit of the file. Raises NotFound, NotAllowed."""
    with file.reading() as connection:
        found = diary.visit(connection, who, entry_id)
        household_id = found.entry.household_id
        people = households.open_household(connection, who, household_id)
        return Record(
            found,
            people,
            tuple(goals.goals_of(connection, who, household_id)),
            tuple(attachments.attachments_of_visit(connection, who, entry_id)),
            tuple(team.list_workers(connection, who)),
            tuple(
                r for r in diary.report_reviews_of(connection, who, household_id) if r.entry_id == entry_id
            ),
        )
