"""The pages of the call sheet: a table with room to write what was said."""

from __future__ import annotations

from caseworker_app.features.veille.domain.call_sheet import CallRow, CallSheet
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import plural
from caseworker_app.pdf.document import render
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.styles import BODY, CELL, ROW_HEAD
from caseworker_app.pdf.tables import Column, DataTable, TableLook
from caseworker_app.pdf.text import Text

_MARK = "Interne – ne pas transmettre"
_NOTHING = Text("Aucun appel ni visite ce jour-là.", BODY)
_COLUMNS = (
    Column(0.22, "Qui"),
    Column(0.27, "Comment joindre"),
    Column(0.25, "Dernières nouvelles"),
    Column(0.26, "Résultat, demandé, fait"),
)
# Lines kept free to be written on.
_ROOM = "\n\n\n"


def render_call_sheet(sheet: CallSheet, identity: Identity) -> bytes:
    """Return the sheet as the bytes of a tagged PDF."""
    day = format_long_date(sheet.day, weekday=True)
    printed = f"imprimée le {format_long_date(sheet.printed_on)}"
    title = f"Feuille d’appels du {day}"
    meta = DocumentMeta(
        title=title,
        author=identity.name,
        reference="",
        day=sheet.printed_on,
        running=title,
        footer=(f"{identity.footer_name} · {printed}", "À détruire après la journée"),
        subject="Document interne",
        mark=_MARK,
    )
    return render(_story(sheet, identity, title), meta)


def _story(sheet: CallSheet, identity: Identity, title: str) -> list[Block]:
    count = plural(len(sheet.rows), "appel ou visite", "appels et visites")
    look = TableLook(padding=6.0, cell=CELL, first=ROW_HEAD)
    table: list[Block] = [
        DataTable(_COLUMNS, [_cells(row) for row in sheet.rows], look=look, head_columns=(0,))
    ]
    return [
        Letterhead(identity, mark=("Document interne", "À garder sur soi, à détruire ensuite")),
        TitleBlock(title, (f"{sheet.worker}, {count}",)),
        *(table if sheet.rows else [_NOTHING]),
    ]


def _cells(row: CallRow) -> list[str]:
    return ["\n".join(row.who), "\n".join(row.reach), "\n".join(row.last), _ROOM]
