"""The landlord review (« bilan pour le bailleur ») as pages: content in, tagged PDF out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from caseworker_app.features.handover.domain.review_content import (
    LEVEL_WORDS,
    GoalProgress,
    LandlordReview,
    Meeting,
    Presence,
    RentMonth,
    RentRecord,
)
from caseworker_app.kernel.dates import (
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    format_date,
    format_long_date,
    format_month,
    format_short_date,
)
from caseworker_app.kernel.french import NO_BREAK, join_words, plural
from caseworker_app.kernel.money import format_amount, format_euros
from caseworker_app.pdf import colours
from caseworker_app.pdf.charts import BarsLegend, MonthBar, MonthlyBars
from caseworker_app.pdf.document import render
from caseworker_app.pdf.figures import LevelScale, Milestone, Milestones, ScaleLegend, choices
from caseworker_app.pdf.fonts import BOLD, shorten, text_width
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Together
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.panels import Panel, Signature, SignatureBoxes, Tile, Tiles
from caseworker_app.pdf.story import numbered, paragraphs
from caseworker_app.pdf.styles import (
    CAPTION,
    CELL,
    CONTENT_WIDTH,
    LEAD,
    NOTE,
    QUOTE,
    SMALL_CELL,
    SMALL_HEAD,
    SMALL_ROW_HEAD,
    Align,
)
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook, key_values
from caseworker_app.pdf.text import Span, Text, Words, bold, coloured, mixed, strong_then
from caseworker_app.pdf.writing import write_atomically

# Names and labels longer than this are shortened where the page leaves them one box only.
_LONGEST_NAME = 90
_LABEL_WIDTH = 56.0
_WIDEST_MONTH = 48.0
_LEAST_GAP = 3.0
_LEGEND = {
    "paid": "loyer et charges payés",
    "plan": "mensualité du plan",
    "missing": "part non payée",
    "due": "montant dû",
}


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
    sections = numbered(
        [
            ("Rappel du cadre", _frame(content)),
            ("Visites et rencontres", _meetings(content)),
            ("Paiement du loyer", _payments(content.rent) if content.rent else []),
            ("Assurance et obligations d’entretien", _duties(content)),
            ("État du logement", _rooms(content)),
            ("Objectifs liés au logement", _goals(content)),
            ("Proposition", _proposal(content)),
            (f"Avis de {_short(content.household_short)}", _opinion(content)),
            ("Signatures", _signatures(content)),
        ]
    )
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


# Payments


def _payments(rent: RentRecord) -> list[Block]:
    blocks: list[Block] = [Text(line) for line in paragraphs(rent.comment)]
    if rent.months:
        blocks += _payment_figures(rent)
    totals = _payment_totals(rent)
    if totals:
        blocks.append(Text(totals, NOTE))
    return blocks


def _payment_figures(rent: RentRecord) -> list[Block]:
    months = rent.months
    column = min(_WIDEST_MONTH, (CONTENT_WIDTH - _LABEL_WIDTH) / len(months))
    bars = [MonthBar(month.due, month.paid, month.plan) for month in months]
    caption = f"Loyer et charges dus à {rent.payee} et payés, {_span_words(months)}"
    aligned = _fits_under_bars(months, column)
    labels = [] if aligned else [f"{month.month:%m/%y}" for month in months]
    chart = MonthlyBars(bars, _chart_words(months), label_width=_LABEL_WIDTH, column=column, labels=labels)
    drawn: list[Block] = [Text(caption, CAPTION), BarsLegend(bars, _LABEL_WIDTH, _LEGEND), chart]
    if aligned:
        return [Together([*drawn, _aligned_table(months, column)])]
    return [Together(drawn), _listed_table(months)]


def _span_words(months: Sequence[RentMonth]) -> str:
    first, last = format_month(months[0].month), format_month(months[-1].month)
    return first if len(months) == 1 else f"de {first} à {last}"


def _chart_words(months: Sequence[RentMonth]) -> str:
    """Say in words what the bars show; every amount is also in the table below."""
    known = [month for month in months if month.due is not None]
    full = sum(not month.missing for month in known)
    said = [f"Diagramme en barres, {plural(len(months), 'mois', 'mois')}, {_span_words(months)}."]
    if known:
        said.append(f"Le loyer est payé en entier {full} mois sur {len(known)}.")
    short = [f"{format_euros(m.missing)} en {format_month(m.month)}" for m in known if m.missing]
    if short:
        said.append(f"Il manque {join_words(short)}.")
    planned = [month for month in months if month.plan]
    if planned:
        said.append(f"Une mensualité de plan est payée {plural(len(planned), 'mois', 'mois')}.")
    return " ".join([*said, "Les montants sont repris dans le tableau qui suit."])


def _fits_under_bars(months: Sequence[RentMonth], column: float) -> bool:
    amounts = [max(month.due or 0, month.paid + month.plan) for month in months]
    widest = max(text_width(format_amount(amount), BOLD, SMALL_CELL.size) for amount in amounts)
    return widest <= column - _LEAST_GAP


def _aligned_table(months: Sequence[RentMonth], column: float) -> DataTable:
    """Return the months in columns, each under its bar."""
    cell = replace(SMALL_CELL, align=Align.CENTRE)
    head = replace(SMALL_HEAD, align=Align.CENTRE)
    columns = [Column(_LABEL_WIDTH, "En €", SMALL_ROW_HEAD, replace(SMALL_CELL, colour=colours.MUTED))]
    previous = 0
    for month in months:
        year = "" if month.month.year == previous else f"\n{month.month.year}"
        columns.append(Column(column, SHORT_MONTHS[month.month.month - 1] + year, cell, head))
        previous = month.month.year
    rows: list[list[Cell]] = [[label, *(row(m) for m in months)] for label, row in _rows_shown(months)]
    width = _LABEL_WIDTH + column * len(months)
    return DataTable(columns, rows, look=TableLook(padding=3, side=0), head_columns=(0,), width=width)


def _listed_table(months: Sequence[RentMonth]) -> DataTable:
    """Return the months in rows: for amounts or periods too wide to stand under the bars."""
    right = replace(CELL, align=Align.RIGHT)
    head = replace(SMALL_HEAD, align=Align.RIGHT)
    shown = _rows_shown(months)
    columns = [Column(0.3, "En €"), *(Column(0.7 / len(shown), label, right, head) for label, _ in shown)]
    rows = [[format_month(month.month), *(row(month) for _, row in shown)] for month in months]
    return DataTable(columns, rows, look=TableLook(padding=2.4), head_columns=(0,))


def _rows_shown(months: Sequence[RentMonth]) -> list[tuple[str, Callable[[RentMonth], Words]]]:
    """Return the lines of the account that hold something, each with what it says of a month."""
    shown: list[tuple[str, Callable[[RentMonth], Words]]] = [("Dû", _due), ("Payé", _paid)]
    if any(month.plan for month in months):
        shown.append(("dont plan", _plan))
    if any(month.received for month in months):
        shown.append(("Reçu le", _received))
    return shown


def _due(month: RentMonth) -> Words:
    return "–" if month.due is None else format_amount(month.due)


def _paid(month: RentMonth) -> Words:
    amount = format_amount(month.paid + month.plan)
    return _warned(amount) if month.missing else amount


def _plan(month: RentMonth) -> Words:
    return format_amount(month.plan) if month.plan else "–"


def _received(month: RentMonth) -> Words:
    if month.received is None:
        return "–"
    day = format_date(month.received)[:5]
    return _warned(day) if month.late else day


def _warned(text: str) -> Words:
    return coloured(text, colours.INTERNAL_TEXT, BOLD)


def _payment_totals(rent: RentRecord) -> list[str | Span]:
    said: list[str | Span] = []
    if rent.months:
        due = sum(month.due or 0 for month in rent.months)
        paid, plan = sum(m.paid for m in rent.months), sum(m.plan for m in rent.months)
        said.append(f"Total dû : {format_euros(due)}. Payé pour le loyer : {format_euros(paid)}")
        said.append(f" ; pour le plan : {format_euros(plan)}. " if plan else ". ")
    if rent.remaining is not None:
        day = f" au {format_long_date(rent.remaining_on)}" if rent.remaining_on else ""
        said.append(bold(f"Reste dû{day} : {format_euros(rent.remaining)}."))
    if any(month.late or month.missing for month in rent.months):
        said.append(" En gras : payé en partie ou en retard.")
    return [*said, f" {rent.remark}"] if rent.remark else said


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
