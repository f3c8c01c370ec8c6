"""The line above the sheet: which month, how it is kept, what one may do with it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.budget.domain.workbook import Workbook, next_month, reachable
from caseworker_app.features.budget.screens.showing import month_words
from caseworker_app.kernel.dates import MONTHS, add_months, format_month
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class BudgetHead(QWidget):
    """`month_chosen(date)`, `copy_asked(date)`: begin a month from the last one; `what_if_asked()`,
    `keep_asked()`: write what is supposed; `line_asked()`, `action_asked(key)` from the menu.
    """

    month_chosen = Signal(object)
    copy_asked = Signal(object)
    what_if_asked = Signal()
    keep_asked = Signal()
    line_asked = Signal()
    action_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it for no month yet."""
        super().__init__(parent)
        self._month = date.min
        self._begins = date.min
        self._has_budget = False
        self.before = IconButton("chevron-left", "Mois précédent", bordered=True)
        self.after = IconButton("chevron-right", "Mois suivant", bordered=True)
        self.title = Label("", 16, fonts.SEMI_BOLD)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.saved = StateLabel(State("", "muted"))
        self.what_if = Button("&Et si…", "secondary", "bulb")
        self.keep = Button("&Garder ces montants", "secondary", "device-floppy")
        self.line = Button("Ajouter une &ligne", "secondary", "plus")
        self.begin = Button("", "primary", "calendar-plus")
        self.more = IconButton("dots", "Autres actions du budget", size=36, bordered=True)
        self._lay_out()
        self._join()

    def show_month(self, book: Workbook, month: date, today: date, *, supposing: bool) -> None:
        """Show which month is worked in, and what can be done."""
        self._month, self._has_budget = month, month in book.lines
        self.title.setText(month_words(month))
        self.title.setFixedWidth(paint.width("Septembre 2026", self.title.font()) + px(12))
        oldest, newest = reachable(book, today)
        self.before.setEnabled(month > oldest)
        self.after.setEnabled(month < newest)
        from_before = not self._has_budget and any(each < month for each in book.lines)
        self._begins = month if from_before else next_month(book, today)
        named = format_month(self._begins)
        if self._begins.year == month.year:
            named = MONTHS[self._begins.month - 1]
        self.begin.setText(f"&Commencer {named}")
        offered = bool(book.lines) and self._begins <= newest
        self.begin.setVisible(offered)
        self.begin.set_kind("primary" if self._begins <= today else "secondary")
        self.begin.setToolTip("Avec les lignes et les montants du dernier mois, à corriger ensuite")
        self.what_if.setText("&Fermer «\u00a0et si\u00a0»" if supposing else "&Et si…")
        self.what_if.setEnabled(self._has_budget)
        # One goes before the other comes: both together would push the window wider.
        for part, seen in sorted(
            ((self.keep, supposing), (self.line, not supposing)), key=lambda each: each[1]
        ):
            part.setVisible(seen)
        for part in (self.begin, self.what_if, self.keep):
            part.updateGeometry()

    def show_saved(self, hour: str) -> None:
        """Say when what was typed was last written."""
        self.saved.set_state(
            State(f"Enregistré à {hour}", "ok", "device-floppy") if hour else State("", "muted", "")
        )
        self.saved.setVisible(bool(hour))

    def menu(self) -> Menu:
        """Build the menu of what else can be done with the month."""
        menu = Menu(parent=self)
        actions = (
            ("terms", "&Personnes, définition, note…", self._has_budget),
            ("paste", "&Coller d’Excel", True),
            ("unfold", "&Déplier tout", True),
            ("fold", "&Replier tout", True),
            ("remove", f"&Supprimer {format_month(self._month)}", self._has_budget),
        )
        for key, words, possible in actions:
            action = menu.addAction(words)
            action.setEnabled(possible)
            action.triggered.connect(lambda _on=False, k=key: self.action_asked.emit(k))
        return menu

    def _lay_out(self) -> None:
        months = QWidget()
        line = QHBoxLayout(months)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(4))
        line.addWidget(self.before)
        line.addWidget(self.title)
        line.addWidget(self.after)
        left, right = QWidget(), QWidget()
        flow = Flow(left, gap=12)
        flow.addWidget(months)
        flow.addWidget(self.saved)
        actions = QHBoxLayout(right)
        actions.setContentsMargins(0, 0, 0, 0)
        actions.setSpacing(px(8))
        actions.addStretch(1)
        for part in (self.what_if, self.keep, self.line, self.begin, self.more):
            actions.addWidget(part)
        whole = Columns(self, gap=12, weights=(4, 6))
        whole.addWidget(left)
        whole.addWidget(right)
        self.saved.hide()
        self.keep.hide()

    def _join(self) -> None:
        self.before.clicked.connect(lambda: self.month_chosen.emit(add_months(self._month, -1)))
        self.after.clicked.connect(lambda: self.month_chosen.emit(add_months(self._month, 1)))
        self.begin.clicked.connect(lambda: self.copy_asked.emit(self._begins))
        self.what_if.clicked.connect(self.what_if_asked)
        self.keep.clicked.connect(self.keep_asked)
        self.line.clicked.connect(self.line_asked)
        self.more.clicked.connect(
            lambda: self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
