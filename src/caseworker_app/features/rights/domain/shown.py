"""What the tab « Droits » shows of a household: requests, restriction, agreements, copies, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.rights.domain.agreements import AgreementShown
from caseworker_app.features.rights.domain.disclosure import Disclosure
from caseworker_app.features.rights.domain.held import Person
from caseworker_app.features.rights.domain.requests import (
    IDENTITY_CHECK_LABELS,
    REQUEST_ARTICLES,
    REQUEST_KIND_LABELS,
    RequestKind,
    RightsRequest,
)
from caseworker_app.features.rights.domain.restriction import ProcessingRestriction
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital, plural

# Days before the end of the delay when a request is shown as pressing.
_PRESSING = 7


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """What a request for rectification led to: what it is about, and before → after, or the person's own words."""

    about: str
    text: str
    statement: bool


@dataclass(frozen=True, slots=True)
class PossibleCorrection:
    """A change of the file that a request may have led to."""

    changeset_id: str
    words: str


@dataclass(frozen=True, slots=True)
class RequestShown:
    """One request in words; `tone` of its state: danger when late, warn when pressing, ok once answered."""

    request: RightsRequest
    title: str
    who: str
    state: str
    tone: str
    lines: tuple[str, ...]
    corrections: tuple[CorrectionLine, ...] = ()
    possible: tuple[PossibleCorrection, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyShown:
    """A copy handed over, in words."""

    id: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class RightsPage:
    """Everything the tab shows on `day`."""

    household_id: str
    day: date
    people: tuple[Person, ...]
    requests: tuple[RequestShown, ...]
    restriction: ProcessingRestriction | None
    past: tuple[ProcessingRestriction, ...]
    copies: tuple[CopyShown, ...]
    agreements: tuple[AgreementShown, ...] = ()

    @property
    def waiting(self) -> int:
        """How many requests wait for their answer."""
        return sum(each.request.is_open for each in self.requests)


def request_shown(
    request: RightsRequest,
    people: tuple[Person, ...],
    day: date,
    corrections: tuple[CorrectionLine, ...] = (),
    possible: tuple[PossibleCorrection, ...] = (),
) -> RequestShown:
    """Return a request in words, as it stands on `day`."""
    name = next((person.name for person in people if person.id == request.member_id), request.asked_by or "")
    kind = REQUEST_KIND_LABELS[request.kind]
    return RequestShown(
        request,
        capital(kind),
        f"{name}, demande reçue le {format_date(request.received_on)} ({REQUEST_ARTICLES[request.kind]})",
        request.urgency(day),
        _tone(request, day),
        tuple(_lines(request)),
        corrections,
        possible,
    )


def copy_shown(copy: Disclosure, number: str, people: tuple[Person, ...]) -> CopyShown:
    """Return a copy handed over in words."""
    name = next((person.name for person in people if person.id == copy.member_id), "tout le ménage")
    taken = plural(copy.passages, "passage retiré", "passages retirés")
    return CopyShown(
        copy.id, f"Copie {number}", f"Faite le {format_date(copy.made_on)}, pour {name}, {taken}"
    )


def _lines(request: RightsRequest) -> list[str]:
    told = [request.details or ""]
    if request.identity_check is not None:
        told.append(f"Identité\u00a0: {IDENTITY_CHECK_LABELS[request.identity_check]}")
    if request.extended_on is not None:
        told.append(f"Délai prolongé le {format_date(request.extended_on)}\u00a0: {request.extension_reason}")
    if request.answer:
        told.append(f"Réponse\u00a0: {request.answer}")
    if request.refusal_reason:
        told.append(f"Motif du refus\u00a0: {request.refusal_reason}")
    return [line for line in told if line]


def _tone(request: RightsRequest, day: date) -> str:
    if not request.is_open:
        return "ok"
    left = (request.due_on - day).days
    return "danger" if left < 0 else "warn" if left <= _PRESSING else "accent"


def takes_corrections(request: RightsRequest) -> bool:
    """Say whether a request is one corrections are noted for."""
    return request.kind is RequestKind.RECTIFICATION
