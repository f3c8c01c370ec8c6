"""The dated tables (« barèmes ») in words: what each says, since when, by which source, verified or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from caseworker_app.features.procedures.domain.checklist import VALIDITY_LABELS, Validity
from caseworker_app.kernel.dates import MONTHS, format_date
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.parameters import DatedValue, every_value, table_names

# How many items of a list are named before the rest is counted.
_NAMED = 6
# The first day of a table that holds since nobody knows when.
_SINCE_EVER = date(2000, 1, 1)

TITLES = {
    "access_log": "Journal des accès",
    "autonomy_grid": "Grille d’autonomie",
    "budget_categories": "Postes du budget",
    "data_notice": "Notice sur les données tenues",
    "debt_kinds": "Natures de dettes",
    "eviction": "Délais d’une procédure d’expulsion",
    "exit_reasons": "Motifs de sortie",
    "goal_library": "Bibliothèque d’objectifs",
    "housing_cost_ratio": "Taux d’effort",
    "landlord_review": "Bilan pour le bailleur",
    "measure_kinds": "Mesures d’accompagnement",
    "occupant_duties": "Justificatifs de l’occupant",
    "orientations": "Orientations",
    "partner_themes": "Thématiques des partenaires",
    "procedures": "Pièces par démarche",
    "public_holidays": "Jours fériés",
    "referrals": "Demandes d’accompagnement",
    "rent_arrears": "Seuil d’impayé",
    "retention": "Conservation des données",
    "residual_income": "Reste à vivre",
    "entry_kinds": "Natures d’écrits du journal",
    "reused_sentences": "Phrases proposées",
    "rights_requests": "Demandes sur les données",
    "sliding_lease": "Bail glissant",
    "support_contract": "Contrat d’accompagnement",
    "veille": "Veille",
    "visit_intensity": "Intensité des visites",
    "week": "Ma semaine",
    "word_check": "Mots relus avant un envoi",
    "word_check_names": "Noms relus avant un envoi",
}
# What a row of a table is called; rows that hold their own label need none.
ROW_LABELS = {
    "silence_days": "Sans contact, à signaler au bout de (jours)",
    "arrears_days": "Impayé en hausse, à regarder sous (jours)",
    "horizon_days": "Échéances montrées d’avance (jours)",
    "report_days": "Écrit donné à relire, à lire sous (jours)",
    "longest_snooze_days": "Report le plus long (jours)",
    "visit_minutes": "Une visite, son trajet et son écrit (minutes)",
    "contact_days": "Premier contact après une demande (jours)",
    "urgent_contact_days": "Premier contact après une demande urgente (jours)",
    "decision_days": "Décision sur une demande (jours)",
    "retry_days": "Rappel après un appel de veille sans réponse (jours)",
    "tries": "Essais sans réponse à signaler",
    "answer_days": "Réponse d’un partenaire, à relancer au bout de (jours)",
    "reminder_days": "Pièces manquantes, à rappeler au bout de (jours)",
    "expiring_days": "Pièce qui expire bientôt (jours avant)", "tax_year": "Avis d’imposition à jour",
    "answer_months": "Réponse à une demande (mois)",
    "extension_months": "Prolongation de la réponse (mois)",
    "kept_for": "Durée de conservation", "legal_bases": "Bases légales", "purposes": "Finalités",
    "recipients": "Destinataires", "rights": "Droits de la personne", "where_from": "Origine des données",
    "keep_months": "Durée de conservation (mois)",
    "active_months": "Durée active après le dernier contact (mois)",
    "notice_months": "Annonce avant l’échéance (mois)", "grace_days": "Délai pour annuler un effacement (jours)",
    "grid": "Grille", "categories": "Postes", "kinds": "Natures", "themes": "Thématiques", "net": "Net",
    "gross": "Brut", "usual_months": "Période par défaut (mois)",
    "payment_months": "Mois de paiements montrés", "named_measures": "Mesures nommées au bailleur",
    "wording": "Modèle", "boiler_service": "Entretien de la chaudière (mois)",
    "home_insurance": "Assurance du logement (mois)", "smoke_detector": "Détecteur de fumée (mois)",
    "threshold_terms": "Termes impayés", "default": "Choix par défaut", "light": "Légère (visites par mois)",
    "medium": "Moyenne (visites par mois)", "strong": "Renforcée (visites par mois)",
    "joint_review_months": "Examen périodique (mois)", "landlord_notice_months": "Avis du bailleur (mois avant)",
    "period_months": "Période d’examen (mois)", "application_months": "Demande de logement (mois)",
    "criterion": "Critère", "kind": "Nature", "sentence": "Phrase", "ccapex": "Saisine de la CCAPEX",
    "command_to_leave": "Commandement de quitter les lieux", "command_to_pay": "Commandement de payer",
    "police_requested": "Réquisition de la force publique", "winter_truce": "Trêve hivernale",
    "association_commitments": "Engagements de l’association", "household_commitments": "Engagements du ménage",
    "appeals": "Recours", "early_end": "Fin anticipée", "data": "Données personnelles",
    "lists": "Mots repris dans les autres listes",
}  # fmt: skip
_UNITS = {"months": "mois", "weeks": "semaine", "days": "jour", "years": "an"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A value of a dated table, in words."""

    label: str
    value: str
    dates: str
    source: str
    verified: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class DatedTable:
    """A dated table, in words."""

    name: str
    title: str
    rows: tuple[TableRow, ...]

    @property
    def summary(self) -> str:
        """Return « 3 valeurs, 1 à vérifier »."""
        left = sum(not row.verified for row in self.rows)
        told = plural(len(self.rows), "valeur")
        return (
            f"{told}, {left} à vérifier"
            if left
            else f"{told}, {'vérifiée' if len(self.rows) < 2 else 'vérifiées'}"
        )


