"""Cells to the clipboard and back, as Excel writes them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from caseworker_app.ui_kit import sheet_clip
from caseworker_app.ui_kit.sheet_clip import read_cells, write_cells

# Whatever a cell may hold; Excel has one kind of line end.
CELL = st.text(alphabet=st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=12)


@st.composite
def blocks(draw: st.DrawFn) -> list[list[str]]:
    wide = draw(st.integers(1, 4))
    return draw(st.lists(st.lists(CELL, min_size=wide, max_size=wide), min_size=1, max_size=6))


@settings(deadline=None)
@given(blocks())
def test_any_block_of_cells_comes_back_as_it_left(rows: list[list[str]]) -> None:
    assert read_cells(write_cells(rows)) == rows


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_as_a_whole_block(text: str) -> None:
    rows = read_cells(text)
    assert rows
    assert len({len(row) for row in rows}) == 1


def test_what_excel_writes_is_read() -> None:
    assert read_cells('600,00\t"un ""mot""\nsur deux lignes"\r\n1\u202f234,50 €\t\r\n') == [
        ["600,00", 'un "mot"\nsur deux lignes'],
        ["1\u202f234,50 €", ""],
    ]
    assert read_cells('5" de tuyau\t3') == [['5" de tuyau', "3"]]


def test_what_we_put_there_is_typed_back_without_what_is_computed(qapp: QApplication) -> None:
    sheet_clip.put([["952,35"], ["600,00"]], [[""], ["600,00"]])
    assert QApplication.clipboard().text() == "952,35\n600,00\n"
    assert sheet_clip.taken() == [[""], ["600,00"]]


def test_the_clipboard_is_emptied_of_what_is_ours_and_of_nothing_else(qapp: QApplication) -> None:
    sheet_clip.put([["600,00"]], [["600,00"]])
    sheet_clip.forget()
    assert QApplication.clipboard().text() == ""
    sheet_clip.put([["600,00"]], [["600,00"]])
    QApplication.clipboard().setText("copié ailleurs")
    sheet_clip.forget()
    assert QApplication.clipboard().text() == "copié ailleurs"
    QApplication.clipboard().clear()
    assert sheet_clip.taken() == []
