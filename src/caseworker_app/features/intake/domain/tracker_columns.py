"""Columns of a follow-up table (« tableau de suivi ») that no other list has: measure, dates, worker, debts, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from caseworker_app.features.intake.domain.columns import Matching, match_columns
from caseworker_app.features.intake.domain.content import Profile
from caseworker_app.features.intake.domain.headings import knows
from caseworker_app.kernel.dates import MONTHS
from caseworker_app.kernel.folding import fold

_HOME = r"logement|logt|\blog\b|lieux|bail\b|naiss|loyer"
_OF_MEASURE = r"mesure|accompagnement|suivi|dispositif|prise en charge|contrat|convention|intervention"

_STRONG: tuple[tuple[str, str], ...] = (
    ("exit_reason", r"motifs? (?:de |d )?(?:la )?(?:sortie|fin|cloture|arret)|^issue\b|^type de sortie"),
    (
        "measure_planned_end_date",
        (
            r"(?:fin|terme|echeance)\b.*(?:prevue?|previsionnel\w*|theorique)|^(?:date d )?echeance(?:s)?\b"
            r"|^jusqu au$|^jusqu a$|^valable jusqu"
            rf"|(?:fin|terme)\b.*(?:{_OF_MEASURE})|^prochaine echeance|date de renouvellement"
        ),
    ),
    (
        "measure_end_date",
        (
            r"(?:date (?:de )?|^)(?:sortie|cloture|arret)\b(?!.*motif)|^sortie? le$|fin (?:effective"
            r"|reelle)|cloturee? le"
        ),
    ),
    (
        "measure_start_date",
        (
            rf"(?:debut|ouverture|entree|demarrage|signature|notification|date|depuis)\b.*(?:{_OF_MEASURE})"
            r"|^(?:mandatee?|notifiee?|ouverte?|orientee?|prise? en charge|admise?) (?:le|du)$"
            r"|^suivie?s? depuis|^(?:date (?:de |d )?)?(?:debut|ouverture|demarrage)$|^depuis(?: le)?$"
        ),
    ),
    ("measure_months", r"^duree\b"),
    (
        "measure_kind",
        (
            r"^mesures?$|(?:type|nature|intitule|nom) (?:de |d )?(?:la )?(?:mesure|accompagnement"
            r"|suivi|dispositif)"
            r"|^dispositifs?$|^accompagnements?$|^mandats?$|^mesures?(?: (?!du\b|le\b|au\b|jusqu)\w+){1,4}$"
        ),
    ),
    (
        "measure_state",
        r"^statuts?$|^etat$|^etat (?:de la |du )?(?:mesure|suivi|dossier)$|^situation de la mesure$",
    ),
    (
        "worker",
        (
            r"^referente?s?(?: (?:social\w*|asll|avdl|masp|menage|famille|mesure))?$|^(?:t ?s|as|tsl|esf) referente?$|"
            r"^ref\b(?: social\w*)?$|travailleu\w* socia\w*|^t ?s$"
            r"|^intervenante?s?(?: social\w*)?$"
            r"|suivie?s? par|^accompagnat\w*$|^conseillere?(?: esf| social\w*)?$|^cesf$|^ess?f$"
            r"|^educat\w*$|^nom (?:du )?referente?"
            r"|^(?:en )?charge? (?:de suivi|d accompagnement)|^salariee?$"
        ),
    ),
    (
        "prescriber",
        (
            r"prescripteur|^orient\w* par|^orienteur|^origine(?: de la)?(?: demande| mesure"
            r"| orientation)?$|^adressee? par"
            r"|^signalee? par|^saisine|^provenance|^orientation$"
        ),
    ),
    (
        "landlord",
        (
            r"^organismes? (?:bailleurs?|hlm)$|^bailleurs?\b(?! .*(?:contact|tel|mail|ref))"
            r"|^proprietaires?$|^nom (?:du )?(?:bailleur|proprietaire)"
        ),
    ),
    (
        "debt",
        (
            r"^(?!nature|type|objet|origine|motif)(?:.*\b)?(?:dettes?|impayes?|arrieres?)\b"
            r"|^montant (?:edf|engie|energie|gaz|eau|electricite)$|montant (?:du|des)\b.*(?:du|dette|impaye)"
            r"|reste (?:du|a payer)|creances?\b"
            r"|^indus?\b|^solde(?: locatif| dette)?$"
        ),
    ),
    (
        "diary",
        (
            r"observ|comment|\bnotes?\b|point (?:de |sur la )?situation|historique|^vad\b"
            r"|visites?\b|demarches?|^bilans?\b"
            r"|^actions?\b|dernier\w* (?:contact|visite|vad|rdv|rencontre|point)|remarque"
            r"|contacts? pris|compte rendu"
            r"|evenements?|^journal|a faire|\brdv\b|rendez vous|^suivi (?:des|du|de)\b|^suivi \w+$"
            r"|^infos?\b|^divers$|^avancement"
        ),
    ),
)
# Only where no column says it better.
_WEAK: tuple[tuple[str, str], ...] = (
    ("measure_start_date", r"^(?:date )?(?:d )?entree?(?: le)?$|^entre e? le$|^du$|^date$"),
    ("measure_planned_end_date", r"^(?:date (?:de )?)?fin$|^au$|^terme$"),
    ("worker", r"^suivi$|^as$|^nom (?:as|ts)$"),
    ("diary", r"^suivi$|^actualites?$|^situation(?: actuelle)?$|^contexte$|^objectifs?$"),
)
_NEVER = re.compile(r"\bmails?\b|courriel|\btel\w*\b|\bphone|prenom (?:du |de la )?ref|adresse\b")
_STRONG_RULES = tuple((field, re.compile(pattern)) for field, pattern in _STRONG)
_WEAK_RULES = tuple((field, re.compile(pattern)) for field, pattern in _WEAK)
_SHORT_MONTHS = ("janv", "fev", "fevr", "avr", "juil", "sept", "oct", "nov", "dec")
MONTH = re.compile(rf"(?:{'|'.join((*map(fold, MONTHS), *_SHORT_MONTHS))})(?: (?:20)?\d\d)?")
_STARTS = frozenset({"measure_start_date", "measure_kind", "measure_end_date", "measure_planned_end_date"})


def own_field(name: str, rules: Sequence[tuple[str, re.Pattern[str]]] = _STRONG_RULES) -> str | None:
    """Return the field of a follow-up table that the name of a column tells by itself."""
    words = fold(name.replace("_", " "))
    if _NEVER.search(words):
        return None
    if MONTH.fullmatch(words):
        return "diary"  # a column a month: what happened in it
    for field, pattern in rules:
        if pattern.search(words):
            # « Date d’entrée dans le logement » is the lease's.
            return None if field.endswith("_date") and re.search(_HOME, words) else field
    return None


def knows_tracker(name: str) -> bool:
    """Say whether a text is the name of a column of a follow-up table."""
    return own_field(name) is not None or own_field(name, _WEAK_RULES) is not None or knows(name)


def match_tracker_columns(header: Sequence[str], rows: Sequence[Sequence[str]], today: date) -> Matching:
    """Match the columns of a follow-up table."""
    return match_columns(header, rows, today, _reading_of(header, rows))


def looks_like_tracker(header: Sequence[str]) -> bool:
    """Say whether the names of columns can only be those of a follow-up table."""
    found = {field for name in header if (field := own_field(name))}
    measures = len(found & _STARTS)
    return (
        measures >= 2
        or (measures == 1 and bool(found & {"worker", "diary", "debt", "prescriber"}))
        or ({"worker", "diary"} <= found)
    )


def _reading_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Callable[[str], str | None]:
    strong = {name: field for name in header if (field := own_field(name))}
    told = set(strong.values())
    found = dict(strong)
    for index, name in enumerate(header):
        if name in found:
            continue
        for field, pattern in _WEAK_RULES:
            if pattern.search(fold(name)) and (field not in told or field == "diary"):
                if field == "worker" and not _is_names([row[index] for row in rows[:300]]):
                    continue
                found[name] = field
                told.add(field)
                break
    for index, name in enumerate(header):
        if found.get(name) == "measure_kind" and Profile(row[index] for row in rows).share("date") >= 60:
            found[name] = "measure_start_date"
    return found.get


def _is_names(values: Sequence[str]) -> bool:
    """Say whether a column holds a few short names over and over, as one that says who follows whom."""
    filled = [value for value in values if value]
    short = sum(1 for value in filled if len(value) <= 30 and not any(c.isdigit() for c in value))
    return (
        bool(filled)
        and short >= 0.9 * len(filled)
        and len(set(map(fold, filled))) <= max(3, len(filled) // 2)
    )
