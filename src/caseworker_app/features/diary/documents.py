"""The visit report (« compte rendu de visite ») as pages: an internal document and its zones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path

from caseworker_app.features.diary.domain.report_content import (
    GoalTouched,
    PlannedAction,
    Promise,
    RoomState,
    VisitReport,
    Zone,
    ZoneText,
)
from caseworker_app.kernel.dates import MONTHS, format_long_date
from caseworker_app.kernel.french import NO_BREAK, plural
from caseworker_app.pdf import colours
from caseworker_app.pdf.document import render
from caseworker_app.pdf.figures import StepGauge
from caseworker_app.pdf.fonts import BOLD, shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.panels import Panel, PanelKind, Signature, SignatureBoxes, notice
from caseworker_app.pdf.story import numbered, paragraphs
from caseworker_app.pdf.styles import BODY, CELL, LEAD
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook, key_values
from caseworker_app.pdf.text import Text, Words, bold, coloured, strong_then
from caseworker_app.pdf.writing import write_atomically

_LONGEST_NAME = 90
_KINDS = {Zone.INTERNAL: PanelKind.INTERNAL, Zone.SHAREABLE: PanelKind.SHAREABLE}
_BADGES = {Zone.INTERNAL: "Interne", Zone.SHAREABLE: "Partageable avec l’accord du ménage"}
_GROUNDS = {Zone.INTERNAL: colours.INTERNAL_GROUND, Zone.SHAREABLE: None}


def render_visit_report(content: VisitReport, identity: Identity) -> bytes:
    """Return the report as the bytes of a tagged PDF, for the preview; nothing is written on disk."""
    return render(_story(content, identity), _meta(content, identity))


def write_visit_report(content: VisitReport, identity: Identity, out: Path) -> None:
    """Write the report at `out`, whole or not at all. Raises PlaceNotWritable with a French sentence."""
    write_atomically(render_visit_report(content, identity), out)


def _meta(content: VisitReport, identity: Identity) -> DocumentMeta:
    printed = f"Version interne imprimée le {format_long_date(content.printed_on)} par {content.printed_by}"
    return DocumentMeta(
        title=f"{content.title} – {content.household}",
        author=identity.name,
        reference=content.reference,
        day=content.printed_on,
        running=f"Visite du {format_long_date(content.day)}",
        footer=(
            f"{identity.footer_name} · {content.reference}",
            " · ".join(words for words in (printed, content.template) if words),
        ),
        subject="Document interne",
        mark="Interne – ne pas transmettre",
    )


def _story(content: VisitReport, identity: Identity) -> list[Block]:
    sections = numbered(
        [
            ("Depuis la dernière visite", _promises(content)),
            ("Ce qui est constaté", _zones(content.observed)),
            (f"Ce que dit {_short(content.household_short)}", _zones(content.said)),
            ("Analyse professionnelle", _zones(content.analysis)),
            ("État du logement", _rooms(content.rooms)),
            ("Objectifs du contrat", _goals(content.goals)),
            ("Suites à donner", _follow_up(content)),
            ("Version partageable et validation", _validation(content)),
        ]
    )
    return [*_opening(content, identity), *sections]


def _opening(content: VisitReport, identity: Identity) -> list[Block]:
    opening: list[Block] = [
        Letterhead(
            identity,
            mark=("Document interne", "À ne pas transmettre tel quel"),
            notes=(f"Référence : {content.reference}",),
        ),
        TitleBlock(
            content.title, [f"{_short(content.household)} – {format_long_date(content.day, weekday=True)}"]
        ),
    ]
    facts = _facts(content)
    if facts:
        opening.append(facts)
    if Zone.SHAREABLE in content.zones:
        opening.append(notice(_zones_explained(), CELL))
    return opening


def _zones_explained() -> Words:
    return [
        bold("Partageable, en vert"),
        " : transmissible avec l’accord du ménage. ",
        bold("Interne, en ambre"),
        " : reste dans l’association.",
    ]


def _facts(content: VisitReport) -> DataTable | None:
    """Return the circumstances of the visit, two to a row, those not known left out."""
    facts = [
        ("Heure et durée", _duration(content)),
        ("Objet", content.purpose),
        ("Lieu", content.place),
        ("Mesure", content.measure),
        ("Personnes présentes", ", ".join(content.present)),
        ("Rendez-vous", content.appointment),
        ("Trajet", content.travel),
    ]
    known = [fact for fact in facts if fact[1]]
    if not known:
        return None
    if max(len(value) for _, value in known) > _LONGEST_NAME:
        return key_values(known)
    known += [("", "")] * (len(known) % 2)
    rows = [(*known[start], *known[start + 1]) for start in range(0, len(known), 2)]
    return key_values(rows, (0.2, 0.34, 0.14, 0.32))


def _duration(content: VisitReport) -> str:
    if content.start is None:
        return ""
    if content.end is None or content.minutes is None:
        return f"à {_clock(content.start)}"
    hours, minutes = divmod(content.minutes, 60)
    lasted = f"{hours} h {minutes:02d}" if hours and minutes else f"{hours} h" if hours else f"{minutes} min"
    return f"de {_clock(content.start)} à {_clock(content.end)}, soit {lasted}"


def _clock(at: time) -> str:
    return f"{at.hour} h {at.minute:02d}" if at.minute else f"{at.hour} h"


def _promises(content: VisitReport) -> list[Block]:
    if not content.promises:
        return []
    agreed = (
        f"Ce qui était convenu le {_day_and_month(content.agreed_on)}"
        if content.agreed_on
        else "Ce qui était convenu"
    )
    columns = [Column(0.49, agreed), Column(0.17, "Par qui"), Column(0.34, "Où en est-on")]
    return [
        DataTable(
            columns, [_promise_row(promise) for promise in content.promises], head_columns=(0,), look=_plain()
        )
    ]


def _promise_row(promise: Promise) -> list[Cell]:
    return [promise.what, promise.who, strong_then(promise.state, promise.detail)]


def _zones(texts: Sequence[ZoneText]) -> list[Block]:
    return [_zone(text) for text in texts if text.text.strip()]


def _zone(text: ZoneText) -> Panel:
    badge = _BADGES[text.zone] + (f" – {_short(text.reason)}" if text.reason else "")
    return Panel([Text(line, BODY) for line in paragraphs(text.text)], _KINDS[text.zone], badge)


def _rooms(rooms: Sequence[RoomState]) -> list[Block]:
    if not rooms:
        return []
    columns = [Column(0.22, "Pièce"), Column(0.16, "État"), Column(0.44, "Observation"), Column(0.18, "Zone")]
    rows = [[room.room, room.state, room.observation, _zone_word(room.zone)] for room in rooms]
    return [DataTable(columns, rows, head_columns=(0,), grounds=[_GROUNDS[room.zone] for room in rooms])]


def _zone_word(zone: Zone) -> Words:
    word = zone.value.capitalize()
    return coloured(word, colours.INTERNAL_TEXT, BOLD) if zone is Zone.INTERNAL else word


def _goals(goals: Sequence[GoalTouched]) -> list[Block]:
    if not goals:
        return []
    columns = [Column(0.32, "Objectif"), Column(0.175, "Avancement"), Column(0.505, "Prochaine étape")]
    rows: list[list[Cell]] = [[goal.goal, _gauge(goal), goal.next_step or "–"] for goal in goals]
    return [DataTable(columns, rows, head_columns=(0,), look=TableLook(middle=True))]


def _gauge(goal: GoalTouched) -> Cell:
    if not goal.total:
        return "à préciser"
    done = plural(goal.done, "étape faite", "étapes faites")
    return StepGauge(goal.done, goal.total, f"{done} sur {goal.total}")


def _follow_up(content: VisitReport) -> list[Block]:
    blocks: list[Block] = []
    if content.actions:
        columns = [Column(0.48, "Action"), Column(0.17, "Qui"), Column(0.17, "Pour le"), Column(0.18, "Zone")]
        rows = [_action_row(action) for action in content.actions]
        grounds = [_GROUNDS[action.zone] for action in content.actions]
        blocks.append(DataTable(columns, rows, head_columns=(0,), look=_plain(), grounds=grounds))
    if content.next_meeting:
        blocks.append(
            notice([bold("Prochain rendez-vous :"), f" {_meeting_words(content)}"], BODY, PanelKind.NOTICE)
        )
    return blocks


def _action_row(action: PlannedAction) -> list[Cell]:
    by = _day_and_month(action.by) if action.by else "–"
    return [action.what, action.who, by, _zone_word(action.zone)]


def _meeting_words(content: VisitReport) -> str:
    meeting = content.next_meeting
    if meeting is None:
        return ""
    at = f" à {_clock(meeting.at)}" if meeting.at else ""
    place = f", {meeting.place}" if meeting.place else ""
    return f"{format_long_date(meeting.day, weekday=True)}{at}{place}"


def _validation(content: VisitReport) -> list[Block]:
    blocks: list[Block] = [Text(line, LEAD) for line in paragraphs(content.sharing)]
    signed = [Signature(_short(s.quality), _short(s.name), _short(s.mention)) for s in content.signatories]
    blocks += [SignatureBoxes(signed[start : start + 3], room=18) for start in range(0, len(signed), 3)]
    return blocks


def _plain() -> TableLook:
    """Return the look of tables whose first column is a sentence, not a name."""
    return TableLook(first=CELL)


def _day_and_month(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NO_BREAK}{MONTHS[day.month - 1]}"


def _short(text: str) -> str:
    return shorten(text, _LONGEST_NAME)
