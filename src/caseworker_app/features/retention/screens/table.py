"""The table of households whose time has come, and the bar of what may be done with those ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.retention.domain.shown import (
    TONES,
    contact_words,
    deadline_words,
    possible,
    state_detail,
    state_words,
)
from caseworker_app.features.retention.domain.standing import Standing, State
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.row_model import Column, LazyRows
from caseworker_app.ui_kit.row_table import HEADER_HEIGHT, ROW_HEIGHT, TICK_WIDTH, Cell, RowTable
from caseworker_app.ui_kit.states import TONE_ICONS
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_COLUMNS = (
    Column("", TICK_WIDTH), Column("Ménage"), Column("Dernier contact", 150, optional=True),
    Column("Échéance", 160), Column("Décision"),
)  # fmt: skip
# Rows seen without scrolling the table itself.
_ROWS_SEEN = 9


class DueTable(RowTable):
    """The households, as tall as its rows up to nine of them."""

    def __init__(self, today: Callable[[], date]) -> None:
        """Make it empty."""
        self._today = today
        rows = LazyRows(self._cells, lambda standing: standing.clock.household_id, _COLUMNS, ticks=True)
        super().__init__("Dossiers à échéance", rows)

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """Show them; what was ticked and is not there any more is not ticked."""
        there = {each.clock.household_id for each in standings}
        self.rows.ticked &= there
        self.rows.set_rows(list(standings))
        seen = max(2, min(_ROWS_SEEN, len(standings)))
        self.setFixedHeight(px(HEADER_HEIGHT + seen * ROW_HEIGHT) + 2)
        self.rows.ticks_changed.emit()

    def sizeHint(self) -> QSize:
        """Return what its rows need."""
        return QSize(px(600), self.height())

    def _cells(self, standing: Standing) -> Sequence[Cell]:
        contact, fact = contact_words(standing)
        deadline, far = deadline_words(standing, self._today())
        tone = TONES[standing.state]
        return (
            Cell(),
            Cell(
                standing.clock.name,
                f"n°\u00a0{standing.clock.reference}",
                strong=True,
                icon="shield-lock" if standing.clock.protected else "",
            ),
            Cell(contact, fact, tabular=True),
            Cell(deadline, far, tabular=True, detail_tone="warn" if standing.state is State.DUE else "muted"),
            Cell(
                state_words(standing),
                state_detail(standing),
                tone=tone,
                icon=_ICONS.get(tone, ""),
                strong=True,
            ),
        )


_ICONS: dict[str, str] = {tone: TONE_ICONS[tone] for tone in ("danger", "warn", "ok")}


class DecisionBar(Surface):
    """What may be done with the households ticked; hidden while none is. `asked(name)`: see `possible`."""

    asked = Signal(str)
    none_asked = Signal()

    def __init__(self) -> None:
        """Make it hidden."""
        super().__init__("accent_soft", None, 0)
        self.setAccessibleName("Sélection")
        self.none = IconButton("x", "Ne plus rien sélectionner", size=28, icon_size=16)
        self.none.clicked.connect(self.none_asked)
        self.count = Label("", 13, fonts.SEMI_BOLD, "accent")
        self.count.setMinimumHeight(px(28))
        self.buttons = {
            "carry_out": Button("E&ffacer définitivement…", "danger", "trash", compact=True),
            "keep": Button("&Garder plus longtemps…", "secondary", "clock", compact=True),
            "archive": Button("&Archiver…", "secondary", "file-lock", compact=True),
            "end": Button("Prévoir la &fin…", "secondary", "calendar-event", compact=True),
            "restore": Button("&Sortir de l’archive", "secondary", "lock-open", compact=True),
            "call_off": Button("A&nnuler la décision", "secondary", "arrow-back-up", compact=True),
        }
        line = QHBoxLayout(self)
        line.setContentsMargins(px(8), px(10), 16, px(10))
        box = QWidget()
        flow = Flow(box, gap=8)
        flow.addWidget(self.none)
        flow.addWidget(self.count)
        for name, button in self.buttons.items():
            flow.addWidget(button)
            button.clicked.connect(lambda _on=False, asked=name: self.asked.emit(asked))
        line.addWidget(box, 1)
        self.hide()

    def show_selection(self, standings: Sequence[Standing]) -> None:
        """Offer what may be done with a selection."""
        may = possible(standings)
        for name, button in self.buttons.items():
            button.setVisible(name in may)
        self.count.setText(plural(len(standings), "dossier sélectionné", "dossiers sélectionnés"))
        self.setVisible(bool(standings))
