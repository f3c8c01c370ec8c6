"""The visits that touched a household's goals, for the room of goals, which lies below this one."""

from __future__ import annotations

from caseworker_app.features.diary import store
from caseworker_app.features.diary.domain.entry import ENTRY_KIND_LABELS
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.goals.domain.proof import Proof
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.french import capital
from caseworker_app.storage.connection import Connection


def goal_proofs(connection: Connection, who: Who, household_id: str) -> list[Proof]:
    """Return each goal touched with its visit, the newest visit first (2 queries). Raises NotAllowed."""
    who.require(Right.READ_FILES)
    visits = {entry.id: entry for entry in store.visits_of(connection, household_id)}
    found = [
        Proof(touched.goal_id, touched.step_id, entry.id, _label(entry.kind), entry.started_at.date())
        for touched in store.goals_touched_of(connection, household_id)
        if (entry := visits.get(touched.entry_id)) is not None
    ]
    return sorted(found, key=lambda proof: (proof.day, proof.entry_id), reverse=True)


def _label(kind: EntryKind) -> str:
    words = ENTRY_KIND_LABELS[kind]
    return capital(words)
