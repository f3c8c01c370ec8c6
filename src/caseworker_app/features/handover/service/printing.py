"""Printing a document by its kind, for one household or for all those a worker follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.follow_up_material import PrintMark
from caseworker_app.features.handover.domain.follow_up_sections import COMPLETE, SYNTHESIS, FollowUpPreset
from caseworker_app.features.handover.domain.kinds import (
    DATA_COMMUNICATION,
    FOLLOW_UP_FILE,
    LANDLORD_REVIEW,
    ORIENTATION_LETTER,
    PAPERS,
    PART_SHEET,
    PIECES,
    REFERRAL_ANSWER,
    SYNTHESIS_PAGE,
    VISIT_REPORT,
    DocumentKind,
    Printed,
    Refusal,
    Renderers,
    TeamPrint,
    kind_of,
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
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdSummary
from caseworker_app.features.measures import service as measures
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry, NotFound
from caseworker_app.kernel.folding import fold
from caseworker_app.pdf.writing import PlaceNotWritable, write_atomically
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

# Households read at once while looking for those a worker follows.
_PAGE = 500
# The kinds drawn from a household whole, each with what it holds unless told.
_FOLLOW_UP_FILES = {FOLLOW_UP_FILE: COMPLETE, SYNTHESIS_PAGE: SYNTHESIS}


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
    _require(who, kind)
    _check_printable(kind)
    if kind in _FOLLOW_UP_FILES:
        check_choices(kind, period, entry_number, preset)
        mark = mark_copies(file, who, 1)[0]
        pdf = _follow_up(file, who, household_id, renderers, mark, preset or _FOLLOW_UP_FILES[kind])
        write_atomically(pdf, out)
        return Printed(out, mark.copy, count_pages(pdf), household_id)
    check_choices(kind, None, None, preset)
    if kind in PAPERS:
        check_choices(kind, period, entry_number, preset)
        return _print_paper(file, who, kind, household_id, out, renderers)
    if kind in (ORIENTATION_LETTER, PART_SHEET):
        check_choices(kind, period, entry_number, preset)
        send = send_orientation_letter if kind is ORIENTATION_LETTER else hand_part_sheet
        line, _ = send(file, who, household_id, out, renderers.letter)
        return Printed(out, line.number, line.pages, household_id)
    handed = {DATA_COMMUNICATION: renderers.communicate, PIECES: renderers.pieces}
    if kind in handed:
        check_choices(kind, period, entry_number, preset)
        return handed[kind](file, who, household_id, out)
    if kind is LANDLORD_REVIEW:
        if entry_number is not None:
            raise InvalidEntry(
                "Un bilan porte sur une période, pas sur une visite\u00a0: retirez le numéro de visite."
            )
        return _print_review(file, who, household_id, out, renderers, period)
    return _print_visit(file, who, household_id, out, renderers, period, entry_number)


def print_team(
    file: EncryptedFile,
    who: Who,
    kind_code: str,
    team_name: str,
    out_dir: Path,
    renderers: Renderers,
    *,
    period: Period | None = None,
    preset: FollowUpPreset | None = None,
) -> TeamPrint:
    """Write a document for every household followed by a worker (or by the whole association) into a folder.

    Follow-up files go into one PDF with an outline when `out_dir` ends in `.pdf`. A refusal for one household
    does not stop the others. Raises NotFound for a name nobody bears, InvalidEntry for a choice the kind does
    not have, PlaceNotWritable, NotAllowed.
    """
    kind = kind_of(kind_code)
    _require(who, kind)
    _check_printable(kind)
    check_choices(kind, period if kind in _FOLLOW_UP_FILES else None, None, preset)
    if kind is DATA_COMMUNICATION:
        raise InvalidEntry(
            "Ce document répond à la demande d’une personne\u00a0: indiquez son ménage, pas une équipe."
        )
    if kind is ORIENTATION_LETTER:
        raise InvalidEntry(
            "Une lettre d’orientation concerne un seul ménage\u00a0: indiquez-le, pas une équipe."
        )
    if kind is PART_SHEET:
        raise InvalidEntry("Une fiche de liaison concerne un seul ménage\u00a0: indiquez-le, pas une équipe.")
    if kind is PIECES:
        raise InvalidEntry("Les pièces réunies sont celles d’un ménage\u00a0: indiquez-le, pas une équipe.")
    with file.reading() as connection:
        followed = list(_followed(connection, who, team_name, today(file.clock)))
    if out_dir.suffix.casefold() == ".pdf":
        return _print_merged(file, who, kind, team_name, followed, out_dir, renderers, preset)
    _make_folder(out_dir)
    printed: list[Printed] = []
    refused: list[Refusal] = []
    for summary in followed:
        out = out_dir / f"{kind.code}-{summary.reference}.pdf"
        try:
            printed.append(
                print_document(file, who, kind.code, summary.id, out, renderers, period=period, preset=preset)
            )
        except CaseworkerError as error:
            refused.append(Refusal(summary.id, summary.name, error.sentence))
    return TeamPrint(tuple(printed), tuple(refused))


def _check_printable(kind: DocumentKind) -> None:
    if kind is REFERRAL_ANSWER:
        raise InvalidEntry("Une réponse se fait depuis la demande\u00a0: ouvrez-la à la page Demandes.")


def note_printed(file: EncryptedFile, who: Who, household_id: str, kind_code: str) -> None:
    """Leave a line in the log of accesses: pages that were shown go on paper or into a file. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    file.accesses.note(who.worker_id, AccessKind.PRINTED, household_id, kind_code)


