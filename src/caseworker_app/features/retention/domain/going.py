"""What goes with an erasure, counted by kind, and what is left of it where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.retention.domain.standing import ChoiceKind
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.folding import fold


class Ground(StrEnum):
    """Why something was erased."""

    RETENTION = "retention"  # its time had come
    REQUEST = "request"  # the household, or one of its members, asked


GROUND_LABELS = {Ground.RETENTION: "fin de la conservation", Ground.REQUEST: "demande de la personne"}


class RecordKind(StrEnum):
    """What a line of the register of erasures tells."""

    ERASED = "erased"
    ANONYMISED = "anonymised"
    MEMBER_ERASED = "member_erased"


RECORD_LABELS = {
    RecordKind.ERASED: "effacement",
    RecordKind.ANONYMISED: "anonymisation",
    RecordKind.MEMBER_ERASED: "effacement d’une personne",
}
RECORD_OF = {ChoiceKind.ERASE: RecordKind.ERASED, ChoiceKind.ANONYMISE: RecordKind.ANONYMISED}

# What people count, and the tables behind it, in the order it is told.
KINDS: Mapping[str, tuple[str, ...]] = {
    "personnes": ("household_member",),
    "adresses et coordonnées": ("address", "contact", "dwelling"),
    "écrits du journal": ("diary_entry", "appointment"),
    "faits, engagements et constats des visites": (
        "shareable_fact", "goal_touched", "room_condition", "promise", "promise_review",
    ),
    "relectures du journal": ("report_review",),
    "mesures": ("support_measure", "measure_renewal", "measure_suspension", "measure_relay"),
    "demandes d’accompagnement": ("referral", "referral_attempt", "referral_diagnosis"),
    "veilles, appels et visites": ("watch", "watch_contact"),
    "intervenants et réunions de synthèse": ("follow_part", "follow_meeting", "meeting_task"),
    "objectifs et étapes": ("goal", "goal_step"),
    "évaluations de l’autonomie": ("autonomy_evaluation", "autonomy_level"),
    "budgets et dettes": ("budget_month", "budget_line", "debt"),
    "baux, loyers et procédures": (
        "lease", "rent_entry", "repayment_plan", "occupant_duty", "sliding_lease", "examination_period",
        "joint_review", "review_criterion", "eviction_step",
    ),
    "accords de partage": ("consent",),
    "orientations": ("orientation",),
    "démarches et pièces reçues": ("procedure", "procedure_paper"),
    "demandes sur les données": (
        "rights_request", "rights_correction", "processing_restriction", "data_disclosure",
    ),
    "pièces jointes": ("attachment",),
    "documents transmis (registre et contenu)": ("transmission", "transmitted_review", "attachment_copy"),
}  # fmt: skip
# The same of one alone.
ONE = {
    "personnes": "personne", "adresses et coordonnées": "adresse ou coordonnée",
    "écrits du journal": "écrit du journal",
    "faits, engagements et constats des visites": "fait, engagement ou constat de visite", "mesures": "mesure",
    "relectures du journal": "relecture du journal",
    "demandes d’accompagnement": "demande, contact ou diagnostic",
    "veilles, appels et visites": "veille, appel ou visite",
    "objectifs et étapes": "objectif ou étape", "évaluations de l’autonomie": "évaluation de l’autonomie",
    "budgets et dettes": "ligne de budget ou dette", "baux, loyers et procédures": "ligne de bail ou de loyer",
    "intervenants et réunions de synthèse": "intervenant, réunion ou décision",
    "accords de partage": "accord de partage", "orientations": "orientation",
    "démarches et pièces reçues": "démarche ou pièce reçue",
    "demandes sur les données": "demande sur les données",
    "pièces jointes": "pièce jointe",
    "documents transmis (registre et contenu)": "document transmis (registre ou contenu)",
    "autres éléments": "autre élément",
}  # fmt: skip
# What lies besides the rows people count: the file itself, its former names, its links, what was decided of it.
UNCOUNTED = frozenset(
    {"household", "former_household", "household_separation", "retention_choice", "week_snooze"}
)
OTHERS = "autres éléments"


@dataclass(frozen=True, slots=True)
class Going:
    """What an erasure takes: how many of each kind, and what would stay to count if it were an anonymisation.

    `citing`: texts of other households that name somebody of these: whose, and words around the name; they stay,
    unless the name is taken out of them. `households`: their names, in order; `drafts` and `filters`: what is being
    typed, and saved filters naming them; `backups_until`: the day by which the last backup that holds them is gone, if
    the program is opened each day.
    """

    households: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    staying: tuple[tuple[str, int], ...]
    drafts: int
    filters: tuple[str, ...]
    backups_until: date
    citing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """What was done for good: how many households or people went, and whether the file was written anew already.

    Not `cleaned`: a backup is being made or there is no room; it is done at the next opening. `citing`: texts that
    stay and hold the name of somebody erased. `redacted`: those the name was taken out of.
    """

    count: int
    cleaned: bool
    citing: int = 0
    redacted: int = 0


class StillFollowed(CaseworkerError):
    """A measure of the household still runs."""

    def __init__(self, name: str) -> None:
        """Say what to do first."""
        super().__init__(
            f"Une mesure de «\u00a0{name}\u00a0» est encore ouverte\u00a0: clôturez-la avant d’archiver ou d’effacer."
        )


class NotYet(CaseworkerError):
    """The grace delay of a planned erasure is not over, or nobody planned it."""

    def __init__(self, name: str, until: date | None) -> None:
        """Say when it may be done."""
        when = "rien n’est prévu pour ce dossier" if until is None else f"attendez le {format_date(until)}"
        super().__init__(
            f"«\u00a0{name}\u00a0» ne peut pas encore être effacé\u00a0: {when}, ou annulez ce qui est prévu."
        )


class ImportUnderWay(CaseworkerError):
    """An import stopped half-way: what it keeps for going on names people."""

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__(
            "Un import est resté en route\u00a0: terminez-le ou annulez-le, puis recommencez l’effacement."
        )


def counted_kinds(rows: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return how many rows of each kind people count, those there are, in the order they are told."""
    known = {table for tables in KINDS.values() for table in tables} | UNCOUNTED
    told = [(words, sum(rows.get(table, 0) for table in tables)) for words, tables in KINDS.items()]
    told.append((OTHERS, sum(count for table, count in rows.items() if table not in known)))
    return tuple((words, count) for words, count in told if count)


def naming(text: str, names: Iterable[str]) -> bool:
    """Say whether a text holds one of some names as a word, however it is written."""
    words = f" {fold(text)} "
    return any(f" {name} " in words for each in names if (name := fold(each)))
