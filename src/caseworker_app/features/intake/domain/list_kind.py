"""What kind of list it is, and the sentence that refuses those that hold neither people nor dwellings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import join_words, typeset


class ListKind(StrEnum):
    """What a list is about."""

    TENANTS = "tenants"
    PEOPLE = "people"
    DWELLINGS = "dwellings"
    PARTNERS = "partners"
    LANDLORDS = "landlords"
    TRACKER = "tracker"
    REFERRALS = "referrals"
    # Recognised, and imported as another kind where a person says so.
    STRUCTURES = "structures"
    CONTACTS = "contacts"
    OPERATIONS = "operations"
    CODES = "codes"
    UNKNOWN = "unknown"


# What is imported without being told the kind: a script must never write something else by itself.
IMPORTED = frozenset({ListKind.TENANTS, ListKind.PEOPLE, ListKind.DWELLINGS})
IMPORTABLE = (
    ListKind.TENANTS,
    ListKind.PEOPLE,
    ListKind.TRACKER,
    ListKind.REFERRALS,
    ListKind.DWELLINGS,
    ListKind.PARTNERS,
    ListKind.LANDLORDS,
)
OF_HOUSEHOLDS = frozenset({ListKind.TENANTS, ListKind.PEOPLE, ListKind.TRACKER, ListKind.REFERRALS})
OF_BODIES = frozenset({ListKind.PARTNERS, ListKind.LANDLORDS})

KIND_LABELS = {
    ListKind.TENANTS: "Liste de locataires",
    ListKind.PEOPLE: "Liste de personnes",
    ListKind.TRACKER: "Tableau de suivi",
    ListKind.REFERRALS: "Demandes d’un bailleur",
    ListKind.DWELLINGS: "Liste de logements",
    ListKind.PARTNERS: "Annuaire de partenaires",
    ListKind.LANDLORDS: "Bailleurs et leurs contacts",
}
KIND_HELP = {
    ListKind.TENANTS: "Ménages logés par un bailleur\u00a0: personnes, logement, bail, solde du compte.",
    ListKind.PEOPLE: "Ménages et leurs membres, sans bail.",
    ListKind.TRACKER: (
        "Ménages déjà suivis\u00a0: mesures et dates, référent, dettes, notes datées qui entrent au journal."
    ),
    ListKind.REFERRALS: (
        "Ménages qu’un bailleur oriente vers vous, en liste ou sur une fiche\u00a0: motif, dette, accord du ménage."
    ),
    ListKind.DWELLINGS: "Logements seuls, sans occupants.",
    ListKind.PARTNERS: "Structures et professionnels vers qui orienter.",
    ListKind.LANDLORDS: "Bailleurs, et les personnes à qui écrire chez eux.",
}

_LABELS = {
    ListKind.STRUCTURES: "une liste de structures partenaires",
    ListKind.LANDLORDS: "une liste de bailleurs ou de leurs contacts",
    ListKind.CONTACTS: "une liste de contacts professionnels",
    ListKind.OPERATIONS: "une liste d'opérations de construction",
    ListKind.CODES: "une liste de codes ou de libellés",
}
_TENANCY = frozenset(
    {
        "lease_reference",
        "rent",
        "rent_with_charges",
        "service_charges",
        "balance",
        "housing_benefit",
        "entry_date",
    }
)
_DWELLING = frozenset(
    {"typology", "rooms", "living_area", "dwelling_reference", "door", "floor", "dwelling_count"}
)
_PLACE = frozenset(
    {"street", "street_name", "postal_code", "city", "postal_city", "residence", "dwelling_reference"}
)

_STRUCTURE = re.compile(
    r"\bsire[tn]\b|\brna\b|finess|site (?:web|internet)|site_web|horaire|raison sociale|responsable"
    r"|statut juridique"
    r"|type (?:de )?structure|nom (?:de )?(?:la )?structure|^structure$|^description$|thematique|^services?$"
)
_LANDLORD = re.compile(r"bailleur|\bmoa\b|\bhlm\b|organisme gestionnaire")
_PROFESSIONAL = re.compile(
    r"^fonction|^poste$|^profession$|^service$|^organisme|^structure|^societe$|nom bailleur|^role$"
)
_OPERATION = re.compile(r"operation|programmation|\bgalion\b|type financement|maitre d ouvrage")


class NotThisKind(CaseworkerError):
    """The list was read but holds neither tenants, people nor dwellings; `kind` is what it looks like."""

    def __init__(self, kind: ListKind, sentence: str) -> None:
        """Keep the kind beside the sentence."""
        super().__init__(typeset(sentence))
        self.kind = kind

    def __reduce__(self) -> tuple[type[NotThisKind], tuple[ListKind, str]]:
        """Let the refusal come back whole from the process that read the list."""
        return NotThisKind, (self.kind, self.sentence)


def recognise_kind(matching: Matching, header: Sequence[str], sheet_name: str | None) -> ListKind:
    """Return the kind of a list, from the columns found and from what the other names say."""
    fields = matching.fields()
    names = [fold(name.replace("_", " ")) for name in header]
    has_name = bool(fields & {"last_name", "full_name"})
    professional = _professional_kind(fields, names, fold(sheet_name or ""))
    if has_name and professional is None:
        return ListKind.TENANTS if fields & _TENANCY else ListKind.PEOPLE
    if professional is not None:
        return professional
    if sum(1 for name in names if _OPERATION.search(name)) >= 3:
        return ListKind.OPERATIONS
    if fields & _DWELLING and (fields & _PLACE) and len(fields & (_DWELLING | _PLACE)) >= 3:
        return ListKind.DWELLINGS
    return ListKind.CODES if len(header) <= 4 and not fields else ListKind.UNKNOWN


def _professional_kind(fields: frozenset[str], names: list[str], sheet_name: str) -> ListKind | None:
    """Recognise bodies and professionals; a birth date or a lease means people all the same."""
    if fields & {"birth_date", "lease_reference", "balance", "entry_date"}:
        return None
    operations = sum(1 for name in names if _OPERATION.search(name))
    landlords = sum(1 for name in names if _LANDLORD.search(name)) + bool(_LANDLORD.search(sheet_name))
    structures = sum(1 for name in names if _STRUCTURE.search(name))
    if operations >= 3:
        return ListKind.OPERATIONS
    professional = any(_PROFESSIONAL.search(name) for name in names)
    if landlords and (structures or professional or not fields & _DWELLING):
        return ListKind.LANDLORDS
    if structures >= 2 or (structures and "last_name" in fields and "first_name" not in fields):
        return ListKind.STRUCTURES
    # A home address says that the list is about the people themselves, whoever follows them.
    is_contact = professional and "first_name" in fields and not fields & {"street", "postal_code"}
    return ListKind.CONTACTS if is_contact else None


def refuse(kind: ListKind, file_name: str, header: Sequence[str]) -> NotThisKind:
    """Return the refusal of a list that is no list of tenants, people or dwellings."""
    if kind in _LABELS:
        return NotThisKind(
            kind,
            f"« {file_name} » est {_LABELS[kind]}, pas une liste de locataires, de personnes ou de logements"
            " : rien n'a été importé.",
        )
    return NotThisKind(
        kind,
        f"Aucune colonne de nom n'a été reconnue dans « {file_name} » (colonnes lues : {_shown(header)})"
        " : il faut au moins une colonne « Nom » ou « Locataire », et si possible « Prénom » et « Né(e) le "
        "».",
    )


def _shown(header: Sequence[str]) -> str:
    names = [f"« {name[:40]} »" for name in header if name and not name.startswith("(colonne")]
    if len(names) > 8:
        return f"{', '.join(names[:7])} et {len(names) - 7} autres"
    return join_words(names) or "aucune"
