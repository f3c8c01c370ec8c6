"""One import from its first batch to its last: what lets a killed one go on, and a finished one be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.intake.domain.plan import OnDuplicate
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import plural


class RunState(StrEnum):
    """Where an import stands."""

    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class ImportRun:
    """An import; its id tags every changeset it wrote.

    `done_row`: the last row of the file already dealt with. `day`, `landlord` and `decisions` (see
    `kept_decisions`) are those it began with: going on reads the same list in the same way.
    """

    id: str
    version: str
    kind: str
    file_name: str
    file_hash: str
    duplicates: OnDuplicate
    state: RunState
    started_at: str
    day: date
    landlord: str | None
    decisions: str
    rows: int
    done_row: int
    created: int
    merged: int
    skipped: int
    in_error: int


class ImportInterrupted(CaseworkerError):
    """An import was started and never finished: it must be finished or undone first."""

    def __init__(self, run: ImportRun) -> None:
        """Say which one, how far it went, and both ways out."""
        made = plural(run.created, "fiche créée", "fiches créées")
        super().__init__(
            f"L’import de «\u00a0{run.file_name}\u00a0» s’est arrêté en route ({made})\u00a0:"
            " terminez-le (import --continue) ou annulez-le (undo-import)."
        )
        self.run = run


class UndoInterrupted(CaseworkerError):
    """Undoing an import was started and never finished: it must be finished first."""

    def __init__(self, run: ImportRun) -> None:
        """Say which one, and the way out."""
        super().__init__(
            f"L’annulation de l’import de «\u00a0{run.file_name}\u00a0» s’est arrêtée en route\u00a0:"
            " terminez-la (undo-import)."
        )
        self.run = run


class OtherFile(CaseworkerError):
    """Going on was asked for another file than the one interrupted."""

    def __init__(self, run: ImportRun) -> None:
        """Name the file expected."""
        super().__init__(
            "Ce n’est pas le fichier de l’import interrompu\u00a0:"
            f" donnez «\u00a0{run.file_name}\u00a0», inchangé, ou annulez cet import (undo-import)."
        )


class NothingToGoOn(CaseworkerError):
    """There is no interrupted import to finish."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Aucun import n’est interrompu\u00a0: lancez l’import sans --continue.")


class NoImport(CaseworkerError):
    """There is no import to undo."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Il n’y a aucun import à annuler\u00a0: rien n’a été changé.")


class UnknownImport(CaseworkerError):
    """No import has this identifier, or it is undone already."""

    def __init__(self, run_id: str) -> None:
        """Name it, and say where to find the right one."""
        super().__init__(
            f"Aucun import à annuler ne porte l’identifiant «\u00a0{run_id}\u00a0»\u00a0:"
            " prenez celui que donne le rapport de l’import."
        )
