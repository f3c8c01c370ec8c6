"""The kinds of documents of this house, for the window and the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.features.diary.domain.report_content import VisitReport
from caseworker_app.features.goals.domain.papers import CONTRACT as CONTRACT_CODE
from caseworker_app.features.goals.domain.papers import EVALUATION as EVALUATION_CODE
from caseworker_app.features.goals.domain.papers import PLAN as PLAN_CODE
from caseworker_app.features.goals.domain.papers import HouseholdPaper
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.orientation_letter import OrientationLetter
from caseworker_app.features.handover.domain.part_sheet import PartSheet
from caseworker_app.features.handover.domain.record import InternalRecord
from caseworker_app.features.handover.domain.referral_answer import ReferralAnswer
from caseworker_app.features.handover.domain.review_content import LandlordReview
from caseworker_app.features.procedures.domain.missing import MISSING_PAPERS as MISSING_CODE
from caseworker_app.features.procedures.domain.missing import MissingPapers
from caseworker_app.features.procedures.domain.pieces_file import PIECES_FILE as PIECES_CODE
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import NotFound
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.encrypted_file import EncryptedFile


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document; `leaves_house`: made for outside, entered in the register when printed."""

    code: str
    title: str
    leaves_house: bool


LANDLORD_REVIEW = DocumentKind("bilan-bailleur", "Bilan intermédiaire pour le bailleur", leaves_house=True)
VISIT_REPORT = DocumentKind("compte-rendu-visite", "Compte rendu de visite (interne)", leaves_house=False)
FOLLOW_UP_FILE = DocumentKind("dossier-suivi", "Dossier de suivi (interne)", leaves_house=False)
SYNTHESIS_PAGE = DocumentKind("synthese", "Synthèse d’une page (interne)", leaves_house=False)
DATA_COMMUNICATION = DocumentKind(
    "communication-donnees", "Communication des données à la personne", leaves_house=True
)
ORIENTATION_LETTER = DocumentKind(
    "lettre-orientation", "Lettre d’orientation vers un partenaire", leaves_house=True
)
PART_SHEET = DocumentKind("fiche-liaison", "Fiche de liaison vers un intervenant", leaves_house=True)
# Made from the referral it answers, not from a household.
REFERRAL_ANSWER = DocumentKind("reponse-demande", "Réponse à une demande", leaves_house=True)
# Handed to the household itself: nobody outside is told anything, no line enters the register.
GOAL_PLAN = DocumentKind(PLAN_CODE, "Plan d’objectifs, remis au ménage", leaves_house=False)
CONTRACT = DocumentKind(CONTRACT_CODE, "Contrat d’accompagnement, remis au ménage", leaves_house=False)
EVALUATION = DocumentKind(EVALUATION_CODE, "Évaluation de l’autonomie (interne)", leaves_house=False)
# What stays inside: of the diagnosis, the answer to the referral tells what was agreed.
DIAGNOSIS = DocumentKind("diagnostic", "Diagnostic social (interne)", leaves_house=False)
END_RECORD = DocumentKind("fiche-fin-mesure", "Fiche de fin de mesure (interne)", leaves_house=False)
TO_BRING = DocumentKind(MISSING_CODE, "Pièces à apporter, remis au ménage", leaves_house=False)
PAPERS = (GOAL_PLAN, CONTRACT, EVALUATION, TO_BRING, DIAGNOSIS, END_RECORD)
# Copies of pieces, noted one by one in the file as they leave; those for a body are entered in the register.
PIECES = DocumentKind(PIECES_CODE, "Pièces d’une démarche réunies en un PDF", leaves_house=True)
DOCUMENT_KINDS = (
    LANDLORD_REVIEW, VISIT_REPORT, FOLLOW_UP_FILE, SYNTHESIS_PAGE, *PAPERS, DATA_COMMUNICATION,
    ORIENTATION_LETTER, PART_SHEET, PIECES,
)  # fmt: skip
# With those that are not prepared from a household: what titles are looked up in.
EVERY_KIND = (*DOCUMENT_KINDS, REFERRAL_ANSWER)

RenderReview = Callable[[LandlordReview, Identity], bytes]
RenderVisit = Callable[[VisitReport, Identity], bytes]
# The page of a follow-up file is shaped by the room above, which knows how a dossier is shown.
RenderFollowUp = Callable[[FollowUpMaterial, Identity], bytes]
Paper = HouseholdPaper | InternalRecord | MissingPapers
RenderPaper = Callable[[Paper, Identity], bytes]
# The copy of the data is read, redacted, numbered and written by the room of rights, above.
Communicate = Callable[[EncryptedFile, Who, str, Path], "Printed"]
Letter = OrientationLetter | ReferralAnswer | PartSheet
RenderLetter = Callable[[Letter, Identity], bytes]
# The pieces of a household's procedure: the newest open one that has some.
TakeOutPieces = Callable[[EncryptedFile, Who, str, Path], "Printed"]


@dataclass(frozen=True, slots=True)
class Renderers:
    """What turns contents into the bytes of a PDF: joined by `bootstrap`, since a service knows no page."""

    review: RenderReview
    visit: RenderVisit
    follow_up: RenderFollowUp
    paper: RenderPaper
    communicate: Communicate
    letter: RenderLetter
    pieces: TakeOutPieces


@dataclass(frozen=True, slots=True)
class Printed:
    """A document written on disk: its number, and how many pages.

    The number is that of the visit for a report, of the copy for a follow-up file. `remark`: what whoever printed it
    must know.
    """

    path: Path
    number: str
    pages: int
    household_id: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A household whose document was refused, and why."""

    household_id: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TeamPrint:
    """What printing for a whole team gave."""

    printed: tuple[Printed, ...]
    refused: tuple[Refusal, ...]


def kind_of(code: str) -> DocumentKind:
    """Return a kind by its code. Raises NotFound with the kinds there are."""
    for kind in EVERY_KIND:
        if kind.code == code:
            return kind
    known = ", ".join(kind.code for kind in DOCUMENT_KINDS)
    raise NotFound(f"«\u00a0{code}\u00a0» n’est pas une sorte de document\u00a0: choisissez parmi {known}.")
