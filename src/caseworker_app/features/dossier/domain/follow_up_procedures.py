"""The procedures of a household in its follow-up file: what is asked, received, missing, expired; never the pieces."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.dossier.domain.follow_up_content import PaperAsked, ProcedurePart
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.masking import Mask
from caseworker_app.features.procedures.domain.procedure import Noted, Procedure
from caseworker_app.features.procedures.domain.shown import progress_words, state_of, title_of
from caseworker_app.features.procedures.domain.standing import STATE_LABELS, PaperLine, PaperState, Standing
from caseworker_app.kernel.dates import format_date


def procedures_part(material: FollowUpMaterial, mask: Mask) -> tuple[ProcedurePart, ...]:
    """Return the procedures, those open first; what was written about one stays with the writings."""
    return tuple(_procedure(each, material, mask) for each in material.procedures)


def _procedure(of: Standing, material: FollowUpMaterial, mask: Mask) -> ProcedurePart:
    kept = of.procedure
    return ProcedurePart(
        mask(kept.label),
        ", ".join((*_stands(kept, material.day), progress_words(of))),
        mask(kept.note or "") if material.preset.writings else "",
        tuple(_paper(each, mask) for each in of.lines),
    )


def _stands(of: Procedure, day: date) -> list[str]:
    told = [state_of(of, day)[0]]
    if of.open and of.due_on is not None and of.due_on < day:
        told.append("en retard")
    if of.due_on is not None or not of.open:
        told.append(f"commencée le {format_date(of.started_on)}")
    return told


def _paper(line: PaperLine, mask: Mask) -> PaperAsked:
    return PaperAsked(mask(title_of(line)), _state(line), _since(line))


def _state(line: PaperLine) -> str:
    words = STATE_LABELS[line.state]
    return words if line.listed else f"{words}, hors de la liste"


def _since(line: PaperLine) -> str:
    """Return the days of what was received: of the paper, its receipt, its end; no name of a file."""
    received = [each for each in line.notes if each.state is Noted.RECEIVED]
    told = []
    if received:
        last = max(received, key=lambda each: (each.noted_on, each.id))
        told.append(f"reçue le {format_date(last.noted_on)}")
        if last.dated_on is not None:
            told.append(f"datée du {format_date(last.dated_on)}")
        if last.attachment_id is None:
            told.append("vue, sans copie")
    if line.until is not None:
        expired = line.state is PaperState.EXPIRED
        told.append(f"{'expirée depuis le' if expired else 'valable jusqu’au'} {format_date(line.until)}")
    return ", ".join(told)
