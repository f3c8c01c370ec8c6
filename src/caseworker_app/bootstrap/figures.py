"""Joins the figures of agreements to the rooms above them: the diary's meetings, the referrals."""

from __future__ import annotations

from caseworker_app.features.diary import service as diary
from caseworker_app.features.measures.service import FiguresSources
from caseworker_app.features.referrals import service as referrals


def figures_sources() -> FiguresSources:
    """Return what the figures of agreements are counted from beside measures."""
    return FiguresSources(diary.meeting_days, diary.missed_days, referrals.counted_under)
