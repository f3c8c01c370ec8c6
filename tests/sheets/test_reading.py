"""Lists read back from files these tests write themselves, in every state people send them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from caseworker_app.sheets.reading import read_sheet
from caseworker_app.sheets.refusals import UnreadableFile
from caseworker_app.sheets.sheet import Sheet

BASE = (
    "Nom;Prénom;Né(e) le;Téléphone\n"
    "Dupont;Hélène;01/02/1980;0639981247\n"
    "Noël;François;03/04/1975;0639981248\n"
)
NAMES = frozenset({"nom", "prénom", "né(e) le", "téléphone", "ville", "n° bail", "adresse", "loyer"})


def knows(name: str) -> bool:
    return name.casefold() in NAMES


def read(tmp_path: Path, content: str | bytes, name: str = "liste.csv") -> Sheet:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sheet(path, knows)


def cells(sheet: Sheet) -> list[list[str]]:
    return [row.cells for row in sheet.rows]


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
        ("mac-roman", "mac-roman"),
        ("cp850", "cp850"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("content", [BASE, BASE.upper()], ids=["small letters", "capitals"])
def test_every_encoding_of_french_lists_gives_the_same_letters(
    tmp_path: Path, encoding: str, reported: str, content: str
) -> None:
    sheet = read(tmp_path, content.encode(encoding))
    assert sheet.encoding == reported
    assert cells(sheet) == [line.split(";") for line in content.splitlines()[1:]]


def test_letters_encoded_twice_are_put_right(tmp_path: Path) -> None:
    sheet = read(tmp_path, BASE.encode().decode("cp1252").encode())
    assert cells(sheet)[1][:2] == ["Noël", "François"]


def test_one_wrong_byte_does_not_spoil_a_utf8_list(tmp_path: Path) -> None:
    sheet = read(tmp_path, (BASE * 3).encode().replace(b"Dupont", b"Dup\xe9nt", 1))
    assert sheet.encoding == "utf-8"
    assert cells(sheet)[0][:2] == ["Dupént", "Hélène"]


@pytest.mark.parametrize(("separator", "kind"), [(";", "csv"), (",", "csv"), ("\t", "tsv"), ("|", "csv")])
def test_the_separator_is_found(tmp_path: Path, separator: str, kind: str) -> None:
    sheet = read(tmp_path, BASE.replace(";", separator))
    assert (sheet.separator, sheet.file_kind) == (separator, kind)
    assert cells(sheet)[0][0] == "Dupont"


def test_decimal_commas_do_not_pass_for_separators(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Nom;Loyer\n" + "\n".join(f"Dupont;{n},50" for n in range(30)))
    assert sheet.separator == ";"


def test_the_directive_of_excel_names_the_separator(tmp_path: Path) -> None:
    sheet = read(tmp_path, "sep=,\nNom,Prénom\nDupont,Jean\n")
    assert (sheet.separator, sheet.header_row, sheet.rows[0].number) == (",", 2, 3)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_every_kind_of_line_end_is_read(tmp_path: Path, end: str) -> None:
    assert len(read(tmp_path, BASE.replace("\n", end)).rows) == 2


def test_titles_blank_lines_totals_and_repeated_headers_are_put_apart(tmp_path: Path) -> None:
    sheet = read(
        tmp_path,
        "Liste des locataires;;;\nÉdité le 02/11/2026;;;\n;;;\n"
        "N° Bail;Nom;Ville;Loyer\n1;Total;Sète;500\n;;;\n"
        "Résidence Les Pins;;;\n2;Noël;Lunel;400\nSous-total;;;900\n"
        "N° Bail;Nom;Ville;Loyer\n3;Dupont;Lunel;300\n"
        "TOTAL;;;1 200,00 €\nNombre de lignes : 3;;;\nPage 1/1;;;\n",
    )
    assert sheet.header_row == 4
    assert sheet.titles == ("Liste des locataires", "Édité le 02/11/2026")
    assert [row.number for row in sheet.rows] == [5, 8, 11]
    assert [row.number for row in sheet.aside] == [7, 9, 10, 12, 13, 14]


def test_quotes_doubled_quotes_separators_and_line_breaks_inside_cells(tmp_path: Path) -> None:
    sheet = read(tmp_path, 'Nom;Adresse\n"Du ""Bois""";"1 rue A; bât. B\n34000"\nNoël;2 rue C\n')
    assert cells(sheet) == [['Du "Bois"', "1 rue A; bât. B\n34000"], ["Noël", "2 rue C"]]
    assert [row.number for row in sheet.rows] == [2, 3]


def test_a_quote_never_closed_does_not_swallow_the_list(tmp_path: Path) -> None:
    lines = "\n".join(f"Martin{n};Léa" for n in range(60))
    sheet = read(tmp_path, f'Nom;Prénom\n"Dupont;Jean\n{lines}\n')
    assert len(sheet.rows) == 61
    assert cells(sheet)[0] == ["Dupont", "Jean"]
    assert [(o.row, o.kind) for o in sheet.oddities] == [(2, "quotes")]


