"""Requests of people about their data (« demandes des personnes », RGPD art. 12 to 22): who, what, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.kernel.dates import add_months, format_date
from caseworker_app.kernel.entries import optional_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.parameters import dated

TABLE = "rights_requests"
MAX_NAME = 200


class RequestKind(StrEnum):
    """The right that is used."""

    ACCESS = "access"  # droit d’accès, art. 15
    RECTIFICATION = "rectification"  # art. 16
    ERASURE = "erasure"  # effacement, art. 17
    RESTRICTION = "restriction"  # limitation, art. 18
    PORTABILITY = "portability"  # art. 20
    OBJECTION = "objection"  # opposition, art. 21


REQUEST_KIND_LABELS = {
    RequestKind.ACCESS: "accès à ses données",
    RequestKind.RECTIFICATION: "rectification",
    RequestKind.ERASURE: "effacement",
    RequestKind.RESTRICTION: "limitation du traitement",
    RequestKind.PORTABILITY: "portabilité",
    RequestKind.OBJECTION: "opposition",
}
REQUEST_ARTICLES = {
    RequestKind.ACCESS: "RGPD, art. 15",
    RequestKind.RECTIFICATION: "RGPD, art. 16",
    RequestKind.ERASURE: "RGPD, art. 17",
    RequestKind.RESTRICTION: "RGPD, art. 18",
    RequestKind.PORTABILITY: "RGPD, art. 20",
    RequestKind.OBJECTION: "RGPD, art. 21",
}


class IdentityCheck(StrEnum):
    """How it was made sure that the person is who they say (RGPD art. 12.6: only where there is a doubt)."""

    KNOWN = "known"
    DOCUMENT = "document"
    MANDATE = "mandate"


IDENTITY_CHECK_LABELS = {
    IdentityCheck.KNOWN: "personne connue, vue en rendez-vous",
    IdentityCheck.DOCUMENT: "pièce d’identité montrée, non copiée",
    IdentityCheck.MANDATE: "mandat écrit ou jugement de protection vu",
}


class Outcome(StrEnum):
    """What was answered."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


OUTCOME_LABELS = {
    Outcome.GRANTED: "acceptée",
    Outcome.PARTLY: "acceptée en partie",
    Outcome.REFUSED: "refusée",
}


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request about to be written.

    `member_id`: the member who asked; None when somebody else did (a guardian, a lawyer), whose name is `asked_by`.
    `identity`: None until it was checked.
    """

    household_id: str
    kind: RequestKind
    received_on: date
    member_id: str | None = None
    asked_by: str | None = None
    identity: IdentityCheck | None = None
    details: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to a request, and when; `reason`: why it is refused, in whole or in part."""

    outcome: Outcome
    answered_on: date
    text: str | None = None
    reason: str | None = None
    identity: IdentityCheck | None = None


@dataclass(frozen=True, slots=True)
class RightsRequest:
    """A request of the register; `extended_on`: the day the person was told that it takes two months more, and why."""

    id: str
    version: str
    household_id: str
    kind: RequestKind
    member_id: str | None
    asked_by: str | None
    received_on: date
    identity_check: IdentityCheck | None
    details: str | None
    extended_on: date | None
    extension_reason: str | None
    outcome: Outcome | None
    answered_on: date | None
    answer: str | None
    refusal_reason: str | None
    worker_id: str

    @property
    def is_open(self) -> bool:
        """Say whether it still waits for its answer."""
        return self.answered_on is None

    @property
    def due_on(self) -> date:
        """The last day to answer."""
        return due_on(self.received_on, extended=self.extended_on is not None)

    def urgency(self, day: date) -> str:
        """Return « réponse due le 24/12/2026 (dans 12 jours) » as it stands on `day`; the outcome once answered."""
        if self.answered_on is not None and self.outcome is not None:
            return f"{OUTCOME_LABELS[self.outcome]} le {format_date(self.answered_on)}"
        left = (self.due_on - day).days
        told = f"en retard de {plural(-left, 'jour')}" if left < 0 else f"dans {plural(left, 'jour')}"
        told = "aujourd’hui" if left == 0 else told
        return f"réponse due le {format_date(self.due_on)} ({told})"


def due_on(received_on: date, *, extended: bool = False) -> date:
    """Return the last day to answer a request received on a day (RGPD art. 12.3): one month, three when extended.

    Raises NotFound for a day before the table begins.
    """
    months = int(dated(TABLE, "answer_months", received_on).value)
    more = int(dated(TABLE, "extension_months", received_on).value) if extended else 0
    return add_months(received_on, months + more)


def checked_request(new: NewRequest, day: date) -> NewRequest:
    """Return a request made clean. Raises InvalidEntry: nobody asked, or on a day to come."""
    asked_by = optional_line(new.asked_by, MAX_NAME, "asked_by")
    if new.member_id is None and asked_by is None:
        raise InvalidEntry(
            "Qui fait la demande\u00a0? Choisissez une personne ou écrivez son nom.", "asked_by"
        )
    if new.received_on > day:
        raise InvalidEntry(
            "La demande ne peut pas être reçue après aujourd’hui\u00a0: corrigez la date.", "received_on"
        )
    details = paragraphs(new.details, "details")
    return NewRequest(
        new.household_id, new.kind, new.received_on, new.member_id, asked_by if new.member_id is None else None,
        new.identity, details,
    )  # fmt: skip


def checked_extension(request: RightsRequest, reason: str, day: date) -> str:
    """Return the reason of an extension told on `day`, made clean.

    Raises InvalidEntry: without a reason, answered or extended already, or told once the first month is over.
    """
    _refuse_answered(request)
    if request.extended_on is not None:
        raise InvalidEntry(
            "Cette demande est déjà prolongée\u00a0: le délai ne se prolonge qu’une fois.", "reason"
        )
    if day > request.due_on:
        raise InvalidEntry(
            f"Le premier délai a pris fin le {format_date(request.due_on)}\u00a0: il ne se prolonge plus, "
            "répondez dès que possible.",
            "reason",
        )
    clean = paragraphs(reason, "reason")
    if clean is None:
        raise InvalidEntry(
            "Écrivez le motif de la prolongation\u00a0: la personne doit le connaître.", "reason"
        )
    return clean


def checked_answer(request: RightsRequest, answer: Answer, day: date) -> Answer:
    """Return an answer made clean.

    Raises InvalidEntry: answered already, on a day that cannot be, identity never checked, refused without a reason.
    """
    _refuse_answered(request)
    if not request.received_on <= answer.answered_on <= day:
        raise InvalidEntry(
            f"La réponse se situe entre la demande ({format_date(request.received_on)}) et aujourd’hui\u00a0: "
            "corrigez la date.",
            "answered_on",
        )
    identity = answer.identity or request.identity_check
    if identity is None:
        raise InvalidEntry(
            "Indiquez comment l’identité de la personne a été vérifiée avant de répondre.", "identity"
        )
    text, reason = paragraphs(answer.text, "text"), paragraphs(answer.reason, "reason")
    if answer.outcome is not Outcome.GRANTED and reason is None:
        raise InvalidEntry(
            "Écrivez pourquoi la demande est refusée, même en partie\u00a0: la personne a droit au motif.",
            "reason",
        )
    return Answer(
        answer.outcome,
        answer.answered_on,
        text,
        None if answer.outcome is Outcome.GRANTED else reason,
        identity,
    )


def _refuse_answered(request: RightsRequest) -> None:
    if not request.is_open:
        raise InvalidEntry("Cette demande a déjà reçu sa réponse\u00a0: enregistrez une nouvelle demande.")
