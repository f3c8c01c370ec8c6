"""The landlord review (« bilan pour le bailleur ») as pages: content in, tagged PDF out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from caseworker_app.features.handover.documents.payments import payments
from caseworker_app.features.handover.domain.review_content import (
    LEVEL_WORDS,
    GoalProgress,
    LandlordReview,
    Meeting,
    Presence,
)
from caseworker_app.kernel.dates import (
    MONTHS,
    WEEKDAYS,
    format_long_date,
    format_month,
    format_short_date,
)
from caseworker_app.kernel.french import NO_BREAK, after_de
from caseworker_app.pdf.document import render
from caseworker_app.pdf.figures import LevelScale, Milestone, Milestones, ScaleLegend, choices
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Together
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.panels import Panel, Signature, SignatureBoxes, Tile, Tiles
from caseworker_app.pdf.story import numbered, paragraphs
from caseworker_app.pdf.styles import (
    LEAD,
    NOTE,
    QUOTE,
)
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook, key_values
from caseworker_app.pdf.text import Span, Text, bold, mixed, strong_then
from caseworker_app.pdf.writing import write_atomically

# Names and labels longer than this are shortened where the page leaves them one box only.
_LONGEST_NAME = 90


def render_review(content: LandlordReview, identity: Identity) -> bytes:
    """Return the review as the bytes of a tagged PDF, for the preview; nothing is written on disk."""
    return render(_story(content, identity), _meta(content, identity))


def write_review(content: LandlordReview, identity: Identity, out: Path) -> None:
    """Write the review at `out`, whole or not at all. Raises PlaceNotWritable with a French sentence."""
    write_atomically(render_review(content, identity), out)


def _meta(content: LandlordReview, identity: Identity) -> DocumentMeta:
    made = f"{identity.footer_name} · {content.reference} · établi le {format_long_date(content.day)}"
    return DocumentMeta(
        title=f"{content.title} – {content.household}",
        author=identity.name,
        reference=content.reference,
        day=content.day,
        running=f"{content.title} – {content.household}",
        footer=(made, content.template),
        subject=_period_words(content),
    )


def _story(content: LandlordReview, identity: Identity) -> list[Block]:
    opinion, signatures = _opinion(content), _signatures(content)
    sections = numbered(
        [
            ("Rappel du cadre", _frame(content)),
            ("Visites et rencontres", _meetings(content)),
            ("Paiement du loyer", payments(content.rent) if content.rent else []),
            ("Assurance et obligations d’entretien", _duties(content)),
            ("État du logement", _rooms(content)),
            ("Objectifs liés au logement", _goals(content)),
            ("Proposition", _proposal(content)),
            (f"Avis {after_de(_short(content.household_short))}", opinion),
            ("Signatures", signatures),
        ]
    )
    if opinion and signatures:
        # Signatures alone on a page could be those of any paper.
        sections[-2:] = [Together(sections[-2:])]
    return [*_opening(content, identity), *sections]


def _opening(content: LandlordReview, identity: Identity) -> list[Block]:
    references = [
        ("Référence", content.reference),
        ("Date", format_long_date(content.day)),
        ("Affaire suivie par", _short(content.worker)),
        ("Téléphone", content.worker_phone),
    ]
    known = [(key, value) for key, value in references if value]
    about = f"{_short(content.household)} – {_period_words(content)}"
    opening: list[Block] = [
        Letterhead(identity, recipient=content.recipient, references=known),
        TitleBlock(content.title, [about]),
    ]
    if content.key_facts:
        tiles = [Tile(_short(f.label), _short(f.value), _short(f.note), f.good) for f in content.key_facts]
        opening += [Tiles(tiles[start : start + 5]) for start in range(0, len(tiles), 5)]
    return opening


def _period_words(content: LandlordReview) -> str:
    start = format_long_date(content.period.start)
    if content.period.end is None:
        return f"depuis le {start}"
    if content.period.start.year == content.period.end.year:
        start = start[: -len(f"{NO_BREAK}{content.period.start.year}")]
    return f"période du {start} au {format_long_date(content.period.end)}"


def _frame(content: LandlordReview) -> list[Block]:
    rows = [(line.label, mixed(bold(line.emphasis), line.text)) for line in content.frame]
    return [key_values(rows)] if rows else []


# Meetings


def _meetings(content: LandlordReview) -> list[Block]:
    if not content.meetings:
        return [Text(line) for line in paragraphs(content.meetings_comment)]
    with_year = len({meeting.day.year for meeting in content.meetings}) > 1
    columns = [
        Column(0.26, "Date"),
        Column(0.32, "Rencontre"),
        Column(0.16, "Lieu"),
        Column(0.26, "Présence"),
    ]
    rows = [_meeting_row(meeting, with_year) for meeting in sorted(content.meetings, key=lambda m: m.day)]
    table = DataTable(columns, rows, look=TableLook(padding=3), head_columns=(0,))
    comment = paragraphs(content.meetings_comment)
    first = Text([*_meetings_sentence(content.meetings), f" {comment[0]}" if comment else ""], LEAD)
    return [first, *(Text(line, LEAD) for line in comment[1:]), table]


def _meetings_sentence(meetings: Sequence[Meeting]) -> list[str | Span]:
    held = sum(meeting.presence is Presence.PRESENT for meeting in meetings)
    planned = "rencontre a été prévue" if len(meetings) == 1 else "rencontres ont été prévues"
    took = "a eu lieu" if held < 2 else "ont eu lieu"
    count = "aucune" if held == 0 else str(held)
    negation = "n’" if held == 0 else ""
    return ["Sur la période, ", bold(f"{len(meetings)} {planned} et {count} {negation}{took}"), "."]


def _meeting_row(meeting: Meeting, with_year: bool) -> list[Cell]:
    day = meeting.day
    number = "1er" if day.day == 1 else str(day.day)
    when = f"{WEEKDAYS[day.weekday()].capitalize()} {number}{NO_BREAK}{MONTHS[day.month - 1]}"
    presence = meeting.presence.value.capitalize()
    return [
        f"{when}{NO_BREAK}{day.year}" if with_year else when,
        meeting.purpose,
        meeting.place,
        f"{presence}, {meeting.remark}" if meeting.remark else presence,
    ]


# Dwelling


def _duties(content: LandlordReview) -> list[Block]:
    if not content.duties:
        return []
    columns = [Column(0.28, "Obligation"), Column(0.35, "Justificatif"), Column(0.37, "Situation")]
    rows: list[list[Cell]] = [
        [duty.what, duty.proof or "–", strong_then(duty.state, duty.detail)] for duty in content.duties
    ]
    return [DataTable(columns, rows, head_columns=(0,))]


def _rooms(content: LandlordReview) -> list[Block]:
    if not content.rooms:
        return []
    seen = f"Constat du {format_long_date(content.rooms_seen_on)}" if content.rooms_seen_on else "Constat"
    columns = [Column(0.21, "Pièce"), Column(0.4, seen), Column(0.39, "Suite et qui s’en charge")]
    rows = [[room.room, room.finding, room.follow_up or "–"] for room in content.rooms]
    return [DataTable(columns, rows, head_columns=(0,))]


# Goals


def _goals(content: LandlordReview) -> list[Block]:
    if not content.goals:
        return []
    compared = any(goal.before is not None for goal in content.goals)
    before = format_month(content.goals_before_on) if content.goals_before_on else "avant"
    now = format_month(content.goals_now_on) if content.goals_now_on else "aujourd’hui"
    columns = [
        Column(0.285, "Objectif du contrat"),
        Column(0.237, "Évolution"),
        Column(0.478, "Où nous en sommes"),
    ]
    rows = [_goal_row(goal, before, now) for goal in content.goals]
    return [
        Text(_goals_sentence(content), LEAD),
        ScaleLegend(before if compared else "", now, LEVEL_WORDS),
        DataTable(columns, rows, look=TableLook(middle=True), head_columns=(0,)),
    ]


def _goals_sentence(content: LandlordReview) -> str:
    day = f" le {format_long_date(content.goals_now_on)}" if content.goals_now_on else ""
    who = _short(content.household_short)
    return f"Étapes repérées avec {who}{day}, objectif par objectif, sans note globale."


def _goal_row(goal: GoalProgress, before: str, now: str) -> list[Cell]:
    was, stands = _level_word(goal.before), _level_word(goal.now)
    words = f"{before} : {was} ; {now} : {stands}" if goal.before is not None else f"{now} : {stands}"
    state = bold(stands.capitalize())
    return [
        goal.goal,
        LevelScale(len(LEVEL_WORDS), goal.before, goal.now, words.capitalize()),
        mixed(state, f" : {goal.comment}") if goal.comment else state,
    ]


def _level_word(level: int | None) -> str:
    return "non évalué" if level is None else LEVEL_WORDS[level]


# Proposal, opinion, signatures


def _proposal(content: LandlordReview) -> list[Block]:
    options = [(o.chosen, strong_then(o.action, o.detail)) for o in content.options]
    blocks: list[Block] = [*choices(options), *(Text(line) for line in paragraphs(content.reasons))]
    if content.calendar:
        blocks.append(Milestones([_milestone(d.day, d.what, d.reached) for d in content.calendar]))
    return blocks


def _milestone(day: date, what: str, reached: bool) -> Milestone:
    return Milestone(f"{format_short_date(day)} {day.year}", _short(what), reached)


def _opinion(content: LandlordReview) -> list[Block]:
    inside: list[Block] = [Text(f"« {line} »", QUOTE) for line in paragraphs(content.opinion)]
    inside += [Text(line, NOTE) for line in paragraphs(content.consent)]
    return [Panel(inside)] if inside else []


def _signatures(content: LandlordReview) -> list[Block]:
    signed = [Signature(_short(s.quality), _short(s.name), _short(s.mention)) for s in content.signatories]
    return [SignatureBoxes(signed[start : start + 3]) for start in range(0, len(signed), 3)]


def _short(text: str) -> str:
    return shorten(text, _LONGEST_NAME)
