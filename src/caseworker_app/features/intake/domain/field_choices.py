"""Our columns, by their French names, grouped as a person looks for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from caseworker_app.features.intake.domain.headings import Owner
from caseworker_app.features.intake.domain.list_kind import OF_BODIES, ListKind
from caseworker_app.features.intake.domain.mapping import heading_of

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
    "measure_kind": "sorte de mesure",
    "measure_start_date": "début de la mesure",
    "measure_planned_end_date": "fin prévue de la mesure",
    "measure_end_date": "sortie de la mesure",
    "measure_months": "durée de la mesure (mois)",
    "measure_state": "état de la mesure",
    "exit_reason": "motif de sortie",
    "worker": "référent",
    "prescriber": "prescripteur",
    "debt": "dette",
    "asked_date": "date de la demande",
    "asked_reference": "référence de la demande",
    "asked_reason": "motif de la demande",
    "asked_urgency": "urgence",
    "asked_product": "accompagnement demandé",
    "asked_agreed": "accord du ménage",
    "asked_agreed_date": "date de l’accord",
    "asked_contact": "interlocuteur du bailleur",
    "asked_reach": "comment joindre l’interlocuteur",
    "asked_unpaid_date": "premier impayé",
    "asked_procedure": "stade de la procédure",
    "asked_statement": "situation décrite",
    "asked_steps": "démarches faites",
    "asked_answer": "réponse attendue",
    "diary": "notes de suivi",
    "note_date": "date de la note",
    "note_due_date": "date à laquelle faire",
    "note_title": "titre de la note",
    "note_text": "texte de la note",
    "body_name": "nom de la structure",
    "body_kind": "genre de structure",
    "body_siret": "SIRET",
    "body_phone": "téléphone de la structure",
    "body_email": "courriel de la structure",
    "body_website": "site internet",
    "body_street": "adresse de la structure",
    "body_complement": "complément d’adresse",
    "body_postal_code": "code postal",
    "body_city": "commune",
    "body_hours": "horaires",
    "body_service": "services proposés",
    "body_theme": "thématiques",
    "body_description": "description",
    "body_source": "annuaire d’origine",
    "body_source_id": "numéro dans l’annuaire",
    "body_updated": "date de mise à jour",
    "contact_last_name": "nom du contact",
    "contact_first_name": "prénom du contact",
    "contact_job": "fonction du contact",
    "contact_phone": "téléphone du contact",
    "contact_email": "courriel du contact",
}
_OWNERS = {Owner.CO_HOLDER: "co-titulaire", Owner.DEPENDANT: "personne à charge"}

_PEOPLE = (
    "full_name", "last_name", "first_name", "birth_name", "other_name", "civility", "birth_date", "relation",
    "external_reference", "occupants", "adults", "children", "remarks",
)  # fmt: skip
_REACH = ("phone", "mobile_phone", "home_phone", "work_phone", "email")
_ADDRESS = (
    "street", "address_complement", "postal_code", "city", "postal_city", "house_number", "repetition", "street_kind",
    "street_name", "building", "staircase", "floor", "door", "residence",
)  # fmt: skip
_LEASE = (
    "lease_reference", "entry_date", "exit_date", "rent", "rent_with_charges", "service_charges", "housing_benefit",
    "balance",
)  # fmt: skip
_DWELLING = (
    "dwelling_reference", "landlord", "typology", "rooms", "living_area", "construction_year", "energy_class",
    "dwelling_count",
)  # fmt: skip
_MEASURE = (
    "measure_kind", "measure_start_date", "measure_planned_end_date", "measure_months", "measure_end_date",
    "exit_reason", "measure_state", "worker", "prescriber",
)  # fmt: skip
_ASKED = (
    "asked_date", "asked_reference", "asked_reason", "asked_urgency", "asked_product", "asked_agreed",
    "asked_agreed_date", "asked_contact", "asked_reach", "asked_unpaid_date", "asked_procedure", "asked_statement",
    "asked_steps", "asked_answer",
)  # fmt: skip
_OTHERS = ("full_name", "last_name", "first_name", "birth_date", "relation")
_BODY = (
    "body_name", "body_kind", "body_siret", "body_description", "body_service", "body_theme", "body_hours",
    "body_source", "body_source_id", "body_updated",
)  # fmt: skip
_BODY_PLACE = (
    "body_street", "body_complement", "body_postal_code", "body_city", "body_phone", "body_email", "body_website",
)  # fmt: skip
_CONTACT = ("contact_last_name", "contact_first_name", "contact_job", "contact_phone", "contact_email")
MOST_DEPENDANTS = 8


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One of our columns that a person may choose: its name in reports, in French, and its group."""

    ours: str
    label: str
    group: str


@cache
def field_choices(kind: ListKind) -> tuple[FieldChoice, ...]:
    """Return every column of ours that a list of this kind may be read into, grouped."""
    choices = []
    for group, names in _groups(kind):
        choices += [FieldChoice(ours, field_label(ours), group) for ours in names]
    return tuple(choices)


def field_label(ours: str) -> str:
    """Return our name of a column in French: « date de naissance », « personne à charge 2, prénom »."""
    heading = heading_of(ours)
    if heading is None:
        return ours
    label = FIELD_LABELS.get(heading.field, heading.field)
    owner = _OWNERS.get(heading.owner)
    if owner is None:
        return label
    return f"{owner} {heading.rank}, {label}" if heading.rank else f"{owner}, {label}"


def _groups(kind: ListKind) -> list[tuple[str, tuple[str, ...]]]:
    if kind in OF_BODIES:
        return [("Structure", _BODY), ("Coordonnées", _BODY_PLACE), ("Contact", _CONTACT)]
    if kind is ListKind.DWELLINGS:
        return [("Logement", _DWELLING), ("Adresse", _ADDRESS)]
    groups = [("Personne", _PEOPLE), ("Contact", _REACH), ("Adresse", _ADDRESS)]
    if kind is ListKind.TRACKER:
        groups += [
            ("Mesure", _MEASURE),
            ("Suivi", ("diary", "debt", "note_date", "note_title", "note_text", "note_due_date")),
        ]
    if kind is ListKind.REFERRALS:
        groups.append(("Demande", _ASKED))
    groups += [("Bail", _LEASE), ("Logement", _DWELLING)]
    groups.append(("Co-titulaire", tuple(f"co_holder_{field}" for field in (*_OTHERS[:4], "civility"))))
    ranks = range(1, MOST_DEPENDANTS + 1)
    groups.append(
        ("Personnes à charge", tuple(f"dependant_{rank}_{field}" for rank in ranks for field in _OTHERS))
    )
    return groups
