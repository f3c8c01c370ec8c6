"""What a search shows of a household: the field that matched, and the words found in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseworker_app.features.referrals.domain.following import TEXTS
from caseworker_app.kernel.folding import fold, fold_name

# Characters shown on each side of a word found in a long text.
CONTEXT = 48

_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class FoundField:
    """A field that matched a search: its name, its French label, and the words in their context."""

    field: str
    label: str
    context: str


@dataclass(frozen=True, slots=True)
class FoundHousehold:
    """One answer of a search, best first."""

    household_id: str
    reference: str
    name: str
    protected: bool
    matched: tuple[FoundField, ...]


# How a matched field is called before people; fields absent from here keep their own name.
FIELD_LABELS = {
    ("household", "name"): "Ménage",
    ("household", "reference"): "Référence",
    ("household", "note"): "Note",
    ("former_household", "reference"): "Ancienne référence",
    ("former_household", "name"): "Ancien dossier",
    ("former_household", "note"): "Note de l’ancien dossier",
    ("household_separation", "note"): "Note de la séparation",
    ("household_member", "last_name"): "Nom",
    ("household_member", "birth_name"): "Nom de naissance",
    ("household_member", "first_name"): "Prénom",
    ("address", "street"): "Adresse",
    ("address", "complement"): "Complément d’adresse",
    ("address", "postal_code"): "Code postal",
    ("address", "city"): "Commune",
    ("contact", "value"): "Téléphone ou courriel",
    ("lease", "reference"): "Référence du bail",
    ("attachment", "caption"): "Pièce",
    ("transmission", "number"): "Numéro de document",
    ("orientation", "reason"): "Motif d’une orientation",
    ("procedure", "note"): "Note d’une démarche",
    ("orientation", "result"): "Résultat d’une orientation",
    ("follow_meeting", "decided"): "Réunion de suivi, ce qui est décidé",
    ("referral", "number"): "Numéro d’une demande",
    ("referral", "statement"): "Demande, situation décrite",
    ("referral", "steps_taken"): "Demande, démarches faites",
    ("referral", "decision_reason"): "Demande, décision",
    ("referral_attempt", "note"): "Demande, contact",
    **{
        ("referral_diagnosis", name): f"Diagnostic, {label[:1].lower()}{label[1:]}"
        for name, label in TEXTS.items()
    },
    ("watch", "reason"): "Veille, motif",
    ("watch", "end_note"): "Veille, fin",
    ("rights_request", "details"): "Demande d’une personne",
    ("rights_request", "answer"): "Réponse à une demande",
    ("rights_correction", "statement"): "Déclaration de la personne",
    ("processing_restriction", "note"): "Limitation du traitement",
    ("goal", "title"): "Objectif",
    ("goal", "note"): "Note d’objectif",
    ("goal", "closing_reason"): "Raison de fin d’objectif",
    ("goal", "hold_reason"): "Raison de pause d’un objectif",
    ("goal", "indicator"): "Indicateur d’objectif",
    ("goal_step", "title"): "Étape",
    ("autonomy_evaluation", "note"): "Évaluation d’autonomie",
    ("autonomy_level", "observation"): "Autonomie, observation",
    ("budget_month", "note"): "Note de budget",
    ("debt", "note"): "Note de dette",
    ("diary_entry", "purpose"): "Journal, motif",
    ("shareable_fact", "text"): "Fait proposable",
    ("goal_touched", "note"): "Objectif travaillé",
    ("room_condition", "observation"): "État d’une pièce",
    ("promise", "text"): "Ce qui était convenu",
    ("promise_review", "note"): "Suite de ce qui était convenu",
    ("report_review", "word"): "Relecture, demande",
    ("report_review", "comment"): "Relecture, commentaire",
    ("diary_entry", "observed"): "Journal, constaté",
    ("diary_entry", "said"): "Journal, dit par le ménage",
    ("diary_entry", "analysis"): "Journal, analyse",
}


def in_context(text: str, words: list[str]) -> str:
    """Return the part of `text` around the first word that begins with one of the folded `words`.

    The whole text when it is short; « … » stands for what is left out; without any such word, its start.
    """
    if len(text) <= 2 * CONTEXT:
        return text
    place = next((m for m in _WORD.finditer(text) if _begins(m.group(), words)), None)
    start = max(0, place.start() - CONTEXT) if place else 0
    end = min(len(text), (place.end() if place else 0) + CONTEXT)
    before = "…" if start > 0 else ""
    after = "…" if end < len(text) else ""
    return f"{before}{' '.join(text[start:end].split())}{after}"


def _begins(word: str, words: list[str]) -> bool:
    forms = (fold(word) + " " + fold_name(word)).split()
    return any(form.startswith(sought) for form in forms for sought in words)
