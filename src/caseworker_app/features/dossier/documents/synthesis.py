"""The synthesis of a file (« synthèse »): one page whatever there is, what is left out counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from caseworker_app.features.dossier.documents.around import TEMPLATE_SYNTHESIS, meta_of
from caseworker_app.features.dossier.domain.follow_up_content import (
    AutonomyPart,
    DomainLine,
    EntryPart,
    FollowUpFile,
    GoalPart,
)
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural
from caseworker_app.pdf import colours
from caseworker_app.pdf.document import render
from caseworker_app.pdf.figures import StepGauge
from caseworker_app.pdf.fitting import fitted, holds
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.panels import Tile, Tiles
from caseworker_app.pdf.styles import NOTE, SECTION, SMALL_CELL, SMALL_HEAD, SMALL_ROW_HEAD
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook
from caseworker_app.pdf.text import Text

_HEADING = replace(SECTION, size=12, leading=15, before=9, after=3)
_LOOK = TableLook(padding=2.2, side=4, head=SMALL_HEAD, first=SMALL_ROW_HEAD, cell=SMALL_CELL, middle=True)
_PAIRS = TableLook(
    padding=1.6,
    side=0,
    first=replace(SMALL_CELL, colour=colours.MUTED),
    cell=SMALL_CELL,
    edge=colours.HAIRLINE,
    edge_width=0.5,
)
_LEFT_OUT = replace(NOTE, before=1, after=0)


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is told: rows of a part, last contacts, characters of a text; `goals`: no fewer than rows."""

    rows: int
    contacts: int
    characters: int
    goals: int = 0

    def text(self, text: str) -> str:
        """Return a text on one line, no longer than there is room for."""
        return shorten(text, self.characters)

    def tile(self, text: str) -> str:
        """Return a text for one of four tiles."""
        return shorten(text, min(44, self.characters))

    def kept(self, things: Sequence[str], what: str) -> list[str]:
        """Return the first of some facts, and how many more there are."""
        shown = [self.text(thing) for thing in things[: self.rows]]
        more = len(things) - len(shown)
        return [*shown, f"et {plural(more, what)} de plus au dossier"] if more > 0 else shown


_ROOMS = tuple(
    _Room(rows, contacts, characters)
    for rows, contacts, characters in (
        (10, 5, 400), (8, 4, 300), (7, 4, 240), (6, 3, 200), (5, 3, 160), (5, 2, 130), (4, 2, 130),
        (4, 1, 130), (3, 2, 130), (3, 1, 130), (2, 2, 100), (2, 1, 100), (1, 1, 70), (1, 1, 40), (1, 1, 16),
    )
)  # fmt: skip


def render_synthesis(content: FollowUpFile, identity: Identity) -> bytes:
    """Return the one-page synthesis as the bytes of a tagged PDF; nothing is written on disk."""
    # The tersest keeps what tells whose page it is; an endless letterhead must not push it off the page.
    short = replace(
        identity, name=shorten(identity.name, 60), lines=tuple(shorten(x, 60) for x in identity.lines[:3])
    )

    def page(room: _Room) -> list[Block]:
        return _page(content, short, room)

    chosen = next((room for room in _ROOMS if holds(page(room))), _ROOMS[-1])
    return render(
        [fitted(page, (_widened(chosen, page),))], meta_of(content.head, identity, TEMPLATE_SYNTHESIS)
    )


def _widened(room: _Room, page: Callable[[_Room], list[Block]]) -> _Room:
    """Return a room that tells more where the page has some left: longer texts, then goals, contacts, other rows."""
    goals, rows, contacts = max(room.goals, room.rows), room.rows, room.contacts
    wider: list[dict[str, int]] = [
        *({"characters": size} for size in (70, 100, 130, 160) if size > room.characters),
        *({"goals": goals + more} for more in range(1, 6)),
        *({"contacts": contacts + more} for more in range(1, 4)),
        *({"rows": rows + more} for more in range(1, 4)),
    ]
    for change in wider:
        tried = replace(room, **change)
        if holds(page(tried)):
            room = tried
    return room


def _page(content: FollowUpFile, identity: Identity, room: _Room) -> list[Block]:
    head = content.head
    mark = ("Document interne", "À ne pas transmettre")
    notes = (
        f"Dossier {shorten(head.reference, 30)}",
        *(("Dossier protégé : coordonnées masquées",) if head.protected else ()),
    )
    parts = [
        ("Le ménage et son logement", _facts(content, room)),
        ("Objectifs en cours", _goals([goal for goal in content.goals if goal.open], room)),
        ("Autonomie", _autonomy(content, room)),
        ("Derniers contacts", _contacts(content.diary, room)),
        ("À venir", _coming(content, room)),
    ]
    return [
        Letterhead(identity, mark=mark, notes=notes),
        TitleBlock(f"Synthèse – {room.text(head.household)}", [room.text(head.subtitle)]),
        *_tiles(content, room),
        *(block for title, blocks in parts if blocks for block in (Text(title, _HEADING), *blocks)),
    ]


