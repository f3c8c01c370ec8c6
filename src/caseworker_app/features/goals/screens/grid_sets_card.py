"""The card of the domains each kind of measure asks about: the usual ones, or a choice of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.goals.domain.edition import GridDraft
from caseworker_app.features.goals.domain.grid import DEFAULT_SET
from caseworker_app.features.measures.domain.measure import MeasureKind
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_LEAST = 320
_USUAL = "Toutes les autres mesures"


class GridSetsCard(Card):
    """`chosen(kind, codes)`: a kind of measure asks about these domains, about the usual ones for None."""

    chosen = Signal(str, object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Domaines par mesure")
        self.setMinimumWidth(px(_LEAST))
        self._draft: GridDraft | None = None
        self._may_edit = False
        self.kind = Choice()
        self.own = Check("Un choix propre à cette mesure")
        self.ticks: dict[str, Check] = {}
        self._box = QWidget()
        self._flow = Flow(self._box, gap=8, even=True)
        self.said = Label("", 12, tone="muted", wrap=True)
        self.add(Field("Mes&ure", self.kind))
        self.add(self.own)
        self.add(self._box)
        self.add(self.said)
        self.kind.activated.connect(lambda _index: self._show())
        self.own.clicked.connect(self._switch)

    def show_draft(self, draft: GridDraft, kinds: Sequence[MeasureKind], *, may_edit: bool) -> None:
        """Show the sets of a draft; the kind one stands on stays."""
        here = self.kind.current_key() or DEFAULT_SET
        if self.kind.count() != len(kinds) + 1:
            self.kind.clear()
            self.kind.add(DEFAULT_SET, _USUAL)
            for each in kinds:
                self.kind.add(each.code, each.label)
            self.kind.choose(here)
        same = self._draft is not None and _names(self._draft) == _names(draft)
        self._draft, self._may_edit = draft, may_edit
        if not same:
            self._make_ticks(draft)
        self._show()

    def _make_ticks(self, draft: GridDraft) -> None:
        for tick in self.ticks.values():
            self._flow.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = {}
        for domain in draft.used:
            tick = Check((domain.label or "Nouveau domaine").replace("&", "&&"))
            tick.clicked.connect(lambda _on: self._tell())
            self.ticks[domain.code] = tick
            self._flow.addWidget(tick)

    def _show(self) -> None:
        if self._draft is None:
            return
        kind = self.kind.current_key() or DEFAULT_SET
        usual, own = kind == DEFAULT_SET, self._draft.has_own(kind)
        asked = set(self._draft.asked(kind))
        self.own.setVisible(not usual)
        self.own.setChecked(own)
        self.own.setEnabled(self._may_edit)
        for code, tick in self.ticks.items():
            tick.setChecked(code in asked)
            tick.setEnabled(self._may_edit and (usual or own))
        count = plural(len(asked), "domaine")
        self.said.setText(f"{count} sur {len(self.ticks)}, les autres restant à portée dans l’évaluation.")

    def _switch(self, on: bool) -> None:
        if self._draft is None:
            return
        kind = self.kind.current_key()
        self.chosen.emit(kind, self._draft.asked(kind) if on else None)

    def _tell(self) -> None:
        kind = self.kind.current_key() or DEFAULT_SET
        self.chosen.emit(kind, tuple(code for code, tick in self.ticks.items() if tick.isChecked()))


def _names(draft: GridDraft) -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in draft.used]
