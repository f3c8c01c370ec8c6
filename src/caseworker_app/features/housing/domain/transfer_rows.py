"""Where the way to a lease in the household's name stands, one line a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from caseworker_app.features.housing.domain.sliding_lease import (
    CALEOL_OUTCOME_LABELS,
    LANDLORD_ANSWER_LABELS,
    SlidingLeaseFile,
)
from caseworker_app.kernel.dates import format_short_date
from caseworker_app.kernel.french import capital

# A housing application to renew sooner than this is shown as due.
NEAR_DAYS = 60


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A step: its title, how it stands in words and tone, a detail; `closed`: nothing is left to do."""

    key: str
    title: str
    mark: str
    detail: str = ""
    state: Literal["done", "due", "late", "open"] = "open"
    closed: bool = False


def transfer_rows(sliding: SlidingLeaseFile, day: date, application_due: date | None) -> list[TransferRow]:
    """Return the four steps: landlord's answer, housing application, commission, transfer."""
    return [
        _answer(sliding, day),
        _application(sliding, day, application_due),
        _caleol(sliding, day),
        _transfer(sliding),
    ]


def _answer(sliding: SlidingLeaseFile, day: date) -> TransferRow:
    title, period, due = "Réponse du bailleur", sliding.last_period(), sliding.landlord_notice_due_on
    notified = sliding.agreement.landlord_notified_on
    if notified is not None:
        answer = period.landlord_answer if period else None
        words = LANDLORD_ANSWER_LABELS[answer] if answer else "donnée"
        return TransferRow("answer", title, _capital(words), f"avis au préfet le {_day(notified)}", "done")
    if due is None:
        return TransferRow("answer", title, "Attendue")
    words = f"Attendue avant le {_day(due)}"
    return TransferRow("answer", title, words, "deux mois avant le terme", "late" if due < day else "due")


def _application(sliding: SlidingLeaseFile, day: date, due: date | None) -> TransferRow:
    title, number = "Demande de logement social", sliding.agreement.application_number
    detail = f"n°\u00a0{number}" if number else ""
    if due is None:
        return TransferRow("application", title, "À noter" if not number else "Date à noter", detail)
    left = (due - day).days
    state: Literal["done", "due", "late"] = "late" if left < 0 else "due" if left <= NEAR_DAYS else "done"
    verb = "À renouveler depuis le" if left < 0 else "À renouveler avant le"
    return TransferRow("application", title, f"{verb} {_day(due)}", detail, state)


def _caleol(sliding: SlidingLeaseFile, day: date) -> TransferRow:
    on, outcome = sliding.agreement.caleol_on, sliding.agreement.caleol_outcome
    if on is None:
        return TransferRow("caleol", "CALEOL", "Pas encore passée")
    when = f"le {_day(on)}"
    if outcome is not None:
        return TransferRow("caleol", "CALEOL", _capital(CALEOL_OUTCOME_LABELS[outcome]), when, "done")
    return TransferRow("caleol", "CALEOL", "Décision à noter" if on <= day else "Prévue", when, "due")


def _transfer(sliding: SlidingLeaseFile) -> TransferRow:
    if sliding.agreement.new_lease_id is not None:
        return TransferRow("transfer", "Glissement", "Fait", "le ménage a son bail", "done", closed=True)
    end = sliding.ends_on()
    detail = f"terme de la convention le {_day(end)}" if end else ""
    return TransferRow("transfer", "Glissement", "À faire", detail)


def _day(day: date) -> str:
    return f"{format_short_date(day)}\u00a0{day.year}"


def _capital(words: str) -> str:
    return capital(words)
