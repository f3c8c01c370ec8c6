"""An internal record (diagnosis, end of measure) as pages: numbered parts of facts, tables and texts, who signs."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.features.handover.domain.record import (
    Facts,
    InternalRecord,
    RecordBlock,
    RecordPart,
    Strong,
    Table,
    Written,
)
from caseworker_app.pdf.document import render
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Gap, Together
from caseworker_app.pdf.panels import PanelKind, Signature, SignatureBoxes, notice
from caseworker_app.pdf.paper import LONGEST_NAME, meta_of, opening
from caseworker_app.pdf.story import numbered, paragraphs
from caseworker_app.pdf.styles import BODY, NOTE, SUBSECTION
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook, key_values
from caseworker_app.pdf.text import Text, bold, strong_then

# Room to sign, in points.
_SIGNING = 40


def render_record(content: InternalRecord, identity: Identity) -> bytes:
    """Return the record as the bytes of a tagged PDF; nothing is written on disk."""
    head, title = content.head, content.title
    story = [
        *opening(head, identity, title, internal=True, about=content.about),
        *([notice(content.notice, BODY, PanelKind.NOTICE)] if content.notice else []),
        *numbered([(part.title, list(_part(part))) for part in content.parts]),
        _signatures(content),
    ]
    return render(story, meta_of(head, identity, title, content.template, internal=True))


def _part(part: RecordPart) -> Iterator[Block]:
    for number, block in enumerate(part.blocks):
        if number and isinstance(block, Table):
            yield Gap(6)
        yield from _block(block)


def _block(block: RecordBlock) -> Iterator[Block]:
    if isinstance(block, Facts):
        yield key_values(block.rows)
    elif isinstance(block, Table):
        columns = [Column(share, head) for share, head in block.columns]
        rows = [[_cell(cell) for cell in row] for row in block.rows]
        yield DataTable(columns, rows, head_columns=(0,), look=TableLook(padding=3))
    elif isinstance(block, Written):
        if block.title:
            yield Text(block.title, SUBSECTION)
        yield from (Text(line, BODY) for line in paragraphs(block.text))
    else:
        yield Text(block.text, NOTE)


def _cell(cell: str | Strong) -> Cell:
    if isinstance(cell, str):
        return cell
    if not cell.rest:
        return bold(cell.first)
    return strong_then(f"{cell.first}\u00a0:", f"{cell.rest[:1].lower()}{cell.rest[1:]}")


def _signatures(content: InternalRecord) -> Block:
    boxes = [Signature(shorten(role, 60), shorten(name, LONGEST_NAME)) for role, name in content.signers]
    return Together([Gap(10), SignatureBoxes(boxes, room=_SIGNING)])
