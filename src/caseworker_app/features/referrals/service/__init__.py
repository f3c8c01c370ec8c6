"""Intentions and readings of the referrals room; those taking a unit of work are steps of other rooms' intentions."""

from caseworker_app.features.referrals.service.attaching import attach_files, attached_to
from caseworker_app.features.referrals.service.following import (
    answer_with_watch,
    decide_referral,
    follow,
    note_attempt,
    open_measure_from,
    write_diagnosis,
)
from caseworker_app.features.referrals.service.reading import (
    FormChoices,
    bodies_like,
    counted_under,
    every_referral,
    form_choices,
    household_name,
    list_referrals,
    open_referral,
    referrals_in,
    referrals_of,
)
from caseworker_app.features.referrals.service.receiving import (
    Received,
    add_referrals,
    change_referral,
    delays_follow,
    receive_referral,
)
from caseworker_app.features.referrals.service.sheet import write_blank_sheet

__all__ = [
    "FormChoices",
    "Received",
    "add_referrals",
    "answer_with_watch",
    "attach_files",
    "attached_to",
    "bodies_like",
    "change_referral",
    "counted_under",
    "decide_referral",
    "delays_follow",
    "every_referral",
    "follow",
    "form_choices",
    "household_name",
    "list_referrals",
    "note_attempt",
    "open_measure_from",
    "open_referral",
    "receive_referral",
    "referrals_in",
    "referrals_of",
    "write_blank_sheet",
    "write_diagnosis",
]
