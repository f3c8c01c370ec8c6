"""Joins the procedures room to what draws its pages: the tab of a household, and the lists in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from caseworker_app.bootstrap.office import Office
    from caseworker_app.features.procedures.screens.desk import ForWhom, PiecesDoors, ProceduresDesk, TakeBack
    from caseworker_app.features.procedures.screens.lists_section import ChecklistsSection
    from caseworker_app.features.procedures.screens.tab import ProceduresTab
    from caseworker_app.features.procedures.service.taking_out import PiecesFile
    from caseworker_app.features.team.domain import Who
    from caseworker_app.kernel.changes import Changes
    from caseworker_app.storage.encrypted_file import EncryptedFile
    from caseworker_app.ui_kit.changes import ChangeBroadcast
    from caseworker_app.ui_kit.page import Navigator
    from caseworker_app.ui_kit.tasks import Tasks


def procedures_tab(
    office: Office, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator, take_back: TakeBack
) -> ProceduresTab:
    """Return the tab « Démarches »."""
    from caseworker_app.features.procedures.screens.tab import ProceduresTab

    return ProceduresTab(_desk(office, tasks, changes, navigator, take_back))


def checklists_section(
    office: Office, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator, take_back: TakeBack
) -> ChecklistsSection:
    """Return the section of the settings « Pièces par démarche »."""
    from caseworker_app.features.procedures.screens.lists_section import ChecklistsSection

    return ChecklistsSection(_desk(office, tasks, changes, navigator, take_back))


def _desk(
    office: Office, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator, take_back: TakeBack
) -> ProceduresDesk:
    from caseworker_app.features.procedures.screens.desk import ProceduresDesk

    given = (office.file, office.who, office.drafts, tasks, changes, navigator, take_back)
    return ProceduresDesk(*given, pieces_doors())


def pieces_doors() -> PiecesDoors:
    """Return how the pieces of a procedure leave: drawn here, checked and registered by the room of documents."""
    from caseworker_app.bootstrap.renderers import put_pieces_together
    from caseworker_app.features.procedures.screens.desk import PiecesDoors

    return PiecesDoors(put_pieces_together, _agreed, _finds, _register)


def _agreed(file: EncryptedFile, who: Who, household_id: str) -> list[ForWhom]:
    from caseworker_app.features.handover.service.pieces_leaving import bodies_for_pieces
    from caseworker_app.features.procedures.screens.desk import ForWhom
    from caseworker_app.kernel.dates import format_date

    found = bodies_for_pieces(file, who, household_id)
    return [
        ForWhom(
            each.id, each.recipient.name, f"{each.recipient.name} (accord du {format_date(each.given_on)})"
        )
        for each in found
    ]


def _finds(file: EncryptedFile, who: Who, made: PiecesFile) -> list[tuple[str, str]]:
    from caseworker_app.features.handover.service.pieces_leaving import finds_in_pieces

    return [(hit.key, hit.reason) for hit in finds_in_pieces(file, who, made)]


def _register(
    file: EncryptedFile, who: Who, made: PiecesFile, consent_id: str, out: Path, kept: frozenset[str]
) -> tuple[str, Changes]:
    from caseworker_app.features.handover.service.pieces_leaving import register_pieces

    line, changes = register_pieces(file, who, made, consent_id, out, kept)
    return line.number, changes
