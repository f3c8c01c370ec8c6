"""The sheet of the recovery key (« clé de secours »): printed once, kept away from the PC."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from caseworker_app.kernel.dates import format_long_date
from caseworker_app.pdf.document import build
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Gap
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.panels import notice
from caseworker_app.pdf.styles import BODY, BULLET, CELL, LEAD
from caseworker_app.pdf.tables import Column, DataTable, TableLook
from caseworker_app.pdf.text import Text, bullets, strong_then

# Large and wide: it is copied by hand, one day of trouble.
_KEY = replace(CELL, size=20, leading=26)

_ADVICE = (
    "Gardez cette feuille sous clé, ailleurs qu’avec le PC : à l’association, ou chez vous dans un endroit fermé.",
    "Ne la photographiez pas et ne l’envoyez pas : qui la lit peut ouvrir le fichier.",
    (
        "Pour vous en servir : à l’ouverture, choisissez « Phrase secrète oubliée ? », puis recopiez les huit groupes."
        " Majuscules, espaces et tirets n’ont pas d’importance."
    ),
)


def write_recovery_sheet(recovery_key: str, day: date, out: Path) -> None:
    """Write the sheet as a PDF at `out`; `recovery_key` is eight groups joined by dashes.

    It names neither the worker nor any household: a sheet found must not tell whose file it opens.
    Raises PlaceNotWritable.
    """
    identity = Identity("Passerelle", lines=("Votre fichier chiffré",))
    meta = DocumentMeta(
        title="Clé de secours",
        author="Passerelle",
        reference="",
        day=day,
        running="Clé de secours",
        footer=(f"Passerelle · feuille établie le {format_long_date(day)}", "À garder sous clé"),
    )
    build(_story(recovery_key, day, identity), meta, out)


def _story(recovery_key: str, day: date, identity: Identity) -> list[Block]:
    made = strong_then("Fichier créé", f" le {format_long_date(day)}.")
    return [
        Letterhead(identity),
        TitleBlock("Clé de secours", ("Elle ouvre le fichier quand la phrase secrète est oubliée",)),
        Text(made, LEAD),
        *_groups(recovery_key.split("-")),
        Gap(10),
        notice(
            strong_then("Sans cette clé ni la phrase secrète", ", personne ne peut ouvrir le fichier."), BODY
        ),
        Gap(6),
        *bullets(_ADVICE, BULLET),
    ]


def _groups(groups: list[str]) -> list[Block]:
    """Set the groups four a table, each under its number: that is how a mistyped one is told."""
    look = TableLook(padding=7.0, cell=_KEY)
    return [_row_of(groups[start : start + 4], start, look) for start in range(0, len(groups), 4)]


def _row_of(groups: list[str], start: int, look: TableLook) -> Block:
    heads = [f"{n}{'er' if n == 1 else 'e'} groupe" for n in range(start + 1, start + 1 + len(groups))]
    return DataTable([Column(0.25, head) for head in heads], [groups], look=look)
