"""Gives services the functions that draw pages: they know the values, these know ReportLab.

What draws pages weighs a tenth of a window, and most are drawn in another process: each function imports its own when
it is first called. Being functions of this module, they travel to that process by their names.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.features.handover.domain.kinds import Letter, Paper, Printed, Renderers
from caseworker_app.features.handover.domain.record import InternalRecord
from caseworker_app.features.procedures.domain.missing import MissingPapers

if TYPE_CHECKING:
    from caseworker_app.features.diary.domain.report_content import VisitReport
    from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
    from caseworker_app.features.handover.domain.review_content import LandlordReview
    from caseworker_app.features.procedures.domain.pieces_file import PiecesCover
    from caseworker_app.features.procedures.service.taking_out import PiecesFile
    from caseworker_app.features.rights.domain.content import DisclosureContent
    from caseworker_app.features.team.domain import Who
    from caseworker_app.pdf.identity import Identity
    from caseworker_app.storage.encrypted_file import EncryptedFile


def renderers() -> Renderers:
    """Return what draws each kind of document."""
    return Renderers(
        review=_review,
        visit=_visit,
        follow_up=_follow_up,
        paper=_paper,
        communicate=_communicate,
        letter=_letter,
        pieces=_pieces,
    )


def disclosure(content: DisclosureContent, identity: Identity) -> bytes:
    """Return the copy of the data as the bytes of a tagged PDF."""
    from caseworker_app.features.rights.documents import render_disclosure

    return render_disclosure(content, identity)


def _letter(content: Letter, identity: Identity) -> bytes:
    from caseworker_app.features.handover.documents.letters import render_letter

    return render_letter(content, identity)


def _review(content: LandlordReview, identity: Identity) -> bytes:
    from caseworker_app.features.handover.documents.review import render_review

    return render_review(content, identity)


def _visit(content: VisitReport, identity: Identity) -> bytes:
    from caseworker_app.features.diary.documents import render_visit_report

    return render_visit_report(content, identity)


def _follow_up(material: FollowUpMaterial, identity: Identity) -> bytes:
    from caseworker_app.features.dossier.documents.follow_up import render_material

    return render_material(material, identity)


def _paper(content: Paper, identity: Identity) -> bytes:
    if isinstance(content, MissingPapers):
        from caseworker_app.features.procedures.documents.missing import render_missing

        return render_missing(content, identity)
    if isinstance(content, InternalRecord):
        from caseworker_app.features.handover.documents.record import render_record

        return render_record(content, identity)
    from caseworker_app.features.goals.documents.paper import render_paper

    return render_paper(content, identity)


def _communicate(file: EncryptedFile, who: Who, household_id: str, out: Path) -> Printed:
    from caseworker_app.features.rights.service.disclosing import print_disclosure

    return print_disclosure(file, who, household_id, out, disclosure)


def put_pieces_together(file: EncryptedFile, who: Who, procedure_id: str, recipient: str = "") -> PiecesFile:
    """Return the pieces received for a procedure as one PDF, in memory. Raises NotFound, NotAllowed."""
    from caseworker_app.features.handover.service.pages import identity_of
    from caseworker_app.features.procedures import service as procedures
    from caseworker_app.features.team import service as team

    with file.reading() as connection:
        identity = identity_of(team.the_association(connection, who))
    return procedures.put_pieces_together(file, who, procedure_id, _cover, identity, recipient)


def _cover(content: PiecesCover, identity: Identity) -> bytes:
    from caseworker_app.features.procedures.documents.cover import render_cover

    return render_cover(content, identity)


def _pieces(file: EncryptedFile, who: Who, household_id: str, out: Path) -> Printed:
    from caseworker_app.features.procedures import service as procedures

    of = procedures.newest_with_pieces(file, who, household_id)
    made = put_pieces_together(file, who, of)
    procedures.take_out_pieces(file, who, made, out)
    return Printed(out, made.cover.reference, made.pages, household_id, made.remark)
