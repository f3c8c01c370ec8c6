"""What may be told of a document that is printed: parts, a period, a visit; and what is only ever of one household."""

from __future__ import annotations

from caseworker_app.features.handover.domain.follow_up_sections import COMPLETE, SYNTHESIS, FollowUpPreset
from caseworker_app.features.handover.domain.kinds import (
    DATA_COMMUNICATION,
    FOLLOW_UP_FILE,
    LANDLORD_REVIEW,
    ORIENTATION_LETTER,
    PAPERS,
    PART_SHEET,
    PIECES,
    REFERRAL_ANSWER,
    SYNTHESIS_PAGE,
    DocumentKind,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import InvalidEntry

# The kinds drawn from a household whole, each with what it holds unless told.
FOLLOW_UP_FILES = {FOLLOW_UP_FILE: COMPLETE, SYNTHESIS_PAGE: SYNTHESIS}
_NO_PARTS = "Seul le dossier de suivi s’imprime par parties\u00a0: retirez ce choix, ou imprimez le dossier."
_NO_VISIT = "Un bilan porte sur une période, pas sur une visite\u00a0: retirez le numéro de visite."
_AS_IT_IS = "Un dossier de suivi s’imprime tel qu’il est aujourd’hui\u00a0: retirez la période ou la visite."
_TODAY = "Ce document dit où en est le ménage aujourd’hui\u00a0: retirez la période ou la visite."
# Why a kind has neither period nor visit.
_NO_DATES = {
    **dict.fromkeys(FOLLOW_UP_FILES, _AS_IT_IS),
    **dict.fromkeys(PAPERS, _TODAY),
    ORIENTATION_LETTER: (
        "Une lettre d’orientation n’a ni période ni visite\u00a0: retirez ce choix, elle suit l’orientation."
    ),
    PART_SHEET: (
        "Une fiche de liaison dit la part d’un intervenant aujourd’hui\u00a0: retirez la période ou la visite."
    ),
    PIECES: "Les pièces réunies sont celles d’une démarche\u00a0: retirez la période ou la visite.",
    DATA_COMMUNICATION: (
        "La communication des données contient tout ce qui est gardé\u00a0: retirez la période ou la visite."
    ),
}
# Why a kind is never printed for a whole team.
_OF_ONE_HOUSEHOLD = {
    DATA_COMMUNICATION: "Ce document répond à la demande d’une personne\u00a0: indiquez son ménage, pas une équipe.",
    ORIENTATION_LETTER: "Une lettre d’orientation concerne un seul ménage\u00a0: indiquez-le, pas une équipe.",
    PART_SHEET: "Une fiche de liaison concerne un seul ménage\u00a0: indiquez-le, pas une équipe.",
    PIECES: "Les pièces réunies sont celles d’un ménage\u00a0: indiquez-le, pas une équipe.",
}


def check_choices(
    kind: DocumentKind, period: Period | None, entry_number: str | None, preset: FollowUpPreset | None
) -> None:
    """Refuse what a kind does not have: parts for any but the follow-up file, a period or visit for it.

    Raises InvalidEntry.
    """
    if preset is not None and kind is not FOLLOW_UP_FILE:
        raise InvalidEntry(_NO_PARTS)
    if kind is LANDLORD_REVIEW and entry_number is not None:
        raise InvalidEntry(_NO_VISIT)
    if kind in _NO_DATES and (period is not None or entry_number is not None):
        raise InvalidEntry(_NO_DATES[kind])


def check_printable(kind: DocumentKind) -> None:
    """Refuse what is not made from a household. Raises InvalidEntry."""
    if kind is REFERRAL_ANSWER:
        raise InvalidEntry("Une réponse se fait depuis la demande\u00a0: ouvrez-la à la page Demandes.")


def require_right(who: Who, kind: DocumentKind) -> None:
    """Ask for all it takes before a copy is numbered: coordination prints figures, not files. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    who.require(Right.TRANSMIT if kind.leaves_house else Right.PRINT)


def check_team_choices(kind: DocumentKind, period: Period | None, preset: FollowUpPreset | None) -> None:
    """Refuse for a whole team what is of one household alone, or what a kind does not have. Raises InvalidEntry.

    A period that a household's document does not have is refused household by household.
    """
    check_choices(kind, period if kind in FOLLOW_UP_FILES else None, None, preset)
    if kind in _OF_ONE_HOUSEHOLD:
        raise InvalidEntry(_OF_ONE_HOUSEHOLD[kind])
