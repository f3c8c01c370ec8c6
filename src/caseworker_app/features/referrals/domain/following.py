"""What follows a referral: attempts to reach the household, interviews, and the diagnosis with its conclusion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from caseworker_app.features.measures.domain.measure import Intensity
from caseworker_app.features.referrals.domain.referral import MAX_LINE
from caseworker_app.kernel.entries import optional_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry

MAX_MONTHS = 60


class Purpose(StrEnum):
    """What a contact was for."""

    REACH = "reach"
    INTERVIEW = "interview"


PURPOSE_LABELS = {Purpose.REACH: "prise de contact", Purpose.INTERVIEW: "entretien de diagnostic"}


class Means(StrEnum):
    """How a household was sought."""

    CALL = "call"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    OFFICE = "office"
    THREE_PARTY = "three_party"


MEANS_LABELS = {
    Means.CALL: "appel",
    Means.SMS: "SMS",
    Means.EMAIL: "courriel",
    Means.LETTER: "courrier",
    Means.VISIT: "visite à domicile",
    Means.OFFICE: "rendez-vous au bureau",
    Means.THREE_PARTY: "rencontre à trois",
}


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """An attempt to reach the household, or an interview; `reached`: somebody answered or came."""

    held_on: date
    means: Means = Means.CALL
    purpose: Purpose = Purpose.REACH
    reached: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt as kept."""

    id: str
    version: str
    household_id: str
    referral_id: str
    held_on: date
    means: Means
    purpose: Purpose
    reached: bool
    note: str | None
    worker_id: str


class Conclusion(StrEnum):
    """What a diagnosis concludes."""

    MEASURE = "measure"
    ELSEWHERE = "elsewhere"
    NO_MEASURE = "no_measure"


CONCLUSION_LABELS = {
    Conclusion.MEASURE: "mesure proposée",
    Conclusion.ELSEWHERE: "orientation ailleurs",
    Conclusion.NO_MEASURE: "non-lieu à mesure",
}

# The texts of a diagnosis with their titles, in the order of the page: what is social, then what is about the home.
SOCIAL_TEXTS = {
    "family": "Composition et situation du ménage",
    "rights": "Droits",
    "resources": "Ressources, charges et dettes",
    "health": "Santé, si c’est utile et voulu",
}
HOUSING_TEXTS = {
    "path": "Parcours locatif",
    "home": "Logement actuel",
    "autonomy": "Autonomie dans le logement",
    "steps": "Démarches faites et en cours",
    "needs": "Besoins et attentes du ménage",
}
ADVICE_TEXTS = {
    "sought_home": "Logement préconisé (taille, secteur)",
    "criteria": "Critères de réussite",
    "motive": "Ce qui fonde la conclusion",
    "household_view": "Avis du ménage",
}
TEXTS = {**SOCIAL_TEXTS, **HOUSING_TEXTS, **ADVICE_TEXTS}


