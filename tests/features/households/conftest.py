"""The window's parts that the tab works with, and a household with something in every section."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.features.households import service
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    LegalProtection,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Reading,
    Relation,
)
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile


@pytest.fixture
def family(file: EncryptedFile, who: Who) -> str:
    """Four people, one of whom left; addresses of now and before; a number that must not be called."""
    members = (
        NewMember(
            "Marchadier-Kaboré", "Solène", Civility.MRS, "Marchadier", date(1992, 3, 14),
            language="français", reading=Reading.FLUENT,
        ),
        NewMember(
            "Kaboré", "Awa", Civility.MRS, birth_date=date(1954, 1, 2), relation=Relation.PARENT,
            legal_protection=LegalProtection.REINFORCED_CURATORSHIP, protected_by="Association tutélaire du Lez",
            language="mooré", interpreter_needed=True, reading=Reading.NO,
        ),
        NewMember("Marchadier", "Lila", birth_date=date(2017, 6, 2), relation=Relation.CHILD),
        NewMember("Kaboré", "Ali", Civility.MR, birth_date=date(1990, 8, 20), relation=Relation.PARTNER),
    )  # fmt: skip
    new = NewHousehold(
        members,
        (
            NewAddress("14 rue des Tisserands", "bât. B, apt 12", "59100", "Roubaix", date(2024, 3, 1)),
            NewAddress(
                "3 place de la Liberté", None, "59200", "Tourcoing", date(2019, 5, 1), date(2024, 3, 1)
            ),
        ),
        (
            NewContact(
                ContactKind.PHONE,
                "06 39 98 12 47",
                safe=True,
                instructions="SMS seulement, après 17 h",
                member=0,
            ),
            NewContact(ContactKind.PHONE, "06 39 98 44 02", "voisine"),
            NewContact(ContactKind.EMAIL, "solene.marchadier@courriel.example", member=0, safe=True),
            NewContact(ContactKind.PHONE, "06 39 98 70 11", member=3),
        ),
        visit_instructions="Digicode 12B, 3e étage gauche.\nUn chien, calme.",
        note="Adressée par le CCAS.",
    )
    household, _ = service.create_household(file, who, new)
    with file.reading() as connection:
        ali = service.open_household(connection, who, household).members[3]
    service.leave_household(file, who, ali.id, date(2026, 11, 3))
    return household
