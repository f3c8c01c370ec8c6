"""Intentions and reads of the rights room, one door for screens and the command line."""

from caseworker_app.features.rights.service.corrections import (
    corrections_of,
    keep_statement,
    link_correction,
    possible_corrections,
)
from caseworker_app.features.rights.service.requests import (
    answer_request,
    extend_request,
    pending_requests,
    record_request,
    requests_of,
)
from caseworker_app.features.rights.service.restrictions import (
    lift_restriction,
    restriction_of,
    restrictions_of,
    set_restriction,
)

__all__ = [
    "answer_request",
    "corrections_of",
    "extend_request",
    "keep_statement",
    "lift_restriction",
    "link_correction",
    "pending_requests",
    "possible_corrections",
    "record_request",
    "requests_of",
    "restriction_of",
    "restrictions_of",
    "set_restriction",
]
