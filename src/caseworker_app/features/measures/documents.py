"""The page of an agreement's figures (« indicateurs »), for its funder: counts, each with how it is counted."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.measures.domain.indicators import AgreementFigures, Figure
from caseworker_app.features.measures.domain.places import agreement_detail
from caseworker_app.kernel.dates import Period, format_long_date
from caseworker_app.pdf.document import render
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.styles import CELL, NOTE, ROW_HEAD, SMALL_CELL
from caseworker_app.pdf.tables import Column, DataTable, TableLook
from caseworker_app.pdf.text import Text

_TITLE = "Indicateurs de la convention"
_LONGEST = 90
_COLUMNS = (
    Column(0.44, "Indicateur"),
    Column(0.18, "Valeur"),
    Column(0.38, "Comment il est compté", SMALL_CELL),
)
_NOTE = (
    "Comptés par le programme d’après les mesures ouvertes sous la convention. Aucun ménage n’est nommé ; "
    "un petit nombre peut suffire à en reconnaître un : relisez avant d’envoyer."
)


def render_figures(shown: AgreementFigures, identity: Identity, day: date) -> bytes:
    """Return the figures as the bytes of a tagged PDF, printed on `day`."""
    name = shorten(shown.agreement.name, _LONGEST)
    printed = f"imprimé le {format_long_date(day)}"
    meta = DocumentMeta(
        title=f"{_TITLE} – {name}",
        author=identity.name,
        reference="",
        day=day,
        running=f"{_TITLE} – {name}",
        footer=(f"{shorten(identity.footer_name, 40)} · {printed}", "Indicateurs-1"),
        subject="Indicateurs d’une convention",
        mark="",
    )
    return render(_story(shown, identity, name), meta)


def _story(shown: AgreementFigures, identity: Identity, name: str) -> list[Block]:
    look = TableLook(padding=5.0, cell=CELL, first=ROW_HEAD)
    return [
        Letterhead(identity),
        TitleBlock(_TITLE, [name, _period_words(shown.period)]),
        Text(agreement_detail(shown.agreement, ""), NOTE),
        DataTable(_COLUMNS, [_cells(each) for each in shown.figures], look=look, head_columns=(0,)),
        Text(_NOTE, NOTE),
    ]


def _period_words(period: Period) -> str:
    start = format_long_date(period.start)
    return f"Du {start} au {format_long_date(period.end or period.start)}"


def _cells(figure: Figure) -> list[str]:
    return [figure.label, figure.words(), figure.how]
