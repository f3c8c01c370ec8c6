"""Printing a document of one household by its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.follow_up_material import PrintMark
from caseworker_app.features.handover.domain.follow_up_sections import FollowUpPreset
from caseworker_app.features.handover.domain.kinds import (
    DATA_COMMUNICATION,
    LANDLORD_REVIEW,
    ORIENTATION_LETTER,
    PAPERS,
    PART_SHEET,
    PIECES,
    VISIT_REPORT,
    DocumentKind,
    Printed,
    Renderers,
    kind_of,
)
from caseworker_app.features.handover.domain.print_choices import (
    FOLLOW_UP_FILES,
    check_choices,
    check_printable,
    require_right,
)
from caseworker_app.features.handover.domain.transmission import ReviewRequest
from caseworker_app.features.handover.service.follow_up import follow_up_material, mark_copies
from caseworker_app.features.handover.service.orientation_letters import send_orientation_letter
from caseworker_app.features.handover.service.pages import count_pages, identity_of
from caseworker_app.features.handover.service.papers import household_paper, remark_of
from caseworker_app.features.handover.service.part_sheets import hand_part_sheet
from caseworker_app.features.handover.service.proposals import usual_period
from caseworker_app.features.handover.service.reviews import transmit_review
from caseworker_app.features.handover.service.visit_reports import visit_report
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import NotFound
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

# Letters that are numbered, entered in the register and written by the service that composes them.
_LETTERS: dict[DocumentKind, Callable[..., Any]] = {
    ORIENTATION_LETTER: send_orientation_letter,
    PART_SHEET: hand_part_sheet,
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is printed where: the household in the open file, by whom, and what draws its pages."""

    file: EncryptedFile
    who: Who
    household_id: str
    out: Path
    renderers: Renderers


def print_document(  # noqa: PLR0913  (what a kind of document may be told, each by its name)
    file: EncryptedFile,
    who: Who,
    kind_code: str,
    household_id: str,
    out: Path,
    renderers: Renderers,
    *,
    period: Period | None = None,
    entry_number: str | None = None,
    preset: FollowUpPreset | None = None,
) -> Printed:
    """Write a document of a household at `out`.

    A landlord review takes everything it proposes by default and is entered in the register; a visit report
    is that of `entry_number`, else of the last visit (of the period); a follow-up file is whole unless a
    `preset` is told. Raises NotFound for an unknown kind or no visit, InvalidEntry for a choice the kind does
    not have, and what `transmit_review` raises.
    """
    kind = kind_of(kind_code)
    require_right(who, kind)
    check_printable(kind)
    check_choices(kind, period, entry_number, preset)
    asked = _Asked(file, who, household_id, out, renderers)
    if kind in FOLLOW_UP_FILES:
        return _print_follow_up(asked, preset or FOLLOW_UP_FILES[kind])
    if kind is LANDLORD_REVIEW:
        return _print_review(asked, period)
    if kind is VISIT_REPORT:
        return _print_visit(asked, period, entry_number)
    return _print_paper(asked, kind) if kind in PAPERS else _hand(asked, kind)


def note_printed(file: EncryptedFile, who: Who, household_id: str, kind_code: str) -> None:
    """Leave a line in the log of accesses: pages that were shown go on paper or into a file. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    file.accesses.note(who.worker_id, AccessKind.PRINTED, household_id, kind_code)


def drawn_follow_up(
    file: EncryptedFile,
    who: Who,
    household_id: str,
    renderers: Renderers,
    mark: PrintMark,
    preset: FollowUpPreset,
) -> bytes:
    """Return the pages of a follow-up file, its copy marked. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    with file.reading() as connection:
        material = follow_up_material(connection, who, household_id, mark=mark, preset=preset)
        identity = identity_of(team.the_association(connection, who))
    return renderers.follow_up(material, identity)


def _print_follow_up(asked: _Asked, preset: FollowUpPreset) -> Printed:
    mark = mark_copies(asked.file, asked.who, 1)[0]
    pdf = drawn_follow_up(asked.file, asked.who, asked.household_id, asked.renderers, mark, preset)
    write_atomically(pdf, asked.out)
    return Printed(asked.out, mark.copy, count_pages(pdf), asked.household_id)


def _hand(asked: _Asked, kind: DocumentKind) -> Printed:
    """Write what is composed, numbered and written by a service of its own."""
    place = (asked.file, asked.who, asked.household_id, asked.out)
    if kind in _LETTERS:
        line, _ = _LETTERS[kind](*place, asked.renderers.letter)
        return Printed(asked.out, line.number, line.pages, asked.household_id)
    handed = {DATA_COMMUNICATION: asked.renderers.communicate, PIECES: asked.renderers.pieces}
    return handed[kind](*place)


def _print_review(asked: _Asked, period: Period | None) -> Printed:
    with asked.file.reading() as connection:
        chosen = period or usual_period(connection, asked.who, asked.household_id, today(asked.file.clock))
    request = ReviewRequest(asked.household_id, chosen)
    line, _ = transmit_review(
        asked.file, asked.who, request, ReviewChoices(), asked.out, asked.renderers.review
    )
    return Printed(asked.out, line.number, line.pages, asked.household_id)


def _print_paper(asked: _Asked, kind: DocumentKind) -> Printed:
    file, who, household_id = asked.file, asked.who, asked.household_id
    with file.reading() as connection:
        content = household_paper(connection, who, kind, household_id, day=today(file.clock))
        identity = identity_of(team.the_association(connection, who))
    pdf = asked.renderers.paper(content, identity)
    note_printed(file, who, household_id, kind.code)
    write_atomically(pdf, asked.out)
    return Printed(asked.out, content.head.reference, count_pages(pdf), household_id, remark_of(content))


def _print_visit(asked: _Asked, period: Period | None, entry_number: str | None) -> Printed:
    file, who, household_id = asked.file, asked.who, asked.household_id
    with file.reading() as connection:
        entry = _entry(connection, who, household_id, period, entry_number)
        content = visit_report(connection, who, entry.id, day=today(file.clock))
        identity = identity_of(team.the_association(connection, who))
    pdf = asked.renderers.visit(content, identity)
    note_printed(file, who, household_id, VISIT_REPORT.code)
    write_atomically(pdf, asked.out)
    return Printed(asked.out, content.reference, count_pages(pdf), household_id)


def _entry(
    connection: Connection, who: Who, household_id: str, period: Period | None, number: str | None
) -> DiaryEntry:
    visits = [visit.entry for visit in diary.visits_of(connection, who, household_id, period)]
    if number is None and visits:
        return visits[0]
    for entry in visits:
        if entry.number is not None and entry.number.casefold() == (number or "").strip().casefold():
            return entry
    if number is not None:
        raise NotFound(
            f"Aucune visite de ce ménage n’a le numéro «\u00a0{number}\u00a0»\u00a0: vérifiez-le au journal."
        )
    raise NotFound("Ce ménage n’a pas encore de visite\u00a0: il n’y a pas de compte rendu à imprimer.")
