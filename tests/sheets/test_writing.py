"""Lists written for spreadsheets are read back as they were, and no cell becomes a formula."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from caseworker_app.sheets.writing import Cell, delimited, neutral, workbook

# What XML can hold on one line.
WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
    max_size=40,
)
AMOUNTS = st.decimals(-1_000_000, 1_000_000, places=2)
DATES = st.dates(date(1901, 1, 1), date(2099, 12, 31))


def back(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def lines(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(data[3:].decode(), newline=""), delimiter=";"))


@settings(max_examples=60, deadline=None)
@given(WORDS, AMOUNTS, DATES)
def test_a_workbook_gives_back_what_was_written(words: str, amount: Decimal, day: date) -> None:
    row: list[Cell] = [words, amount, day, None]
    heads, found = back(workbook("Ménages", ["Nom", "Solde", "Fin", "Vide"], [row]))
    assert heads == ["Nom", "Solde", "Fin", "Vide"]
    assert found[0] == words
    assert Decimal(str(found[1])).quantize(Decimal("0.01")) == amount
    assert found[2:] == [day, ""]


@given(st.lists(WORDS, min_size=1, max_size=4), AMOUNTS, DATES)
def test_a_csv_gives_back_what_was_written(words: list[str], amount: Decimal, day: date) -> None:
    heads, found = lines(delimited("Ménages", ["A"] * (len(words) + 2), [[*words, amount, day]]))
    assert [text.removeprefix("'") for text in found[:-2]] == [text.removeprefix("'") for text in words]
    assert Decimal(found[-2].replace(",", ".")) == amount
    assert found[-1] == f"{day:%d/%m/%Y}"
    assert len(heads) == len(found)


@pytest.mark.parametrize("text", ["=1+1", "+33 6", "-2", "@SUM(A1)", "\tx", "  =1", "\r=1"])
def test_what_could_be_a_formula_leaves_as_text(text: str) -> None:
    assert neutral(text).startswith("'")
    ((cell,),) = lines(delimited("", [text], []))
    assert cell.startswith("'")


@pytest.mark.parametrize("text", ["", "Roubaix", "1-2", "14 rue +", "’=1"])
def test_plain_words_leave_as_they_are(text: str) -> None:
    assert neutral(text) == text


def test_a_workbook_holds_no_formula() -> None:
    import zipfile

    data = workbook("Ménages", ["=A"], [["=1+1"], ["{=1}"], ["http://a.example"]])
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert back(data)[1:] == [["=1+1"], ["{=1}"], ["http://a.example"]]


def test_a_negative_amount_is_a_number_in_both() -> None:
    row: list[list[Cell]] = [[Decimal("-12.50")]]
    assert back(workbook("M", ["Solde"], row))[1] == [-12.5]
    assert lines(delimited("M", ["Solde"], row))[1] == ["-12,50"]


def test_counts_and_means_leave_as_numbers() -> None:
    rows: list[list[Cell]] = [["Mesures", 12, 7.5]]
    read = CalamineWorkbook.from_filelike(BytesIO(workbook("Essai", ["Quoi", "Nombre", "Moyenne"], rows)))
    assert read.get_sheet_by_index(0).to_python()[1] == ["Mesures", 12.0, 7.5]
    text = delimited("Essai", ["Quoi", "Nombre", "Moyenne"], rows).decode("utf-8-sig")
    assert text.splitlines()[1] == "Mesures;12;7,5"
