"""How the values of the file read in a history: labels for codes, euros, French dates, names for what is
pointed to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from caseworker_app.features.attachments.domain.attachment import ATTACHMENT_KIND_LABELS
from caseworker_app.features.attachments.domain.file_types import MEDIA_TYPE_LABELS
from caseworker_app.features.budget.domain.categories import SECTION_LABELS, categories_on
from caseworker_app.features.budget.domain.debts import DEBT_STAGE_LABELS, debt_kind
from caseworker_app.features.budget.domain.residual import definition
from caseworker_app.features.consents.domain import CONSENT_FORM_LABELS, RECIPIENT_KIND_LABELS, TOPIC_LABELS
from caseworker_app.features.diary.domain.appointment import APPOINTMENT_KIND_LABELS, REPEAT_LABELS
from caseworker_app.features.diary.domain.entry import (
    ATTENDANCE_LABELS,
    ENTRY_KIND_LABELS,
    ENTRY_STATE_LABELS,
    ENTRY_ZONE_LABELS,
    FACT_TOPIC_LABELS,
)
from caseworker_app.features.diary.domain.report_review import REVIEW_DECISION_LABELS
from caseworker_app.features.diary.domain.typed_moments import format_kilometres, spoken_hour
from caseworker_app.features.diary.domain.visit import (
    APPOINTMENT_STATE_LABELS,
    PROMISE_STATE_LABELS,
    ROOM_STATE_LABELS,
)
from caseworker_app.features.goals.domain.autonomy import LEVEL_LABELS, VIEW_LABELS
from caseworker_app.features.goals.domain.goal import ACTOR_LABELS, GOAL_STATE_LABELS, STEP_STATE_LABELS
from caseworker_app.features.goals.domain.grid import grid_on
from caseworker_app.features.handover.domain.hits import HIT_KIND_LABELS
from caseworker_app.features.handover.domain.kinds import kind_of
from caseworker_app.features.households.domain import (
    CIVILITY_LABELS,
    CONTACT_KIND_LABELS,
    LEGAL_PROTECTION_LABELS,
    READING_LABELS,
    RELATION_LABELS,
)
from caseworker_app.features.housing.domain.dwelling import format_floor_area
from caseworker_app.features.housing.domain.eviction import EVICTION_KIND_LABELS
from caseworker_app.features.housing.domain.joint_review import OPINION_LABELS, criteria_on
from caseworker_app.features.housing.domain.landlord import LANDLORD_KIND_LABELS
from caseworker_app.features.housing.domain.lease import (
    ACCOUNT_LABELS,
    BENEFIT_PAYEE_LABELS,
    CREDITOR_LABELS,
    LEASE_KIND_LABELS,
)
from caseworker_app.features.housing.domain.occupant_duty import DUTY_KIND_LABELS
from caseworker_app.features.housing.domain.rent_account import RENT_ENTRY_KIND_LABELS
from caseworker_app.features.housing.domain.sliding_lease import CALEOL_OUTCOME_LABELS, LANDLORD_ANSWER_LABELS
from caseworker_app.features.measures.domain.measure import INTENSITY_LABELS
from caseworker_app.features.measures.service import list_kinds
from caseworker_app.features.orientations.domain.orientation import ANSWER_LABELS
from caseworker_app.features.partners.domain.partner import PARTNER_KIND_LABELS
from caseworker_app.features.procedures.domain.checklist import program_checklists, program_papers
from caseworker_app.features.procedures.domain.procedure import NOTED_LABELS
from caseworker_app.features.referrals.domain.following import CONCLUSION_LABELS, MEANS_LABELS, PURPOSE_LABELS
from caseworker_app.features.referrals.domain.referral import (
    DECISION_LABELS,
    PRODUCT_LABELS,
    SENDER_LABELS,
    URGENCY_LABELS,
    WAY_LABELS,
)
from caseworker_app.features.referrals.domain.tables import every_label, reason_words
from caseworker_app.features.team.domain import ROLE_LABELS
from caseworker_app.features.veille.domain import contact as veille
from caseworker_app.features.veille.domain import tables as veille_tables
from caseworker_app.features.veille.domain.rhythm import UNIT_LABELS, WEEKDAYS
from caseworker_app.features.veille.domain.watch import ORIGIN_LABELS
from caseworker_app.kernel.dates import format_date, format_month
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros
from caseworker_app.kernel.phones import format_phone

NB = "\u00a0"
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")

# How values kept as codes are called; without a table, wherever the field has this name.
# The kinds of lists, as the room of imports, which lies above this one, calls them.
_LIST_KINDS = {
    "tenants": "locataires",
    "people": "personnes",
    "tracker": "tableau de suivi",
    "referrals": "demandes d’un bailleur",
    "dwellings": "logements",
    "partners": "partenaires",
    "landlords": "bailleurs",
}
# So are requests about data, and restriction, of the room of rights.
_RIGHTS: dict[tuple[str, str], Mapping[Any, str]] = {
    ("rights_request", "kind"): {
        "access": "accès à ses données",
        "rectification": "rectification",
        "erasure": "effacement",
        "restriction": "limitation du traitement",
        "portability": "portabilité",
        "objection": "opposition",
    },
    ("rights_request", "identity_check"): {
        "known": "personne connue, vue en rendez-vous",
        "document": "pièce d’identité montrée, non copiée",
        "mandate": "mandat écrit ou jugement de protection vu",
    },
    ("rights_request", "outcome"): {
        "granted": "acceptée",
        "partly": "acceptée en partie",
        "refused": "refusée",
    },
    ("processing_restriction", "reason"): {
        "accuracy": "exactitude contestée, le temps de vérifier",
        "unlawful": "traitement illicite, la personne ne veut pas d’effacement",
        "claim": "données nécessaires à la personne pour défendre ses droits",
        "objection": "opposition en cours d’examen",
    },
}
# And so are the decisions of retention.
_RETENTION: dict[tuple[str, str], Mapping[Any, str]] = {
    ("retention_choice", "kind"): {
        "keep": "gardé plus longtemps",
        "archive": "archivé",
        "erase": "à effacer",
        "anonymise": "à anonymiser",
    },
    ("retention_delay", "code"): {
        "active_months": "durée active (mois)",
        "notice_months": "annonce avant l’échéance (mois)",
        "grace_days": "délai d’annulation (jours)",
    },
    ("erasure_record", "kind"): {
        "erased": "effacement",
        "anonymised": "anonymisation",
        "member_erased": "effacement d’une personne",
    },
    ("erasure_record", "ground"): {
        "retention": "fin de la conservation",
        "request": "demande de la personne",
    },
}
VALUES: dict[tuple[str, str], Mapping[Any, str]] = {
    **_RIGHTS,
    **_RETENTION,
    ("", "account"): ACCOUNT_LABELS,
    ("", "actor"): ACTOR_LABELS,
    ("", "attendance"): ATTENDANCE_LABELS,
    ("", "benefit_paid_to"): BENEFIT_PAYEE_LABELS,
    ("", "civility"): CIVILITY_LABELS,
    ("", "intensity"): INTENSITY_LABELS,
    ("", "legal_protection"): LEGAL_PROTECTION_LABELS,
    ("", "level"): LEVEL_LABELS,
    ("", "reading"): READING_LABELS,
    ("", "recipient_kind"): RECIPIENT_KIND_LABELS,
    ("", "relation"): RELATION_LABELS,
    ("", "role"): ROLE_LABELS,
    ("", "section"): SECTION_LABELS,
    ("", "stage"): DEBT_STAGE_LABELS,
    ("", "view"): VIEW_LABELS,
    ("", "zone"): ENTRY_ZONE_LABELS,
    ("appointment", "kind"): APPOINTMENT_KIND_LABELS,
    ("appointment", "repeats"): REPEAT_LABELS,
    ("appointment", "state"): APPOINTMENT_STATE_LABELS,
    ("attachment", "kind"): ATTACHMENT_KIND_LABELS,
    ("attachment", "media_type"): MEDIA_TYPE_LABELS,
    ("consent", "form"): CONSENT_FORM_LABELS,
    ("contact", "kind"): CONTACT_KIND_LABELS,
    ("check_word", "kind"): HIT_KIND_LABELS,
    ("diary_entry", "kind"): ENTRY_KIND_LABELS,
    ("diary_entry", "state"): ENTRY_STATE_LABELS,
    ("eviction_step", "kind"): EVICTION_KIND_LABELS,
    ("examination_period", "landlord_answer"): LANDLORD_ANSWER_LABELS,
    ("goal", "state"): GOAL_STATE_LABELS,
    ("goal_step", "state"): STEP_STATE_LABELS,
    # The page of imports lies above this room: it has fuller words of its own.
    ("import_run", "duplicates"): {"skip": "écartés", "merge": "complétés", "create": "créés quand même"},
    ("import_run", "kind"): _LIST_KINDS,
    ("import_profile", "kind"): _LIST_KINDS,
    ("import_run", "state"): {
        "running": "en cours",
        "done": "terminé",
        "undoing": "annulation en cours",
        "undone": "annulé",
    },
    ("landlord", "kind"): LANDLORD_KIND_LABELS,
    ("lease", "creditor"): CREDITOR_LABELS,
    ("lease", "kind"): LEASE_KIND_LABELS,
    # The list of households lies above this room too.
    ("list_export", "format"): {"xlsx": "classeur Excel", "csv": "texte CSV"},
    ("occupant_duty", "kind"): DUTY_KIND_LABELS,
    ("orientation", "answer"): ANSWER_LABELS,
    ("partner", "kind"): PARTNER_KIND_LABELS,
    ("referral", "way"): WAY_LABELS,
    ("referral", "sender"): SENDER_LABELS,
    ("referral", "product"): PRODUCT_LABELS,
    ("referral", "urgency"): URGENCY_LABELS,
    ("referral", "decision"): DECISION_LABELS,
    ("referral_attempt", "means"): MEANS_LABELS,
    ("referral_attempt", "purpose"): PURPOSE_LABELS,
    ("referral_diagnosis", "conclusion"): CONCLUSION_LABELS,
    ("procedure_paper", "state"): NOTED_LABELS,
    ("promise", "state"): PROMISE_STATE_LABELS,
    ("promise_review", "state"): PROMISE_STATE_LABELS,
    ("rent_entry", "kind"): RENT_ENTRY_KIND_LABELS,
    ("report_review", "decision"): REVIEW_DECISION_LABELS,
    ("review_criterion", "by_association"): OPINION_LABELS,
    ("review_criterion", "by_household"): OPINION_LABELS,
    ("review_criterion", "by_landlord"): OPINION_LABELS,
    ("room_condition", "state"): ROOM_STATE_LABELS,
    ("shareable_fact", "topic"): FACT_TOPIC_LABELS,
    ("sliding_lease", "caleol_outcome"): CALEOL_OUTCOME_LABELS,
    ("watch", "way"): veille.WAY_LABELS,
    ("watch", "unit"): UNIT_LABELS,
    ("watch", "origin"): ORIGIN_LABELS,
    ("watch_contact", "way"): veille.WAY_LABELS,
    ("watch_contact", "outcome"): veille.OUTCOME_LABELS,
    ("space", "kind"): {"team": "équipe", "protected": "espace protégé", "personal": "espace personnel"},
}
FLAGS = frozenset(
    {
        "active", "agreed", "all_day", "enforceable", "housing", "interpreter_needed", "leads",
        "metadata_kept", "near_safe", "paid_by_third_party", "protected", "reached", "retired", "safe",
        "harmless", "shareable",
    }
)  # fmt: skip
_MONTHS = frozenset({"month", "first_month"})


def _paper(code: str, day: date) -> str:
    """Return what a paper is called; one the association added has its name as its code."""
    found = program_papers(day).get(code)
    return found.label if found else code


def _checklist(code: str, day: date) -> str:
    return next((each.label for each in program_checklists(day) if each.code == code), code)


def _measure_kind(code: str, day: date) -> str:
    return next((kind.label for kind in list_kinds(day) if kind.code == code), code)


def _requests(codes: str, _day: date) -> str:
    return veille.codes_words(codes.split(), veille_tables.every_label("request"))


# Codes of dated lists, called as the list calls them.
_LISTED: dict[tuple[str, str], Callable[[str, date], str]] = {
    ("autonomy_level", "domain"): lambda code, day: grid_on(day).domain(code).label,
    ("budget_line", "category"): lambda code, day: categories_on(day).get(code).label,
    ("budget_month", "residual_definition"): lambda code, _day: definition(code).label,
    ("debt", "nature"): lambda code, day: debt_kind(code, day).label,
    ("review_criterion", "criterion"): lambda code, day: next(
        (each.label for each in criteria_on(day) if each.code == code), code
    ),
    ("goal_model", "domain"): lambda code, day: grid_on(day).domain(code).label,
    ("goal", "domain"): lambda code, day: grid_on(day).domain(code).label,
    ("transmission", "kind"): lambda code, _day: kind_of(code).title,
    ("procedure_paper", "paper"): _paper,
    ("checklist_edition", "checklist"): _checklist,
    ("referral", "reasons"): lambda codes, _day: reason_words(tuple(codes.split())),
    ("referral", "kind_code"): _measure_kind,
    ("referral", "refusal_code"): lambda code, _day: every_label("refusal").get(code, code),
    ("referral_diagnosis", "kind_code"): _measure_kind,
    ("referral_diagnosis", "no_measure_code"): lambda code, _day: every_label("no_measure").get(code, code),
    ("watch", "weekday"): lambda number, _day: WEEKDAYS[int(number)],
    ("watch", "end_code"): lambda code, _day: veille_tables.every_label("end_reason").get(code, code),
    ("watch_contact", "asked"): _requests,
    ("watch_contact", "done"): _requests,
}
_MEASURED: dict[str, Callable[[Any], str]] = {
    "duration_minutes": lambda value: plural(value, "minute"),
    "at_minutes": lambda value: spoken_hour(time(*divmod(value, 60))),
    "travel_minutes": lambda value: plural(value, "minute"),
    "travel_metres": format_kilometres,
    "due_day": lambda value: f"le {value} du mois",
    "floor_area": format_floor_area,
    "months": lambda value: plural(value, "mois", "mois"),
    "review_months": lambda value: plural(value, "mois", "mois"),
    "persons_hundredths": lambda value: f"{value / 100:g}".replace(".", ","),
    "kept_hits": lambda value: ", ".join(value.splitlines()) or "aucun",
}


def has_words(table_name: str, name: str) -> bool:
    """Say whether a field that holds codes has words for them."""
    return (
        any((place, name) in known for place in (table_name, "") for known in (VALUES, _LISTED))
        or name == "topics"
    )


def value_words(table_name: str, name: str, value: Any, day: date) -> str:
    """Return a stored value as a person reads it; `day`: when it was written, for lists that change."""
    if value is None or value == "":
        return "vide"
    if name in FLAGS:
        return "oui" if value else "non"
    if name.endswith("_cents"):
        return format_euros(value)
    if (table_name, name) in _LISTED:
        return _listed(table_name, name, value, day)
    place = table_name if (table_name, name) in VALUES else ""
    if (place, name) in VALUES:
        return VALUES[place, name].get(value, str(value))
    return _MEASURED[name](value) if name in _MEASURED else _text(name, value)


def _listed(table_name: str, name: str, code: str, day: date) -> str:
    try:
        return _LISTED[table_name, name](code, day)
    except CaseworkerError:
        # A code of a list that was not in force that day, written by hand or by another version.
        return code


def _text(name: str, value: Any) -> str:
    if name == "topics":
        return ", ".join(TOPIC_LABELS.get(code, code) for code in value.split())
    text = str(value)
    if _ISO_DATE.fullmatch(text):
        day = date.fromisoformat(text)
        return format_month(day) if name in _MONTHS else format_date(day)
    if _ISO_MOMENT.match(text):
        return moment_text(datetime.fromisoformat(text))
    return format_phone(text) if name in ("value", "phone", "near_phone") and text.startswith("+") else text


def moment_text(moment: datetime) -> str:
    """Write « 24/11/2026 à 14 h 05 »."""
    return f"{format_date(moment.date())} à {moment.hour}{NB}h{NB}{moment.minute:02d}"