def check_choices(
    kind: DocumentKind, period: Period | None, entry_number: str | None, preset: FollowUpPreset | None
) -> None:
    """Refuse what a kind does not have: parts for any but the follow-up file, a period or visit for it.

    Raises InvalidEntry.
    """
    if preset is not None and kind is not FOLLOW_UP_FILE:
        raise InvalidEntry(
            "Seul le dossier de suivi s’imprime par parties\u00a0: retirez ce choix, ou imprimez le dossier."
        )
    if kind in _FOLLOW_UP_FILES and (period is not None or entry_number is not None):
        raise InvalidEntry(
            "Un dossier de suivi s’imprime tel qu’il est aujourd’hui\u00a0: retirez la période ou la visite."
        )
    if kind in PAPERS and (period is not None or entry_number is not None):
        raise InvalidEntry(
            "Ce document dit où en est le ménage aujourd’hui\u00a0: retirez la période ou la visite."
        )
    if kind is ORIENTATION_LETTER and (period is not None or entry_number is not None):
        raise InvalidEntry(
            "Une lettre d’orientation n’a ni période ni visite\u00a0: retirez ce choix, elle suit l’orientation."
        )
    if kind is PART_SHEET and (period is not None or entry_number is not None):
        raise InvalidEntry(
            "Une fiche de liaison dit la part d’un intervenant aujourd’hui\u00a0: retirez la période ou la visite."
        )
    if kind is PIECES and (period is not None or entry_number is not None):
        raise InvalidEntry(
            "Les pièces réunies sont celles d’une démarche\u00a0: retirez la période ou la visite."
        )
    if kind is DATA_COMMUNICATION and (period is not None or entry_number is not None):
        raise InvalidEntry(
            "La communication des données contient tout ce qui est gardé\u00a0: retirez la période ou la visite."
        )


def _require(who: Who, kind: DocumentKind) -> None:
    """Ask for all it takes before a copy is numbered: coordination prints figures, not files."""
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT if kind.leaves_house else Right.PRINT)


def _follow_up(
    file: EncryptedFile,
    who: Who,
    household_id: str,
    renderers: Renderers,
    mark: PrintMark,
    preset: FollowUpPreset,
) -> bytes:
    with file.reading() as connection:
        material = follow_up_material(connection, who, household_id, mark=mark, preset=preset)
        identity = identity_of(team.the_association(connection, who))
    return renderers.follow_up(material, identity)


