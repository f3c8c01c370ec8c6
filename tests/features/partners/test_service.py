"""Partners on a real file: added, found, completed, retired."""

from __future__ import annotations

import pytest

from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner, NewPartnerContact, PartnerKind
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import NotAllowed, NotFound
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.undo import undo_last

RENT = "logement-hebergement--reduire-les-impayes-de-loyer"
CCAS = NewPartner(
    "CCAS de Hem",
    PartnerKind.PUBLIC_SERVICE,
    city="Hem",
    postal_code="59510",
    services=("Aide alimentaire", "Domiciliation"),
    themes=(RENT,),
)


@pytest.fixture
def ccas(file: EncryptedFile, who: Who) -> str:
    return partners.add_partner(file, who, CCAS)[0]


def names(file: EncryptedFile, who: Who, words: str = "", theme: str | None = None) -> list[str]:
    with file.reading() as connection:
        return [partner.name for partner in partners.search_partners(connection, who, words, theme)]


def test_a_partner_is_found_by_any_word_of_it(file: EncryptedFile, who: Who, ccas: str) -> None:
    partners.add_partner(file, who, NewPartner("Épicerie solidaire", city="Roubaix"))
    assert names(file, who) == ["CCAS de Hem", "Épicerie solidaire"]
    assert names(file, who, "domicil hem") == ["CCAS de Hem"]
    assert names(file, who, "EPICERIE") == ["Épicerie solidaire"]
    assert names(file, who, theme=RENT) == ["CCAS de Hem"]
    assert names(file, who, "100%_") == []


def test_a_partner_is_opened_with_its_people(file: EncryptedFile, who: Who, ccas: str) -> None:
    partners.add_partner_contact(file, who, ccas, NewPartnerContact("Zoé Petit", "accueil", "02 61 91 00 01"))
    with file.reading() as connection:
        found = partners.open_partner(connection, who, ccas)
        assert verify(connection).sound
    assert found.partner.services == ("Aide alimentaire", "Domiciliation")
    assert [(contact.name, contact.phone) for contact in found.contacts] == [("Zoé Petit", "+33261910001")]
    with file.reading() as connection, pytest.raises(NotFound):
        partners.open_partner(connection, who, "00")


def test_a_change_can_be_taken_back(file: EncryptedFile, who: Who, ccas: str) -> None:
    cautions, changes = partners.change_partner(file, who, ccas, NewPartner("CCAS de Hem", city="Lys"))
    assert (cautions, changes.tables) == ((), frozenset({"partner"}))
    assert names(file, who, "lys") == ["CCAS de Hem"]
    undo_last(file, who.worker_id)
    assert names(file, who, "lys") == []


def test_completing_fills_and_joins_and_replaces_nothing(file: EncryptedFile, who: Who, ccas: str) -> None:
    told = NewPartner("Autre nom", city="Lille", email="a@hem.example", services=("Domiciliation", "FSL"))
    with file.unit_of_work(who.worker_id, "complete") as uow:
        partners.complete_partner(uow, ccas, told)
        partners.add_contacts(uow, ccas, [NewPartnerContact("Zoé Petit"), NewPartnerContact("zoe petit")])
    with file.reading() as connection:
        found = partners.open_partner(connection, who, ccas)
    assert (found.partner.name, found.partner.city, found.partner.email) == (
        "CCAS de Hem",
        "Hem",
        "a@hem.example",
    )
    assert found.partner.services == ("Aide alimentaire", "Domiciliation", "FSL")
    assert [contact.name for contact in found.contacts] == ["Zoé Petit"]
    assert names(file, who, "fsl") == ["CCAS de Hem"]


def test_a_retired_partner_is_no_longer_found(file: EncryptedFile, who: Who, ccas: str) -> None:
    partners.retire_partner(file, who, ccas)
    assert names(file, who) == []
    with file.reading() as connection:
        assert [partner.active for partner in partners.known_partners(connection, who)] == [False]


def test_a_volunteer_reads_partners_and_writes_none(file: EncryptedFile, who: Who, ccas: str) -> None:
    volunteer = Who(who.worker_id, who.name, Role.VOLUNTEER)
    assert names(file, volunteer) == ["CCAS de Hem"]
    with pytest.raises(NotAllowed):
        partners.add_partner(file, volunteer, CCAS)
