"""Directories imported: partners and landlords, one row or several each, known ones completed."""

from __future__ import annotations

import json
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.housing.service import landlords
from caseworker_app.features.intake.domain.body_rows import kind_of, town
from caseworker_app.features.intake.domain.choices import Choices
from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.plan import ImportPlan, analyse
from caseworker_app.features.intake.service import importing
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import PartnerKind
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.replay import snapshot

TODAY = date(2026, 11, 24)
PARTNERS, LANDLORDS = Choices(kind=ListKind.PARTNERS), Choices(kind=ListKind.LANDLORDS)
STRUCTURES = (
    "Nom;Description;Téléphones;Adresse;Code postal;Ville;Site web;Courriel;Siret;Courriel responsable;"
    "Prénom responsable;Nom responsable;Fonction responsable\n"
    "CD 93;Conseil;0261910001, 0261910002;14 chemin du Gué;93000;BOBIGNY;cd.example;a@cd.example;22930008201453;"
    "r@cd.example;Ruben;DELAMARE;chef\n"
    "CD 93;Conseil;0261910001;14 chemin du Gué;93000;BOBIGNY;cd.example;a@cd.example;22930008201453;"
    "z@cd.example;Zoé;LACAZE;chargée\n"
    ";;;;;;;;;;;;\n"
    ";sans nom;;1 rue B;59510;Hem;;;;;;;\n"
)


def written(tmp_path: Path, text: str, name: str = "annuaire.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def plan_of(tmp_path: Path, text: str, choices: Choices = PARTNERS) -> ImportPlan:
    return analyse(written(tmp_path, text), (), TODAY, choices)


def test_rows_of_one_body_are_one_partner_with_its_people(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, STRUCTURES)
    [body] = plan.bodies
    assert (body.partner.name, body.partner.city, body.partner.kind) == (
        "CD 93",
        "Bobigny",
        PartnerKind.PUBLIC_SERVICE,
    )
    assert (body.rows, [contact.name for contact in body.contacts]) == (
        (2, 3),
        ["Ruben DELAMARE", "Zoé LACAZE"],
    )
    assert [(p.row, p.severity) for p in plan.problems] == [(5, "error")]


def test_a_directory_comes_in_again_is_completed_and_undone(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    path = written(tmp_path, STRUCTURES)
    with file.reading() as connection:
        before = snapshot(connection)
    report = importing.import_list(file, who, path, choices=PARTNERS)
    counts = report.counts
    assert (counts.rows, counts.created, counts.merged, counts.skipped, counts.in_error) == (3, 1, 1, 0, 1)
    again = importing.import_list(file, who, path, choices=PARTNERS)
    assert (again.counts.created, again.counts.skipped) == (0, 2)
    more = written(tmp_path, STRUCTURES.replace("LACAZE", "PETIT").replace("0261910002", "0261910009"))
    merged = importing.import_list(file, who, more, choices=PARTNERS, duplicates=OnDuplicate.MERGE)
    assert (merged.counts.created, merged.counts.merged) == (0, 2)
    with file.reading() as connection:
        [known] = partners.known_partners(connection, who)
        found = partners.open_partner(connection, who, known.id)
    assert known.phones == ("+33261910001", "+33261910002", "+33261910009")
    assert [contact.name for contact in found.contacts] == ["Ruben DELAMARE", "Zoé LACAZE", "Zoé PETIT"]
    for run in (merged.run_id, report.run_id):
        importing.undo_import(file, who, run)
    with file.reading() as connection:
        after = snapshot(connection)
    assert (after.get("partner"), after.get("partner_contact")) == (
        before.get("partner"),
        before.get("partner_contact"),
    )


def test_open_data_records_are_a_directory(file: EncryptedFile, who: Who, tmp_path: Path) -> None:
    records = [
        {"id": "1", "nom": "MAISON DU GUÉ", "pivot": "00000000000000", "commune": "AIX-LES-BAINS",
         "code_postal": "73100",
         "telephone": "+33261910001", "services": "Accueil;Écrivain public", "horaires": "Tu-Fr 09:00-12:00",
         "thematiques": ["logement-hebergement--louer-un-logement", "chant"], "latitude": 45.6, "source": "Gué"},
        {"id": "2", "nom": None},
    ]  # fmt: skip
    path = written(tmp_path, json.dumps(records, ensure_ascii=False), "annuaire.json")
    report = importing.import_list(file, who, path, choices=PARTNERS)
    assert (report.counts.created, report.counts.in_error) == (1, 1)
    with file.reading() as connection:
        [known] = partners.known_partners(connection, who)
    assert (known.siret, known.city, known.source, known.source_id) == (None, "Aix-les-Bains", "Gué", "1")
    assert known.services == ("Accueil", "Écrivain public", "chant")
    assert known.themes == ("logement-hebergement--louer-un-logement",)


def test_the_postal_code_inside_the_address_is_read(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Lieu;Adresse postale\nAbracodabra;8 rue du Gué - 33000 Bordeaux\n")
    partner = plan.bodies[0].partner
    assert (partner.street, partner.postal_code, partner.city) == ("8 rue du Gué", "33000", "Bordeaux")


def test_professionals_without_a_body_are_partners(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Courriel*;Prénom;Nom;Téléphones\na@cd.example;Zoé;Petit;0261910001\n")
    partner = plan.bodies[0].partner
    assert (partner.name, partner.kind, partner.phones) == (
        "Zoé Petit",
        PartnerKind.PROFESSIONAL,
        ("+33261910001",),
    )
    assert partner.email == "a@cd.example"


def test_what_is_wrong_is_kept_in_the_description(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Nom;Téléphone;Siret;Ville\nCCAS;02 61;123;Hem\n")
    assert "02 61" in (plan.bodies[0].partner.description or "")
    assert {p.severity for p in plan.problems} == {"warning"}


def test_landlords_come_in_with_the_people_to_write_to(file: EncryptedFile, who: Who, tmp_path: Path) -> None:
    text = (
        "Nom;Prénom;Nom Bailleur ;Fonction;Mail;Portable\nPetit;Zoé;Valmère Habitat;chargée;z@val.example;0639981247\n"
        "Roux;Ali;VALMERE HABITAT;chef;a@val.example;\nSeul;Paul;;;p@val.example;\n"
    )
    path = written(tmp_path, text)
    report = importing.import_list(file, who, path, choices=LANDLORDS)
    assert (report.counts.created, report.counts.merged, report.counts.in_error) == (1, 1, 1)
    with file.reading() as connection:
        [landlord] = landlords.list_landlords(connection, who)
        found = landlords.open_landlord(connection, who, landlord.id)
    assert [contact.name for contact in found.contacts] == ["Zoé Petit", "Ali Roux"]
    again = importing.import_list(file, who, path, choices=LANDLORDS)
    assert (again.counts.created, again.counts.skipped) == (0, 2)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Association Les Amarres", PartnerKind.ASSOCIATION),
        ("CCAS", PartnerKind.PUBLIC_SERVICE),
        ("Centre médico-psychologique (CMP)", PartnerKind.HEALTH),
        ("ADIL du Nord", PartnerKind.LEGAL),
        ("Valmère", PartnerKind.OTHER),
    ],
)
def test_what_a_body_is_is_read_from_its_name(text: str, kind: PartnerKind) -> None:
    assert kind_of(text) is kind


@given(st.text(string.printable, max_size=40))
def test_a_town_keeps_its_letters(text: str) -> None:
    assert town(text).lower() == text.lower()
