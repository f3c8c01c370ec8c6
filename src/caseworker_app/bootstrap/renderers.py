"""Gives services the functions that draw pages: they know the values, these know ReportLab."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.bootstrap.paper_pages import draw_paper
from caseworker_app.features.diary.documents import render_visit_report
from caseworker_app.features.dossier.documents.follow_up import render_material
from caseworker_app.features.handover.documents.orientation_letter import render_orientation_letter
from caseworker_app.features.handover.documents.review import render_review
from caseworker_app.features.handover.domain.kinds import Printed, Renderers
from caseworker_app.features.handover.service.orientation_letters import send_orientation_letter
from caseworker_app.features.rights.documents import render_disclosure
from caseworker_app.features.rights.service.disclosing import print_disclosure
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile


def renderers() -> Renderers:
    """Return what draws each kind of document."""
    return Renderers(
        review=render_review,
        visit=render_visit_report,
        follow_up=render_material,
        paper=draw_paper,
        communicate=_communicate,
        orientation=_orientation,
    )


def _communicate(file: EncryptedFile, who: Who, household_id: str, out: Path) -> Printed:
    return print_disclosure(file, who, household_id, out, render_disclosure)


def _orientation(file: EncryptedFile, who: Who, household_id: str, out: Path) -> Printed:
    line, _ = send_orientation_letter(file, who, household_id, out, render_orientation_letter)
    return Printed(out, line.number, line.pages, household_id)
