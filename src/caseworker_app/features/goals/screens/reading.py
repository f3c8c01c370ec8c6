"""What the tab reads, in one go, on the reader's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.autonomy import EvaluationWithLevels
from caseworker_app.features.goals.domain.goal import GoalWithSteps
from caseworker_app.features.goals.domain.grid import Grids
from caseworker_app.features.goals.domain.library import GoalModel
from caseworker_app.features.goals.domain.proof import Proof, ProofReader
from caseworker_app.features.measures import service as measures
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import today
from caseworker_app.storage.drafts import Draft, Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile


@dataclass(frozen=True, slots=True)
class TabMaterial:
    """Everything the tab shows of a household on a day; `measure_kind`: of the measure that runs; `grids`: every
    version of the grid; `library`: the goals to reuse.
    """

    household: str
    day: date
    goals: tuple[GoalWithSteps, ...]
    evaluations: tuple[EvaluationWithLevels, ...]
    proofs: tuple[Proof, ...]
    measure_kind: str | None
    grids: Grids
    library: tuple[GoalModel, ...]


def draft_key(household_id: str) -> str:
    """Return the key under which what is being typed on this tab is kept."""
    return f"goals:{household_id}"


def read_tab(file: EncryptedFile, who: Who, proofs: ProofReader, household_id: str) -> TabMaterial:
    """Read the goals, evaluations, proofs and measure of a household. Raises NotAllowed."""
    day = today(file.clock)
    with file.reading() as connection:
        running = [
            each.measure
            for each in measures.measures_of(connection, who, household_id, day)
            if each.measure.runs_on(day)
        ]
        return TabMaterial(
            household_id,
            day,
            tuple(service.goals_of(connection, who, household_id)),
            tuple(service.evaluations_of(connection, who, household_id)),
            tuple(proofs(connection, who, household_id)),
            running[0].kind_code if running else None,
            service.grids(connection, who),
            tuple(service.goal_library(connection, who, day)),
        )


def read_with_draft(
    file: EncryptedFile, who: Who, proofs: ProofReader, drafts: Drafts, household_id: str
) -> tuple[TabMaterial, Draft | None]:
    """Read a household, and what was being typed of it when one left."""
    return read_tab(file, who, proofs, household_id), drafts.find(draft_key(household_id))
