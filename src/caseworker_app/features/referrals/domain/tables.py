"""What the dated tables say of referrals: their reasons, why one is refused, why no measure is proposed, delays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.measures.domain.measure import Agreement
from caseworker_app.features.referrals.domain.referral import Delays, Urgency
from caseworker_app.kernel.parameters import all_dated, dated, every_value

TABLE = "referrals"


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of a dated list; `protects`: the household is protected from the moment it is given (violence)."""

    code: str
    label: str
    protects: bool = False


def reasons(day: date) -> list[Reason]:
    """Return the reasons a household is referred for, on a day."""
    return _listed("reason", day)


def refusals(day: date) -> list[Reason]:
    """Return the reasons for which a referral is refused, on a day."""
    return _listed("refusal", day)


def no_measures(day: date) -> list[Reason]:
    """Return the reasons for which a diagnosis proposes no measure (« non-lieu »), on a day."""
    return _listed("no_measure", day)


def every_label(key: str) -> dict[str, str]:
    """Return the words of every code of a list, whatever its dates: one given once stays readable."""
    return {value.value["code"]: value.value["label"] for name, value in every_value(TABLE) if name == key}


def reason_words(codes: tuple[str, ...]) -> str:
    """Return reasons on one line."""
    labels = every_label("reason")
    return ", ".join(labels.get(code, code) for code in codes)


def protects(codes: tuple[str, ...], day: date) -> bool:
    """Say whether one of the reasons asks that the household be protected at once."""
    return any(each.protects for each in reasons(day) if each.code in codes)


def delays_of(agreement: Agreement | None, urgency: Urgency, day: date) -> Delays:
    """Return the delays of a referral: those of its agreement, else the dated table's; an urgent one is seen sooner."""
    contact, decision = (int(dated(TABLE, key, day).value) for key in ("contact_days", "decision_days"))
    if agreement is not None:
        contact = agreement.contact_days or contact
        decision = agreement.decision_days or decision
    if urgency is Urgency.URGENT:
        contact = min(contact, int(dated(TABLE, "urgent_contact_days", day).value))
    return Delays(contact, decision)


def _listed(key: str, day: date) -> list[Reason]:
    rows = (row.value for row in all_dated(TABLE, key, day))
    return [Reason(row["code"], row["label"], row.get("protects", False)) for row in rows]