def test_short_rows_are_filled_and_long_ones_told(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Nom;Prénom;Ville\nDupont\nNoël;Luc;Sète;34;trop\nMeyer;Zoé;Lunel\n")
    assert cells(sheet)[0] == ["Dupont", "", ""]
    assert [(o.row, o.kind) for o in sheet.oddities] == [(3, "overflow")]


def test_a_huge_cell_is_cut_and_told(tmp_path: Path) -> None:
    sheet = read(tmp_path, BASE + f"Long;{'x' * 400_000};;\n")
    assert [(o.row, o.column, o.kind) for o in sheet.oddities] == [(4, 1, "too_long")]
    assert len(sheet.rows[2].cells[1]) == 200


def test_nuls_are_kept_for_the_row_to_be_told(tmp_path: Path) -> None:
    sheet = read(tmp_path, BASE.replace("Dupont", "Dup\0ont"))
    assert sheet.has_controls
    assert cells(sheet)[0][0] == "Dup\0ont"
    assert not read(tmp_path, BASE).has_controls


def test_database_words_for_nothing_are_empty_and_text_formulas_opened(tmp_path: Path) -> None:
    sheet = read(tmp_path, 'Nom;Téléphone;Ville\nDupont;="0639981247";NULL\nNull;=1+1;#N/A\n')
    assert cells(sheet) == [["Dupont", "0639981247", ""], ["Null", "=1+1", ""]]


def test_duplicated_and_missing_column_names_are_all_kept(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Nom;Nom;;Ville\n" + "A;B;C;D\n" * 5)
    assert sheet.header == ("Nom", "Nom", "(colonne C)", "Ville")


def test_a_list_of_one_column_is_read_when_its_name_is_known(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Nom\nDupont\nNoël\n")
    assert (sheet.separator, cells(sheet)) == (None, [["Dupont"], ["Noël"]])


def workbook(path: Path, fill, **options: object) -> Path:  # type: ignore[no-untyped-def]
    book = xlsxwriter.Workbook(str(path), options)
    fill(book)
    book.close()
    return path


@pytest.mark.parametrize("options", [{}, {"date_1904": True}], ids=["1900", "1904"])
def test_a_workbook_gives_texts_dates_and_numbers_as_people_read_them(
    tmp_path: Path, options: dict[str, object]
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        book.add_worksheet("Notice").write(0, 0, "Lisez ceci")
        page = book.add_worksheet("Locataires")
        page.write_row(2, 1, ["Nom", "Prénom", "Né(e) le", "Téléphone", "Loyer", "Ville"])
        page.write_row(3, 1, ["=1+1", "Léa"])
        page.write_datetime(3, 3, date(1980, 2, 1), day)
        page.write_row(3, 4, [639981247, 0.1 + 0.2])
        page.write_boolean(3, 6, True)

    sheet = read_sheet(workbook(tmp_path / "l.xlsx", fill, strings_to_formulas=False, **options), knows)
    assert (sheet.sheet_name, sheet.header_row) == ("Locataires", 3)
    assert sheet.header[1:] == ("Nom", "Prénom", "Né(e) le", "Téléphone", "Loyer", "Ville")
    assert cells(sheet) == [["", "=1+1", "Léa", "1980-02-01", "639981247", "0.3", "Oui"]]


def test_the_sheet_that_holds_the_list_is_chosen_and_the_others_named(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        lists = book.add_worksheet("Listes")
        for column, words in enumerate((["CIVILITE", "M.", "Mme"], ["TYPE", "T1", "T2"])):
            lists.write_column(0, column, words)
        page = book.add_worksheet("Suivi")
        page.write_row(0, 0, ["Nom", "Prénom", "Ville"])
        page.write_row(1, 0, ["Dupont", "Jean", "Sète"])
        hidden = book.add_worksheet("Caché")
        hidden.hide()
        hidden.write_row(0, 0, ["Nom", "Prénom", "Ville", "Adresse"])
        hidden.write_row(1, 0, ["Autre", "Personne", "Lunel", "1 rue A"])

    sheet = read_sheet(workbook(tmp_path / "l.xlsx", fill), knows)
    assert sheet.sheet_name == "Suivi"
    assert [(other.name, other.rows) for other in sheet.other_sheets] == [("Listes", 3)]


def test_two_line_headers_are_joined_where_a_name_alone_is_unclear(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write(0, 0, "Liste")
        page.merge_range(2, 0, 2, 1, "Locataire")
        page.merge_range(2, 2, 2, 3, "Conjoint")
        page.write(2, 4, "N° Bail")
        page.write_row(3, 0, ["Nom", "Prénom", "Nom", "Prénom"])
        page.write_row(4, 0, ["A", "B", "C", "D", "12"])

    sheet = read_sheet(workbook(tmp_path / "l.xlsx", fill), knows)
    assert sheet.header == ("Nom Locataire", "Prénom Locataire", "Nom Conjoint", "Prénom Conjoint", "N° Bail")
    assert sheet.header_row == 4


def test_instruction_rows_under_the_header_are_put_apart(tmp_path: Path) -> None:
    sheet = read(
        tmp_path, "Nom;Prénom;Ville\n(une ligne par personne);;\nCol 1;Col 2;Col 3\nDupont;Jean;Sète\n"
    )
    assert [row.number for row in sheet.rows] == [4]


def test_a_stray_cell_far_away_changes_nothing(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Nom", "Prénom"])
        page.write_row(1, 0, ["Dupont", "Jean"])
        page.write(998, 51, "x")

    sheet = read_sheet(workbook(tmp_path / "l.xlsx", fill), knows)
    assert sheet.header == ("Nom", "Prénom")
    assert cells(sheet) == [["Dupont", "Jean"]]


def test_a_text_list_named_as_a_workbook_and_the_reverse_are_read(tmp_path: Path) -> None:
    assert len(read(tmp_path, BASE, "liste.xls").rows) == 2

    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Nom", "Prénom"])
        page.write_row(1, 0, ["Dupont", "Jean"])

    path = workbook(tmp_path / "l.xlsx", fill)
    assert read_sheet(path.rename(tmp_path / "l.csv"), knows).file_kind == "xlsx"


def test_the_sentence_of_a_refusal_crosses_processes(tmp_path: Path) -> None:
    import pickle

    with pytest.raises(UnreadableFile) as refusal:
        read_sheet(tmp_path / "absent.csv")
    assert pickle.loads(pickle.dumps(refusal.value)).sentence == refusal.value.sentence
