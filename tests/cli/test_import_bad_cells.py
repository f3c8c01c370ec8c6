"""A list that can be read but holds bad cells is taken row by row, its errors in the report."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.cli.ground import Command, Imported
from tests.cli.lists import count_rows, tenant, write_list, write_text
from tests.cli.test_import_lists import assert_whole

# Column and what is typed there; what the row becomes, and the word its message must hold.
BAD_CELLS = (
    ("Né(e) le", "31/02/1980", "error", "n’existe pas"),
    ("Né(e) le", "00/00/1980", "error", "n’existe pas"),
    ("Né(e) le", "hier", "error", "pas lisible"),
    ("Né(e) le", "01/01/1800", "error", "trop ancienne"),
    ("Né(e) le", "01/01/2199", "error", "avenir"),
    ("Date d'entrée", "01/01/1910", "error", "trop lointaine"),
    ("Loyer HC", "25 000,00", "error", "n’est pas possible"),
    ("Loyer HC", "-400,00", "error", "n’est pas possible"),
    ("Loyer HC", "4OO,00", "error", ""),
    ("Solde compte", "900 000,00", "error", "n’est pas possible"),
    ("Tél. portable", "06 39 98 1", "created", "numéro"),
    ("Tél. portable", "6,39981E+08", "created", "tronqué"),
    ("Courriel", "awa@", "created", "e-mail"),
    ("Courriel", "a" * 250 + "@gue.example", "created", "e-mail"),
    ("CP", "ABCDE", "created", "code postal"),
    ("Adresse logement", "=cmd|'/c calc'!A1", "error", "formule"),
    ("Prénom", "=1+1", "error", "formule"),
    ("Nom locataire", "=cmd|'/c calc'!A1", "error", ""),
    ("Nom locataire", "@SUM(A1)", "error", ""),
    ("Nom locataire", "Dub\0ois", "error", "NUL"),
    ("Nom locataire", "", "error", "nom"),
    ("Nom locataire", "12345", "error", "lettres"),
    ("Nom locataire", "x" * 400_000, "error", ""),
    ("Adresse logement", "y" * 400_000, "error", ""),
    ("Nom locataire", "Trop" * 40, "error", "trop long"),
    ("Ville", "Val\0mère", "error", "NUL"),
)


@pytest.mark.parametrize(("column", "value", "becomes", "said"), BAD_CELLS, ids=range(len(BAD_CELLS)))
def test_a_bad_cell_costs_its_field_or_its_row_and_nothing_else(
    imported: Imported, data: Path, tmp_path: Path, column: str, value: str, becomes: str, said: str
) -> None:
    rows = [tenant(1), tenant(2, **{column: value}), tenant(3)]
    report = imported(write_list(tmp_path / "liste.csv", rows))
    assert_whole(report)
    lost = becomes == "error"
    assert (report["rows"], report["created"], report["rows_in_error"]) == (3, 3 - lost, int(lost))
    told = report["errors"] if lost else report["warnings"]
    errors = [error for error in told if error["row"] == 3]
    assert errors
    assert any(error["column"] == column for error in errors)
    assert any(said in error["message"] for error in errors), errors
    assert all(len(error["value"]) <= 60 and error["value"].isprintable() for error in errors)
    assert count_rows(data, "household") == [3 - lost]


def test_a_list_of_nothing_but_faults_is_read_to_its_end(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    rows = [tenant(number, **{"Nom locataire": "12345"}) for number in range(1, 8)]
    report = imported(write_list(tmp_path / "liste.csv", rows))
    assert (report["rows"], report["created"], report["rows_in_error"]) == (7, 0, 7)
    assert count_rows(data, "household") == [0]
    assert imported(write_list(tmp_path / "b.csv", [tenant(1)]))["created"] == 1


def test_what_a_bad_cell_said_stays_in_the_note(imported: Imported, command: Command, tmp_path: Path) -> None:
    row = tenant(1, **{"CP": "ABCDE", "Courriel": "awa@", "Tél. portable": "06 39 98 1"})
    imported(write_list(tmp_path / "liste.csv", [row]))
    reference = command("search", "le goff", "--json").value[0]["reference"]
    note = command("show", reference, "--json").value["note"]
    assert all(text in note for text in ("ABCDE", "awa@", "06 39 98 1"))


def test_endless_remarks_keep_nobody_out(imported: Imported, command: Command, tmp_path: Path) -> None:
    text = f"Nom;Prénom;Loyer;Observations\nDubois;Awa;400;{'mot ' * 7_000}\nMartin;Luc;410;\n"
    report = imported(write_text(tmp_path / "liste.csv", text))
    assert (report["created"], report["rows_in_error"]) == (2, 0)
    assert any("20\u202f000 caractères" in error["message"] for error in report["warnings"])
    found = command("search", "dubois", "--json").value
    assert len(command("show", found[0]["reference"], "--json").value["note"]) <= 20_000


def test_two_people_called_holders_are_one_household(
    imported: Imported, command: Command, tmp_path: Path
) -> None:
    text = (
        "Nom;Prénom;Nom Ayant-Droit 1;Prénom Ayant-Droit 1;Lien de parenté Ayant-Droit 1\n"
        "Dubois;Awa;Martin;Luc;Titulaire\n"
    )
    assert imported(write_text(tmp_path / "liste.csv", text))["created"] == 1
    found = command("search", "dubois", "--json").value
    members = command("show", found[0]["reference"], "--json").value["members"]
    assert [(m["last_name"], m["relation"]) for m in members] == [
        ("Dubois", "reference_person"),
        ("Martin", "unknown"),
    ]


def test_an_address_of_invisible_signs_is_no_address(imported: Imported, data: Path, tmp_path: Path) -> None:
    report = imported(write_text(tmp_path / "liste.csv", "Nom;Prénom;Adresse\nDubois;Awa;\u200b\u200e\n"))
    assert report["created"] + report["rows_in_error"] == 1
    assert_whole(report)


def test_formulas_of_a_workbook_are_never_computed(
    imported: Imported, command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "liste.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "Prénom", "Loyer", "Ville"])
        sheet.write_row(1, 0, ["Dubois", "Awa"])
        sheet.write_formula(1, 2, "=1+1", value="")
        sheet.write_formula(1, 3, '=HYPERLINK("http://x.example")', value="Valmère")
        sheet.write_row(2, 0, ["Martin", "Luc", "410,00", "Valmère"])
    report = imported(path)
    assert report["created"] == 2
    found = command("search", "dubois", "--json").value
    file = command("show", found[0]["reference"], "--json").value
    assert "HYPERLINK" not in str(file)


def test_cells_that_a_spreadsheet_would_run_leave_as_text(
    imported: Imported, command: Command, tmp_path: Path
) -> None:
    text = "Nom;Prénom;Ville;Observations\nDubois;Awa;Valmère;-cmd|'/c calc'!A1\n"
    imported(write_text(tmp_path / "liste.csv", text))
    found = command("search", "dubois", "--json").value
    note = command("show", found[0]["reference"], "--json").value["note"]
    assert not note.startswith(("=", "+", "-", "@"))
