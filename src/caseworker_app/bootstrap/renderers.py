"""Gives services the functions that draw pages: they know the values, these know ReportLab."""

from __future__ import annotations

from caseworker_app.features.diary.documents import render_visit_report
from caseworker_app.features.dossier.documents.follow_up import render_material
from caseworker_app.features.handover.documents import render_review
from caseworker_app.features.handover.domain.kinds import Renderers


def renderers() -> Renderers:
    """Return what draws each kind of document."""
    return Renderers(review=render_review, visit=render_visit_report, follow_up=render_material)
