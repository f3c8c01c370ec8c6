"""Settings: the log of accesses, filtered by person, household, kind and period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.accesses import service
from caseworker_app.features.accesses.domain import (
    KIND_LABELS,
    SPAN_LABELS,
    AccessPage,
    AccessQuery,
    ShownAccess,
    Span,
)
from caseworker_app.features.team.domain import Right, Who, Worker
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.french import plural
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.messages import Banner, EmptyState
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.settings_section import SettingsSection
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.unkept_typing import let_go

EVERYBODY = "Toutes les personnes"
EVERY_KIND = "Tous les accès"
_TYPED_MS = 250
# Narrower, what is chosen would be cut: the filters go on two lines.
_LEAST_FILTER = 168


class AccessesSection(SettingsSection):
    """Filters over the lines, newest first; a line about a household opens it."""

    def __init__(self, file: EncryptedFile, who: Who, tasks: Tasks, navigator: Navigator) -> None:
        """Make it empty."""
        super().__init__()
        self._file, self._who, self._tasks, self._navigator = file, who, tasks, navigator
        self._lines: dict[str, ShownAccess] = {}
        self._reading = tasks.latest(self._show, owner=self)
        self._make_filters()
        self.list = RowList("Journal des accès", height=52, fit=True)
        self.more = Button("&Lignes plus anciennes", "ghost", "chevron-down")
        self.nothing = EmptyState(
            "history", "Aucun accès", "Rien ne correspond à ces choix sur cette période."
        )
        self.not_allowed = Banner("Votre rôle ne permet pas de lire le journal des accès.", "accent")
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_TYPED_MS)
        self._lay_out()
        self._join()

    def show_section(self) -> None:
        """Read the people, then the lines."""
        may = self._who.may(Right.READ_ACCESSES)
        self.not_allowed.setVisible(not may)
        self.filters.setVisible(may)
        self.card.setVisible(may)
        if may:
            self._read_people()
            self.read()
            if self._file.accesses.pending:
                # What this very person did a moment ago is to be seen too.
                self._tasks.run(self._file.keep_accesses, lambda _kept: self.read(), owner=self)

    def query(self) -> AccessQuery:
        """Return what the filters ask."""
        kind = self.kind.current_key()
        return AccessQuery(
            self.person.current_key() or None,
            self.household.text().strip(),
            AccessKind(kind) if kind else None,
            Span(self.span.current_key()),
        )

    def read(self) -> None:
        """Read the newest lines again."""
        query, day = self.query(), self._today()
        self._reading.ask(lambda: (self._page(query, day), False))

    def read_older(self) -> None:
        """Read on, behind the oldest line shown."""
        oldest = min(line.number for line in self._lines.values())
        query, day = replace(self.query(), before=oldest), self._today()
        self._reading.ask(lambda: (self._page(query, day), True))

    def _page(self, query: AccessQuery, day: date) -> AccessPage:
        with self._file.reading() as connection:
            return service.accesses(connection, self._who, query, day)

    def _show(self, answer: tuple[AccessPage, bool]) -> None:
        page, older = answer
        lines = {str(line.number): line for line in page.lines}
        self._lines = {**self._lines, **lines} if older else lines
        self.list.set_rows([_row(key, line) for key, line in self._lines.items()])
        count = len(self._lines)
        self.card.remark.setText(
            plural(count, "ligne") + (", il y en a de plus anciennes" if page.more else "")
        )
        self.more.setVisible(page.more)
        self.list.setVisible(bool(count))
        self.nothing.setVisible(not count)

    def _read_people(self) -> None:
        def read() -> list[Worker]:
            with self._file.reading() as connection:
                return service.people_in_log(connection, self._who)

        self._tasks.read(read, self._show_people, owner=self)

    def _show_people(self, people: list[Worker]) -> None:
        self.person.offer([("", EVERYBODY), *((each.id, each.name) for each in people)])

    def _open(self, key: str) -> None:
        line = self._lines.get(key)
        if line is not None and line.household_id:
            self._navigator.open("dossier", line.household_id, tab="history")

    def _today(self) -> date:
        return today(self._file.clock)

    def _make_filters(self) -> None:
        self.person, self.kind, self.span = Choice(), Choice(), Choice()
        self.household = Entry("Nom ou référence")
        self.person.add("", EVERYBODY)
        self.person.choose("")
        self.kind.add("", EVERY_KIND)
        for kind, words in KIND_LABELS.items():
            self.kind.add(kind.value, words)
        self.kind.choose("")
        for span, words in SPAN_LABELS.items():
            self.span.add(span.value, words)
        self.span.choose(Span.MONTH.value)

    def _lay_out(self) -> None:
        self.filters = Card()
        holder = QWidget()
        line = Columns(holder, gap=px(12), weights=(1, 1, 1, 1))
        # A filter is never refused: no line is kept for a sentence.
        for words, editor in (
            ("&Personne", self.person), ("&Ménage", self.household), ("&Accès", self.kind), ("P&ériode", self.span),
        ):  # fmt: skip
            field = Field(words, editor, lines=0)
            field.line.hide()
            field.setMinimumWidth(px(_LEAST_FILTER))
            line.addWidget(field)
        let_go(self.household)
        self.filters.add(holder)
        self.card = Card("Lignes")
        self.card.add_rows(self.list)
        self.card.add(self.nothing)
        self.card.add(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.not_allowed)
        column.addWidget(self.filters)
        column.addWidget(self.card)
        column.addStretch(1)
        self.not_allowed.hide()
        self.nothing.hide()
        self.more.hide()

    def _join(self) -> None:
        for choice in (self.person, self.kind, self.span):
            choice.currentIndexChanged.connect(self.read)
        self.household.textEdited.connect(self._typed.start)
        self._typed.timeout.connect(self.read)
        self.more.clicked.connect(self.read_older)
        self.list.opened.connect(self._open)


def _row(key: str, line: ShownAccess) -> Row:
    detail = " · ".join(part for part in (line.worker, line.household) if part)
    tone = "danger" if line.kind is AccessKind.REFUSED else "muted"
    return Row(
        key, line.title, detail, icon=line.icon, icon_tone=tone, trailing=line.when,
        chevron=bool(line.household_id), level=True,
    )  # fmt: skip
