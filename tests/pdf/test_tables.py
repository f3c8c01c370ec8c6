"""Tables read back: headers, one element over pages, rows taller than a page."""

from __future__ import annotations

from caseworker_app.pdf import colours
from caseworker_app.pdf.document import render
from caseworker_app.pdf.letterhead import TitleBlock
from caseworker_app.pdf.tables import Cell, Column, DataTable, key_values
from tests.pdf.reading import Node, assert_sound, page_count, text
from tests.pdf.test_document import META

COLUMNS = [Column(1, "Pièce"), Column(2, "Constat")]


def made(rows: list[list[Cell]]) -> tuple[bytes, Node]:
    """Return a document that holds one table, and that table read back."""
    data = render([TitleBlock("Essai"), DataTable(COLUMNS, rows, head_columns=(0,))], META)
    (table,) = assert_sound(data).all("Table")
    return data, table


def test_header_cells_say_what_they_head() -> None:
    _, table = made([["Séjour", "Bon état"]])
    head, body = table.children
    assert [(cell.role, cell.scope) for cell in head.children] == [("TH", "Column")] * 2
    assert [(cell.role, cell.scope) for cell in body.children] == [("TH", "Row"), ("TD", "")]


def test_a_table_over_several_pages_is_one_table_with_one_header() -> None:
    data, table = made([[f"Pièce {number}", "Bon état"] for number in range(100)])
    assert page_count(data) > 2
    assert len(table.children) == 101
    assert all(cell.pages == {0} for cell in table.children[0].children), "the repeated head is an artifact"
    assert text(data).count("Constat") == page_count(data), "the head is printed again on each page"


def test_a_row_taller_than_a_page_stays_one_row() -> None:
    data, table = made([["Séjour", "mot " * 6000], ["Cuisine", "Bon état"]])
    assert page_count(data) > 3
    assert len(table.children) == 3
    tall = table.children[1].children[1]
    assert tall.pages == set(range(page_count(data)))
    assert text(data).count("mot") == 6000


def test_empty_cells_keep_their_place() -> None:
    _, table = made([["", ""], ["Séjour", ""]])
    assert [len(row.children) for row in table.children] == [2, 2, 2]


def test_a_tinted_row_and_a_table_without_rows_are_drawn() -> None:
    tinted = DataTable(COLUMNS, [["Séjour", "Bon"]], grounds=[colours.INTERNAL_GROUND])
    assert_sound(render([TitleBlock("Essai"), tinted, DataTable(COLUMNS, [])], META))


def test_keys_head_their_values() -> None:
    pairs = [("Lieu", "Logement", "Objet", "visite"), ("Mesure", "ASLL", "", "")]
    tree = assert_sound(render([TitleBlock("Essai"), key_values(pairs, (0.2, 0.4, 0.15, 0.25))], META))
    (table,) = tree.all("Table")
    assert [cell.role for cell in table.children[0].children] == ["TH", "TD", "TH", "TD"]
