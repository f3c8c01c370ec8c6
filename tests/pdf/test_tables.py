"""Tables read back: headers, one element over pages, rows taller than a page."""

from __future__ import annotations

import pytest

from caseworker_app.pdf import colours
from caseworker_app.pdf.document import render
from caseworker_app.pdf.layout import Block
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


@pytest.mark.parametrize("rows", [4, 5, 9])
def test_no_row_stands_alone_at_the_end_of_a_page(rows: int) -> None:
    table = DataTable(COLUMNS, [[f"Pièce {number}", "Bon état"] for number in range(rows)])
    whole = table.measure(400)
    head = whole - rows * (one := whole / (rows + 1))
    assert head > 0
    cut = [table.cut(400, whole - one * left) for left in (0.5, 1.5, rows - 0.8)]
    assert [_count(part) for part in cut] == [(rows - 2, 2), (rows - 2, 2), None]


def test_a_short_table_and_one_that_a_whole_page_could_not_hold_are_cut_where_they_must() -> None:
    short = DataTable(COLUMNS, [["Séjour", "Bon état"]] * 3)
    assert _count(short.cut(400, short.measure(400) - 5)) == (2, 1)
    tall = DataTable(COLUMNS, [["Séjour", "mot " * 66]] * 6)
    tall.measure(200)
    assert 150 < tall._rows[0].height < 180, "one to a page and a half, none cut in two"
    assert _count(tall.cut(200, 320)) == (1, 5)
    assert tall.cut(200, 290) is None


def _count(parts: tuple[Block, Block] | None) -> tuple[int, int] | None:
    """Return how many rows each part holds, its head aside."""
    if parts is None:
        return None
    first, rest = (len(part._all_rows()) - 1 for part in parts if isinstance(part, DataTable))
    return first, rest
