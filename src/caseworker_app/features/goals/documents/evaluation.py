"""The evaluation of autonomy on paper, *interne*: a star and its table by view, each level with its words."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.features.goals.domain.autonomy import LADDER, LEVEL_LABELS
from caseworker_app.features.goals.domain.papers import EvaluationReport, LevelLine, ViewPart
from caseworker_app.kernel.french import plural
from caseworker_app.pdf.document import render
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.panels import Panel, PanelKind, notice
from caseworker_app.pdf.paper import meta_of, opening
from caseworker_app.pdf.radar import FEWEST_AXES, Axis, Radar, RadarLegend
from caseworker_app.pdf.story import numbered, paragraphs
from caseworker_app.pdf.styles import BODY, LEAD
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook, key_values
from caseworker_app.pdf.text import Text, Words, bold

TITLE = "Évaluation de l’autonomie"
DATES_A_TABLE = 5
TEMPLATE = "modèle « Évaluation de l’autonomie », n° 1"


def render_evaluation(content: EvaluationReport, identity: Identity) -> bytes:
    """Return the evaluation as the bytes of a tagged PDF; nothing is written on disk."""
    sections = numbered([(part.view, list(_view(part))) for part in content.views])
    story = [*opening(content.head, identity, TITLE, internal=True), *sections]
    return render(story, meta_of(content.head, identity, TITLE, TEMPLATE, internal=True))


def _view(part: ViewPart) -> Iterator[Block]:
    dates = f"Les {part.before} et {part.now}" if part.before else f"Le {part.now}"
    words = f"{dates}, {part.version}. Chaque domaine se lit pour lui-même\u202f; aucun total n’est calculé."
    yield Text(words, LEAD)
    if part.mixed:
        yield notice(part.mixed, BODY, PanelKind.NOTICE)
    yield from _star(part)
    yield _table(part)
    yield from _course(part)
    yield from _notes(part)


def _star(part: ViewPart) -> Iterator[Block]:
    if len(part.lines) < FEWEST_AXES:
        return
    axes = [Axis(each.short_label, each.before_place, each.now_place) for each in part.lines]
    lines = f"{part.before}, en pointillé, et {part.now}, en trait plein" if part.before else part.now
    alt = (
        f"Diagramme en étoile, {plural(len(axes), 'domaine')}\u00a0: {lines}. "
        "Les niveaux, domaine par domaine, sont repris dans le tableau qui suit."
    )
    rings = [LEVEL_LABELS[level] for level in LADDER]
    yield RadarLegend(part.before, part.now, rings)
    yield Radar(axes, len(rings), alt)


def _table(part: ViewPart) -> DataTable:
    look = TableLook(padding=2.6)
    if not part.before:
        columns = [Column(0.34, "Domaine"), Column(0.66, part.now)]
        rows: list[list[Cell]] = [[_label(each), _level(each.now, each.now_anchor)] for each in part.lines]
        return DataTable(columns, rows, head_columns=(0,), look=look)
    columns = [
        Column(0.24, "Domaine"), Column(0.31, part.before), Column(0.31, part.now), Column(0.14, "Évolution"),
    ]  # fmt: skip
    rows = [
        [_label(each), _level(each.before, each.before_anchor), _level(each.now, each.now_anchor),
         each.trend or "–"]
        for each in part.lines
    ]  # fmt: skip
    return DataTable(columns, rows, head_columns=(0,), look=look)


def _course(part: ViewPart) -> Iterator[Block]:
    """Yield each domain at every date, a few dates a table so that no word is cut."""
    if not part.dates:
        return
    told = f"Chaque domaine aux {len(part.dates)}\u00a0dates, de la plus ancienne à la plus récente"
    yield Text(f"{told}. Une ligne se lit pour elle-même.", LEAD)
    for first in range(0, len(part.dates), DATES_A_TABLE):
        dates = part.dates[first : first + DATES_A_TABLE]
        columns = [Column(0.28, "Domaine"), *(Column(0.72 / len(dates), day) for day in dates)]
        rows: list[list[Cell]] = [
            [line.label, *line.levels[first : first + DATES_A_TABLE]] for line in part.course
        ]
        yield DataTable(columns, rows, head_columns=(0,), look=TableLook(padding=2.6))


def _level(level: str, anchor: str) -> Words:
    return [bold(f"{level}\u00a0:"), f" {anchor[:1].lower()}{anchor[1:]}"] if anchor else level


def _label(line: LevelLine) -> str:
    return f"{line.label} (interne)" if line.internal else line.label


def _notes(part: ViewPart) -> Iterator[Block]:
    seen = [(each.label, each.observation) for each in part.lines if each.observation]
    blocks: list[Block] = [key_values(seen)] if seen else []
    blocks += [Text(line, BODY) for line in paragraphs(part.note)]
    if blocks:
        yield Panel(blocks, PanelKind.INTERNAL, "Observations")
