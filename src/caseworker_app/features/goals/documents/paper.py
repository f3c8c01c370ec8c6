"""Which function draws which paper of this room."""

from __future__ import annotations

from caseworker_app.features.goals.documents.contract import render_contract
from caseworker_app.features.goals.documents.evaluation import render_evaluation
from caseworker_app.features.goals.documents.plan import render_plan
from caseworker_app.features.goals.domain.papers import GoalPlan, HouseholdPaper, SupportContract
from caseworker_app.pdf.identity import Identity


def render_paper(content: HouseholdPaper, identity: Identity) -> bytes:
    """Return a paper as the bytes of a tagged PDF; nothing is written on disk."""
    if isinstance(content, GoalPlan):
        return render_plan(content, identity)
    if isinstance(content, SupportContract):
        return render_contract(content, identity)
    return render_evaluation(content, identity)
