"""One import from its first batch to its last: what lets a killed one go on, and a finished one be undone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.features.intake.domain.plan import OnDuplicate
from caseworker_app.kernel.errors import CaseworkerError


class RunState(StrEnum):
    """Where an import stands."""

    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class ImportRun:
    """An import; its id tags every changeset it wrote. `done_row`: the last row of the file already dealt with."""

    id: str
    version: str
    kind: str
    file_name: str
    file_hash: str
    duplicates: OnDuplicate
    state: RunState
    started_at: str
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
        super().__init__(
            f"L’import de «\u00a0{run.file_name}\u00a0» s’est arrêté en route ({run.created} ménages créés)\u00a0:"
            " terminez-le (--continue) ou annulez-le (undo-import)."
        )
        self.run = run


class OtherFile(CaseworkerError):
    """Going on was asked for another file than the one interrupted."""

    def __init__(self, run: ImportRun) -> None:
        """Name the file expected."""
        super().__init__(
            f"Ce n’est pas le fichier de l’import interrompu\u00a0: donnez «\u00a0{run.file_name}\u00a0», inchangé, ou annulez cet import."
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
        super().__init__("Aucun import à annuler dans ce fichier.")
