"""The copy of the data as pages (« communication des données »): cover, use, every part, why passages are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseworker_app.features.rights.domain.content import TITLE, DisclosureContent, ToldPart, ToldRow
from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.kernel.french import plural
from caseworker_app.pdf.contents import Chapter, chapters, contents
from caseworker_app.pdf.cover import Cover
from caseworker_app.pdf.document import render
from caseworker_app.pdf.fonts import BOLD, shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Gap, NewPage, Section
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.panels import Panel, PanelKind
from caseworker_app.pdf.styles import BODY, BULLET, CAPTION, CELL, SECTION, SMALL_CELL, SUBTITLE, TextStyle
from caseworker_app.pdf.tables import Cell, Column, DataTable, key_values
from caseworker_app.pdf.text import Text, bullets

_NAME = TextStyle(22, 27, BOLD, role="P", before=30)
_ROW = replace(CAPTION, before=9, after=2)
_ALIKE = replace(SMALL_CELL, after=3, keep_with_next=True)
TEMPLATE = "modèle « Communication des données », n° 1"
# Rows told as one table rather than one after the other: from so many, with so few values, none longer.
_ENOUGH_ROWS, _MOST_COLUMNS, _SHORT = 3, 5, 60


def render_disclosure(content: DisclosureContent, identity: Identity) -> bytes:
    """Return the copy as the bytes of a tagged PDF; nothing is written on disk."""
    return render(_story(content, identity), _meta(content, identity))


def _meta(content: DisclosureContent, identity: Identity) -> DocumentMeta:
    return DocumentMeta(
        title=f"{TITLE} – dossier {content.reference}",
        author=identity.name,
        reference=content.number,
        day=content.day,
        running=f"{TITLE} – dossier {content.reference}",
        footer=(
            f"{shorten(identity.footer_name, 40)} · dossier {content.reference} · {content.number}",
            f"Établi le {format_date(content.day)} par {shorten(content.by, 40)} · {TEMPLATE}",
        ),
        subject="Copie remise à la personne (RGPD, art. 15)",
    )


def _story(content: DisclosureContent, identity: Identity) -> list[Block]:
    told, entries = chapters([_use(content), *map(_chapter, content.parts), _accesses(content)])
    return [
        *_cover(content, identity),
        NewPage(),
        Text("Sommaire", replace(SECTION, outline=None, before=0)),
        *contents(entries),
        *_taken_out(content),
        NewPage(),
        *told,
    ]


def _cover(content: DisclosureContent, identity: Identity) -> list[Block]:
    facts = [
        ("Dossier", content.reference),
        ("Numéro", content.number),
        ("Établi le", format_long_date(content.day)),
        ("Par", content.by),
    ]
    said = [
        Text("Tout ce que l’association garde à votre sujet", replace(BODY, face=BOLD, after=2)),
        Text(
            "Ce document vous est remis parce que vous avez le droit de savoir ce qui est écrit sur vous (RGPD, "
            "art. 15). Il reprend toutes les rubriques de votre dossier, notes internes comprises. Les copies des "
            "pièces dont il donne la liste vous sont remises sur demande.",
            replace(CELL, after=4),
        ),
        Text("Il contient votre vie privée\u00a0: rangez-le à l’abri.", CELL),
    ]
    return [
        Cover(identity, TITLE),
        Text(shorten(content.recipient, 200), _NAME),
        Text("Droit d’accès, article 15 du règlement européen sur la protection des données", SUBTITLE),
        key_values(facts),
        Gap(20),
        Panel(said, PanelKind.NOTICE),
        *([] if content.reviewed else [_unreviewed()]),
    ]


def _unreviewed() -> Panel:
    text = (
        "Les passages qui concernent d’autres personnes ont été retirés automatiquement, sans relecture\u00a0: "
        "à relire avant de remettre ce document."
    )
    return Panel([Text(text, replace(CELL, face=BOLD))], PanelKind.INTERNAL)


def _taken_out(content: DisclosureContent) -> list[Block]:
    blocks: list[Block] = [Text("Ce qui a été retiré, et pourquoi", replace(CAPTION, before=22))]
    if not content.taken_out:
        return [*blocks, Text("Rien n’a été retiré de cette copie.", CELL)]
    lines = [
        f"[{label}] {plural(count, 'passage')}\u00a0: {sentence}"
        for label, sentence, count in content.taken_out_words
    ]
    why = (
        "Votre droit à une copie ne doit pas porter atteinte aux droits des autres (RGPD, art. 15.4). Chaque passage "
        "retiré est remplacé par sa raison entre crochets."
    )
    return [*blocks, Text(why, CELL), *bullets(lines, replace(BULLET, size=10.5, leading=14))]


def _use(content: DisclosureContent) -> Chapter:
    parts = [
        (notice.title, bullets(list(notice.sentences), replace(BULLET, size=10.5, leading=14)))
        for notice in content.notice
    ]
    return Chapter("L’usage de vos données", (), tuple(parts))


def _chapter(part: ToldPart) -> Chapter:
    blocks: list[Block] = []
    for rows in _alike(part.rows):
        blocks += _as_table(rows) or [block for row in rows for block in _as_row(row)]
    return Chapter(part.title, tuple(blocks))


def _alike(rows: Sequence[ToldRow]) -> list[list[ToldRow]]:
    """Return rows that follow each other and say the same things, together."""
    groups: list[list[ToldRow]] = []
    for row in rows:
        if groups and _kind(groups[-1][-1]) == _kind(row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _kind(row: ToldRow) -> str:
    return row.title.partition(" du ")[0]


def _as_table(rows: list[ToldRow]) -> list[Block]:
    """Return rows as one table where that reads better; nothing where they say too much each.

    What they all say alike is told once, above.
    """
    said = [_said(row) for row in rows]
    labels = list(dict.fromkeys(label for each in said for label in each))
    alike = {label: said[0][label] for label in labels if len({each.get(label) for each in said}) == 1}
    shown = [label for label in labels if label not in alike]
    longest = max((len(each.get(label, "")) for each in said for label in shown), default=0)
    if len(rows) < _ENOUGH_ROWS or not 0 < len(shown) <= _MOST_COLUMNS or longest > _SHORT:
        return []
    lead = " · ".join(f"{label}\u00a0: {text}" for label, text in alike.items())
    cells: list[list[Cell]] = [[each.get(label, "–") for label in shown] for each in said]
    table = DataTable([Column(1 / len(shown), label) for label in shown], cells)
    return [Text(_kind(rows[0]), _ROW), *([Text(lead, _ALIKE)] if lead else []), table]


def _said(row: ToldRow) -> dict[str, str]:
    said: dict[str, str] = {}
    for label, text in row.lines:
        said[label] = f"{said[label]}, {text}" if label in said else text
    return said


def _as_row(row: ToldRow) -> list[Block]:
    if not row.lines:
        return []
    return [Section([Text(row.title, _ROW), key_values(row.lines, (0.3, 0.7))])]


def _accesses(content: DisclosureContent) -> Chapter:
    if not content.accesses:
        return Chapter("Qui a ouvert ou imprimé votre dossier")
    rows: list[list[Cell]] = [list(line) for line in content.accesses]
    columns = [Column(0.16, "Date"), Column(0.52, "Quoi"), Column(0.32, "Par qui (rôle)", SMALL_CELL)]
    return Chapter("Qui a ouvert ou imprimé votre dossier", (DataTable(columns, rows),))
