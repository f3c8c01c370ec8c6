"""Previewing a landlord review, transmitting it, and the register of what left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.handover import store
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.composing import compose
from caseworker_app.features.handover.domain.hits import WordHit
from caseworker_app.features.handover.domain.kinds import LANDLORD_REVIEW, RenderReview
from caseworker_app.features.handover.domain.proposal import ReviewProposal
from caseworker_app.features.handover.domain.review_content import LandlordReview
from caseworker_app.features.handover.domain.second_check import hits_of
from caseworker_app.features.handover.domain.transmission import (
    SERIES,
    NotDelivered,
    ReviewRequest,
    Transmission,
    Unfinished,
    check_transmittable,
    fingerprint,
    kept_knowingly,
    topics_told,
)
from caseworker_app.features.handover.domain.written_form import Unreadable, read, written
from caseworker_app.features.handover.service import delivery
from caseworker_app.features.handover.service.pages import count_pages, identity_of
from caseworker_app.features.handover.service.proposals import propose_review
from caseworker_app.features.handover.service.register import Leaving, register_leaving
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import NotFound
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

# How many of the last documents are looked at for one whose file did not get its place.
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """A review as it will print: bytes, pages, content, finds of the second check, fingerprint."""

    pdf: bytes
    pages: int
    content: LandlordReview
    hits: tuple[WordHit, ...]
    fingerprint: str


def preview_review(
    connection: Connection, who: Who, proposal: ReviewProposal, choices: ReviewChoices, render: RenderReview
) -> Preview:
    """Return the review as it will print, marked « APERÇU »; nothing is written, on disk or in the register.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    content = compose(proposal, choices)
    pdf = render(content, identity_of(team.the_association(connection, who)))
    return Preview(pdf, count_pages(pdf), content, hits_of(proposal, choices), fingerprint(content))


def transmit_review(
    file: EncryptedFile,
    who: Who,
    request: ReviewRequest,
    choices: ReviewChoices,
    out: Path,
    render: RenderReview,
    *,
    expected_fingerprint: str | None = None,
) -> tuple[Transmission, Changes]:
    """Number a review, enter it in the register and write its PDF at `out`, both or neither (see `delivery`).

    The review is proposed again from the file as it is now, by the agreements in force today: with
    `expected_fingerprint` (that of a preview) one that has changed since is refused. Raises NoConsent,
    UnsettledWords, ChangedSincePreview, NoLandlord, PlaceNotWritable, NotDelivered, NotAllowed, NotFound.
    """
    who.require(Right.TRANSMIT)

    def prepare(uow: UnitOfWork) -> Leaving:
        proposal = _proposal(uow, who, request)
        check_transmittable(proposal, choices, expected_fingerprint)
        return _leaving(uow, who, proposal, choices, render)

    return register_leaving(file, who, LANDLORD_REVIEW, out, prepare, intention="transmit_review")


def register_of(connection: Connection, who: Who, household_id: str | None = None) -> list[Transmission]:
    """Return the register of transmissions, newest first, of one household or of all. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.transmissions_of(connection, household_id)


def transmitted_review(connection: Connection, who: Who, transmission_id: str) -> LandlordReview:
    """Return a review as it left. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    content = store.content_of(connection, transmission_id)
    try:
        if content is not None:
            return read(LandlordReview, json.loads(content))
    except Unreadable as error:
        raise NotFound(
            "Ce bilan vient d’une version plus récente de Passerelle\u00a0: mettez le programme à jour."
        ) from error
    raise NotFound(
        "Le texte de ce bilan n’est pas dans ce fichier\u00a0: demandez-le à la personne qui l’a transmis."
    )


def reprint(connection: Connection, who: Who, transmission_id: str, out: Path, render: RenderReview) -> Path:
    """Write again, at `out`, a review as it left: same number, same words.

    Raises PlaceNotWritable, NotFound, NotAllowed.
    """
    who.require(Right.TRANSMIT)
    content = transmitted_review(connection, who, transmission_id)
    household_id = store.transmissions.one(connection, transmission_id).household_id
    note_access(connection, who.worker_id, AccessKind.PRINTED, household_id, LANDLORD_REVIEW.code)
    write_atomically(render(content, identity_of(team.the_association(connection, who))), out)
    return out


def finish_transmissions(file: EncryptedFile, who: Who) -> list[Unfinished]:
    """Give their place to documents entered in the register just before a kill; return those left without.

    To be called when a file is opened. A document moved or removed since it was delivered is nobody's
    business. Raises NotAllowed.
    """
    who.require(Right.TRANSMIT)
    with file.reading() as connection:
        lines = store.transmissions_of(connection, None, _LOOKED_AT)
    mine = [line for line in lines if f"-{file.state.device_mark}-" in line.number]
    return [left for line in mine if (left := _finish(line)) is not None]


def _proposal(uow: UnitOfWork, who: Who, request: ReviewRequest) -> ReviewProposal:
    return propose_review(
        uow.connection,
        who,
        request.household_id,
        request.period,
        day=uow.today,
        landlord_id=request.landlord_id,
        contact_id=request.contact_id,
    )


def _leaving(
    uow: UnitOfWork, who: Who, proposal: ReviewProposal, choices: ReviewChoices, render: RenderReview
) -> Leaving:
    """Take a number, and keep the content beside the line of the register."""
    content = compose(proposal, choices, reference=uow.next_number(SERIES))
    text = json.dumps(written(content), ensure_ascii=False)
    told = topics_told(proposal, choices)

    def keep(uow: UnitOfWork, line: Transmission) -> None:
        row = {"household_id": line.household_id, "transmission_id": line.id, "content": text}
        uow.insert(store.transmitted_review, row)

    return Leaving(
        proposal.household_id,
        content.reference,
        render(content, identity_of(team.the_association(uow.connection, who))),
        proposal.recipient.name,
        Period(proposal.period.start, proposal.period.end or proposal.day),
        proposal.recipient.landlord_id,
        topics=" ".join(topic for topic in Topic if topic in told),
        kept_hits="\n".join(kept_knowingly(proposal, choices)),
        consent_ids=tuple(consent.id for consent in proposal.consents),
        beside=keep,
    )


def _finish(line: Transmission) -> Unfinished | None:
    out = Path(line.written_to)
    waiting = delivery.staged_path(out, line.number)
    try:
        if not waiting.exists():
            return None
        if delivery.holds(waiting, line.sha256):
            delivery.deliver(waiting, out)
            return None
    except OSError:
        return Unfinished(line, NotDelivered(line.number, out).sentence)
    delivery.discard(waiting)
    return Unfinished(
        line,
        f"Le fichier du document {line.number} est abîmé\u00a0: refaites-le depuis le dossier.",
    )
