"""The `referrals` command: who was referred, how far each went, what is late."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from caseworker_app.cli.session import answer, open_for
from caseworker_app.features.referrals import service
from caseworker_app.features.referrals.domain.listed import ReferralLine, Wanted, line_state
from caseworker_app.features.referrals.domain.referral import Urgency
from caseworker_app.features.referrals.domain.stages import STAGE_OF_ONE, Stage
from caseworker_app.kernel.clock import today


def referrals(options: argparse.Namespace) -> int:
    """List the referrals, what is late first; with --all, those that are over after them."""
    with open_for(options) as office, office.file.reading() as connection:
        day = today(office.file.clock)
        stages = (None, Stage.CLOSED) if options.all else (None,)
        found = [
            line
            for stage in stages
            for line in service.list_referrals(connection, office.who, Wanted(stage=stage), day).lines
        ]
    text = "\n".join(_text(line, day) for line in found) or "Aucune demande en cours."
    answer(options, [_json(line, day) for line in found], text)
    return 0


def _json(of: ReferralLine, day: date) -> dict[str, Any]:
    progress = of.progress
    return {
        "number": of.number,
        "reference": of.reference,
        "name": of.household,
        "protected": of.protected,
        "from": of.body,
        "sender": str(of.sender),
        "reasons": list(of.reasons),
        "urgent": of.urgency is Urgency.URGENT,
        "received_on": progress.received_on.isoformat(),
        "stage": str(of.stage),
        "due_on": progress.due_on.isoformat() if progress.due_on else None,
        "late": progress.late(day),
        "decision": str(progress.decision) if progress.decision else None,
        "contact_days": progress.contact_days,
        "decision_days": progress.decision_days,
    }


def _text(of: ReferralLine, day: date) -> str:
    words, _tone = line_state(of, day)
    told = ", ".join(part for part in (STAGE_OF_ONE[of.stage], words) if part)
    return f"{of.number}  {of.household} ({of.reference})  {of.detail}  ({told})"
