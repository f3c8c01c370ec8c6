"""Joins referrals and orientations to rooms apart: duplicates and register above, the tab of measures below."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from caseworker_app.bootstrap import renderers
from caseworker_app.features.handover.service.orientation_letters import send_orientation_letter
from caseworker_app.features.handover.service.referral_answers import answer_referral
from caseworker_app.features.households.domain import NewHousehold
from caseworker_app.features.intake.service.likely import likely_households
from caseworker_app.features.measures.screens.desk import AskedFor
from caseworker_app.features.referrals.domain.shown import short_words
from caseworker_app.features.referrals.screens.desk import Match
from caseworker_app.features.referrals.service import referrals_of
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile


def matches(connection: Connection, who: Who, new: NewHousehold, day: date) -> list[Match]:
    """Return the households somebody new may already be, and why in words."""
    return [
        Match(each.household_id, f"{name} ({', '.join(each.why)})")
        for each, name in likely_households(connection, who, new, day)
        if each.household_id is not None
    ]


def asked_for(connection: Connection, who: Who, household_id: str, day: date) -> list[AskedFor]:
    """Return the referrals of a household as its tab « Mesure » shows them, newest first."""
    return [
        AskedFor(of.id, *short_words(of, progress, day))
        for of, progress in referrals_of(connection, who, household_id)
    ]


def answer(
    file: EncryptedFile, who: Who, referral_id: str, out: Path, tells_decision: bool
) -> tuple[str, Changes]:
    """Write the answer to a referral and enter it in the register; return its number."""
    line, changes = answer_referral(
        file, who, referral_id, out, renderers.referral_answer, tells_decision=tells_decision
    )
    return line.number, changes


def orientation_letter(
    file: EncryptedFile, who: Who, household_id: str, orientation_id: str, out: Path
) -> tuple[str, Changes]:
    """Write the letter of an orientation and enter it in the register; return its number."""
    line, changes = send_orientation_letter(
        file, who, household_id, out, renderers.orientation_letter, orientation_id=orientation_id
    )
    return line.number, changes
