"""Forms (« fiches »): labels with their answers beside, one household a sheet; written blank, and read back filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from caseworker_app.sheets.archive import check_archive
from caseworker_app.sheets.delimited import cut
from caseworker_app.sheets.encoding import decode
from caseworker_app.sheets.file_kind import recognise
from caseworker_app.sheets.layout import Knows
from caseworker_app.sheets.sheet import Sheet, SheetRow
from caseworker_app.sheets.workbook import read_workbook

# Fewer labels one under the other may stand in any list.
_LEAST, _MOST_A_ROW = 4, 3
# A form is a page or two, a picture at its head included: what is larger is a list, whose every cell is not looked at.
_LARGEST, _MOST_ROWS = 2_000_000, 300
# What a spreadsheet takes in a list of choices, in characters.
_MOST_LISTED = 255
_LIST_ROWS = 200
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A line of a form: its label, the answers to choose from (none: free), a word of help; `tall`: several lines."""

    label: str
    answers: tuple[str, ...] = ()
    help: str = ""
    tall: bool = False


def read_form(path: Path, knows: Knows) -> Sheet | None:
    """Return a filled form as a list of one row, None when the file is none.

    `knows` says whether a text is a label the caller understands. Raises UnreadableFile.
    """
    kind = recognise(path)
    if path.stat().st_size > _LARGEST:
        return None
    kind = check_archive(path) if kind == "zip" else kind
    grids = [(None, _text_grid(path))] if kind == "text" else [(s.name, s.grid) for s in read_workbook(path)]
    best: tuple[str | None, Pairs] = (None, [])
    for name, grid in grids:
        pairs = _pairs(grid, knows)
        if len(pairs) > len(best[1]):
            best = (name, pairs)
    name, pairs = best
    if not any(answer for _label, answer in pairs):
        return None
    header = tuple(label for label, _answer in pairs)
    row = SheetRow(1, [answer for _label, answer in pairs])
    return Sheet("csv" if kind == "text" else kind, None, None, name, 1, header, [row])


def blank_form(title: str, note: str, sections: Sequence[tuple[str, Sequence[Question]]]) -> bytes:
    """Return an XLSX with a form to fill for one household, and a list for several, both with lists to choose from."""
    # A tenth of a second to import: only when something is exported.
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    looks = {
        "title": book.add_format({"bold": True, "font_size": 15}),
        "note": book.add_format({"font_color": "#5f5a52", "text_wrap": True, "valign": "top"}),
        "part": book.add_format({"bold": True, "bg_color": "#e3ebf7", "font_color": "#1c4f9c"}),
        "label": book.add_format({"valign": "top"}),
        "answer": book.add_format(
            {"border": 1, "border_color": "#b8b2a6", "text_wrap": True, "valign": "top"}
        ),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
    }
    _write_form(book.add_worksheet("Une demande"), title, note, sections, looks)
    _write_list(
        book.add_worksheet("Plusieurs demandes"), [q for _part, asked in sections for q in asked], looks
    )
    book.close()
    return out.getvalue()


def _write_form(
    sheet: Any,
    title: str,
    note: str,
    sections: Sequence[tuple[str, Sequence[Question]]],
    looks: dict[str, Any],
) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 58)
    sheet.set_column(2, 2, 44)
    sheet.write_string(0, 0, title, looks["title"])
    sheet.merge_range(1, 0, 1, 2, note, looks["note"])
    sheet.set_row(1, 34)
    place = 3
    for part, asked in sections:
        for column in range(3):
            sheet.write_string(place, column, part if column == 0 else "", looks["part"])
        place += 1
        for question in asked:
            sheet.write_string(place, 0, question.label, looks["label"])
            sheet.write_blank(place, 1, None, looks["answer"])
            sheet.write_string(place, 2, question.help, looks["note"])
            sheet.set_row(place, 64 if question.tall else 18)
            _offer(sheet, place, place, 1, question)
            place += 1
        place += 1
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_list(sheet: Any, asked: Sequence[Question], looks: dict[str, Any]) -> None:
    for column, question in enumerate(asked):
        sheet.write_string(0, column, question.label, looks["head"])
        sheet.set_column(column, column, 30 if question.tall or question.answers else 18)
        _offer(sheet, 1, _LIST_ROWS, column, question)
    sheet.set_row(0, 34)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)


def _offer(sheet: Any, first: int, last: int, column: int, question: Question) -> None:
    """Let the answers be chosen; another may be typed, which whoever reads it back will settle."""
    if question.answers and len(",".join(question.answers)) <= _MOST_LISTED:
        rule = {"validate": "list", "source": list(question.answers), "error_type": "warning"}
        sheet.data_validation(first, column, last, column, rule)


def _pairs(grid: Sequence[Sequence[str]], knows: Knows) -> Pairs:
    """Return the labels of a form with the answers at their right; nothing of what is laid out as a list."""
    found: Pairs = []
    rows = 0
    if len(grid) > _MOST_ROWS:
        return []
    for cells in grid:
        filled = [(place, text.strip()) for place, text in enumerate(cells) if text.strip()]
        labels = [place for place, text in filled if knows(_bare(text))]
        if len(labels) > _MOST_A_ROW:
            return []
        own = _answers(filled, set(labels))
        rows += bool(own)
        found += own
    return found if rows >= _LEAST else []


def _answers(filled: Sequence[tuple[int, str]], labels: set[int]) -> Pairs:
    pairs: Pairs = []
    # A line begins with its label: an answer that is also the name of something is no label.
    expects = True
    for number, (place, text) in enumerate(filled):
        if not expects or place not in labels:
            expects = True
            continue
        after = filled[number + 1] if number + 1 < len(filled) else None
        beside = after is not None and after[0] == place + 1
        pairs.append((_bare(text), after[1] if after is not None and beside else ""))
        expects = not beside
    return pairs


def _bare(label: str) -> str:
    return label.rstrip(" \u00a0\u202f:*?")


def _text_grid(path: Path) -> list[list[str]]:
    text, _encoding = decode(path.name, path.read_bytes())
    grid, _separator, _oddities = cut(path.name, text)
    return [list(cells) for cells in grid]