def dated_tables(day: date) -> list[DatedTable]:
    """Return every table shipped with the program, by title, as it stands on a day."""
    tables = [
        DatedTable(
            name, TITLES.get(name, name), tuple(_row(key, value, day) for key, value in every_value(name))
        )
        for name in table_names()
    ]
    return sorted(tables, key=lambda table: table.title)


def _row(key: str, value: DatedValue, day: date) -> TableRow:
    own = value.value.get("label") if isinstance(value.value, Mapping) else None
    label = str(own) if own else ROW_LABELS.get(key, key)
    return TableRow(
        label, value_words(value.value), _dates(value), value.source, value.verified, value.in_force(day)
    )


def value_words(value: Any) -> str:
    """Return a value as a person reads it: a figure, a sentence, or what a list begins with."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, int | float | Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, Mapping):
        of_papers = any(key in value for key in ("validity", "papers", "first_month"))
        return _paper_words(value) if of_papers else _mapping_words(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _list_words(value)
    return str(value)


def _mapping_words(value: Mapping[str, Any]) -> str:
    units = [
        plural(value[key], word, word if word == "mois" else None)
        for key, word in _UNITS.items()
        if isinstance(value.get(key), int)
    ]
    if units:
        return ", ".join(units)
    if isinstance(value.get("first"), list) and isinstance(value.get("last"), list):
        return f"du {_day_words(value['first'])} au {_day_words(value['last'])}"
    if isinstance(value.get("basis"), str):
        months = value.get("default_months")
        planned = f" · {plural(months, 'mois', 'mois')} par défaut" if isinstance(months, int) else ""
        return f"{value['basis']}{planned}"
    if isinstance(value.get("easter"), int):
        days = value["easter"]
        return f"{plural(abs(days), 'jour')} {'après' if days > 0 else 'avant'} Pâques"
    if isinstance(value.get("month"), int) and isinstance(value.get("day"), int):
        return f"le {_day_words((value['month'], value['day']))}"
    lists = [each for each in value.values() if isinstance(each, list)]
    return " · ".join(_list_words(each) for each in lists)


def _paper_words(value: Mapping[str, Any]) -> str:
    """Return how long a paper asked for is good, how many a list asks for, or which months a notice holds."""
    if "papers" in value:
        return plural(len(value["papers"]), "pièce")
    if "first_month" in value:
        first, last = (MONTHS[value[key] - 1] for key in ("first_month", "last_month"))
        return f"de {first} à {last} de l’année suivante"
    validity = Validity(value["validity"])
    months = value.get("months")
    good = plural(months, "mois", "mois") if isinstance(months, int) else VALIDITY_LABELS[validity]
    return f"{good}, par adulte" if value.get("per_adult") else good


def _day_words(month_and_day: Sequence[int]) -> str:
    month, day = month_and_day
    return f"{'1er' if day == 1 else day}\u00a0{MONTHS[month - 1]}"


def _list_words(items: Sequence[Any]) -> str:
    names = [str(each.get("label", "")) if isinstance(each, Mapping) else value_words(each) for each in items]
    shown = ", ".join(name for name in names[:_NAMED] if name)
    rest = len(names) - _NAMED
    return f"{shown} et {plural(rest, 'autre')}" if rest > 0 else shown


def _dates(value: DatedValue) -> str:
    since = "" if value.start <= _SINCE_EVER else f"depuis le {format_date(value.start)}"
    until = "" if value.end is None else f"jusqu’au {format_date(value.end)}"
    return ", ".join(part for part in (since, until) if part)
