"""Columns of a directory (partners, landlords) by their names: whose name, where, when, what for, who to ask for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseworker_app.features.intake.domain.columns import PROBABLE, SEVERAL, SURE, LeftOut, Matching, named
from caseworker_app.features.intake.domain.content import Profile
from caseworker_app.features.intake.domain.headings import WITHHELD, Heading, Owner, read_heading
from caseworker_app.kernel.folding import fold

_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_ANOTHER = r"responsable|contact|interlocut|referent|dirigeant|correspondant|directeur|directrice"
_RULES: tuple[tuple[str, str], ...] = (
    (
        "",
        (
            r"^(?:latitude|longitude|lat|long?|coord|geo|insee|code insee|code commune|siren\b|region"
            r"|epci|intercommun)"
        ),
    ),
    ("body_siret", r"\bsiret\b|^pivot$"),
    ("", r"\bsiren\b"),
    ("contact_email", rf"(?:mail|courriel|mel\b).*(?:{_ANOTHER})|(?:{_ANOTHER}).*(?:mail|courriel|mel\b)"),
    ("contact_phone", rf"\btel\w*.*(?:{_ANOTHER})|(?:{_ANOTHER}).*\b(?:tel\w*|portable|mobile)"),
    ("contact_first_name", r"prenom"),
    ("contact_job", r"^fonctions?\b|^poste$|^profession$|^role\b|^qualite$|fonction"),
    ("contact_last_name", rf"^nom\b.*(?:{_ANOTHER})|^(?:{_ANOTHER})\b.*\bnom\b|^(?:{_ANOTHER})\w*$"),
    ("body_website", r"\bsites?(?: web| internet)\b|^site$|^url\b|\bweb\b|^lien$"),
    ("body_email", r"\be ?mails?\b|\bmails?\b|\bmel\b|courriel"),
    ("body_phone", r"\btel\w*\b|portable|\bmobile\b|\bphone\b|^standard$"),
    ("body_postal_code", r"\bcp\b|code ?postal"),
    ("body_city", r"^(?:ville|commune|localite)\b|\bville$|\bcommune$"),
    ("body_complement", r"complement"),
    ("body_hours", r"horaire|ouverture|permanence(?!s? de)"),
    ("body_updated", r"\bmaj\b|mise a jour|date de modif"),
    ("body_street", r"adresse|^rue$|^voie$|adr\b"),
    ("body_theme", r"thematique|^themes?$"),
    ("body_service", r"^services?\b|prestation|^activites?\b|^offres?\b|^missions?$"),
    (
        "body_kind",
        (
            r"^types?(?: de)?(?: la)?(?: structure| organisme| partenaire)?$|statut juridique"
            r"|^categorie|^nature$"
        ),
    ),
    (
        "body_description",
        (
            r"description|presentation|commentaire|observ|remarque|publics?\b|condition|modalite"
            r"|equipement|^notes?$"
        ),
    ),
    ("body_source_id", r"^id\b|identifiant|^code$|^uid$|^ref\b|reference"),
    ("body_source", r"^source$"),
    (
        "body_name",
        (
            r"nom (?:de )?(?:la |du |de l )?(?:structure|bailleur|partenaire|organisme|association"
            r"|etablissement|service)"
            r"|raison sociale|^structures?$|^bailleurs?$|^organismes?$|^etablissements?$|^lieu$"
            r"|^associations?$"
            r"|^partenaires?$|denomination|\bmoa\b.*\bnom|^nom si connu$|^nom usuel$|^societe$|^enseigne$"
        ),
    ),
    ("last_name", r"^noms?$|^nom complet$|^libelle(?: 1)?$"),
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _RULES)


def knows_body(name: str) -> bool:
    """Say whether a text is the name of a column of a directory."""
    return bool(_field(name))


def match_body_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Matching:
    """Match the columns of a directory; keys of files and health data are never taken over.

    « Nom » is the body's where no other column names it, else that of the person to ask for.
    """
    profiles = [Profile(row[index] for row in rows) for index in range(len(header))]
    found: dict[int, str] = {}
    left: list[LeftOut] = []
    for index, name in enumerate(header):
        withheld = _withheld(name, profiles[index])
        if withheld:
            left.append(LeftOut(name, withheld, withheld=True, index=index))
        elif not profiles[index].filled:
            left.append(LeftOut(name, "vide", index=index))
        elif field := _field(name):
            found[index] = field
        else:
            left.append(LeftOut(name, "non utilisée", index=index))
    kept = _one_each(_with_names(found), profiles)
    left += [
        LeftOut(header[i], "une autre colonne dit déjà la même chose", index=i)
        for i in found
        if i not in kept
    ]
    entries = [(i, Heading(Owner.HOLDER, kept[i]), _confidence(header[i], kept[i])) for i in sorted(kept)]
    return Matching(named(header, entries), tuple(sorted(left, key=lambda entry: entry.index)))


def _field(name: str) -> str:
    words = fold(_CAMEL.sub(" ", name).replace("_", " "))
    return next((field for field, pattern in _COMPILED if pattern.search(words)), "")


def _withheld(name: str, profile: Profile) -> str:
    heading = read_heading(name)
    if heading is not None and heading.field in ("key", "bank", "nir"):
        return WITHHELD[heading.field]
    if not profile.filled:
        return ""
    return next((WITHHELD[kind] for kind in ("nir", "key") if profile.share(kind) >= 50), "")


def _with_names(found: dict[int, str]) -> dict[int, str]:
    """Say whose name « Nom » is."""
    fields = set(found.values())
    if "last_name" not in fields:
        return found
    # Beside a body's name, or a first name that goes with it, it is a person's.
    of_a_person = "contact_first_name" in fields and "contact_last_name" not in fields
    own = "contact_last_name" if "body_name" in fields or of_a_person else "body_name"
    return {index: own if field == "last_name" else field for index, field in found.items()}


def _one_each(found: dict[int, str], profiles: list[Profile]) -> dict[int, str]:
    groups: dict[str, list[int]] = {}
    for index, field in found.items():
        groups.setdefault(field, []).append(index)
    kept: dict[int, str] = {}
    for field, indexes in groups.items():
        chosen = indexes if field in SEVERAL else [max(indexes, key=lambda i: (profiles[i].filled, -i))]
        kept.update(dict.fromkeys(chosen, field))
    return kept


def _confidence(name: str, field: str) -> str:
    general = (
        field in ("body_kind", "body_description", "body_service", "body_source_id") or fold(name) == "nom"
    )
    return PROBABLE if general else SURE
