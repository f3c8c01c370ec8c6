"""The delays of retention: those of the dated table, unless the association has chosen its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.entries import one_line
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.parameters import dated

TABLE = "retention"
MAX_REASON = 500


class Delay(StrEnum):
    """A delay, by its key in the dated table."""

    ACTIVE_MONTHS = "active_months"  # months after the last contact during which a file stays active
    NOTICE_MONTHS = "notice_months"  # months before its deadline a file is announced
    GRACE_DAYS = "grace_days"  # days during which a planned erasure can be called off


DELAY_LABELS = {
    Delay.ACTIVE_MONTHS: "Durée active après le dernier contact (mois)",
    Delay.NOTICE_MONTHS: "Annonce avant l’échéance (mois)",
    Delay.GRACE_DAYS: "Délai pour annuler un effacement (jours)",
}
# From, to: what may be chosen.
_BOUNDS = {Delay.ACTIVE_MONTHS: (1, 120), Delay.NOTICE_MONTHS: (0, 12), Delay.GRACE_DAYS: (0, 365)}


@dataclass(frozen=True, slots=True)
class OwnDelay:
    """A delay as the association chose it, since a day, with its reason."""

    id: str
    version: str
    code: Delay
    value: int
    starts_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class DelayInForce:
    """A delay as it holds on a day: its value and where it comes from; `own`: the association chose it."""

    code: Delay
    value: int
    source: str
    verified: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Delays:
    """The three delays that hold on a day: months active, months of notice, days of grace."""

    active_months: int
    notice_months: int
    grace_days: int

    def deadline(self, last_contact: date, kept_until: date | None = None) -> date:
        """Return the day on which a file is to be dealt with: later where somebody decided to keep it longer."""
        usual = add_months(last_contact, self.active_months)
        return usual if kept_until is None else max(usual, kept_until)

    def planned_for(self, day: date) -> date:
        """Return the day from which an erasure decided on `day` may be carried out."""
        return day + timedelta(self.grace_days)


def delays_in_force(day: date, own: Iterable[OwnDelay]) -> list[DelayInForce]:
    """Return each delay as it holds on a day, the association's own before the table's. Raises NotFound."""
    chosen = {each.code: each for each in sorted(own, key=_since) if each.starts_on <= day}
    return [_in_force(code, chosen.get(code), day) for code in Delay]


def delays_of(in_force: Iterable[DelayInForce]) -> Delays:
    """Return the delays alone."""
    values = {each.code.value: each.value for each in in_force}
    return Delays(**values)


def check_delay(code: Delay, value: int, reason: str) -> str:
    """Return the reason on one line. Raises InvalidEntry on `value` when out of bounds, on `reason` without any."""
    least, most = _BOUNDS[code]
    if not least <= value <= most:
        raise InvalidEntry(f"Indiquez un nombre entre {least} et {most}.", "value")
    return checked_reason(reason)


def checked_reason(text: str) -> str:
    """Return a written reason on one line. Raises InvalidEntry on `reason` for none, or beyond 500 characters."""
    reason = one_line(text, MAX_REASON, "reason")
    if not reason:
        raise InvalidEntry("Écrivez la raison\u00a0: elle est gardée avec la décision.", "reason")
    return reason


def _since(own: OwnDelay) -> tuple[date, str]:
    return own.starts_on, own.id


def _in_force(code: Delay, own: OwnDelay | None, day: date) -> DelayInForce:
    if own is not None:
        return DelayInForce(code, own.value, own.reason, verified=True, own=True)
    told = dated(TABLE, code.value, day)
    return DelayInForce(code, int(told.value), told.source, told.verified, own=False)
