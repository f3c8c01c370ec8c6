"""Handing the running measures of many households to a lead worker, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker_app.features.directory.domain.export import left_out_words
from caseworker_app.features.directory.store import listing as store
from caseworker_app.features.measures import service as measures
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.french import plural
from caseworker_app.storage.encrypted_file import EncryptedFile


@dataclass(frozen=True, slots=True)
class Assigned:
    """What assigning gave: households handed over, those without a running measure, protected ones left out."""

    households: int
    without_measure: int
    left_out: int

    def words(self, worker: str) -> str:
        """Say it in a sentence."""
        said = f"{plural(self.households, 'ménage affecté', 'ménages affectés')} à {worker}"
        if self.without_measure:
            said += f", {self.without_measure} sans mesure en cours"
        return f"{said}{left_out_words(self.left_out)}"


def assign_lead_worker(
    file: EncryptedFile, who: Who, household_ids: Sequence[str], worker_id: str
) -> tuple[Assigned, Changes]:
    """Hand the measures that run today of some households to a worker: one transaction, taken back at once.

    Protected households are left out: only their own file hands them over. Raises NotFound, InvalidEntry when there is
    nothing to hand over, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.reading() as connection:
        kept_apart = store.kept_apart_among(connection, household_ids)
    wanted = [each for each in dict.fromkeys(household_ids) if each not in kept_apart]
    handed, changes = measures.change_lead_workers(file, who, wanted, worker_id)
    return Assigned(len(handed), len(wanted) - len(handed), len(kept_apart)), changes
