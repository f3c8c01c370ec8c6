"""The card of next steps: what is late, what is near, what was done; a step says what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from caseworker_app.features.dossier.domain.next_steps import NextStep, StepKind
from caseworker_app.features.dossier.screens.showing import row_of
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.card import Card, FoldRow
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.row_list import RowList

SHOWN = 8
# What can be done with each kind: a key for the page, and its words.
ACTIONS: dict[StepKind, tuple[tuple[str, str], ...]] = {
    StepKind.GOAL_STEP: (("complete_step", "C’est &fait"), ("drop_step", "&Sans suite")),
    StepKind.PROMISE: (("keep", "C’est &fait"), ("keep_partly", "Fait en &partie"), ("drop", "&Sans suite")),
    StepKind.APPOINTMENT: (
        ("begin_visit", "&Écrire la visite"),
        ("miss", "Rendez-vous &manqué"),
        ("cancel", "&Annulé"),
    ),
}


class StepsCard(Card):
    """Next steps. `asked(action, step)` when the person says what became of one."""

    asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__("Prochaines étapes", parent=parent)
        self._to_do: tuple[NextStep, ...] = ()
        self._done: tuple[NextStep, ...] = ()
        self._steps: dict[str, NextStep] = {}
        self._unfolded = False
        self._most = SHOWN
        self.rows = RowList("Prochaines étapes", fit=True)
        self.rows.opened.connect(self._open)
        self.nothing = EmptyState(
            "list-check", "Rien de prévu", "Les étapes, engagements et rendez-vous à venir se rangent ici."
        )
        self.fold = FoldRow("")
        self.fold.clicked.connect(self._switch)
        self.add_rows(self.rows)
        self.add_rows(self.nothing, rule=False)
        self.add_stretch()
        self.add_foot(self.fold)

    def show_steps(self, to_do: tuple[NextStep, ...], done: tuple[NextStep, ...], *, again: bool) -> None:
        """Show steps; `again`: of the same household, so that what was unfolded stays."""
        self._to_do, self._done = to_do, done
        self._unfolded = self._unfolded and again
        self._show()

    def show_at_most(self, most: int) -> None:
        """Show so many steps before the fold: as the window has room for."""
        if most != self._most:
            self._most = most
            self._show()

    def menu_of(self, step: NextStep) -> Menu:
        """Build the menu of what can be done with a step."""
        menu = Menu(parent=self)
        for action, words in ACTIONS.get(step.kind, ()):
            menu.addAction(words).triggered.connect(lambda _on=False, a=action: self.asked.emit(a, step))
        return menu

    def _show(self) -> None:
        shown = (*self._to_do, *self._done) if self._unfolded else self._to_do[: self._most]
        self._steps = {step.key: step for step in shown}
        self.rows.set_rows([row_of(step) for step in shown])
        self.rows.setVisible(bool(shown))
        self.nothing.setVisible(not self._to_do and not self._unfolded)
        words = self._fold_words()
        self.fold.setVisible(bool(words))
        self.fold.setText(words)

    def _fold_words(self) -> str:
        if self._unfolded:
            return "Replier"
        later, done = len(self._to_do) - self._most, len(self._done)
        parts = [plural(later, "autre à venir", "autres à venir")] if later > 0 else []
        if done:
            parts.append(plural(done, "étape terminée", "étapes terminées"))
        return ", ".join(parts)

    def _switch(self) -> None:
        self._unfolded = not self._unfolded
        self._show()

    def _open(self, key: str) -> None:
        step = self._steps.get(key)
        if step is None or step.done or step.kind not in ACTIONS:
            return
        inside = self.rows.rect().contains(self.rows.mapFromGlobal(QCursor.pos()))
        row = self.rows.visualRect(self.rows.currentIndex())
        under_row = self.rows.mapToGlobal(QPoint(row.x() + 48, row.bottom()))
        self.menu_of(step).popup(QCursor.pos() if inside and not self.rows.ring_shown else under_row)
