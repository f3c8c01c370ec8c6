"""Intentions and reads of the retention room, one door for screens and commands."""

from caseworker_app.features.retention.service.cleaning import finish_erasures
from caseworker_app.features.retention.service.deciding import (
    archive,
    call_off,
    keep_longer,
    plan_ending,
    take_out_of_archive,
)
from caseworker_app.features.retention.service.delays import change_delay, delays_now
from caseworker_app.features.retention.service.erasing import (
    anonymise_at_request,
    carry_out,
    erase_at_request,
    erase_member,
)
from caseworker_app.features.retention.service.reading import (
    RetentionPage,
    RetentionQuery,
    erasures_made,
    households_due,
    what_goes,
)
from caseworker_app.features.retention.service.returned import plan_returned

__all__ = [
    "RetentionPage",
    "RetentionQuery",
    "anonymise_at_request",
    "archive",
    "call_off",
    "carry_out",
    "change_delay",
    "delays_now",
    "erase_at_request",
    "erase_member",
    "erasures_made",
    "finish_erasures",
    "households_due",
    "keep_longer",
    "plan_ending",
    "plan_returned",
    "take_out_of_archive",
    "what_goes",
]
