"""One import from its first batch to its last: what lets a killed one go on, and a finished one be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.kernel.dates import format_date
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

    `done_row`: the last row of the file already dealt with. `day`, `landlord`, `decisions` (see `kept_decisions`)
    and `choices` (see `choices`) are those it began with: going on reads the same list in the same way.
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
    choices: str
    rows: int
    done_row: int
    created: int
    merged: int
    skipped: int
    in_error: int


# How long a whole import may be taken back. Later, what was done since rests on it too much.
UNDO_DAYS = 30


def undo_until(run: ImportRun) -> date:
    """Return the last day on which an import may be undone."""
    return date.fromisoformat(run.started_at[:10]) + timedelta(days=UNDO_DAYS)


def may_undo(run: ImportRun, today: date) -> bool:
    """Say whether an import may be undone on a day; one that stopped half-way always may."""
    if run.state is RunState.UNDONE:
        return False
    return run.state is not RunState.DONE or today <= undo_until(run)


@dataclass(frozen=True, slots=True)
class ImportMade:
    """An import of the past, and until when it may be undone."""

    run: ImportRun
    made_on: date
    undo_until: date
    can_undo: bool


class UndoTooLate(CaseworkerError):
    """The import is too old to be undone whole."""

    def __init__(self, run: ImportRun) -> None:
        """Say until when it could be, and what can be done instead."""
        super().__init__(
            f"L’import de «\u00a0{run.file_name}\u00a0» ne peut plus être annulé en entier\u00a0: il pouvait l’être"
            f" jusqu’au {format_date(undo_until(run))} ({UNDO_DAYS}\u00a0jours). Corrigez ou réunissez les dossiers"
            " un à un."
        )
        self.run = run


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
