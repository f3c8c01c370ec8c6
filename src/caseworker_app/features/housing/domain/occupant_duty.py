"""What an occupant must show proof of: insurance, boiler service, smoke detector."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.errors import InvalidEntry


class DutyKind(StrEnum):
    """Which duty (« obligation de l’occupant »)."""

    HOME_INSURANCE = "home_insurance"
    BOILER_SERVICE = "boiler_service"
    SMOKE_DETECTOR = "smoke_detector"


DUTY_KIND_LABELS = {
    DutyKind.HOME_INSURANCE: "assurance habitation",
    DutyKind.BOILER_SERVICE: "entretien de la chaudière",
    DutyKind.SMOKE_DETECTOR: "détecteur de fumée",
}


class DutyState(StrEnum):
    """Where a duty stands on a day."""

    UP_TO_DATE = "up_to_date"
    EXPIRED = "expired"
    NO_PROOF = "no_proof"


DUTY_STATE_LABELS = {
    DutyState.UP_TO_DATE: "à jour",
    DutyState.EXPIRED: "à renouveler",
    DutyState.NO_PROOF: "justificatif à demander",
}


@dataclass(frozen=True, slots=True)
class OccupantDuty:
    """A proof received for a duty; `valid_until` None: without end. The latest one counts."""

    id: str
    version: str
    household_id: str
    lease_id: str
    kind: DutyKind
    proof_received_on: date
    valid_until: date | None
    note: str | None

    def state(self, day: date) -> DutyState:
        """Return whether the proof still holds on a day."""
        holds = self.valid_until is None or day <= self.valid_until
        return DutyState.UP_TO_DATE if holds else DutyState.EXPIRED


@dataclass(frozen=True, slots=True)
class NewDuty:
    """A proof about to be written; `valid_until` as the paper says, see `usual_end` where it does not."""

    lease_id: str
    kind: DutyKind
    proof_received_on: date
    valid_until: date | None = None
    note: str | None = None


def check_duty(new: NewDuty, today: date) -> None:
    """Refuse a proof received in the future, or that ended before it was received. Raises InvalidEntry."""
    if new.proof_received_on > today:
        raise InvalidEntry("Un justificatif ne peut pas être reçu dans l’avenir.", "proof_received_on")
    if new.valid_until is not None and new.valid_until < new.proof_received_on:
        raise InvalidEntry("Ce justificatif n’est déjà plus valable\u00a0: vérifiez la date.", "valid_until")


def usual_end(received_on: date, months: int) -> date | None:
    """Return until when a proof usually holds, for so many months (0: without end)."""
    return add_months(received_on, months) if months else None


def duty_state(duties: Iterable[OccupantDuty], kind: DutyKind, day: date) -> DutyState:
    """Return where a duty stands on a day, from the latest proof."""
    latest = latest_proofs(duties).get(kind)
    return DutyState.NO_PROOF if latest is None else latest.state(day)


def latest_proofs(duties: Iterable[OccupantDuty]) -> dict[DutyKind, OccupantDuty]:
    """Return the latest proof of each duty."""
    ordered = sorted(duties, key=lambda duty: (duty.proof_received_on, duty.id))
    return {duty.kind: duty for duty in ordered}
