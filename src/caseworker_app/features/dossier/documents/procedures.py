"""The procedures of a household as pages of the follow-up file: each with the papers it asks for."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.dossier.domain.follow_up_content import ProcedurePart
from caseworker_app.pdf.contents import Chapter
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.styles import CELL, NOTE
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook
from caseworker_app.pdf.text import Text

TITLE = "Démarches et pièces demandées"


def procedures_chapter(parts: Sequence[ProcedurePart]) -> Chapter:
    """Return the procedures, those open first."""
    return Chapter(TITLE, (), tuple((each.title, _procedure(each)) for each in parts))


def _procedure(part: ProcedurePart) -> list[Block]:
    blocks: list[Block] = [Text(part.state, CELL)]
    if part.note:
        blocks.append(Text(part.note, NOTE))
    if part.papers:
        columns = [Column(0.46, "Pièce"), Column(0.2, "Où elle en est"), Column(0.34, "Dates")]
        rows: list[list[Cell]] = [[each.title, each.state, each.days or "–"] for each in part.papers]
        blocks.append(DataTable(columns, rows, head_columns=(0,), look=TableLook(padding=3)))
    return blocks
