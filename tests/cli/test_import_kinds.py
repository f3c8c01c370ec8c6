"""`import --kind`, `--profile`, `--list-profiles`: what is imported when a script says what the list is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.ground import Command, Imported
from tests.cli.lists import count_rows, write_text
from tests.features.intake.trackers import sixty
from tests.ground import SHARED

REAL = SHARED / "data"
real_files = pytest.mark.skipif(
    not REAL.is_dir(), reason="the real files (../shared) are not beside this checkout"
)

# File, kind, table that grows, rows created, joined to another row, in error.
BY_KIND = (
    ("partners/cartographie_nationale_source.json", "partners", "partner", (687, 0, 0)),
    ("partners/mednum_gironde.json", "partners", "partner", (346, 0, 1)),
    ("people/import_structures.csv", "partners", "partner", (1, 1, 0)),
    ("people/import_structures_missing_key.csv", "partners", "partner", (1, 1, 0)),
    ("people/import_charges_orientation.xls", "partners", "partner", (2, 0, 0)),
    ("landlords/listing_bailleur_ok.xlsx", "landlords", "landlord", (1, 1, 1)),
    ("landlords/bailleurs_hlm_siret.csv", "landlords", "landlord", (38, 0, 1365)),
    ("dwellings/export_sisal_13.csv", "dwellings", "dwelling", (1866, 0, 0)),
    ("dwellings/RPLS_narbonne.csv", "dwellings", "dwelling", (1170, 0, 0)),
    ("people/domifa_import_ok.xlsx", "people", "household", (4, 0, 0)),
)


@real_files
@pytest.mark.parametrize(("name", "kind", "table", "done"), BY_KIND)
def test_a_real_file_is_imported_as_the_kind_told(
    imported: Imported, data: Path, name: str, kind: str, table: str, done: tuple[int, int, int]
) -> None:
    report = imported(REAL / name, "--kind", kind)
    assert (report["kind"], report["created"], report["merged"], report["rows_in_error"]) == (kind, *done)
    assert report["rows"] == sum(done) + report["skipped"]
    assert count_rows(data, table) == [report["created"]]
    again = imported(REAL / name, "--kind", kind)
    assert (again["created"], again["rows_in_error"]) == (0, done[2])


def test_a_follow_up_table_gives_live_measures(imported: Imported, data: Path, tmp_path: Path) -> None:
    report = imported(sixty(tmp_path / "suivi.xlsx"), "--kind", "tracker")
    assert (report["kind"], report["created"], report["rows_in_error"]) == ("tracker", 60, 0)
    assert report["columns"]["worker"] == "Référente"
    assert count_rows(data, "support_measure", "household") == [60, 60]


def test_without_a_kind_a_directory_is_still_refused(command: Command, tmp_path: Path) -> None:
    path = write_text(tmp_path / "s.csv", "Nom;Siret;Site web\nCCAS;22930008201453;ccas.example\n")
    refused = command("import", path)
    assert (refused.code, refused.out) == (1, "")
    assert command("import", path, "--kind", "partners").code == 0


def test_a_profile_is_named_by_its_identifier_or_its_name(imported: Imported, tmp_path: Path) -> None:
    path = write_text(
        tmp_path / "b.csv",
        "Identifiant dans le SI*;Prénom*;Nom*;Date de naissance*\n1;Zoé;Petit;01/02/1980\n",
    )
    for name in ("carnet-de-bord-beneficiaires", "carnet de bord beneficiaires"):
        report = imported(path, "--profile", name, "--dry-run")
        assert report["columns"]["external_reference"] == "Identifiant dans le SI*"
        assert report["kind"] == "people"


def test_an_unknown_profile_is_refused_in_a_sentence(command: Command, tmp_path: Path) -> None:
    path = write_text(tmp_path / "b.csv", "Nom;Prénom\nPetit;Zoé\n")
    refused = command("import", path, "--profile", "chant")
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "--list-profiles" in refused.err


def test_profiles_are_listed_without_a_file_to_import(command: Command) -> None:
    listed = command("import", "--list-profiles", "--json")
    profiles = {profile["id"]: profile for profile in listed.value}
    assert profiles["domifa-domicilies"]["kind"] == "people"
    assert profiles["mano-personnes"]["ready"] is True
    assert "rpls" in command("import", "--list-profiles").out


def test_without_file_nor_list_the_usage_is_told(command: Command) -> None:
    wrong = command("import")
    assert (wrong.code, wrong.out) == (2, "")
    assert command("import", "x.csv", "--kind", "songs").code == 2


def test_a_refusal_of_a_table_without_names_is_one_sentence(command: Command, tmp_path: Path) -> None:
    path = write_text(tmp_path / "b.csv", "Xxx;Yyy\n12;13\n14;15\n")
    for kind in ("tenants", "tracker", "partners", "landlords"):
        refused = command("import", path, "--kind", kind)
        assert (refused.code, refused.err.count("\n")) == (1, 1)


def test_a_key_in_a_list_is_in_no_report(imported: Imported, tmp_path: Path) -> None:
    text = "Nom;Prénom;Clé de chiffrement\nPetit;Zoé;sésame-12345\nRoux;Ali;sésame-67890\n"
    report = imported(write_text(tmp_path / "b.csv", text))
    assert "sésame" not in json.dumps(report, ensure_ascii=False)
    assert [entry["withheld"] for entry in report["left_out"]] == [True]
