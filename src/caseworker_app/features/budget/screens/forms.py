"""Opens the forms of the tab, with the draft of an interrupted one, and writes what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from caseworker_app.features.budget import service
from caseworker_app.features.budget.domain.debts import Debt, NewDebt
from caseworker_app.features.budget.domain.sheet import BudgetMonth, MonthTerms
from caseworker_app.features.budget.screens.debt_form import DebtForm, DebtSubject
from caseworker_app.features.budget.screens.form_dialog import FormDialog
from caseworker_app.features.budget.screens.month_form import MonthForm
from caseworker_app.features.budget.screens.writing import Work, Writing
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import format_month
from caseworker_app.storage.drafts import Draft, Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.tasks import Tasks


@dataclass(frozen=True, slots=True)
class FormDesk:
    """What forms work with; `done(words)` says what was written, with « Annuler »."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    writing: Writing
    done: Callable[[str], None]


class BudgetForms(QObject):
    """One form at a time, over the tab. `open` is the one shown, None when there is none."""

    def __init__(self, desk: FormDesk, tab: QWidget) -> None:
        """Make none yet."""
        super().__init__(tab)
        self._desk, self._tab = desk, tab
        self.open: FormDialog | None = None

    def ask_debt(self, household: str, debt: Debt | None) -> None:
        """Ask for a debt, or for what changed of one."""
        form = DebtForm(DebtSubject(household, today(self._desk.file.clock), debt), self._tab)
        form.asked.connect(lambda new: self._write_debt(form, new))
        form.remove_asked.connect(lambda: self._remove_debt(form))
        self.show(form, f"debt:{household}:{debt.id if debt else 'new'}", household)

    def ask_month(self, household: str, month: BudgetMonth) -> None:
        """Ask who lives on a month, how its results are defined, what to note of it."""
        form = MonthForm(month, self._tab)

        def write(terms: MonthTerms) -> None:
            desk, day = self._desk, month.month
            work = partial(service.describe_month, desk.file, desk.who, household, day, terms)
            self.write(form, work, f"Budget de {format_month(day)} précisé")

        form.asked.connect(write)
        self.show(form, f"budget-month:{household}:{month.month.isoformat()}", household)

    def show(self, form: FormDialog, key: str, household: str) -> None:
        """Open a form on its draft, if one was left; closed by hand, its draft goes."""
        desk = self._desk
        self.open = form
        keeper = DraftKeeper(form, desk.tasks, form.content, partial(self._keep, key, household))

        def begin(draft: Draft | None) -> None:
            form.keep_drafts(keeper, draft.content if draft else None)
            form.open()

        def finished(_answer: int) -> None:
            keeper.rest()
            desk.tasks.read(lambda: desk.drafts.forget(key), owner=self, words="Brouillon")
            self.open = None
            form.deleteLater()

        form.finished.connect(finished)
        desk.tasks.read(lambda: desk.drafts.find(key), begin, owner=form)

    def write(self, form: FormDialog, work: Work, words: str, then: Callable[[], None] | None = None) -> None:
        """Write what a form asks for, then close it; a refusal goes beside its field."""

        def written() -> None:
            if isValid(form):
                form.accept()
            self._desk.done(words)
            if then is not None:
                then()

        self._desk.writing.run(work, written, form.refuse)

    def keep(self) -> None:
        """Keep what is being typed in the form that is open."""
        if self.open is not None and isValid(self.open) and self.open.keeper is not None:
            self.open.keeper.keep_before_leaving()

    def _keep(self, key: str, household: str, content: dict[str, Any]) -> str:
        return self._desk.drafts.keep(key, content, household)

    def _write_debt(self, form: DebtForm, new: NewDebt) -> None:
        desk, known = self._desk, form.subject.debt
        if known is None:

            def add() -> Changes:
                return service.add_debt(desk.file, desk.who, new)[1]

            self.write(form, add, "Dette ajoutée")
            return
        work = partial(service.change_debt, desk.file, desk.who, known.id, new, known.version)
        self.write(form, work, "Dette modifiée")

    def _remove_debt(self, form: DebtForm) -> None:
        known, desk = form.subject.debt, self._desk
        if known is not None:
            work = partial(service.remove_debt, desk.file, desk.who, known.id, known.version)
            self.write(form, work, "Dette retirée")