@dataclass(frozen=True, slots=True)
class NewDiagnosis:
    """A diagnosis about to be written; without a `conclusion` it goes on.

    `kind_code`, `intensity`, `months`: the measure proposed; `elsewhere`: to whom; `no_measure_code`: of the list.
    """

    prescribed_on: date
    prescribed_by: str | None = None
    family: str | None = None
    rights: str | None = None
    resources: str | None = None
    health: str | None = None
    path: str | None = None
    home: str | None = None
    autonomy: str | None = None
    steps: str | None = None
    needs: str | None = None
    sought_home: str | None = None
    criteria: str | None = None
    motive: str | None = None
    household_view: str | None = None
    conclusion: Conclusion | None = None
    kind_code: str | None = None
    intensity: Intensity | None = None
    months: int | None = None
    elsewhere: str | None = None
    no_measure_code: str | None = None
    concluded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis as kept, one a referral; fields as `NewDiagnosis`."""

    id: str
    version: str
    household_id: str
    referral_id: str
    prescribed_on: date
    prescribed_by: str | None
    family: str | None
    rights: str | None
    resources: str | None
    health: str | None
    path: str | None
    home: str | None
    autonomy: str | None
    steps: str | None
    needs: str | None
    sought_home: str | None
    criteria: str | None
    motive: str | None
    household_view: str | None
    conclusion: Conclusion | None
    kind_code: str | None
    intensity: Intensity | None
    months: int | None
    elsewhere: str | None
    no_measure_code: str | None
    concluded_on: date | None
    worker_id: str


def checked_attempt(new: NewAttempt, received_on: date, today: date) -> NewAttempt:
    """Return the attempt with a clean note. Raises InvalidEntry for a day to come or before the reception."""
    if new.held_on > today:
        raise InvalidEntry("Ce jour n’est pas encore passé.", "held_on")
    if new.held_on < received_on:
        raise InvalidEntry("Ce jour vient avant la réception de la demande.", "held_on")
    return replace(new, note=paragraphs(new.note, "note"))


def checked_diagnosis(new: NewDiagnosis, reasons: frozenset[str], today: date) -> NewDiagnosis:
    """Return the diagnosis with clean texts, and only what goes with its conclusion.

    `reasons`: the codes for which no measure is proposed. Raises InvalidEntry for days to come or out of order, a
    conclusion without what it needs.
    """
    for field in ("prescribed_on", "concluded_on"):
        day = getattr(new, field)
        if day is not None and day > today:
            raise InvalidEntry("Ce jour n’est pas encore passé.", field)
    if new.concluded_on is not None and new.conclusion is None:
        raise InvalidEntry("Choisissez la conclusion.", "conclusion")
    concluded = (new.concluded_on or today) if new.conclusion else None
    if concluded is not None and concluded < new.prescribed_on:
        raise InvalidEntry("Un diagnostic ne peut pas conclure avant d’être prescrit.", "concluded_on")
    _check_conclusion(new, reasons)
    measure = new.conclusion is Conclusion.MEASURE
    texts: dict[str, Any] = {name: paragraphs(getattr(new, name), name) for name in TEXTS}
    return replace(
        new,
        **texts,
        prescribed_by=optional_line(new.prescribed_by, MAX_LINE, "prescribed_by"),
        kind_code=new.kind_code if measure else None,
        intensity=new.intensity if measure else None,
        months=new.months if measure else None,
        elsewhere=_only(new, Conclusion.ELSEWHERE, optional_line(new.elsewhere, MAX_LINE, "elsewhere")),
        no_measure_code=_only(new, Conclusion.NO_MEASURE, new.no_measure_code),
        concluded_on=concluded,
    )


def first_reached(attempts: Iterable[Attempt]) -> date | None:
    """Return the day the household was first reached, None while it was not."""
    return min((each.held_on for each in attempts if each.reached), default=None)


def interviews(attempts: Iterable[Attempt]) -> list[date]:
    """Return the days of the interviews held, oldest first."""
    return sorted(each.held_on for each in attempts if each.purpose is Purpose.INTERVIEW and each.reached)


def _check_conclusion(new: NewDiagnosis, reasons: frozenset[str]) -> None:
    if new.conclusion is Conclusion.MEASURE and not new.kind_code:
        raise InvalidEntry("Choisissez la mesure proposée.", "kind_code")
    if new.conclusion is Conclusion.ELSEWHERE and not (new.elsewhere or "").strip():
        raise InvalidEntry("Indiquez vers qui le ménage est orienté.", "elsewhere")
    if new.conclusion is Conclusion.NO_MEASURE and new.no_measure_code not in reasons:
        raise InvalidEntry("Choisissez le motif du non-lieu dans la liste.", "no_measure_code")
    if new.months is not None and not 1 <= new.months <= MAX_MONTHS:
        raise InvalidEntry(f"Une durée va de 1 à {MAX_MONTHS}\u00a0mois.", "months")


def _only(new: NewDiagnosis, conclusion: Conclusion, value: str | None) -> str | None:
    return value if new.conclusion is conclusion else None
