"""The same content as the star, as a table: a domain a row, its level in words at each date."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.goals.domain.autonomy import LEVEL_LABELS, TREND_LABELS, Trend
from caseworker_app.features.goals.domain.comparing import ComparedDomain, Pair
from caseworker_app.features.goals.screens.words import TREND_DRESS
from caseworker_app.kernel.dates import format_short_date
from caseworker_app.ui_kit.row_model import Column, LazyRows
from caseworker_app.ui_kit.row_table import HEADER_HEIGHT, ROW_HEIGHT, Cell, RowTable
from caseworker_app.ui_kit.theme import px


class AutonomyTable(RowTable):
    """« Domaine, avant, après »; as tall as its rows, so that the page scrolls."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__(
            "Tableau d’autonomie", LazyRows(_cells, lambda each: each.domain.code, _columns("", ""))
        )

    def show_domains(self, domains: Sequence[ComparedDomain], pair: Pair) -> None:
        """Show domains at the two dates."""
        before = pair.before.evaluation.evaluated_on if pair.before else None
        after = pair.after.evaluation.evaluated_on
        self.rows.columns = _columns(
            f"{format_short_date(before)}\u00a0{before.year}" if before else "",
            f"{format_short_date(after)}\u00a0{after.year}",
        )
        self.rows.set_rows(list(domains))
        self.setFixedHeight(px(HEADER_HEIGHT) + px(ROW_HEIGHT) * len(domains))
        self._fit_columns()
        self.setColumnHidden(1, before is None)

    def stand_on(self, code: str) -> None:
        """Put the current row on a domain."""
        for number in range(self.rows.rowCount()):
            if self.rows.key_at(number) == code:
                self.selectRow(number)
                return
        self.clearSelection()


def _columns(before: str, after: str) -> tuple[Column, ...]:
    return (Column("Domaine"), Column(before or "Avant", 100), Column(after or "Niveau", 104))


def _cells(each: ComparedDomain) -> tuple[Cell, ...]:
    icon, tone = TREND_DRESS[each.trend]
    inner = Cell(each.domain.label, "interne" if each.domain.internal else "", detail_tone="note",
                 detail_icon="lock" if each.domain.internal else "")  # fmt: skip
    moved = TREND_LABELS[each.trend] if each.trend is not Trend.NOT_COMPARABLE else ""
    before = LEVEL_LABELS[each.before] if each.before is not None else ""
    return (
        inner,
        Cell(before, tone="muted" if not each.assessed_before else "text"),
        Cell(
            LEVEL_LABELS[each.after],
            moved,
            "text" if each.assessed else "muted",
            detail_tone=tone,
            detail_icon=icon if moved else "",
        ),
    )
