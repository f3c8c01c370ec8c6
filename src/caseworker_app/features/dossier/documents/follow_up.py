"""The follow-up file as pages: cover, table of contents, then its sections one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from caseworker_app.features.dossier.documents import diary, figures, home, people, procedures
from caseworker_app.features.dossier.documents.around import LONGEST_NAME, TEMPLATE_FILE, meta_of
from caseworker_app.features.dossier.documents.synthesis import render_synthesis
from caseworker_app.features.dossier.domain.follow_up_content import ConsentLine, FollowUpFile, Head, SentLine
from caseworker_app.features.dossier.domain.follow_up_of import follow_up_of
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.pdf.contents import Chapter, Entry, chapters, contents
from caseworker_app.pdf.cover import Cover
from caseworker_app.pdf.document import render
from caseworker_app.pdf.fitting import LATER_PAGE_ROOM
from caseworker_app.pdf.fonts import BOLD, shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Gap, NewPage, Section, Stack
from caseworker_app.pdf.panels import Panel, PanelKind
from caseworker_app.pdf.styles import BODY, BULLET, CAPTION, CELL, CONTENT_WIDTH, SECTION, SUBTITLE, TextStyle
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook, key_values
from caseworker_app.pdf.text import Text, bullets
from caseworker_app.pdf.writing import write_atomically

_NAME = TextStyle(22, 27, BOLD, role="P", before=30)


def render_material(material: FollowUpMaterial, identity: Identity) -> bytes:
    """Return what was read of a household as the bytes of the document its preset asks for."""
    content = follow_up_of(material)
    if material.preset.one_page:
        return render_synthesis(content, identity)
    return render_follow_up(content, identity)


def render_follow_up(content: FollowUpFile, identity: Identity) -> bytes:
    """Return a follow-up file as the bytes of a tagged PDF; nothing is written on disk."""
    return render(_story(content, identity), meta_of(content.head, identity, TEMPLATE_FILE))


def write_follow_up(content: FollowUpFile, identity: Identity, out: Path) -> None:
    """Write the file at `out`, whole or not at all. Raises PlaceNotWritable with a French sentence."""
    write_atomically(render_follow_up(content, identity), out)


def _story(content: FollowUpFile, identity: Identity) -> list[Block]:
    sections, entries = chapters(_chapters(content))
    return [
        *_cover(content.head, identity),
        NewPage(),
        *_contents_page(content, entries),
        NewPage(),
        *(sections or [Text("Il n’y a encore rien à imprimer dans ces parties du dossier.", BODY)]),
    ]


def _contents_page(content: FollowUpFile, entries: Sequence[Entry]) -> list[Block]:
    """Return the contents and what one must know to read on; on one page as long as it can be."""

    def page(*, tight: bool) -> list[Block]:
        return [
            Text("Sommaire", replace(SECTION, outline=None, before=0)),
            *contents(entries, tight=tight),
            *_what_is_left_out(content.head),
            Section(_how_to_read(content)),
        ]

    loose = page(tight=False)
    return loose if Stack(loose).measure(CONTENT_WIDTH) <= LATER_PAGE_ROOM else page(tight=True)


def _chapters(content: FollowUpFile) -> list[Chapter]:
    person = shorten(content.head.person, LONGEST_NAME)
    return [
        people.people_chapter(content.people),
        people.path_chapter(content.path),
        home.housing_chapter(content.housing),
        home.referrals_chapter(content.referrals),
        home.measures_chapter(content.measures),
        home.orientations_chapter(content.orientations),
        procedures.procedures_chapter(content.procedures),
        people.goals_chapter(content.goals),
        figures.autonomy_chapter(content.autonomy),
        figures.budget_chapter(content.budget),
        diary.diary_chapter(content.diary, person),
        Chapter("Documents transmis", _documents(content.documents)),
        Chapter("Accords de partage", _consents(content.consents)),
    ]


# Cover and contents


def _cover(head: Head, identity: Identity) -> list[Block]:
    facts = [(line.label, line.text) for line in head.facts]
    return [
        Cover(identity, head.title),
        Text(shorten(head.household, 200), _NAME),
        Text(head.subtitle, SUBTITLE),
        key_values(facts),
        Gap(20),
        _confidential(head),
    ]


def _confidential(head: Head) -> Panel:
    strong = replace(BODY, face=BOLD, colour=PanelKind.INTERNAL.text, after=2)
    writings = (
        "" if head.writings else " Les écrits internes n’y figurent pas ; il reste interne malgré tout."
    )
    small = replace(CELL, after=4)
    said = [
        Text("Document confidentiel, réservé à l’équipe", strong),
        Text(
            "Il contient des informations personnelles couvertes par le secret professionnel. Il ne quitte "
            "pas l’association, n’est remis ni au bailleur ni au financeur, et se range sous clé. "
            f"Après usage : broyeur.{writings}",
            small,
        ),
        Text(
            f"{_capital(shorten(head.person, LONGEST_NAME))} peut lire ce dossier, demander une correction "
            "ou en recevoir une copie, d’où est retiré ce qui concerne d’autres personnes.",
            small,
        ),
    ]
    if head.protected:
        said.append(
            Text(
                "Dossier protégé : adresse, téléphones et courriels sont masqués dans cet exemplaire.",
                replace(CELL, face=BOLD, before=4),
            )
        )
    return Panel(said, PanelKind.INTERNAL, "Interne")


def _what_is_left_out(head: Head) -> list[Block]:
    blocks: list[Block] = []
    if head.left_out:
        named = _capital(join_words([_lower(label) for label in head.left_out]))
        blocks += [
            Text("Parties non imprimées dans cet exemplaire", replace(CAPTION, before=22)),
            Text(f"{named}. Elles restent lisibles dans le dossier selon les droits de chacun.", CELL),
        ]
    if head.nothing:
        named = _capital(join_words([_lower(label) for label in head.nothing]))
        blocks += [
            Text("Parties où rien n’est encore écrit", replace(CAPTION, before=22 if not blocks else 10)),
            Text(f"{named}.", CELL),
        ]
    return blocks


def _how_to_read(content: FollowUpFile) -> list[Block]:
    said = ["Un montant est mensuel sauf indication contraire."]
    if content.autonomy:
        said += [
            "Une évaluation porte sa date et le regard de qui l’a faite ; aucun total n’en est tiré.",
            "« Non évalué » : la question n’a pas été abordée ; « sans objet » : elle ne se pose pas.",
        ]
    if content.diary:
        said.append("Au journal, ce qui est sur fond vert a été écrit pour pouvoir être proposé au-dehors.")
    return [
        Text("Repères pour lire ce dossier", replace(CAPTION, before=16)),
        *bullets(said, replace(BULLET, size=10.5, leading=14)),
    ]


# Papers


def _documents(lines: Sequence[SentLine]) -> tuple[Block, ...]:
    if not lines:
        return ()
    columns = [
        Column(0.14, "Date"),
        Column(0.3, "Document"),
        Column(0.19, "Destinataire"),
        Column(0.37, "Ce qu’il dit"),
    ]
    rows: list[list[Cell]] = [
        [
            format_date(line.day),
            f"{line.title}\n{line.number}, {plural(line.pages, 'page')}",
            line.recipient,
            _capital(line.topics) or "–",
        ]
        for line in lines
    ]
    return (DataTable(columns, rows, head_columns=(0,)),)


def _consents(lines: Sequence[ConsentLine]) -> tuple[Block, ...]:
    if not lines:
        return ()
    columns = [
        Column(0.2, "Avec qui"),
        Column(0.4, "Sur quoi"),
        Column(0.2, "Donné le"),
        Column(0.2, "Où il en est"),
    ]
    return (DataTable(columns, [_consent_row(line) for line in lines], look=TableLook(), head_columns=(0,)),)


def _consent_row(line: ConsentLine) -> list[Cell]:
    about = "\n".join(
        part for part in (_capital(line.topics), line.purpose and f"Pour : {line.purpose}") if part
    )
    return [line.recipient, about, line.given, _capital(line.state)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
