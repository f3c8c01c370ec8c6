"""« Ma semaine », the first page: the day's meetings, what was begun, and everything to do by date."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.week import service
from caseworker_app.features.week.domain.drafts import NOTE, LeftDraft, since_words, typed_words
from caseworker_app.features.week.domain.due import Due, Place
from caseworker_app.features.week.screens.agenda_card import AgendaCard
from caseworker_app.features.week.screens.due_row import DONE, FILE, OPEN, PUT_OFF, TAKE_UP
from caseworker_app.features.week.screens.head import WeekHead
from caseworker_app.features.week.screens.put_off_dialog import PutOffDialog
from caseworker_app.features.week.screens.reading import MINE, Shown, WeekDesk, read, settling
from caseworker_app.features.week.screens.to_do_card import ToDoCard
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import format_short_date
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.page import Page, Route
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.theme import px

# « Dans 20 min » is true for a minute.
_EVERY_MS = 60_000
_LEAST_LEFT, _LEAST_RIGHT = 380, 600


class WeekPage(Page):
    """The page. It reads again when something changes, and looks at the hour every minute."""

    def __init__(self, desk: WeekDesk) -> None:
        """Make it empty."""
        super().__init__()
        self.desk = desk
        self.shown: Shown | None = None
        self.whose, self.day = MINE, date.min
        self._drafts: dict[str, LeftDraft] = {}
        self._reading = desk.tasks.latest(self._show, owner=self)
        self.head, self.agenda, self.to_do = WeekHead(), AgendaCard(), ToDoCard()
        self.drafts_list = RowList("Brouillons à terminer", fit=True)
        self.drafts = Card("Brouillons à terminer", "Enregistrés toutes les 2\u00a0s")
        self.drafts.add_rows(self.drafts_list)
        self.dialog = PutOffDialog(self)
        self._lay_out()
        self._join()

    def enter(self, route: Route) -> None:
        """Read the week; come back to today."""
        self.day = date.min
        self.read_again()
        self._minute.start()

    def leave(self) -> None:
        """Stop looking at the hour."""
        self._minute.stop()

    def read_again(self) -> None:
        """Read everything again."""
        whose = self.whose
        self._reading.ask(lambda: read(self.desk, whose))

    def focus_first(self) -> None:
        """Stand on the first thing to do."""
        rows = [row for group in self.to_do.groups.values() for row in group.rows if row.isVisible()]
        (rows[0].action if rows else self.head.visit).setFocus()

    def undo(self) -> None:
        """Take back the last change this worker made."""
        self.desk.undo()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.agenda)
        column.addWidget(self.drafts)
        column.addStretch(1)
        left.setMinimumWidth(px(_LEAST_LEFT))
        self.to_do.setMinimumWidth(px(_LEAST_RIGHT))
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(*PAGE_INSETS)
        inside.setSpacing(16)
        inside.addWidget(self.head)
        # Hidden until the first answer: each row shown in a visible page would lay the whole page out again.
        self.cards = QWidget()
        self.cards.hide()
        columns = Columns(self.cards, weights=(436, 674))
        columns.addWidget(left)
        columns.addWidget(self.to_do)
        inside.addWidget(self.cards)
        inside.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ScrollBody(body))

    def _join(self) -> None:
        self.head.day_chosen.connect(self._choose_day)
        self.head.whose_chosen.connect(self._choose_whose)
        self.head.visit_asked.connect(lambda: self.desk.command("visit", ""))
        self.agenda.opened.connect(lambda household: self.desk.navigator.open("dossier", household))
        self.agenda.written.connect(lambda household: self.desk.navigator.open("visit", household))
        self.drafts_list.opened.connect(self._go_on)
        self.to_do.asked.connect(self._act)
        self.to_do.import_asked.connect(lambda: self.desk.navigator.open("import"))
        self.dialog.confirm.clicked.connect(self._put_off)
        self.desk.changes.listen(self, lambda _changes: True, self.read_again)
        self._minute = QTimer(self, interval=_EVERY_MS)
        self._minute.timeout.connect(self.read_again)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        if self.day not in shown.week.days():
            self.day = shown.day
        self.head.show_head(shown, self.day, self.whose, self.desk.who.worker_id)
        self.agenda.show_day(self.day, shown.week.meetings_on(self.day), shown.now)
        self.to_do.show_week(shown.week, begun=shown.households > 0)
        self._show_drafts(shown)
        self.cards.show()

    def _show_drafts(self, shown: Shown) -> None:
        self._drafts = {draft.key: draft for draft in shown.drafts}
        self.drafts.setVisible(bool(shown.drafts))
        self.drafts_list.set_rows(
            [
                Row(
                    draft.key, draft.form, f"{shown.names[draft.household_id]}, {typed_words(draft)}",
                    icon="file-pencil", trailing=since_words(draft.saved_at, shown.instant),
                )
                for draft in shown.drafts
            ]
        )  # fmt: skip

    def _choose_day(self, day: date) -> None:
        self.day = day
        if self.shown is not None:
            self._show(self.shown)

    def _choose_whose(self, whose: str) -> None:
        self.whose = whose
        self.read_again()

    def _go_on(self, key: str) -> None:
        draft = self._drafts.get(key)
        if draft is not None and draft.place.page == NOTE:
            self.desk.command(NOTE, draft.household_id)
        elif draft is not None:
            self._open(draft.place, draft.household_id)

    def _act(self, action: str, due: Due) -> None:
        actions = {
            OPEN: lambda: self._open(due.place, due.household_id),
            FILE: lambda: self._open(Place("dossier"), due.household_id),
            DONE: lambda: self._settle(due),
            PUT_OFF: lambda: self.dialog.ask(due, self.shown.day if self.shown else due.on),
            TAKE_UP: lambda: self._take_up(due),
        }
        actions[action]()

    def _open(self, place: Place, household: str) -> None:
        self.desk.navigator.open(place.page, household, place.subject, place.tab)

    def _settle(self, due: Due) -> None:
        work = settling(self.desk, due)
        if work is not None:
            self.desk.tasks.run(
                work, lambda changes: self._done(changes, f"Fait\u00a0: {due.title}"), owner=self
            )

    def _put_off(self) -> None:
        due, until, reason = self.dialog.due, self.dialog.day, self.dialog.reason.text()
        if due is None:
            return
        desk = self.desk
        self.dialog.confirm.setEnabled(False)

        def kept(answer: tuple[str, Changes]) -> None:
            self.dialog.accept()
            self._done(answer[1], f"Reporté au {format_short_date(until)}\u00a0: {due.title}")

        desk.tasks.run(
            lambda: service.put_off(desk.file, desk.who, due, until, reason),
            kept,
            self.dialog.refuse,
            owner=self,
        )

    def _take_up(self, due: Due) -> None:
        desk = self.desk
        desk.tasks.run(
            lambda: service.take_up(desk.file, desk.who, due.key),
            lambda changes: self._done(changes, f"Repris\u00a0: {due.title}"),
            owner=self,
        )

    def _done(self, changes: Changes, words: str) -> None:
        self.desk.changes.announce(changes)
        self.desk.navigator.confirm(words, self.undo)
