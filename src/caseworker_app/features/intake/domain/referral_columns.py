"""Columns of a landlord's referrals (« demandes d’un bailleur ») that no other list has: reason, agreement, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from caseworker_app.features.intake.domain.columns import Matching, match_columns
from caseworker_app.features.intake.domain.headings import knows
from caseworker_app.kernel.folding import fold

# Each stands before those it would otherwise be confused with.
_RULES: tuple[tuple[str, str], ...] = (
    ("asked_agreed_date", r"date (?:de l |d )?accord|accord (?:recueilli )?le$"),
    ("asked_agreed", r"\baccord\b|consentement|informe\w* de la demande"),
    ("asked_unpaid_date", r"(?:premier|1er) (?:terme )?impaye|impaye\w* depuis|date (?:du )?(?:premier|1er)"),
    (
        "asked_date",
        (
            r"date (?:de |d )?(?:la )?(?:demande|orientation|saisine|prescription|signalement|reception|envoi|fiche)"
            r"|^(?:demande|recue?|orientee?|envoye\w*|transmis\w*) le$|^date$"
        ),
    ),
    ("asked_reference", r"(?:n|num|numero|ref|reference) (?:de )?(?:la )?(?:demande|fiche|orientation)"),
    (
        "asked_reason",
        r"^motifs?\b|motif (?:de )?(?:la )?(?:demande|orientation|saisine)|problematique|^raisons?\b",
    ),
    ("asked_urgency", r"urgen|priorit"),
    (
        "asked_product",
        (
            r"(?:prestation|accompagnement|mesure|intervention|dispositif|produit)s?"
            r" (?:demande\w*|souhait\w*|sollicit\w*)"
            r"|^(?:prestation|demande|type de demande|objet(?: de la demande)?)$"
        ),
    ),
    ("asked_procedure", r"procedure|stade|contentieux"),
    (
        "asked_steps",
        r"(?:demarches?|actions?)\b.*(?:faites?|engage\w*|realise\w*|effectue\w*|deja|menees?|bailleur)",
    ),
    ("asked_answer", r"reponse attendue|attentes? (?:du bailleur|envers)|^attendus?$|retour attendu"),
    (
        "asked_reach",
        r"(?:tel\w*|portable|mail|courriel|mel|coordonnees)\b.*(?:referent|interlocut|gestionnaire|charge|bailleur|agence)",
    ),
    (
        "asked_contact",
        (
            r"^(?:nom )?(?:du )?(?:referent\w*|interlocut\w*|gestionnaire|charge\w* (?:de )?\w+|contact bailleur"
            r"|conseill\w* social\w*|cesf)(?: (?:du )?bailleur| social\w*)?$|^(?:demande|fiche) (?:faite|redigee) par"
        ),
    ),
    ("landlord", r"^bailleurs?\b|^organisme(?: hlm| bailleur)?$|^nom du bailleur$"),
    (
        "balance",
        r"^(?:montant (?:de la |du )?)?(?:dette|impaye|arriere|solde)s?\b(?!.*depuis)|reste du|montant du$",
    ),
    (
        "asked_statement",
        (
            r"situation\b|observ|comment|contexte|descripti|difficulte|elements? (?:de )?(?:contexte|utiles?)"
            r"|precisions?$|remarque|informations? compl"
        ),
    ),
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _RULES)
_TELLING = frozenset(
    {"asked_reason", "asked_agreed", "asked_product", "asked_date", "asked_steps", "asked_answer"}
)


def own_field(name: str) -> str | None:
    """Return the field of a referral that the name of a column tells by itself."""
    words = fold(name.replace("_", " "))
    return next((field for field, pattern in _COMPILED if pattern.search(words)), None)


def knows_referral(name: str) -> bool:
    """Say whether a text is the name of a column, or the label of a form, of a referral."""
    return own_field(name) is not None or knows(name)


def match_referral_columns(header: Sequence[str], rows: Sequence[Sequence[str]], today: date) -> Matching:
    """Match the columns of a landlord's referrals."""
    return match_columns(header, rows, today, own_field)


def looks_like_referrals(header: Sequence[str]) -> bool:
    """Say whether the names of columns are those of referrals: why, with what is asked for or who agreed."""
    found = {own_field(name) for name in header}
    return "asked_reason" in found and len(found & _TELLING) >= 2
