"""Answering whoever referred a household: the letter numbered, entered in the register, and written at its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.consents.service import consents_of
from caseworker_app.features.handover.domain.composing import PREVIEW_REFERENCE
from caseworker_app.features.handover.domain.kinds import REFERRAL_ANSWER
from caseworker_app.features.handover.domain.referral_answer import SERIES, ReferralAnswer, compose_answer
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.handover.service.register import Leaving, register_leaving
from caseworker_app.features.referrals.domain.referral import Referral
from caseworker_app.features.referrals.service import open_referral
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import Period
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.connection import Connection
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

    def prepare(uow: UnitOfWork) -> Leaving:
        of = open_referral(uow.connection, who, referral_id, uow.today).referral
        content = _answer(
            uow.connection, who, of, uow.today, uow.next_number(SERIES), tells_decision=tells_decision
        )
        return Leaving(
            of.household_id, content.reference,
            render(content, identity_of(team.the_association(uow.connection, who))), of.body,
            Period(of.received_on, uow.today), of.landlord_id,
            topics=Topic.REQUESTED_MEASURES if content.tells_decision else "", consent_ids=content.consent_ids,
        )  # fmt: skip

    return register_leaving(file, who, REFERRAL_ANSWER, out, prepare, intention="answer_referral")


def preview_answer(
    connection: Connection, who: Who, referral_id: str, day: date, *, tells_decision: bool
) -> ReferralAnswer:
    """Return the answer as it would leave on a day, marked « APERÇU »; nothing is written, no number is taken.

    Raises DecisionNotShareable, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT)
    of = open_referral(connection, who, referral_id, day).referral
    return _answer(connection, who, of, day, PREVIEW_REFERENCE, tells_decision=tells_decision)


def _answer(
    connection: Connection, who: Who, of: Referral, day: date, reference: str, *, tells_decision: bool
) -> ReferralAnswer:
    workers = {worker.id: worker for worker in team.list_workers(connection, who)}
    own = workers.get(who.worker_id)
    return compose_answer(
        of,
        consents_of(connection, who, of.household_id),
        day,
        tells_decision=tells_decision,
        signatory=own.name if own else who.name,
        job_title=(own.job_title or "") if own else "",
        reference=reference,
    )
