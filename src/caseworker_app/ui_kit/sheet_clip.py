"""Cells on the clipboard, between our sheets and Excel: tab-separated text, and emptied once it is of no use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

# A pasted block larger than any sheet of ours is a mistake, not an amount of work to begin.
MAX_CELLS = 5_000


def write_cells(rows: Sequence[Sequence[str]]) -> str:
    """Write rows of cells as Excel writes them: tabs between cells, a line end after each row."""
    return "".join("\t".join(_quoted(cell) for cell in row) + "\n" for row in rows)


def read_cells(text: str) -> list[list[str]]:
    """Read rows of cells as Excel writes them, quoted cells with tabs and line ends in them included.

    The line end after the last row makes no row of its own. Shorter rows are filled up.
    """
    rows: list[list[str]] = [[]]
    rest = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    while True:
        cell, mark, rest = _next_cell(rest)
        rows[-1].append(cell)
        if not mark:
            break
        if mark == "\n":
            rows.append([])
    wide = max(len(row) for row in rows)
    return [row + [""] * (wide - len(row)) for row in rows]


def put(shown: Sequence[Sequence[str]], typed: Sequence[Sequence[str]]) -> None:
    """Put cells on the clipboard as they are shown; pasted into a sheet of ours, they give `typed`: computed
    cells, which nobody types, are empty there.
    """
    _Own.text, _Own.typed = write_cells(shown), tuple(tuple(row) for row in typed)
    QApplication.clipboard().setText(_Own.text)


def taken() -> list[list[str]]:
    """Return the cells of the clipboard, without the empty rows at the end; none when it holds no text."""
    text = QApplication.clipboard().text(QClipboard.Mode.Clipboard)
    if text and text == _Own.text:
        return [list(row) for row in _Own.typed]
    rows = read_cells(text) if text.strip() else []
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def forget() -> None:
    """Empty the clipboard if it still holds what we put there."""
    own, _Own.text, _Own.typed = _Own.text, "", ()
    if own and QApplication.instance() is not None and QApplication.clipboard().text() == own:
        QApplication.clipboard().clear()


class _Own:
    """What this program put on the one clipboard there is: the text, and the cells behind it."""

    text = ""
    typed: tuple[tuple[str, ...], ...] = ()


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _next_cell(text: str) -> tuple[str, str, str]:
    """Return the first cell, the mark after it (empty at the end), and what follows."""
    if text.startswith('"'):
        end = _closing_quote(text)
        if end > 0 and (end + 1 == len(text) or text[end + 1] in "\t\n"):
            return text[1:end].replace('""', '"'), text[end + 1 : end + 2], text[end + 2 :]
    for place, letter in enumerate(text):
        if letter in "\t\n":
            return text[:place], letter, text[place + 1 :]
    return text, "", ""


def _closing_quote(text: str) -> int:
    place = 1
    while (place := text.find('"', place)) >= 0:
        if text[place + 1 : place + 2] != '"':
            return place
        place += 2
    return -1
