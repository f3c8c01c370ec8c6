"""The diary as pages of the follow-up file: a year after the other, each entry with its zones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from caseworker_app.features.dossier.domain.follow_up_content import EntryPart, EntryRow, RowTone
from caseworker_app.kernel.french import capital, plural
from caseworker_app.pdf import colours
from caseworker_app.pdf.contents import Chapter
from caseworker_app.pdf.fonts import BOLD, REGULAR
from caseworker_app.pdf.layout import Block, Stack
from caseworker_app.pdf.story import paragraphs
from caseworker_app.pdf.styles import CELL, KEY, SUBSECTION
from caseworker_app.pdf.tables import Column, DataTable, TableLook
from caseworker_app.pdf.text import Text, Words, bold, coloured

_ENTRY = replace(SUBSECTION, role="H4", size=11, leading=14.5, outline=None, before=9, after=0)
_DETAIL = replace(CELL, size=10, leading=13, colour=colours.MUTED, after=2, keep_with_next=True)
_LOOK = TableLook(padding=2.6, side=5, first=KEY, edge=colours.HAIRLINE, edge_width=0.5)
_SHARES = (0.19, 0.81)


def diary_chapter(entries: Sequence[EntryPart], person: str) -> Chapter:
    """Return the entries newest first, by year."""
    said = f"Dit par {person}"
    years = groupby(entries, key=lambda entry: entry.day.year)
    parts = tuple((_year_title(year, list(each)), each) for year, each in ((y, list(g)) for y, g in years))
    return Chapter(
        "Journal des visites et des appels",
        (),
        tuple((title, [_entry(entry, said) for entry in each]) for title, each in parts),
    )


def _year_title(year: int, entries: Sequence[EntryPart]) -> str:
    return f"Année {year} : {plural(len(entries), 'écrit')}"


def _entry(entry: EntryPart, said: str) -> Block:
    title: Words = capital(entry.title)
    if entry.number:
        title = (bold(str(title)), coloured(f"   {entry.number}", colours.MUTED, REGULAR))
    blocks: list[Block] = [Text(title, _ENTRY), Text(f"{entry.detail}.", _DETAIL)]
    if entry.rows:
        grounds = [colours.SHAREABLE_GROUND if row.tone is RowTone.SHAREABLE else None for row in entry.rows]
        rows = [[_label(row, said), "\n".join(paragraphs(row.text))] for row in entry.rows]
        columns = [Column(share) for share in _SHARES]
        blocks.append(DataTable(columns, rows, look=_LOOK, head_columns=(0,), head=False, grounds=grounds))
    return Stack(blocks)


def _label(row: EntryRow, said: str) -> Words:
    label = said if row.label == "Dit par le ménage" else row.label
    return coloured(label, colours.SHAREABLE_TEXT, BOLD) if row.tone is RowTone.SHAREABLE else label
