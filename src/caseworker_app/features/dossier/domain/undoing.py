"""What can be taken back of a file, and the sentence that says why something cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caseworker_app.kernel.errors import CaseworkerError

# What is never taken back, and why.
# What is kept by those who manage the association: who may change it may take their change back.
OFFICE_TABLES = frozenset(
    {
        "association",
        "worker",
        "space",
        "agreement",
        "agreement_rule",
        "reserved_dwelling",
        "grant_action",
        "grant_spending",
        "grid_edition",
        "checklist_edition",
    }
)
FINAL = {
    "fill_demonstration": "Une démonstration ne s’annule pas\u00a0: refaites-en une.",
    "take_relays": "Un relais prend effet à sa date\u00a0: passez-le dans l’autre sens, dans l’onglet Mesure.",
    "found_office": "La création du fichier ne s’annule pas.",
}


@dataclass(frozen=True, slots=True)
class UndoableChange:
    """One of the last changes: who, when (UTC), what; `obstacle`: why it cannot be taken back, None when it
    can.

    `households`: the households it touched; `is_undo`: it took something back, and undoing it does the
    thing again.
    """

    changeset_id: str
    made_at: datetime
    worker: str
    action: str
    households: tuple[str, ...]
    is_undo: bool
    undone: bool
    obstacle: str | None


class CannotUndo(CaseworkerError):
    """A change cannot be taken back; the sentence says what rests on it, since when and by whom.

    `later_changeset_id`: the later change that would have to be taken back first, None when there is none.
    """

    def __init__(self, sentence: str, later_changeset_id: str | None = None) -> None:
        """Keep the sentence and the later change."""
        super().__init__(sentence)
        self.later_changeset_id = later_changeset_id
