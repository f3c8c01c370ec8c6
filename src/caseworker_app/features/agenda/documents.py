"""The pages of the sheet of a day: a table by hour, wide enough to write in its margin."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.features.agenda.domain.day_sheet import DaySheet, SheetRow
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import plural
from caseworker_app.pdf.document import render
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.styles import BODY, CELL, ROW_HEAD, SMALL_CELL
from caseworker_app.pdf.tables import Column, DataTable, TableLook
from caseworker_app.pdf.text import Text

_MARK = "Interne – ne pas transmettre"
_NOTHING = Text("Aucun rendez-vous ce jour-là.", BODY)
_COLUMNS = (
    Column(0.12, "Heure"),
    Column(0.27, "Qui"),
    Column(0.30, "Où, comment joindre"),
    Column(0.19, "À apporter"),
    Column(0.12, "Trajet", replace(SMALL_CELL)),
)


def render_day_sheet(sheet: DaySheet, identity: Identity) -> bytes:
    """Return the sheet as the bytes of a tagged PDF."""
    day = format_long_date(sheet.day, weekday=True)
    printed = f"imprimée le {format_long_date(sheet.printed_on)} par {sheet.worker}"
    meta = DocumentMeta(
        title=f"Feuille du {day}",
        author=identity.name,
        reference="",
        day=sheet.printed_on,
        running=f"Feuille du {day}",
        footer=(f"{identity.footer_name} · {printed}", "À détruire après la journée"),
        subject="Document interne",
        mark=_MARK,
    )
    return render(_story(sheet, identity, day), meta)


def _story(sheet: DaySheet, identity: Identity, day: str) -> list[Block]:
    count = plural(len(sheet.rows), "rendez-vous", "rendez-vous")
    table = [] if not sheet.rows else [_table(sheet)]
    return [
        Letterhead(identity, mark=("Document interne", "À garder sur soi, à détruire ensuite")),
        TitleBlock(f"Feuille du {day}", (f"{sheet.worker}, {count}",)),
        *(table or [_NOTHING]),
    ]


def _table(sheet: DaySheet) -> Block:
    look = TableLook(padding=5.0, cell=CELL, first=ROW_HEAD)
    return DataTable(_COLUMNS, [_cells(row) for row in sheet.rows], look=look, head_columns=(0,))


def _cells(row: SheetRow) -> list[str]:
    return [row.hour, "\n".join(row.who), "\n".join(row.where), "\n".join(row.bring), row.travel]