def _print_merged(
    file: EncryptedFile,
    who: Who,
    kind: DocumentKind,
    team_name: str,
    followed: list[HouseholdSummary],
    out: Path,
    renderers: Renderers,
    preset: FollowUpPreset | None,
) -> TeamPrint:
    """Write the follow-up files of many households as one PDF, drawn one at a time."""
    if kind not in _FOLLOW_UP_FILES:
        raise InvalidEntry(
            "Ces documents s’écrivent un par fichier\u00a0: indiquez un dossier, "
            "sans «\u00a0.pdf\u00a0» à la fin."
        )
    if not followed:
        raise NotFound("Personne n’est suivi sous ce nom aujourd’hui\u00a0: il n’y a rien à imprimer.")
    # A tenth of a second to import: only when something is merged.
    from caseworker_app.pdf.merging import merge

    chosen = preset or _FOLLOW_UP_FILES[kind]
    printed: list[Printed] = []
    refused: list[Refusal] = []

    def drawn() -> Iterator[tuple[str, bytes]]:
        for summary, mark in zip(followed, mark_copies(file, who, len(followed)), strict=True):
            try:
                pdf = _follow_up(file, who, summary.id, renderers, mark, chosen)
            except CaseworkerError as error:
                refused.append(Refusal(summary.id, summary.name, error.sentence))
                continue
            printed.append(Printed(out, mark.copy, count_pages(pdf), summary.id))
            yield f"{summary.name} – {summary.reference}", pdf

    merged = merge(drawn(), f"{kind.title.partition(' (')[0]}, {team_name}")
    if printed:
        write_atomically(merged, out)
    return TeamPrint(tuple(printed), tuple(refused))


def _print_review(
    file: EncryptedFile, who: Who, household_id: str, out: Path, renderers: Renderers, period: Period | None
) -> Printed:
    with file.reading() as connection:
        chosen = period or usual_period(connection, who, household_id, today(file.clock))
    request = ReviewRequest(household_id, chosen)
    line, _ = transmit_review(file, who, request, ReviewChoices(), out, renderers.review)
    return Printed(out, line.number, line.pages, household_id)


def _print_paper(
    file: EncryptedFile, who: Who, kind: DocumentKind, household_id: str, out: Path, renderers: Renderers
) -> Printed:
    with file.reading() as connection:
        content = household_paper(connection, who, kind, household_id, day=today(file.clock))
        identity = identity_of(team.the_association(connection, who))
    pdf = renderers.paper(content, identity)
    note_printed(file, who, household_id, kind.code)
    write_atomically(pdf, out)
    return Printed(out, content.head.reference, count_pages(pdf), household_id, remark_of(content))


def _print_visit(
    file: EncryptedFile,
    who: Who,
    household_id: str,
    out: Path,
    renderers: Renderers,
    period: Period | None,
    entry_number: str | None,
) -> Printed:
    with file.reading() as connection:
        entry = _entry(connection, who, household_id, period, entry_number)
        content = visit_report(connection, who, entry.id, day=today(file.clock))
        identity = identity_of(team.the_association(connection, who))
    pdf = renderers.visit(content, identity)
    note_printed(file, who, household_id, VISIT_REPORT.code)
    write_atomically(pdf, out)
    return Printed(out, content.reference, count_pages(pdf), household_id)


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


def _followed(connection: Connection, who: Who, name: str, day: date) -> Iterator[HouseholdSummary]:
    """Yield the households whose running measure the worker named leads; all for the association."""
    lead = _lead(connection, who, name)
    offset = 0
    while ids := households.page_of_households(connection, who, offset=offset, limit=_PAGE):
        offset += len(ids)
        led = measures.measures_of_households(connection, who, ids, day)
        wanted = [
            household_id
            for household_id in ids
            if any(m.runs_on(day) and lead in (None, m.lead_worker_id) for m in led.get(household_id, []))
        ]
        yield from households.summaries(connection, who, wanted).values()


def _lead(connection: Connection, who: Who, name: str) -> str | None:
    """Return the worker of this name (a part is enough when one bears it), None for the association's."""
    sought = fold(name)
    if sought == fold(team.the_association(connection, who).name):
        return None
    workers = team.list_workers(connection, who)
    exact = [worker for worker in workers if fold(worker.name) == sought]
    near = exact or [worker for worker in workers if sought and sought in fold(worker.name)]
    if len(near) == 1:
        return near[0].id
    known = ", ".join(worker.name for worker in near or workers)
    raise NotFound(f"«\u00a0{name}\u00a0» ne désigne pas une seule personne\u00a0: choisissez parmi {known}.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlaceNotWritable(
            f"Le dossier «\u00a0{folder}\u00a0» ne peut pas être créé\u00a0: choisissez-en un autre."
        ) from error
