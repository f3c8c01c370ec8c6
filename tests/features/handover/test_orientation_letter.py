"""The letter to a partner: nobody named without an agreement, never an address, numbered and in the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.dossier.service import history_of
from caseworker_app.features.handover.documents.letters import render_orientation_letter
from caseworker_app.features.handover.domain.kinds import kind_of
from caseworker_app.features.handover.domain.orientation_letter import ReasonNames
from caseworker_app.features.handover.service.orientation_letters import send_orientation_letter
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.handover.service.reviews import register_of
from caseworker_app.features.handover.service.team_printing import print_team
from caseworker_app.features.households import service as households
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.orientations.domain.orientation import NewOrientation
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from tests.features.handover.rich_household import build
from tests.pdf.reading import text as text_of

DAY = date(2026, 11, 24)
NEW = NewOrientation("p", "Dettes d’énergie depuis l’hiver dernier", DAY, meeting_on=DAY + timedelta(6))


@pytest.fixture
def ccas(file: Any, who: Any) -> str:
    return partners.add_partner(
        file, who, NewPartner("CCAS de Hem", street="2 place de la Mairie", postal_code="59510", city="Hem")
    )[0]


def agree(file: Any, who: Any, household: str, body: str = "CCAS", kind: Any = RecipientKind.BODY) -> str:
    new = NewConsent(household, Recipient(kind, body), frozenset({Topic.PAYMENT}), "aide", DAY)
    return consents.give_consent(file, who, new)[0]


def oriented(file: Any, who: Any, household: str, ccas: str, **changed: Any) -> str:
    new = replace(NEW, partner_id=ccas, **changed)
    return orientations.propose_orientation(file, who, household, new)[0]


def sent(file: Any, who: Any, household: str, out: Path) -> tuple[Any, str]:
    line, _ = send_orientation_letter(file, who, household, out, render_orientation_letter)
    return line, text_of(out.read_bytes()).replace("\u00a0", " ")


def test_without_agreement_the_situation_is_told_and_nobody(file, who, household, ccas, tmp_path) -> None:
    oriented(file, who, household, ccas)
    line, words = sent(file, who, household, tmp_path / "a.pdf")
    for told in ("CCAS de Hem", "2 place de la Mairie", "Dettes d’énergie", "sans nommer personne",
                 "30 novembre 2026", "Pour nous joindre", who.name, line.number):  # fmt: skip
        assert told in words.replace("\n", " "), told
    for kept in ("Marchadier", "Solène"):
        assert kept not in words
    assert (line.consent_ids, line.kind, line.recipient_name) == ("", "lettre-orientation", "CCAS de Hem")
    with pikepdf.open(tmp_path / "a.pdf") as document:
        assert "/StructTreeRoot" in document.Root


def test_an_agreement_for_this_partner_names_whom_it_sends(file, who, household, ccas, tmp_path) -> None:
    agreed = agree(file, who, household)
    oriented(file, who, household, ccas, consent_id=agreed)
    line, words = sent(file, who, household, tmp_path / "a.pdf")
    assert "Marchadier" in words
    assert "24 novembre 2026" in words
    assert line.consent_ids == agreed
    consents.withdraw_consent(file, who, agreed, DAY)
    line, words = sent(file, who, household, tmp_path / "b.pdf")
    assert "Marchadier" not in words
    assert line.consent_ids == ""


@pytest.mark.parametrize(
    ("body", "kind"), [("CCAS de Lys", RecipientKind.BODY), ("CCAS de Hem", RecipientKind.LANDLORD)]
)
def test_an_agreement_for_somebody_else_names_nobody(
    file, who, household, ccas, tmp_path, body, kind
) -> None:
    agreed = agree(file, who, household, body, kind)
    oriented(file, who, household, ccas, consent_id=agreed)
    assert "Marchadier" not in sent(file, who, household, tmp_path / "a.pdf")[1]


@pytest.mark.parametrize("reason", ["Mme Marchadier a froid", "Joindre au 06 39 98 12 34", "Solène a froid"])
def test_a_reason_that_tells_who_it_is_stays(file, who, household, ccas, tmp_path, reason) -> None:
    oriented(file, who, household, ccas, reason=reason)
    with pytest.raises(ReasonNames):
        sent(file, who, household, tmp_path / "a.pdf")
    assert list(tmp_path.glob("*.pdf")) == []
    with file.reading() as connection:
        assert register_of(connection, who, household) == []


def test_a_named_letter_leaves_health_to_be_said_aloud(file, who, household, ccas, tmp_path) -> None:
    agreed = agree(file, who, household)
    oriented(file, who, household, ccas, consent_id=agreed, reason="Suivi en addictologie, dépression")
    words = sent(file, who, household, tmp_path / "a.pdf")[1]
    assert "de vive voix" in words
    assert "dépression" not in words


def test_home_and_phones_never_leave(file, who, ccas, tmp_path) -> None:
    rich = build(file, who)
    with file.reading() as connection:
        people = households.open_household(connection, who, rich.household_id)
    (address, *_) = people.addresses
    oriented(file, who, rich.household_id, ccas, reason="Perte d’emploi")
    words = sent(file, who, rich.household_id, tmp_path / "a.pdf")[1]
    assert address.street
    assert address.street not in words
    oriented(file, who, rich.household_id, ccas, reason=f"Le logement du {address.street} est froid")
    with pytest.raises(ReasonNames):
        sent(file, who, rich.household_id, tmp_path / "b.pdf")


def test_it_prints_by_its_kind_and_is_told_in_the_history(file, who, household, ccas, tmp_path) -> None:
    with pytest.raises(NotFound):
        print_document(file, who, "lettre-orientation", household, tmp_path / "a.pdf", renderers())
    oriented(file, who, household, ccas)
    printed = print_document(file, who, "lettre-orientation", household, tmp_path / "a.pdf", renderers())
    assert printed.pages == 1
    with file.reading() as connection:
        assert register_of(connection, who, household)[0].number == printed.number
        assert history_of(connection, who, household)[0].action == "lettre d’orientation écrite"
    assert kind_of("lettre-orientation").leaves_house
    with pytest.raises(InvalidEntry):
        print_document(
            file, who, "lettre-orientation", household, tmp_path / "b.pdf", renderers(), period=Period(DAY)
        )
    with pytest.raises(InvalidEntry):
        print_team(file, who, "lettre-orientation", "Les Amarres", tmp_path, renderers())
