"""Answering whoever referred a household: the letter numbered, entered in the register, and written at its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from caseworker_app.features.consents.service import consents_of
from caseworker_app.features.handover import store
from caseworker_app.features.handover.domain.kinds import REFERRAL_ANSWER
from caseworker_app.features.handover.domain.referral_answer import SERIES, ReferralAnswer, compose_answer
from caseworker_app.features.handover.domain.transmission import NotDelivered, Transmission
from caseworker_app.features.handover.service import delivery
from caseworker_app.features.handover.service.reviews import count_pages, identity_of
from caseworker_app.features.referrals.domain.referral import Referral
from caseworker_app.features.referrals.service import open_referral
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

RenderAnswer = Callable[[ReferralAnswer, Identity], bytes]


def answer_referral(
    file: EncryptedFile, who: Who, referral_id: str, out: Path, render: RenderAnswer, *, tells_decision: bool
) -> tuple[Transmission, Changes]:
    """Number the answer, enter it in the register and write its PDF at `out`, both or neither (see `delivery`).

    `tells_decision`: what was decided too, where the household agreed to it; else that the referral came. Raises
    DecisionNotShareable, PlaceNotWritable, NotDelivered, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    waiting: list[Path] = []
    try:
        with file.unit_of_work(who.worker_id, "answer_referral") as uow:
            of = open_referral(uow.connection, who, referral_id, uow.today).referral
            line = _enter(uow, who, of, out.absolute(), render, waiting, tells_decision=tells_decision)
            file.accesses.note(who.worker_id, AccessKind.PRINTED, of.household_id, REFERRAL_ANSWER.code)
            changes = uow.changes
    except BaseException:
        for path in waiting:
            delivery.discard(path)
        raise
    try:
        delivery.deliver(waiting[0], out)
    except OSError as error:
        raise NotDelivered(line.number, out) from error
    return line, changes


def _enter(
    uow: UnitOfWork,
    who: Who,
    of: Referral,
    out: Path,
    render: RenderAnswer,
    waiting: list[Path],
    *,
    tells_decision: bool,
) -> Transmission:
    delivery.discard_orphans(
        out.parent, uow.state.device_mark, lambda numbers: store.numbers_known(uow.connection, numbers)
    )
    workers = {worker.id: worker for worker in team.list_workers(uow.connection, who)}
    own = workers.get(who.worker_id)
    content = compose_answer(
        of,
        consents_of(uow.connection, who, of.household_id),
        uow.today,
        tells_decision=tells_decision,
        signatory=own.name if own else who.name,
        job_title=(own.job_title or "") if own else "",
        reference=uow.next_number(SERIES),
    )
    pdf = render(content, identity_of(team.the_association(uow.connection, who)))
    waiting.append(delivery.stage(pdf, out, content.reference))
    row = {
        "household_id": of.household_id, "number": content.reference, "kind": REFERRAL_ANSWER.code,
        "recipient_name": of.body, "landlord_id": of.landlord_id, "made_on": uow.today, "worker_id": who.worker_id,
        "period_start": of.received_on, "period_end": uow.today, "sha256": hashlib.sha256(pdf).hexdigest(),
        "pages": count_pages(pdf), "topics": "requested_measures" if content.tells_decision else "", "kept_hits": "",
        "consent_ids": " ".join(content.consent_ids), "written_to": str(out),
    }  # fmt: skip
    return store.transmissions.one(uow.connection, uow.insert(store.transmission, row))
