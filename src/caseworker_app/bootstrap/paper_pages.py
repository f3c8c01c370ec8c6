"""Which function draws which paper of a household: those of its goals, and the internal records.

Apart from `renderers`: the process that lays a preview out loads this alone.
"""

from __future__ import annotations

from caseworker_app.features.goals.documents.paper import render_paper
from caseworker_app.features.handover.documents.record import render_record
from caseworker_app.features.handover.domain.kinds import Paper
from caseworker_app.features.handover.domain.record import InternalRecord
from caseworker_app.pdf.identity import Identity


def draw_paper(content: Paper, identity: Identity) -> bytes:
    """Return a paper as the bytes of a tagged PDF; nothing is written on disk."""
    if isinstance(content, InternalRecord):
        return render_record(content, identity)
    return render_paper(content, identity)
