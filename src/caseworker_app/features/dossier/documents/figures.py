"""Autonomy and budget, as pages of the follow-up file: a star and its table, two bars and their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseworker_app.features.dossier.domain.follow_up_content import (
    AmountLine,
    AutonomyPart,
    BudgetPart,
    DomainLine,
    GroupShare,
)
from caseworker_app.features.goals.domain.autonomy import LADDER, LEVEL_LABELS
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_amount
from caseworker_app.pdf import colours
from caseworker_app.pdf.contents import Chapter
from caseworker_app.pdf.fonts import BOLD
from caseworker_app.pdf.layout import Block, Gap, SideBySide, Together
from caseworker_app.pdf.panels import Panel, PanelKind
from caseworker_app.pdf.radar import FEWEST_AXES, Axis, Radar, RadarLegend
from caseworker_app.pdf.shares import AMBERS, BLUES, Share, SharesBar
from caseworker_app.pdf.story import paragraphs
from caseworker_app.pdf.styles import CELL, COLUMN_HEAD, LEAD, NOTE, SMALL_CELL, Align
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook, key_values
from caseworker_app.pdf.text import Text, Words, bold, coloured

_RIGHT = replace(CELL, align=Align.RIGHT)
_RIGHT_HEAD = replace(COLUMN_HEAD, align=Align.RIGHT)
_STRONG_RIGHT = replace(_RIGHT, face=BOLD)
# Groups drawn on their own in a bar; the smallest of the others are one share, each still in the table.
_GROUPS_DRAWN = 5


def autonomy_chapter(part: AutonomyPart | None) -> Chapter:
    """Return levels domain by domain, in words and drawn; nothing adds them up."""
    if part is None:
        return Chapter("Autonomie")
    title = "Autonomie à deux dates" if part.before else "Autonomie"
    dates = f"les {part.before} et {part.now}" if part.before else f"le {part.now}"
    lead = Text(
        f"Regard porté par {_who(part.view)}, {dates}. Chaque domaine se lit pour lui-même ; "
        "aucun total n’est calculé.",
        LEAD,
    )
    notes: list[Block] = []
    if part.notes:
        notes = [
            Panel(
                [key_values([(note.label, note.text) for note in part.notes])],
                PanelKind.INTERNAL,
                "Observations",
            )
        ]
    star_and_table = Together([*_star(part), _levels_table(part), *_internal_note(part)])
    return Chapter(title, (lead, star_and_table, *notes))


def _who(view: str) -> str:
    return f"le {view}" if view == "ménage" else f"l’{view}"


def _star(part: AutonomyPart) -> list[Block]:
    if len(part.domains) < FEWEST_AXES:
        return []
    axes = [Axis(each.label, each.before_place, each.now_place) for each in part.domains]
    lines = f"{part.before}, en pointillé, et {part.now}, en trait plein" if part.before else part.now
    alt = (
        f"Diagramme en étoile, {plural(len(axes), 'domaine')} : {lines}. "
        "Les niveaux, domaine par domaine, sont repris dans le tableau qui suit."
    )
    rings = [LEVEL_LABELS[level] for level in LADDER]
    return [RadarLegend(part.before, part.now, rings), Radar(axes, len(rings), alt)]


def _levels_table(part: AutonomyPart) -> DataTable:
    look = TableLook(padding=2.2)
    if not part.before:
        columns = [Column(0.5, "Domaine"), Column(0.5, part.now)]
        rows: list[list[Cell]] = [[each.label, each.now] for each in part.domains]
        return DataTable(columns, rows, head_columns=(0,), look=look)
    columns = [
        Column(0.34, "Domaine"),
        Column(0.22, part.before),
        Column(0.22, part.now),
        Column(0.22, "Évolution"),
    ]
    rows = [[each.label, each.before, each.now, _trend(each)] for each in part.domains]
    return DataTable(columns, rows, head_columns=(0,), look=look)


def _trend(line: DomainLine) -> Words:
    if line.progress:
        return coloured(line.trend, colours.SHAREABLE_TEXT, BOLD)
    return coloured(line.trend, colours.INTERNAL_TEXT, BOLD) if line.decline else line.trend


def _internal_note(part: AutonomyPart) -> list[Block]:
    internal = [f"« {each.label} »" for each in part.domains if each.internal]
    if not internal:
        return []
    verb = "restent internes" if len(internal) > 1 else "reste interne"
    return [
        Text(
            f"{' et '.join(internal)} : {verb}, jamais dans un document remis au-dehors.",
            replace(NOTE, colour=colours.INTERNAL_TEXT),
        )
    ]


# Budget


def budget_chapter(part: BudgetPart | None) -> Chapter:
    """Return the month in two bars, its lines beside an earlier month, indicators with how they are made."""
    if part is None:
        return Chapter("Budget")
    beside = f", comparé à {part.before}" if part.before else ""
    note: list[Block] = [Text(line, LEAD) for line in paragraphs(part.note)]
    return Chapter(
        f"Budget – {part.month}",
        (),
        (
            (f"Vue d’ensemble{beside}", [*note, *_bars(part)]),
            ("Détail", _details(part)),
            ("Indicateurs, et comment ils sont calculés", _indicators(part)),
            ("Dettes", _debts(part)),
        ),
    )


def _bars(part: BudgetPart) -> list[Block]:
    rest = part.income_cents - part.expenses_cents
    scale = max(part.income_cents, part.expenses_cents)
    income, covered = _drawn(part.income_shares), _drawn(part.expense_shares)
    if rest > 0:
        covered.append(Share("Reste du mois", rest, rest=True))
    elif rest < 0:
        income.append(Share("Ce qui manque", -rest, missing=True))
    return [
        Together(
            [
                SharesBar("Ressources du mois", part.income_cents, income, scale, BLUES),
                SharesBar(
                    "Ce qu’elles couvrent : charges du mois", part.expenses_cents, covered, scale, AMBERS
                ),
            ]
        )
    ]


def _drawn(shares: Sequence[GroupShare]) -> list[Share]:
    """Return the largest groups in the order of the sheet, the smallest as one."""
    positive = [share for share in shares if share.cents > 0]
    kept = positive
    if len(positive) > _GROUPS_DRAWN:
        kept = sorted(positive, key=lambda share: -share.cents)[: _GROUPS_DRAWN - 1]
    drawn = [Share(share.label, share.cents) for share in positive if share in kept]
    others = sum(share.cents for share in positive if share not in kept)
    return [*drawn, Share("Autres", others)] if others else drawn


def _details(part: BudgetPart) -> list[Block]:
    income = _amounts("Ressources", part.income, part)
    expenses = _amounts("Charges", part.expenses, part)
    if not part.before:
        return [SideBySide(income, expenses)]
    return [income, Gap(8), expenses]


def _amounts(title: str, lines: Sequence[AmountLine], part: BudgetPart) -> DataTable:
    columns = [Column(0.7, title)]
    if part.before:
        columns = [Column(0.56, title), Column(0.22, f"{part.before}, €", _RIGHT, _RIGHT_HEAD)]
    columns.append(Column(*_amount_head(part), _RIGHT, _RIGHT_HEAD))
    rows: list[list[Cell]] = [_amount_row(line, part) for line in lines]
    before = sum(line.before or 0 for line in lines)
    now = sum(line.now or 0 for line in lines)
    total: list[Cell] = [
        bold("Total"),
        *([bold(format_amount(before))] if part.before else []),
        bold(format_amount(now)),
    ]
    look = TableLook(first=CELL, padding=2.4)
    grounds = [None] * len(rows) + [colours.TINT]
    return DataTable(columns, [*rows, total], head_columns=(0,), look=look, grounds=grounds)


def _amount_head(part: BudgetPart) -> tuple[float, str]:
    return (0.22, f"{part.month}, €") if part.before else (0.3, "€ par mois")


def _amount_row(line: AmountLine, part: BudgetPart) -> list[Cell]:
    now = "–" if line.now is None else format_amount(line.now)
    if not part.before:
        return [line.label, now]
    return [line.label, "–" if line.before is None else format_amount(line.before), now]


def _indicators(part: BudgetPart) -> list[Block]:
    columns = [Column(0.23, "Indicateur")]
    if part.before:
        columns.append(Column(0.18, part.before, _RIGHT, _RIGHT_HEAD))
    columns += [
        Column(0.18, part.month, _STRONG_RIGHT, _RIGHT_HEAD),
        Column(0.41 if part.before else 0.59, "Calcul", SMALL_CELL),
    ]
    rows: list[list[Cell]] = [
        [each.label, *([each.before] if part.before else []), each.now, each.formula]
        for each in part.indicators
    ]
    return [
        DataTable(columns, rows, head_columns=(0,)),
        *(Text(line, replace(NOTE, before=1, after=1)) for line in part.definitions),
    ]


def _debts(part: BudgetPart) -> list[Block]:
    if not part.debts:
        return []
    columns = [
        Column(0.3, "Dette"),
        Column(0.21, "Reste dû"),
        Column(0.31, "Remboursement"),
        Column(0.18, "Stade"),
    ]
    rows = [[each.what, each.remaining, each.monthly or "–", each.stage] for each in part.debts]
    return [DataTable(columns, rows, head_columns=(0,), look=TableLook(padding=3))]
