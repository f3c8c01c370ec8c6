"""Importing real lists, faults included: what is recognised, what is reported, what is refused."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.cli.ground import Command, Imported, rows_kept
from tests.cli.lists import count_rows, tenant, write_list
from tests.ground import SHARED

REAL = SHARED / "data"
real_files = pytest.mark.skipif(
    not REAL.is_dir(), reason="the real files (../shared) are not beside this checkout"
)

# File, kind, encoding, separator, row of the header, rows of data.
IMPORTED = (
    ("landlords/liste_locataires_synthetique.csv", "tenants", "cp1252", ";", 4, 306),
    ("people/import_beneficiaires.csv", "people", "utf-8-sig", ";", 1, 4),
    ("people/import_beneficiaires_partial.csv", "people", "utf-8-sig", ";", 1, 4),
    ("people/extract_spie_principal.csv", "people", "utf-8", ";", 1, 4),
    ("people/domifa_import_ok.xlsx", "people", None, None, 1, 4),
    ("people/domifa_import_ko.xlsx", "people", None, None, 1, 3),
    ("people/domifa_modele.xlsx", "people", None, None, 1, 3),
    ("people/import_charges_orientation.xls", "people", None, None, 1, 2),
    ("people/import_charges_orientation.xlsx", "people", None, None, 1, 2),
    ("dwellings/RPLS_narbonne.csv", "dwellings", "utf-8", ";", 1, 1170),
)
REFUSED = (
    "landlords/bailleurs_hlm_siret.csv", "landlords/listing_bailleur_ok.xlsx",
    "landlords/listing_bailleur_missing_nom_bailleur.xlsx", "people/import_structures.csv",
    "people/import_structures_missing_key.csv", "people/categorisation_des_actions_du_fichier_PE.csv",
    "people/caf_infos_foyer.json", "people/export_notebook.json", "dwellings/export_sisal_13.csv",
    "dwellings/logements.xlsx", "dwellings/foyer_residence_logements.xlsx", "spreadsheets/without_row.csv",
    "spreadsheets/junk.ascii.csv", "spreadsheets/CATEG-JURID-v1.csv", "forms/domiciliation_demande.pdf",
    "partners/mednum_gironde.json",
)  # fmt: skip


def in_error(report: dict[str, Any]) -> set[int]:
    """Return the rows that were not imported, from the errors themselves."""
    return {error["row"] for error in report["errors"]}


def assert_whole(report: dict[str, Any]) -> None:
    """Check what every report promises."""
    done = report["created"] + report["merged"] + report["skipped"]
    assert report["rows"] == done + report["rows_in_error"] == done + len(in_error(report))
    for error in report["errors"] + report["warnings"]:
        assert set(error) == {"row", "column", "value", "message", "severity"}
        assert error["row"] > report["header_row"]
        assert error["message"].endswith(".")
    for duplicate in report["duplicates"]:
        assert duplicate["row"] > report["header_row"]
        assert duplicate["why"]
        assert all(duplicate["why"])


@real_files
@pytest.mark.parametrize(("name", "kind", "encoding", "separator", "header_row", "rows"), IMPORTED)
def test_a_real_list_is_recognised_and_every_row_accounted_for(
    imported: Imported,
    data: Path,
    name: str,
    kind: str,
    encoding: str,
    separator: str,
    header_row: int,
    rows: int,
) -> None:
    report = imported(REAL / name)
    found = (report["kind"], report["encoding"], report["separator"], report["header_row"], report["rows"])
    assert found == (kind, encoding, separator, header_row, rows)
    assert_whole(report)
    table = "dwelling" if kind == "dwellings" else "household"
    assert count_rows(data, table) == [report["created"]]
    assert report["columns"]
    assert all(ours.isascii() and theirs for ours, theirs in report["columns"].items())


@real_files
@pytest.mark.parametrize("name", REFUSED)
def test_a_real_file_of_something_else_is_refused_with_one_sentence(
    command: Command, data: Path, name: str
) -> None:
    before = rows_kept(data)
    outcome = command("import", REAL / name)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    assert Path(name).name in outcome.err
    assert rows_kept(data) == before


@real_files
def test_the_landlords_list_gives_households_with_home_lease_and_balance(
    imported: Imported, command: Command, data: Path
) -> None:
    report = imported(REAL / "landlords/liste_locataires_synthetique.csv", "--landlord", "Habitat de l’Aude")
    assert (report["created"], report["skipped"], report["rows_in_error"]) == (300, 6, 0)
    assert report["columns"]["lease_reference"] == "N° Bail"
    assert report["columns"]["balance"] == "Solde compte"
    assert report["titles"]
    households, leases, landlords = count_rows(data, "household", "lease", "landlord")
    assert (households, leases, landlords) == (300, 300, 1)
    found = command("search", "çelik", "--json").value
    shown = command("show", found[0]["reference"], "--json").value
    assert shown["dwelling"]["landlord"] == "Habitat de l’Aude"
    assert shown["dwelling"]["lease"]["rent_cents"] > 0


@real_files
def test_twice_in_the_list_is_told_with_reference_and_reasons(imported: Imported) -> None:
    report = imported(REAL / "landlords/liste_locataires_synthetique.csv")
    assert len(report["duplicates"]) == 6
    assert all(duplicate["reference"] for duplicate in report["duplicates"])
    reasons = {reason.split("\u00a0")[0].split(" 0")[0] for d in report["duplicates"] for reason in d["why"]}
    assert any("date de naissance" in reason for reason in reasons)
    assert any("téléphone" in reason for reason in reasons)


@real_files
@pytest.mark.parametrize(("name", "rows"), [(entry[0], entry[5]) for entry in IMPORTED])
def test_a_real_list_imported_again_adds_nothing(
    imported: Imported, data: Path, name: str, rows: int
) -> None:
    tables = ("household", "household_member", "address", "contact", "dwelling", "lease", "rent_entry")
    imported(REAL / name)
    before = count_rows(data, *tables)
    report = imported(REAL / name)
    # A row put aside for an error is put aside again.
    assert (report["created"], report["skipped"] + report["rows_in_error"]) == (0, rows)
    assert count_rows(data, *tables) == before
    assert_whole(report)
    assert report["duplicates"]
    if report["kind"] != "dwellings":
        assert all(duplicate["reference"] for duplicate in report["duplicates"])


def test_the_report_holds_every_key_promised(imported: Imported, tmp_path: Path) -> None:
    rows = [tenant(1), tenant(1), tenant(2, **{"Né(e) le": "31/02/1980"}), tenant(3, **{"Nom locataire": ""})]
    report = imported(write_list(tmp_path / "liste.csv", rows))
    assert {
        "kind", "encoding", "separator", "header_row", "columns", "rows", "created", "merged", "skipped",
        "errors", "duplicates",
    } <= set(report)  # fmt: skip
    assert (report["rows"], report["created"], report["skipped"], report["rows_in_error"]) == (4, 1, 1, 2)
    bad = next(error for error in report["errors"] if error["row"] == 4)
    assert (bad["column"], bad["value"]) == ("Né(e) le", "31/02/1980")
    assert "n’existe pas" in bad["message"]
    assert [(d["row"], bool(d["reference"])) for d in report["duplicates"]] == [(3, True)]
    assert_whole(report)


def test_the_answer_in_json_is_the_report(command: Command, tmp_path: Path) -> None:
    path, out = write_list(tmp_path / "liste.csv", [tenant(1), tenant(2)]), tmp_path / "rapport.json"
    outcome = command("import", path, "--report", out, "--json")
    assert outcome.err == ""
    assert outcome.value == json.loads(out.read_text(encoding="utf-8"))


def test_the_answer_for_people_says_the_same(command: Command, tmp_path: Path) -> None:
    rows = [tenant(1), tenant(1), tenant(2, **{"Né(e) le": "31/02/1980"}), tenant(3, **{"Nom locataire": ""})]
    out = command("import", write_list(tmp_path / "liste.csv", rows)).out
    assert out.startswith(
        "4\u00a0lignes lues\u00a0: 1\u00a0créée, 0\u00a0ajoutée à un dossier connu, 1\u00a0écartée"
    )
    assert "ligne\u00a04, Né(e) le\u00a0: Ce jour n’existe pas" in out
    assert "ligne\u00a03\u00a0: doublon probable de 20" in out


@pytest.mark.parametrize("place", ["a folder", "in no folder", "the list itself", "the data folder"])
def test_a_report_that_would_do_harm_is_refused_before_anything_is_imported(
    command: Command, data: Path, tmp_path: Path, place: str
) -> None:
    path = write_list(tmp_path / "liste.csv", [tenant(1)])
    report = {
        "a folder": tmp_path,
        "in no folder": tmp_path / "absent" / "rapport.json",
        "the list itself": path,
        "the data folder": data / "passerelle.db",
    }[place]
    before = path.read_bytes()
    outcome = command("import", path, "--report", report)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    assert path.read_bytes() == before
    assert count_rows(data, "household") == [0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such pipes on Windows")
def test_a_report_goes_into_a_pipe_and_never_replaces_it(command: Command, tmp_path: Path) -> None:
    pipe, read = tmp_path / "tuyau", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    outcome = command("import", write_list(tmp_path / "liste.csv", [tenant(1)]), "--report", pipe)
    reader.join(120)
    assert outcome.code == 0
    assert json.loads(read[0])["created"] == 1
    assert pipe.is_fifo()


@pytest.mark.skipif(os.name == "nt", reason="rights are told otherwise on Windows")
def test_a_report_is_read_by_its_owner_only(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "rapport.json"
    command("import", write_list(tmp_path / "liste.csv", [tenant(1)]), "--report", out)
    assert out.stat().st_mode & 0o077 == 0
