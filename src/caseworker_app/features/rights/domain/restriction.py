"""Restriction of processing (« limitation du traitement », RGPD art. 18): data kept, read, and no longer used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.errors import InvalidEntry


class RestrictionReason(StrEnum):
    """Why a person may ask for it (art. 18.1, a to d)."""

    ACCURACY = "accuracy"
    UNLAWFUL = "unlawful"
    CLAIM = "claim"
    OBJECTION = "objection"


RESTRICTION_REASON_LABELS = {
    RestrictionReason.ACCURACY: "exactitude contestée, le temps de vérifier",
    RestrictionReason.UNLAWFUL: "traitement illicite, la personne ne veut pas d’effacement",
    RestrictionReason.CLAIM: "données nécessaires à la personne pour défendre ses droits",
    RestrictionReason.OBJECTION: "opposition en cours d’examen",
}


@dataclass(frozen=True, slots=True)
class NewRestriction:
    """A restriction about to be set; `until`: the day it is to be looked at again (it never lifts by itself)."""

    household_id: str
    reason: RestrictionReason
    starts_on: date
    until: date | None = None
    note: str | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class ProcessingRestriction:
    """A restriction, in force until `lifted_on`.

    `told_on`: the day the person was told that it would be lifted (art. 18.3).
    """

    id: str
    version: str
    household_id: str
    request_id: str | None
    reason: RestrictionReason
    note: str | None
    starts_on: date
    until: date | None
    told_on: date | None
    lifted_on: date | None
    worker_id: str

    @property
    def in_force(self) -> bool:
        """Say whether the data may only be kept and read."""
        return self.lifted_on is None

    def words(self, day: date) -> str:
        """Return what the band of the file says on `day`."""
        told = f"depuis le {format_date(self.starts_on)}, {RESTRICTION_REASON_LABELS[self.reason]}"
        if self.until is None:
            return told
        again = "à réexaminer depuis le" if self.until < day else "à réexaminer le"
        return f"{told}\u202f; {again} {format_date(self.until)}"


def checked_restriction(
    new: NewRestriction, day: date, running: ProcessingRestriction | None
) -> NewRestriction:
    """Return a restriction made clean. Raises InvalidEntry: one is in force, or its days cannot be."""
    if running is not None:
        raise InvalidEntry(
            f"Le traitement de ce dossier est déjà limité depuis le {format_date(running.starts_on)}.",
            "reason",
        )
    if new.starts_on > day:
        raise InvalidEntry(
            "La limitation commence au plus tard aujourd’hui\u00a0: corrigez la date.", "starts_on"
        )
    if new.until is not None and new.until < new.starts_on:
        raise InvalidEntry("Le réexamen est avant le début\u00a0: corrigez l’une des deux dates.", "until")
    return NewRestriction(
        new.household_id, new.reason, new.starts_on, new.until, paragraphs(new.note, "note"), new.request_id
    )


def check_lifting(restriction: ProcessingRestriction, told_on: date, day: date) -> None:
    """Refuse to lift what is lifted, or what the person was not told of before (art. 18.3). Raises InvalidEntry."""
    if not restriction.in_force:
        raise InvalidEntry("Cette limitation est déjà levée.")
    if not restriction.starts_on <= told_on <= day:
        raise InvalidEntry(
            "La personne est prévenue avant que la limitation soit levée\u00a0: indiquez le jour où elle l’a été.",
            "told_on",
        )
