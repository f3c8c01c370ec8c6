"""Columns named in dozens of ways, matched by name, checked by content, never guessed silently."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.features.intake.domain.columns import PROBABLE, SURE, Matching, match_columns
from caseworker_app.features.intake.domain.headings import WITHHELD, knows, read_heading
from caseworker_app.features.intake.domain.list_kind import ListKind, recognise_kind, refuse

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("N° Bail", "lease_reference"),
        ("Nom locataire", "last_name"),
        ("Né(e) le", "birth_date"),
        ("DDN", "birth_date"),
        ("Tél. portable", "mobile_phone"),
        ("N° tél domicile", "home_phone"),
        ("CP", "postal_code"),
        ("CP Ville", "postal_city"),
        ("Adr. logt", "street"),
        ("Adresse (complément)", "address_complement"),
        ("Adresse mail", "email"),
        ("Date d'entrée", "entry_date"),
        ("Date du bail", "entry_date"),
        ("Loyer HC", "rent"),
        ("Loyer charges comprises", "rent_with_charges"),
        ("Loyer hors charges", "rent"),
        ("Prov. charges", "service_charges"),
        ("A.P.L.", "housing_benefit"),
        ("Solde compte", "balance"),
        ("Co-titulaire", "co_holder_full_name"),
        ("Prénom conjoint", "co_holder_first_name"),
        ("Nb occupants", "occupants"),
        ("Identifiant dans le SI*", "external_reference"),
        ("Réf. locataire", "external_reference"),
        ("Prénom*", "first_name"),
        ("Nom et prénom", "full_name"),
        ("Nom de naissance", "birth_name"),
        ("Nom d'usage / Surnom", "other_name"),
        ("Ayant droit 1 nom", "dependant_1_last_name"),
        ("Date de Naissance\nAyant-Droit 3", "dependant_3_birth_date"),
        ("Enfant 2", "dependant_2_full_name"),
        ("adresse_ligne4", "street"),
        ("adresse_ligne6", "postal_city"),
        ("CODEPOSTAL", "postal_code"),
        ("NBPIECE", "rooms"),
        ("Type logt", "typology"),
    ],
)
def test_names_of_columns(name: str, key: str) -> None:
    heading = read_heading(name)
    assert heading is not None
    assert heading.key == key


@pytest.mark.parametrize(
    "name",
    [
        "Lieu de naissance",
        "Référent",
        "referent_nom",
        "Tél référent",
        "Date début dom actuelle",
        "Code INSEE",
        "Loyer maximum du logement en €",
        "Nom du projet",
        "Gestionnaire",
        "Numéro allocataire CAF/MSA",
    ],
)
def test_names_that_are_not_ours(name: str) -> None:
    assert read_heading(name) is None


def matched(header: str, *rows: str) -> Matching:
    return match_columns(header.split(";"), [row.split(";") for row in rows], TODAY)


def test_a_name_contradicted_by_its_content_is_refused_with_the_reason() -> None:
    matching = matched("Nom;Téléphone;Né(e) le", *["Dupont;dupont@mail.example;01/02/1980"] * 4)
    assert set(matching.columns()) == {"last_name", "birth_date"}
    assert [(e.theirs, e.why) for e in matching.left_out] == [
        ("Téléphone", "son contenu ne correspond pas à son titre")
    ]


def test_unreadable_content_alone_does_not_make_a_column_something_else() -> None:
    matching = matched("Nom;Téléphone", *["Dupont;à demander"] * 4)
    assert matching.columns()["phone"] == "Téléphone"
    assert [m.confidence for m in matching.matches] == [SURE, PROBABLE]


def test_columns_without_a_name_are_taken_only_where_nothing_is_doubtful() -> None:
    rows = [
        f"M. DUPONT Jean{n};jean{n}@mail.example;{n + 1:02d}/02/{1950 + 3 * n};{n + 1:02d}/02/2020"
        for n in range(12)
    ]
    matching = matched("(colonne A);(colonne B);(colonne C);(colonne D)", *rows)
    assert matching.columns() == {
        "full_name": "(colonne A)",
        "email": "(colonne B)",
        "birth_date": "(colonne C)",
    }
    assert {m.confidence for m in matching.matches} == {PROBABLE}


def test_the_mail_of_a_referent_is_never_taken_for_the_persons() -> None:
    matching = matched("nom;prenom;referent_mail", *["Dupont;Jean;pro@mail.example"] * 4)
    assert "email" not in matching.columns()


def test_sensitive_columns_are_withheld_by_name_and_by_content() -> None:
    matching = matched("Nom;NIR;RQTH;Numéro", *["Dupont;x;Oui;180023400000012"] * 3)
    assert matching.columns() == {"last_name": "Nom"}
    assert {(e.theirs, e.why) for e in matching.left_out if e.withheld} == {
        ("NIR", WITHHELD["nir"]),
        ("RQTH", WITHHELD["health"]),
        ("Numéro", WITHHELD["nir"]),
    }


def test_one_name_column_holds_whole_names_or_family_names() -> None:
    assert "full_name" in matched("Locataire;Loyer", *["M. DUPONT Jean;400"] * 3).columns()
    assert "last_name" in matched("Locataire;Prénom", *["DUPONT;Jean"] * 3).columns()
    assert "external_reference" in matched("Locataire;Nom", *["L00123;DUPONT"] * 3).columns()


def test_the_address_of_the_dwelling_goes_before_that_for_letters() -> None:
    matching = matched("Nom;Adresse de correspondance;Adresse logement", *["Dupont;BP 12;1 rue A"] * 3)
    assert matching.columns()["street"] == "Adresse logement"


def test_several_phones_have_a_name_each() -> None:
    columns = matched("Nom;Tél 1;Tél 2", *["Dupont;0639981247;0639981248"] * 3).columns()
    assert (columns["phone"], columns["phone_2"]) == ("Tél 1", "Tél 2")


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        ("N° Bail;Nom;Prénom", "1;Dupont;Jean", ListKind.TENANTS),
        ("Nom;Prénom;Né(e) le", "Dupont;Jean;01/02/1980", ListKind.PEOPLE),
        ("Courriel*;Prénom;Nom;Téléphones", "a@b.example;Jean;Dupont;0639981247", ListKind.PEOPLE),
        ("Nom;Prénom;Date de naissance;Structure", "Dupont;Jean;01/02/1980;CD 26", ListKind.PEOPLE),
        ("NUMVOIE;NOMVOIE;CODEPOSTAL;LIBCOM;NBPIECE", "1;VOLTAIRE;11100;NARBONNE;3", ListKind.DWELLINGS),
        ("Nom;Adresse;Siret;Site web", "CCAS;1 rue A;12345678901234;x", ListKind.STRUCTURES),
        ("Nom;Prénom;Nom Bailleur;Fonction;Mail", "Dupont;Jean;HLM;chef;a@b.example", ListKind.LANDLORDS),
        ("Nom;Prénom;Fonction;Téléphone", "Dupont;Jean;chef;0639981247", ListKind.CONTACTS),
        ("value;label;description", "a;A;b", ListKind.CODES),
        ("Année;Edition;Date;Projet;Résultat", "2012;1;29/05/2012;x;y", ListKind.UNKNOWN),
    ],
)
def test_kinds_of_lists(header: str, row: str, kind: ListKind) -> None:
    matching = matched(header, *[row] * 3)
    assert recognise_kind(matching, header.split(";"), None) is kind


def test_a_refusal_names_the_kind_or_the_columns_that_were_seen() -> None:
    assert "liste de structures partenaires" in refuse(ListKind.STRUCTURES, "s.csv", ["Nom"]).sentence
    sentence = refuse(ListKind.UNKNOWN, "s.csv", ["Année", "Projet"]).sentence
    assert sentence.startswith("Aucune colonne de nom")
    assert "«\u00a0Année\u00a0» et «\u00a0Projet\u00a0»" in sentence


def test_long_sentences_are_no_column_names() -> None:
    assert not knows("Personnes en situation de handicap de tout type")
    assert knows("Date de naissance*")
