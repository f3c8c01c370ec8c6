"""How the fields a list is read into, and what an import does, are called before people."""

from __future__ import annotations

from caseworker_app.features.intake.domain.columns import ColumnMatch
from caseworker_app.features.intake.domain.headings import Owner
from caseworker_app.features.intake.domain.plan import Counts, ImportPlan, OnDuplicate
from caseworker_app.kernel.french import plural

FIELD_LABELS = {
    "address_complement": "complément d’adresse",
    "adults": "nombre d’adultes",
    "balance": "solde du compte",
    "birth_date": "date de naissance",
    "birth_name": "nom de naissance",
    "building": "bâtiment",
    "children": "nombre d’enfants",
    "city": "commune",
    "civility": "civilité",
    "construction_year": "année de construction",
    "door": "porte",
    "dwelling_count": "nombre de logements",
    "dwelling_reference": "référence du logement",
    "email": "courriel",
    "energy_class": "classe énergie",
    "entry_date": "entrée dans le logement",
    "exit_date": "sortie du logement",
    "external_reference": "référence de l’expéditeur",
    "first_name": "prénom",
    "floor": "étage",
    "full_name": "nom et prénom",
    "home_phone": "téléphone fixe",
    "house_number": "numéro de rue",
    "housing_benefit": "aide au logement",
    "landlord": "bailleur",
    "last_name": "nom",
    "lease_reference": "référence du bail",
    "living_area": "surface",
    "mobile_phone": "téléphone portable",
    "occupants": "nombre de personnes",
    "other_name": "autre nom",
    "phone": "téléphone",
    "postal_city": "code postal et commune",
    "postal_code": "code postal",
    "relation": "lien",
    "remarks": "remarques",
    "rent": "loyer",
    "rent_with_charges": "loyer et charges",
    "repetition": "bis, ter",
    "residence": "résidence",
    "rooms": "nombre de pièces",
    "service_charges": "charges locatives",
    "staircase": "escalier",
    "street": "adresse",
    "street_kind": "type de voie",
    "street_name": "nom de la voie",
    "typology": "type de logement",
    "work_phone": "téléphone au travail",
}
_OWNERS = {Owner.CO_HOLDER: "co-titulaire", Owner.DEPENDANT: "personne à charge"}

ON_DUPLICATE_LABELS = {
    OnDuplicate.SKIP: "Les laisser de côté",
    OnDuplicate.MERGE: "Compléter les dossiers",
    OnDuplicate.CREATE: "Créer quand même",
}


def match_words(match: ColumnMatch) -> str:
    """Return our name of a column: « date de naissance », « personne à charge 2, prénom »."""
    label = FIELD_LABELS.get(match.heading.field, match.heading.field)
    owner = _OWNERS.get(match.heading.owner)
    if owner is None:
        return label
    return f"{owner} {match.heading.rank}, {label}" if match.heading.rank else f"{owner}, {label}"


def things(plan: ImportPlan, count: int) -> str:
    """Return « 398 ménages », or « 398 logements » for a list of dwellings."""
    return plural(count, "logement" if plan.dwellings else "ménage")


def outcome_words(plan: ImportPlan, counts: Counts, *, done: bool) -> str:
    """Return what an import does (or did) in a sentence whose figures add up to the rows of the file."""
    verb = ("créés" if counts.created > 1 else "créé") if done else "à créer"
    parts = [f"{things(plan, counts.created)} {verb}"]
    parts += [
        f"{plural(count, 'ligne')} {many if count > 1 else one}"
        for count, one, many in (
            (counts.merged, "réunie à un dossier", "réunies à un dossier"),
            (counts.skipped, "laissée de côté", "laissées de côté"),
            (counts.in_error, "en erreur", "en erreur"),
        )
        if count
    ]
    return ", ".join(parts)
