"""Procedures as the tab shows them: progress in words, each paper's state, detail and what could be reused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.attachments.domain.attachment import Attachment
from caseworker_app.features.procedures.domain.checklist import Checklist
from caseworker_app.features.procedures.domain.procedure import Noted, PaperNote, Procedure
from caseworker_app.features.procedures.domain.standing import (
    STATE_LABELS,
    PaperLine,
    PaperState,
    Proposal,
    Standing,
)
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital, plural

TONES = {
    PaperState.RECEIVED: "ok",
    PaperState.ENDING: "warn",
    PaperState.EXPIRED: "danger",
    PaperState.MISSING: "text",
    PaperState.NOT_CONCERNED: "muted",
}
ICONS = {
    PaperState.RECEIVED: "circle-check",
    PaperState.ENDING: "clock",
    PaperState.EXPIRED: "alert-circle",
    PaperState.MISSING: "circle",
    PaperState.NOT_CONCERNED: "ban",
}


@dataclass(frozen=True, slots=True)
class ProceduresPage:
    """What the tab shows: the procedures, those open first, the pieces kept by id, the lists to choose from."""

    household_id: str
    found: tuple[Standing, ...]
    kept: Mapping[str, Attachment]
    lists: tuple[Checklist, ...]

    @property
    def to_bring(self) -> int:
        """Return how many papers the open procedures still wait for."""
        return sum(len(each.to_bring) for each in self.found if each.procedure.open)


def progress_words(of: Standing) -> str:
    """Return « 5 pièces sur 8 », with what expires soon."""
    told = f"{plural(of.held, 'pièce')} sur {len(of.asked)}"
    return f"{told}, dont {len(of.ending)} à renouveler bientôt" if of.ending else told


def state_of(procedure: Procedure, day: date) -> tuple[str, str]:
    """Return how a procedure stands, and the tone of it."""
    if procedure.ended_on is not None:
        return f"Terminée le {format_date(procedure.ended_on)}", "muted"
    if procedure.filed_on is not None:
        return f"Déposée le {format_date(procedure.filed_on)}", "ok"
    if procedure.due_on is None:
        return f"Commencée le {format_date(procedure.started_on)}", "accent"
    late = procedure.due_on < day
    return f"À déposer pour le {format_date(procedure.due_on)}", "danger" if late else "accent"


def title_of(line: PaperLine) -> str:
    """Return what a paper is called, with whose it is."""
    return f"{line.paper.label}, {line.member}" if line.member else line.paper.label


def detail_of(line: PaperLine, kept: Mapping[str, Attachment]) -> str:
    """Return what stands under a paper: the pieces received and until when, or what the household must bring."""
    if line.state is PaperState.NOT_CONCERNED:
        return "Le ménage n’est pas concerné"
    told = [_received(each, kept) for each in line.notes if each.state is Noted.RECEIVED]
    if not told:
        return capital(line.paper.hint)
    if line.until is not None:
        good = "expirée depuis le" if line.state is PaperState.EXPIRED else "valable jusqu’au"
        told.append(f"{good} {format_date(line.until)}")
    if not line.listed:
        told.append("hors de la liste d’aujourd’hui")
    return " · ".join(dict.fromkeys(told))


def state_words(line: PaperLine) -> str:
    """Return the state of a paper in words."""
    return STATE_LABELS[line.state]


def proposal_words(proposal: Proposal) -> str:
    """Return what the button that reuses a piece says in full."""
    until = f", valable jusqu’au {format_date(proposal.until)}" if proposal.until else ""
    day = f" du {format_date(proposal.dated_on)}" if proposal.dated_on else ""
    return f"Reprendre «\u00a0{proposal.attachment.title}\u00a0»{day}{until}"


def _received(note: PaperNote, kept: Mapping[str, Attachment]) -> str:
    piece = kept.get(note.attachment_id or "")
    name = piece.title if piece is not None else "Vue, sans copie"
    return f"{name}, du {format_date(note.dated_on)}" if note.dated_on else name
