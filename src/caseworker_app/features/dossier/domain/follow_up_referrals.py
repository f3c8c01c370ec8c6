"""How a household came to be followed: its referrals in the follow-up file, and their days on its path."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.features.dossier.domain.follow_up_content import PathEvent, PathKind, ReferralLine
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.masking import Mask
from caseworker_app.features.referrals.domain.following import CONCLUSION_LABELS
from caseworker_app.features.referrals.domain.referral import (
    DECISION_LABELS,
    PRODUCT_LABELS,
    SENDER_LABELS,
    Decision,
    Referral,
    Sender,
)
from caseworker_app.features.referrals.domain.stages import STAGE_OF_ONE, Progress
from caseworker_app.features.referrals.domain.tables import reason_words
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital


def referrals_part(material: FollowUpMaterial, mask: Mask) -> tuple[ReferralLine, ...]:
    """Return the referrals of the household, the newest first; why it was referred stays with the writings."""
    return tuple(_line(of, progress, material, mask) for of, progress in material.referrals)


def of_referrals(material: FollowUpMaterial, mask: Mask) -> Iterator[PathEvent]:
    """Yield the days a referral was received, its diagnosis concluded, and it was decided."""
    for of, progress in material.referrals:
        asked = f"Demandé\u00a0: {PRODUCT_LABELS[of.product]}"
        yield PathEvent(of.received_on, f"Demande reçue\u00a0: {mask(of.body)}", asked, PathKind.MEASURE)
        if progress.conclusion is not None and progress.concluded_on is not None:
            words = CONCLUSION_LABELS[progress.conclusion]
            yield PathEvent(progress.concluded_on, f"Diagnostic\u00a0: {words}", "", PathKind.MEASURE)
        if of.decision is not None and of.decided_on is not None:
            yield PathEvent(of.decided_on, _decision(of.decision), mask(of.body), PathKind.MEASURE)


def _line(of: Referral, progress: Progress, material: FollowUpMaterial, mask: Mask) -> ReferralLine:
    writings = material.preset.writings
    by = mask(of.body) if of.sender is Sender.PERSON else f"{mask(of.body)} ({SENDER_LABELS[of.sender]})"
    told = (
        ("reçue le", of.received_on), ("premier contact le", progress.reached_on),
        ("diagnostic conclu le", progress.concluded_on), ("décidée le", of.decided_on),
    )  # fmt: skip
    days = ", ".join(f"{label} {format_date(day)}" for label, day in told if day)
    return ReferralLine(
        of.number,
        by,
        capital(days),
        _state(of, progress),
        reason_words(of.reason_codes) if writings else "",
        mask(of.statement) if writings else "",
    )


def _state(of: Referral, progress: Progress) -> str:
    """Return what was decided, else what the diagnosis concludes, else how far it went."""
    if of.decision is not None:
        words = DECISION_LABELS[of.decision]
    elif progress.conclusion is not None:
        words = CONCLUSION_LABELS[progress.conclusion]
    else:
        words = STAGE_OF_ONE[progress.stage]
    return capital(words)


def _decision(decision: Decision) -> str:
    words = DECISION_LABELS[decision]
    return f"Demande en {words}" if decision is Decision.WAITING_LIST else f"Demande {words}"