def _tiles(content: FollowUpFile, room: _Room) -> list[Block]:
    tiles: list[Tile] = []
    if content.housing and content.housing.accounts and content.housing.accounts[0].lines:
        balance = content.housing.accounts[0].lines[0].text
        owed, _, since = balance.partition(" au ")
        owed, since = room.tile(owed), room.tile(since)
        tiles.append(Tile("Loyer", owed, f"au {since}" if since else "", good=" dus" not in owed))
    if content.budget and len(content.budget.indicators) > 1:
        figure = content.budget.indicators[1]
        tiles.append(Tile("Reste à vivre", room.tile(figure.now), "par jour et par personne"))
    goals = [goal for goal in content.goals if goal.open]
    if goals:
        done, counted = sum(g.done for g in goals), sum(g.counted for g in goals)
        tiles.append(
            Tile("Étapes faites", f"{done} sur {counted}", f"{plural(len(goals), 'objectif')} en cours")
        )
    if content.diary:
        last = content.diary[0]
        tiles.append(Tile("Dernier contact", format_date(last.day), room.tile(_kind_of(last))))
    return [Tiles(tiles)] if len(tiles) > 1 else []


def _facts(content: FollowUpFile, room: _Room) -> list[Block]:
    rows = [(label, text) for label, text in _fact_lines(content, room) if text]
    columns = [Column(0.19), Column(0.81)]
    return [DataTable(columns, rows, look=_PAIRS, head_columns=(0,), head=False)] if rows else []


def _fact_lines(content: FollowUpFile, room: _Room) -> Iterator[tuple[str, str]]:
    if content.people:
        people = [", ".join(part for part in (p.name, p.age) if part) for p in content.people.people]
        # A household of four is named whole: a name costs a few words, leaving one out tells of nobody.
        wider = replace(room, rows=max(2 * room.rows, 4 if room.characters >= 70 else 0))
        yield "Composition", " ; ".join(wider.kept(people, "personne"))
    for fact in content.head.facts:
        if fact.label not in ("Contenu", "Dossier", "Ouvert le"):
            yield fact.label, room.text(fact.text)
    for measure in content.measures[:1]:
        for line in measure.lines[:1]:
            yield "Mesure", room.text(f"{measure.title}, {line.text}")
    if content.housing:
        wanted = [
            x for x in content.housing.lines if x.label in ("Titre", "Loyer et charges", "Aide au logement")
        ]
        for line in wanted[: room.rows]:
            yield line.label, room.text(line.text)
    holding = [f"{each.recipient} ({each.state})" for each in content.consents if each.holds]
    yield "Accords de partage", " ; ".join(room.kept(holding, "accord"))


def _goals(goals: Sequence[GoalPart], room: _Room) -> list[Block]:
    if not goals:
        return []
    columns = [Column(0.44, "Objectif"), Column(0.2, "Avancement"), Column(0.36, "Prochaine étape")]
    rows: list[list[Cell]] = [_goal_row(goal, room) for goal in goals[: max(room.goals, room.rows)]]
    return [
        DataTable(columns, rows, look=_LOOK, head_columns=(0,)),
        *_more(len(goals) - len(rows), "objectif"),
    ]


def _goal_row(goal: GoalPart, room: _Room) -> list[Cell]:
    done = f"{plural(goal.done, 'étape faite', 'étapes faites')} sur {goal.counted}"
    gauge: Cell = StepGauge(goal.done, goal.counted, done) if goal.counted else "à préciser"
    step = next((step for step in goal.steps if step.state in ("à faire", "en retard")), None)
    late = " (en retard)" if step and step.late else ""
    return [room.text(goal.title), gauge, room.text(f"{step.title}{late}") if step else "–"]


def _autonomy(content: FollowUpFile, room: _Room) -> list[Block]:
    part = content.autonomy
    told = [d for d in part.domains if d.now_place is not None or d.before_place is not None] if part else []
    if part is None or not told:
        return []
    shown = told[: 4 * room.rows]
    cells = [(room.text(each.label), room.text(_level_words(each, part))) for each in shown]
    cells += [("", "")] * (len(cells) % 2)
    rows = [(*cells[start], *cells[start + 1]) for start in range(0, len(cells), 2)]
    since = f"Le {part.now}, et depuis le {part.before}" if part.before else f"Le {part.now}"
    return [
        Text(room.text(f"{since}, domaine par domaine."), _LEFT_OUT),
        _small_pairs(rows),
        *_more(len(told) - len(shown), "domaine"),
    ]


def _level_words(line: DomainLine, part: AutonomyPart) -> str:
    return f"{line.now}, {line.trend}" if part.before and line.trend != "–" else line.now


def _small_pairs(rows: Sequence[Sequence[str]]) -> DataTable:
    columns = [Column(share) for share in (0.25, 0.25, 0.25, 0.25)]
    return DataTable(columns, rows, look=_PAIRS, head_columns=(0, 2), head=False)


def _contacts(entries: Sequence[EntryPart], room: _Room) -> list[Block]:
    if not entries:
        return []
    columns = [Column(0.16, "Date"), Column(0.24, "Contact"), Column(0.6, "En peu de mots")]
    shown = entries[: room.contacts]
    rows: list[list[Cell]] = []
    for entry in shown:
        words = next((row.text for row in entry.rows), "")
        rows.append([format_date(entry.day), room.tile(_kind_of(entry)), room.text(words) or "–"])
    return [
        DataTable(columns, rows, look=_LOOK, head_columns=(0,)),
        *_more(len(entries) - len(shown), "écrit"),
    ]


def _kind_of(entry: EntryPart) -> str:
    return entry.title.partition(" – ")[2]


def _coming(content: FollowUpFile, room: _Room) -> list[Block]:
    if content.people is None or not content.people.coming:
        return []
    kept = room.kept(content.people.coming, "échéance")
    return [Text("\n".join(f"– {fact}" for fact in kept), SMALL_CELL)]


def _more(count: int, what: str) -> list[Block]:
    return [Text(f"Et {plural(count, what)} de plus au dossier.", _LEFT_OUT)] if count > 0 else []
