"""Tables of the rights room and the only SQL on them."""

from __future__ import annotations

from sqlalchemy import Connection, Date, Integer, Text

from caseworker_app.features.rights.domain.correction import RightsCorrection
from caseworker_app.features.rights.domain.disclosure import Disclosure
from caseworker_app.features.rights.domain.requests import RightsRequest
from caseworker_app.features.rights.domain.restriction import ProcessingRestriction
from caseworker_app.storage.declarations import Merge, SearchKind, declare, field
from caseworker_app.storage.rows import Mapper

_ADD = Merge.APPEND_ONLY

# A household under restriction goes on using its rights: these tables stay open.
request = declare(
    "rights_request",
    field("kind", Text, required=True),
    field("member_id", Text, references="household_member"),
    field("asked_by", Text, identifying=True, third_person=True),
    field("received_on", Date, required=True),
    field("identity_check", Text),
    field("details", Text, merge=Merge.KEEP_BOTH, identifying=True, search=SearchKind.TEXT),
    field("extended_on", Date),
    field("extension_reason", Text, merge=Merge.KEEP_BOTH, identifying=True),
    field("outcome", Text),
    field("answered_on", Date),
    field("answer", Text, merge=Merge.KEEP_BOTH, identifying=True, search=SearchKind.TEXT),
    field("refusal_reason", Text, merge=Merge.KEEP_BOTH, identifying=True),
    field("worker_id", Text, required=True, references="worker"),
    household="household_id",
    kept_open=True,
)

correction = declare(
    "rights_correction",
    field("request_id", Text, merge=_ADD, required=True, references="rights_request"),
    field("about", Text, merge=_ADD, identifying=True, required=True),
    field("changeset_id", Text, merge=_ADD),
    field("statement", Text, merge=_ADD, identifying=True, search=SearchKind.TEXT),
    field("made_on", Date, merge=_ADD, required=True),
    field("worker_id", Text, merge=_ADD, required=True, references="worker"),
    household="household_id",
    kept_open=True,
    indexes=("request_id",),
)

restriction = declare(
    "processing_restriction",
    field("request_id", Text, references="rights_request"),
    field("reason", Text, required=True),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("starts_on", Date, required=True),
    field("until", Date),
    field("told_on", Date),
    field("lifted_on", Date),
    field("worker_id", Text, required=True, references="worker"),
    household="household_id",
    restricts="lifted_on",
    kept_open=True,
    indexes=("request_id",),
)

# A copy handed over; the copy itself is not kept: the register of transmissions has its number and its seal.
disclosure = declare(
    "data_disclosure",
    field("transmission_id", Text, merge=_ADD, required=True, references="transmission"),
    field("request_id", Text, merge=_ADD, references="rights_request"),
    field("member_id", Text, merge=_ADD, references="household_member"),
    field("made_on", Date, merge=_ADD, required=True),
    field("passages", Integer, merge=_ADD, required=True),
    field("reasons", Text, merge=_ADD, required=True),
    household="household_id",
    lasting=True,
    kept_open=True,
    indexes=("transmission_id", "request_id", "member_id"),
)

requests = Mapper(request, RightsRequest)
corrections = Mapper(correction, RightsCorrection)
restrictions = Mapper(restriction, ProcessingRestriction)
disclosures = Mapper(disclosure, Disclosure)

_r = restriction.c
_REQUESTS = requests.lookup("household_id", order_by=(request.c.received_on.desc(), request.c.id.desc()))
_CORRECTIONS = corrections.lookup("household_id")
_RESTRICTIONS = restrictions.lookup("household_id", order_by=(_r.starts_on.desc(), _r.id.desc()))
_DISCLOSURES = disclosures.lookup(
    "household_id", order_by=(disclosure.c.made_on.desc(), disclosure.c.id.desc())
)


def requests_of(connection: Connection, household_id: str) -> list[RightsRequest]:
    """Return the requests of a household, newest first."""
    return _REQUESTS(connection, household_id)


def open_requests(connection: Connection) -> list[RightsRequest]:
    """Return every request that waits for its answer, the oldest first."""
    order = (request.c.received_on, request.c.id)
    return requests.all(connection, request.c.answered_on.is_(None), order_by=order)


def corrections_of(connection: Connection, household_id: str) -> list[RightsCorrection]:
    """Return what the requests of a household led to, in order."""
    return _CORRECTIONS(connection, household_id)


def restrictions_of(connection: Connection, household_id: str) -> list[ProcessingRestriction]:
    """Return the restrictions of a household, newest first."""
    return _RESTRICTIONS(connection, household_id)


def restriction_in_force(connection: Connection, household_id: str) -> ProcessingRestriction | None:
    """Return the restriction a household stands under, None when there is none."""
    return next((each for each in restrictions_of(connection, household_id) if each.in_force), None)


def disclosures_of(connection: Connection, household_id: str) -> list[Disclosure]:
    """Return the copies handed over to a household, newest first."""
    return _DISCLOSURES(connection, household_id)
