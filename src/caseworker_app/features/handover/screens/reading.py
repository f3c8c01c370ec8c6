"""What the document page reads from the file, on the reader's thread, and what its draft holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from caseworker_app.features.diary.domain.draft import visit_draft_key, visit_from_draft
from caseworker_app.features.diary.domain.report_content import VisitReport
from caseworker_app.features.diary.domain.visit import NewVisit
from caseworker_app.features.handover.domain.choices import (
    ReviewChoices,
    choices_from_dict,
    choices_to_dict,
    review_draft_key,
)
from caseworker_app.features.handover.domain.proposal import ReviewProposal
from caseworker_app.features.handover.domain.transmission import ReviewRequest
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.handover.service.proposals import propose_review, usual_period
from caseworker_app.features.handover.service.visit_reports import draft_report, visit_report
from caseworker_app.features.housing.domain.landlord import Landlord, LandlordContact
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import NotFound
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """What a person chose: the review asked for, and what they keep or rewrite; `saved_at`: if kept."""

    request: ReviewRequest
    choices: ReviewChoices
    saved_at: str = ""


@dataclass(frozen=True, slots=True)
class ReviewMaterials:
    """A proposed review with what its page needs beside it."""

    draft: ReviewDraft
    proposal: ReviewProposal
    identity: Identity
    contacts: tuple[LandlordContact, ...]
    landlords: tuple[Landlord, ...]


@dataclass(frozen=True, slots=True)
class VisitMaterials:
    """A visit report with its letterhead."""

    content: VisitReport
    identity: Identity


def read_review(
    file: EncryptedFile, who: Who, drafts: Drafts, household_id: str, asked: ReviewDraft | None = None
) -> ReviewMaterials:
    """Propose the review asked for, else the one of the draft, else the usual one.

    Raises NoLandlord, NotFound, NotAllowed.
    """
    day = today(file.clock)
    with file.reading() as connection:
        usual = ReviewRequest(household_id, usual_period(connection, who, household_id, day))
        draft = asked or _kept(drafts, usual) or ReviewDraft(usual, ReviewChoices())
        request = draft.request
        proposal = propose_review(
            connection,
            who,
            household_id,
            request.period,
            day=day,
            landlord_id=request.landlord_id,
            contact_id=request.contact_id,
        )
        chosen = landlords.open_landlord(connection, who, proposal.recipient.landlord_id)
        return ReviewMaterials(
            replace(draft, request=ReviewRequest.of(proposal)),
            proposal,
            identity_of(team.the_association(connection, who)),
            tuple(contact for contact in chosen.contacts if contact.active),
            tuple(landlords.list_landlords(connection, who)),
        )


def read_visit(
    file: EncryptedFile, who: Who, drafts: Drafts, household_id: str, entry_id: str
) -> VisitMaterials:
    """Return the report of a visit, or without `entry_id` that of the draft being written.

    Raises NotFound, NotAllowed.
    """
    day = today(file.clock)
    with file.reading() as connection:
        if entry_id:
            content = visit_report(connection, who, entry_id, day=day)
        else:
            typed = _typed_visit(file, drafts, household_id)
            content = draft_report(connection, who, typed, day=day)
        return VisitMaterials(content, identity_of(team.the_association(connection, who)))


def _typed_visit(file: EncryptedFile, drafts: Drafts, household_id: str) -> NewVisit:
    found = drafts.find(visit_draft_key(household_id))
    if found is None:
        raise NotFound("Il n’y a pas de brouillon de visite pour ce ménage\u00a0: commencez une visite.")
    return visit_from_draft(found.content, household_id, file.clock.now().astimezone().replace(tzinfo=None))


def draft_content(draft: ReviewDraft) -> dict[str, Any]:
    """Return what the file of drafts keeps of a review."""
    request = draft.request
    end = request.period.end
    return {
        **choices_to_dict(draft.choices),
        "household": request.household_id,
        "period": [request.period.start.isoformat(), end.isoformat() if end else None],
        "landlord": request.landlord_id,
        "contact": request.contact_id,
    }


def _kept(drafts: Drafts, usual: ReviewRequest) -> ReviewDraft | None:
    found = drafts.find(review_draft_key(usual.household_id))
    if found is None:
        return None
    content = found.content
    request = replace(
        usual,
        period=_period(content.get("period"), usual.period),
        landlord_id=_text(content, "landlord"),
        contact_id=_text(content, "contact"),
    )
    return ReviewDraft(request, choices_from_dict(content), found.saved_at)


def _period(kept: Any, usual: Period) -> Period:
    try:
        start, end = kept
        return Period(date.fromisoformat(start), date.fromisoformat(end) if end else None)
    except (TypeError, ValueError):
        return usual


def _text(content: Mapping[str, Any], name: str) -> str | None:
    value = content.get(name)
    return value if isinstance(value, str) else None
