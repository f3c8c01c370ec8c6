"""Reading what the tab « Droits » of a household shows."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.consents import service as consents
from caseworker_app.features.dossier.domain.file import HistoryLine
from caseworker_app.features.handover.service import reviews
from caseworker_app.features.households import service as households
from caseworker_app.features.rights import store
from caseworker_app.features.rights.domain.agreements import agreements_shown
from caseworker_app.features.rights.domain.requests import RightsRequest
from caseworker_app.features.rights.domain.shown import (
    CorrectionLine,
    PossibleCorrection,
    RequestShown,
    RightsPage,
    copy_shown,
    request_shown,
    takes_corrections,
)
from caseworker_app.features.rights.service.corrections import (
    ShownCorrection,
    corrections_of,
    possible_corrections,
)
from caseworker_app.features.rights.service.holding import person_of
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.dates import format_date
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection

# Changes offered as what a rectification led to.
_OFFERED = 12
_SEPARATOR = "\u202f; "


def rights_page(connection: Connection, who: Who, household_id: str, day: date) -> RightsPage:
    """Return the requests, restriction, agreements and copies of a household on `day`. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    note_access(connection, who.worker_id, AccessKind.OPENED, household_id)
    everyone = households.open_household(connection, who, household_id).everyone
    people = tuple(map(person_of, everyone))
    corrections = corrections_of(connection, who, household_id)
    numbers = {line.id: line.number for line in reviews.register_of(connection, who, household_id)}
    restrictions = store.restrictions_of(connection, household_id)

    def shown(request: RightsRequest) -> RequestShown:
        own = tuple(_line(each) for each in corrections if each.correction.request_id == request.id)
        offered = takes_corrections(request) and request.is_open
        lines = possible_corrections(connection, who, request)[:_OFFERED] if offered else []
        return request_shown(request, people, day, own, tuple(map(_offered, lines)))

    return RightsPage(
        household_id,
        day,
        people,
        tuple(map(shown, store.requests_of(connection, household_id))),
        next((each for each in restrictions if each.in_force), None),
        tuple(each for each in restrictions if not each.in_force),
        tuple(
            copy_shown(each, numbers.get(each.transmission_id, ""), people)
            for each in store.disclosures_of(connection, household_id)
        ),
        agreements_shown(
            consents.consents_of(connection, who, household_id),
            {person.id: person.name for person in people},
            day,
        ),
    )


def _line(shown: ShownCorrection) -> CorrectionLine:
    correction = shown.correction
    if correction.statement is not None:
        return CorrectionLine(correction.about, correction.statement, statement=True)
    details = _SEPARATOR.join(shown.change.details) if shown.change else "modification effacée depuis"
    return CorrectionLine(correction.about, details, statement=False)


def _offered(line: HistoryLine) -> PossibleCorrection:
    day, details = format_date(line.made_at.astimezone().date()), _SEPARATOR.join(line.details)
    return PossibleCorrection(line.changeset_id, f"{day}, {line.action}\u00a0: {details}")
