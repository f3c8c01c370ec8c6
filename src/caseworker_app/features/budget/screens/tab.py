"""The tab « Budget »: months side by side as a sheet, figures that explain themselves, debts, what-if."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.budget import service
from caseworker_app.features.budget.domain.cells import AmountChange, LineKey
from caseworker_app.features.budget.domain.layout import usual_rows
from caseworker_app.features.budget.domain.workbook import (
    WhatIf,
    Workbook,
    categories_of,
    first_month,
    next_month,
    suppose,
    supposed_sheet,
    what_if_changes,
    with_changes,
)
from caseworker_app.features.budget.screens.body import BudgetBody
from caseworker_app.features.budget.screens.figures_side import MONTHS_DRAWN
from caseworker_app.features.budget.screens.forms import BudgetForms, FormDesk
from caseworker_app.features.budget.screens.head import BudgetHead
from caseworker_app.features.budget.screens.lines import LineActions, LinePlace
from caseworker_app.features.budget.screens.reading import read_workbook
from caseworker_app.features.budget.screens.showing import month_words
from caseworker_app.features.budget.screens.writing import Writing
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import format_month
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import plural
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.page import HouseholdTab, Navigator
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.theme import px

# Longer lines are harder to follow than they are useful: the rest of a large screen stays ground.
_WIDEST = 1760
TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]


class BudgetTab(HouseholdTab):
    """The budget of a household. A subject is a debt to stand on, or a month (« 2026-11-01 »)."""

    def __init__(
        self, file: EncryptedFile, who: Who, drafts: Drafts, tasks: Tasks, changes: ChangeBroadcast,
        navigator: Navigator, take_back: TakeBack,
    ) -> None:  # fmt: skip
        """Make it empty."""
        super().__init__()
        self._file, self._who, self._tasks, self._navigator = file, who, tasks, navigator
        self._take_back = take_back
        self._household = ""
        self._subject = ""
        self._month: date | None = None
        self._started = False
        # A line just added, to stand on once it is shown.
        self._standing: tuple[LineKey, date] | None = None
        # What is supposed stays with its household while the window is open; it is never in the file.
        self._supposed: dict[str, WhatIf] = {}
        self._what_if: WhatIf | None = None
        self.book: Workbook | None = None
        self.writing = Writing(tasks, changes, self)
        self.writing.settled.connect(self.read_again)
        desk = FormDesk(file, who, drafts, tasks, self.writing, self._done)
        self.forms = BudgetForms(desk, self)
        self.lines = LineActions(desk, self.forms, self, self._place, self._stand_on)
        self.head, self.body = BudgetHead(), BudgetBody()
        self.nothing = EmptyState(
            "wallet",
            "Aucun budget",
            "Ressources, charges et dettes du mois se saisissent ici comme dans un tableur. "
            "Le reste à vivre et le taux d’effort se calculent aussitôt.",
            "Commencer le budget",
            "plus",
        )
        self._reading = tasks.latest(self._show, owner=self)
        self._lay_out()
        self._join()
        changes.listen(self, lambda c: c.concerns(household=self._household), self.read_again)

    def show_household(self, household: str, subject: str = "") -> None:
        """Show a household's budget, on the month one last worked in, else on the newest."""
        if household != self._household:
            self._forget()
            self._household = household
        self._subject = subject
        self.read_again()

    def leave(self) -> None:
        """Confirm the cell being typed into; keep the form that is open."""
        self.body.sheet.view.finish()
        self.forms.keep()

    def focus_first(self) -> None:
        """Stand in the sheet, or on the button that begins one."""
        button = self.nothing.button
        empty = self._stack.currentWidget() is self.nothing
        target = button if empty and button is not None else self.body.sheet.view
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Read the budgets again, once what was typed is written."""
        household = self._household
        if household and not self.writing.busy:
            self._reading.ask(lambda: read_workbook(self._file, self._who, household))

    def choose_month(self, month: date) -> None:
        """Work in another month."""
        self.body.sheet.view.finish()
        self._month = month
        if self._what_if is not None:
            self._suppose(WhatIf(month, self._what_if.amounts))
        self._refresh()

    def begin(self) -> None:
        """Begin the first budget: the usual lines, empty, the cursor in the first of them."""
        if self.book is None:
            return
        self._started, self._month = True, next_month(self.book, self._today())
        self.body.sheet.keep_rows(usual_rows(categories_of(self._month)))
        self._refresh()
        self.body.sheet.view.stand_on_first()
        self.focus_first()

    def switch_what_if(self) -> None:
        """Open the column « et si », or close it; closed, « Annuler » brings it back."""
        if self._month is None or self.book is None:
            return
        closed = self._what_if
        if closed is None:
            before = self._supposed.get(self._household)
            self._suppose(WhatIf(self._month, before.amounts if before is not None else {}))
            self._refresh()
            self.body.sheet.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._what_if = None
        self._supposed.pop(self._household, None)
        self._refresh()
        if what_if_changes(self.book, closed):
            words = "«\u00a0Et si\u00a0» fermé, rien n’a été enregistré"
            self._navigator.confirm(words, lambda: self._reopen(closed))

    def keep_supposed(self) -> None:
        """Write what is supposed into the month, and close the column."""
        if self.book is None or self._what_if is None:
            return
        changes, what_if = what_if_changes(self.book, self._what_if), self._what_if
        self._supposed.pop(self._household, None)
        self._what_if = None
        if changes:
            self._write(changes, f"«\u00a0Et si\u00a0» enregistré en {format_month(what_if.month)}")
        else:
            self._refresh()

    def take_back(self) -> None:
        """Take back the last change this worker made."""
        words: list[str] = []

        def work() -> Changes:
            action, changes = self._take_back(self._file, self._who)
            words.append(action)
            return changes

        self.writing.run(work, lambda: self._navigator.confirm(f"Annulé\u00a0: {words[0]}"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep to a width the eye can follow."""
        self._whole.setContentsMargins(0, 0, max(0, self.width() - px(_WIDEST)), 0)
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        top = QWidget()
        line = QVBoxLayout(top)
        line.setContentsMargins(24, 12, 24, 12)
        line.addWidget(self.head)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.body, 1)
        self._stack = QStackedWidget()
        self._full = full
        self._stack.addWidget(full)
        self._stack.addWidget(self.nothing)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._stack)
        # Until the first household is read there is nothing true to show.
        self._stack.hide()

    def _join(self) -> None:
        head, sheet, debts = self.head, self.body.sheet, self.body.debts
        head.month_chosen.connect(self.choose_month)
        head.copy_asked.connect(self._copy_last)
        head.what_if_asked.connect(self.switch_what_if)
        head.keep_asked.connect(self.keep_supposed)
        head.line_asked.connect(lambda: self.lines.ask(None))
        head.action_asked.connect(self._act)
        sheet.changed.connect(self._changed)
        sheet.supposed.connect(self._suppose_more)
        sheet.line_opened.connect(self.lines.ask)
        sheet.line_menu.connect(self.lines.pop_menu)
        sheet.terms_asked.connect(lambda: self._act("terms"))
        sheet.undo_asked.connect(self.take_back)
        sheet.noticed.connect(self._navigator.confirm)
        debts.opened.connect(self._open_debt)
        debts.add_asked.connect(lambda: self.forms.ask_debt(self._household, None))
        if self.nothing.button is not None:
            self.nothing.button.clicked.connect(self.begin)

    def _today(self) -> date:
        return today(self._file.clock)

    def _place(self) -> LinePlace | None:
        return None if self.book is None or self._month is None else LinePlace(self.book, self._month)

    def _stand_on(self, key: LineKey, month: date) -> None:
        """Stand on a line that was just written, once it was read again."""
        self._standing = (key, month)

    def _forget(self) -> None:
        """Let go of a household: what is supposed of it waits, the rest is in the file."""
        self.body.sheet.view.finish()
        if self._what_if is not None:
            self._supposed[self._household] = self._what_if
        self._what_if = None
        self.book, self._month, self._started, self._standing = None, None, False, None
        self.body.sheet.begin_household()
        self.head.show_saved("")
        self._stack.hide()

    def _show(self, book: Workbook) -> None:
        if self.writing.busy or book.household_id != self._household:
            return
        first = self.book is None
        self.book = book
        if self._month is None:
            self._month = first_month(book, self._today())
        if first and self._household in self._supposed:
            self._what_if = self._supposed[self._household]
            self._month = self._what_if.month
        subject, self._subject = self._subject, ""
        months = {month.isoformat(): month for month in book.lines}
        self._month = months.get(subject, self._month)
        self._refresh()
        if subject and subject not in months:
            self.body.reveal_debt(subject)
        if self._standing is not None:
            standing, self._standing = self._standing, None
            self.body.sheet.stand_on(*standing)
        view = self.body.sheet.view
        if view.hasFocus() and not view.currentIndex().isValid():
            # The cursor was there before there was anything to stand on.
            view.stand_on_first()

    def _refresh(self) -> None:
        book, month = self.book, self._month
        if book is None or month is None:
            return
        empty = book.empty and not self._started
        self._stack.setCurrentWidget(self.nothing if empty else self._full)
        self._stack.show()
        if empty:
            return
        sheet = book.sheet(month)
        self.head.show_month(book, month, self._today(), supposing=self._what_if is not None)
        self.body.sheet.show_book(book, month, self._what_if)
        course = book.course(month, MONTHS_DRAWN)
        self.body.figures.show_month(course, sheet, supposed_sheet(book, self._what_if))
        self.body.debts.show_debts(book.debts, sheet, self._today())

    def _changed(self, changes: tuple[AmountChange, ...]) -> None:
        emptied = [change for change in changes if change.after is None]
        if len(changes) > 1:
            words = plural(len(changes), "montant enregistré", "montants enregistrés")
        elif emptied:
            label = categories_of(changes[0].month).get(changes[0].line.category).label
            words = f"Montant effacé\u00a0: {label}, {format_month(changes[0].month)}"
        else:
            words = ""
        self._write(changes, words)

    def _write(self, changes: tuple[AmountChange, ...], words: str) -> None:
        """Show changes at once and write them; one refused goes back to its cell with its sentence."""
        if self.book is None:
            return
        household, before = self._household, self.book
        self.book = with_changes(self.book, changes)
        self._refresh()

        def refused(error: CaseworkerError) -> None:
            if self._household == household:
                self.book = before
                self._refresh()
                self.body.sheet.refuse(changes, error.sentence)

        self.writing.run(
            lambda: service.change_amounts(self._file, self._who, household, changes),
            lambda: self._done(words),
            refused,
        )

    def _done(self, words: str) -> None:
        self.head.show_saved(f"{self._file.clock.now().astimezone():%H:%M}")
        if words:
            self._navigator.confirm(words, self.take_back)

    def _suppose(self, what_if: WhatIf) -> None:
        self._what_if = self._supposed[self._household] = what_if

    def _suppose_more(self, amounts: Mapping[LineKey, int | None]) -> None:
        if self._what_if is not None:
            self._suppose(suppose(self._what_if, amounts))
            self._refresh()

    def _reopen(self, what_if: WhatIf) -> None:
        self._suppose(what_if)
        self._month = what_if.month
        self._refresh()

    def _copy_last(self, month: date) -> None:
        household = self._household

        def copy() -> Changes:
            return service.copy_previous_month(self._file, self._who, household, month)[1]

        def copied() -> None:
            self._done(f"{month_words(month)} repris du dernier mois\u00a0: corrigez ce qui a changé")
            if self._household == household:
                self.choose_month(month)

        self.writing.run(copy, copied)

    def _open_debt(self, debt_id: str) -> None:
        debts = () if self.book is None else self.book.debts
        debt = next((each for each in debts if each.id == debt_id), None)
        if debt is not None:
            self.forms.ask_debt(self._household, debt)

    def _act(self, action: str) -> None:
        sheet = self.body.sheet
        if action == "paste":
            sheet.view.setFocus(Qt.FocusReason.OtherFocusReason)
            sheet.view.paste()
        elif action in ("fold", "unfold"):
            sheet.fold_all(folded=action == "fold")
        elif action == "terms" and self.book is not None:
            month = next((s.month for s in self.book.sheets if s.month.month == self._month), None)
            if month is not None:
                self.forms.ask_month(self._household, month)
        elif action == "remove" and self._month is not None:
            self._remove_month(self._month)

    def _remove_month(self, month: date) -> None:
        household = self._household
        self.writing.run(
            lambda: service.remove_month(self._file, self._who, household, month),
            lambda: self._done(f"Budget de {format_month(month)} supprimé"),
        )
