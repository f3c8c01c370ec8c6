"""A landlord's review of three pages, tagged, against the same content by bare untagged ReportLab."""

from __future__ import annotations

from caseworker_app.features.handover.documents import review
from tests.features.handover.samples import IDENTITY, usual_review
from tools.benchmarks.bare_reportlab import build, recipe
from tools.benchmarks.table import Line, p50, ratio_line, side_by_side

TIMES = 25


def printing() -> list[Line]:
    """Return the row of printing a review."""
    content = usual_review()
    meta = review._meta(content, IDENTITY)
    bare = [recipe(block) for block in review._story(content, IDENTITY)]
    mine, theirs = side_by_side(
        lambda _number: review.render_review(content, IDENTITY), lambda _number: build(bare, meta), TIMES
    )
    return [ratio_line("print a landlord's review of three pages, tagged", p50(mine), p50(theirs), 1.3)]
