"""The page « Agenda »: a week or a day of one's own or of the team, changed by hand or by keys, undone by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.places import beside, free_hour, neighbour
from caseworker_app.features.agenda.domain.repeats import Scope
from caseworker_app.features.agenda.domain.shown import Home, ShownTime, span_words
from caseworker_app.features.agenda.screens import form as forms
from caseworker_app.features.agenda.screens.days_head import DaysHead
from caseworker_app.features.agenda.screens.desk import (
    EVERYBODY,
    MINE,
    AgendaDesk,
    Opened,
    Shown,
    name_of,
    open_time,
    read,
)
from caseworker_app.features.agenda.screens.exchange import Exchange
from caseworker_app.features.agenda.screens.head import DAY, WEEK, AgendaHead
from caseworker_app.features.agenda.screens.hours import HoursGrid
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.page import Page, Route
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.side_panel import SidePanel
from caseworker_app.ui_kit.theme import px

# The line of the present hour is true for a minute.
_EVERY_MS = 60_000
_WORKING_DAYS = 6
# Narrower, the days beside a form would hold no word.
_LEAST_BESIDE = 560


class AgendaPage(Page):
    """The page « agenda ». Its route may name a household a new time is about, and a day (« 2026-11-24 »)."""

    def __init__(self, desk: AgendaDesk) -> None:
        """Make it empty."""
        super().__init__()
        self.desk = desk
        self.shown: Shown | None = None
        self.day, self.view, self.whose = desk.today, WEEK, MINE
        self._may_write = desk.who.may(Right.WRITE_DIARY)
        self._wanted = ""
        self._scrolled = self._focus_waits = False
        self._reading = desk.tasks.latest(self._show, owner=self)
        self._opening = desk.tasks.latest(self._open_form, owner=self)
        self.head, self.days_head, self.grid = AgendaHead(), DaysHead(), HoursGrid()
        self.place = SidePanel(desk, "agenda")
        self.exchange = Exchange(self, desk, lambda: self.day, may_write=self._may_write)
        self.exchange.fill(self.head.menu)
        self._lay_out()
        self._join()

    def enter(self, route: Route) -> None:
        """Show the days where one left them, or the day of the route; begin a time about its household."""
        if route.subject:
            self.day = date.fromisoformat(route.subject)
        self.read_again()
        self._minute.start()
        if route.household:
            self._begin_for(route.household)

    def leave(self) -> None:
        """Keep what is typed; stop looking at the hour."""
        self._minute.stop()
        self.place.leave()

    def focus_first(self) -> None:
        """Stand in the form that is open, on the first time, or on the hours."""
        if self.place.form is not None:
            self.place.form.focus_first()
            return
        times = self._walkable()
        if self.shown is None:
            self._focus_waits = True
        elif times:
            self._stand_on(self._next_from(times))
        else:
            self.head.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def undo(self) -> None:
        """Take back the last change this worker made."""
        self.desk.undo()

    def read_again(self) -> None:
        """Read the days again."""
        desk, (first, last), whose = self.desk, self.bounds(), self.whose
        self._reading.ask(lambda: read(desk, first, last, whose))

    def bounds(self) -> tuple[date, date]:
        """Return the first and the last day read: a whole week, or one day."""
        if self.view == DAY:
            return self.day, self.day
        monday = self.day - timedelta(days=self.day.weekday())
        return monday, monday + timedelta(days=6)

    def days(self) -> tuple[date, ...]:
        """Return the days shown: Monday to Saturday, and Sunday where something stands on it."""
        first, last = self.bounds()
        every = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
        if len(every) == 1 or self.shown is None or self.shown.span.first != first:
            return every[:_WORKING_DAYS]
        span = self.shown.span
        used = bool(span.on(every[-1])) or self.day == every[-1] == self.desk.today
        return every if used else every[:_WORKING_DAYS]

    def go(self, day: date, view: str = "") -> None:
        """Show a day, or its week."""
        self.day, self.view = day, view or self.view
        self.read_again()

    def begin(self, at: datetime | None = None, home: tuple[str, Home] | None = None) -> None:
        """Open the form of a new time, at an hour or at the next that is free."""
        if not self._may_write or self.shown is None:
            return
        own = self.whose if self.whose not in (MINE, EVERYBODY) else None
        form = forms.new_form(self.desk, self.shown.workers, at or self._proposed(), home, own)
        self.place.open_for(form, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the pages with PageUp and PageDown, come back to today with T."""
        key, bare = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._step(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_N and bare:
            self.begin()
        elif key == Qt.Key.Key_T and bare:
            self.go(self.desk.today)
        else:
            super().keyPressEvent(event)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        days = self.days()
        several = self.whose == EVERYBODY
        initials = {each.id: initials_of(each.name) for each in shown.workers} if several else {}
        self.head.show_workers(shown.workers, self.desk.who.worker_id, self.whose)
        count = (
            plural(len(shown.span.times), "rendez-vous", "rendez-vous")
            if shown.span.times
            else "aucun rendez-vous"
        )
        overlaps = len(shown.others)
        told = f"{overlaps} se chevauchent" if overlaps else ""
        self.head.show_days(span_words(days[0], days[-1]), count, told, self.view)
        self.days_head.show_span(shown.span, days, shown.now.date(), initials)
        self.grid.show_days(shown, days, initials)
        self.grid.setAccessibleName(f"Heures, {span_words(days[0], days[-1])}, {count}")
        if not self._scrolled:
            self._scrolled = True
            QTimer.singleShot(0, self, self._scroll_to_morning)
        if self._wanted:
            self._stand_on(self._wanted)
        elif self._focus_waits:
            self._focus_waits = False
            self.focus_first()

    def _scroll_to_morning(self) -> None:
        self.body.verticalScrollBar().setValue(self.grid.opening_scroll)

    def _stand_on(self, time_id: str) -> None:
        """Put the focus on a time, and bring it into sight."""
        block = self._block(time_id)
        self._wanted = ""
        if block is None:
            return
        block.setFocus(Qt.FocusReason.OtherFocusReason)
        if block.parentWidget() is self.grid:
            self.body.ensureWidgetVisible(block, 0, 24)

    def _block(self, time_id: str) -> Any:
        return self.grid.block_of(time_id) or self.days_head.blocks.get(time_id)

    def _walkable(self) -> list[ShownTime]:
        """Return the times shown, by day then hour."""
        if self.shown is None:
            return []
        days = set(self.days())
        return [each for each in self.shown.span.times if days & set(each.days())]

    def _next_from(self, times: list[ShownTime]) -> str:
        now = self.desk.now
        return next((each.id for each in times if each.ends_at > now), times[0].id)

    def _walk(self, current: str, way: str) -> None:
        times = self._walkable()
        if not times:
            return
        here = next((each for each in times if each.id == current), None)
        if here is None:
            self._stand_on(self._next_from(times))
        elif way in ("left", "right"):
            self._stand_on(beside(times, here, 1 if way == "right" else -1))
        elif way in ("first", "last"):
            self._stand_on(times[0 if way == "first" else -1].id)
        else:
            self._stand_on(neighbour(times, current, 1 if way == "down" else -1))

    def _step(self, by: int) -> None:
        days = 7 if self.view == WEEK else 1
        day = self.day + timedelta(days=by * days)
        # A day at a time, Sundays are passed over.
        if self.view == DAY and day.weekday() == 6:
            day += timedelta(days=by)
        self.go(day)

    def _choose_view(self, view: str) -> None:
        # An hour is not as high: the page begins in the morning again.
        self._scrolled = False
        today = self.desk.today
        first, last = self.bounds()
        self.go(today if view == DAY and first <= today <= last else self.day, view)

    def _choose_whose(self, whose: str) -> None:
        self.whose = whose
        self.read_again()

    def _proposed(self) -> datetime:
        """Return when a new time is proposed: today where it is shown, else the first day."""
        days, now = self.days(), self.desk.now
        day = now.date() if now.date() in days else max(days[0], min(self.day, days[-1]))
        times = self.shown.span.times if self.shown else ()
        own = [each for each in times if each.worker_id == self.desk.who.worker_id]
        return forms.nearest(day, free_hour(own, day, now))

    def _begin_for(self, household: str) -> None:
        def begin(home: Home | None) -> None:
            if home is not None:
                self.begin(None, (household, home))

        self.desk.tasks.read(
            lambda: name_of(self.desk, household), begin, owner=self, words="Lecture de l’agenda"
        )

    def _open(self, time_id: str) -> None:
        self._opening.ask(lambda: open_time(self.desk, time_id))

    def _open_form(self, opened: Opened) -> None:
        if self.shown is not None:
            form = forms.change_form(
                self.desk, self.shown.workers, opened, self.desk.now, lambda action: self._act(opened, action)
            )
            self.place.open_for(form, "")

    def _act(self, opened: Opened, action: str) -> None:
        """Do what a button of the form says."""
        row, desk = opened.row, self.desk
        if action == forms.OPEN and row.household_id:
            desk.navigator.open("dossier", row.household_id)
        elif action == forms.VISIT and row.household_id:
            desk.navigator.open("visit", row.household_id)
        elif action == forms.REMOVE:
            form = self.place.form
            scope = form.scope() if isinstance(form, forms.AppointmentForm) else Scope.ONE
            self.place.close_form()
            self._remove(row.id, scope)
        elif action in forms.STATES:
            self.place.close_form()
            state = forms.STATES[action]
            self._write(
                row.id, lambda: service.settle(desk.file, desk.who, row.id, state), "Rendez-vous mis à jour"
            )

    def _remove(self, time_id: str, scope: Scope = Scope.ONE) -> None:
        if not self._may_write:
            return
        desk, times = self.desk, self._walkable()
        after = neighbour([each for each in times if each.id != time_id], time_id, 1)
        words = "Rendez-vous supprimé" if scope is Scope.ONE else "Rendez-vous supprimé, et ceux qui suivent"
        self._write(after, lambda: service.remove(desk.file, desk.who, time_id, scope), words)

    def _move(self, time_id: str, at: datetime) -> None:
        desk = self.desk
        if self._may_write:
            self._write(
                time_id, lambda: service.move(desk.file, desk.who, time_id, at), "Rendez-vous déplacé"
            )

    def _stretch(self, time_id: str, minutes: int) -> None:
        desk, times = self.desk, self._walkable()
        at = next((each.starts_at for each in times if each.id == time_id), None)
        if at is not None and self._may_write:
            self._write(
                time_id, lambda: service.move(desk.file, desk.who, time_id, at, minutes), "Durée modifiée"
            )

    def _write(self, wanted: str, work: Callable[[], Changes], words: str) -> None:
        self._wanted = wanted

        def refused(error: CaseworkerError) -> None:
            self.desk.tasks.refused.emit(error.sentence)
            self.read_again()

        self.desk.tasks.run(work, lambda changes: self.desk.done(changes, words), refused, owner=self)

    def _written(self, _form: object, answer: Any) -> None:
        if isinstance(answer, tuple) and answer[0]:
            self._wanted = answer[0][0]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a form the whole width where there is no room beside it."""
        super().resizeEvent(event)
        self._share_width(self.place.form is not None)

    def _share_width(self, opened: bool) -> None:
        beside = self.width() - self.place.beside_width >= px(_LEAST_BESIDE)
        self.days_and_hours.setVisible(beside or not opened)
        self.head.mute_letters(muted=opened)
        if beside:
            self.place.stand_beside()
        else:
            self.place.stand_alone()

    def _lay_out(self) -> None:
        self.body = ScrollBody(self.grid)
        self.grid.setMinimumWidth(1)
        left = self.days_and_hours = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.days_head)
        column.addWidget(self.body, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(left, 1)
        below.addWidget(self.place)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(below, 1)

    def _join(self) -> None:
        head = self.head
        head.stepped.connect(self._step)
        head.today_asked.connect(lambda: self.go(self.desk.today))
        head.view_chosen.connect(self._choose_view)
        head.whose_chosen.connect(self._choose_whose)
        head.new.clicked.connect(lambda _on=False: self.begin())
        head.new.setVisible(self._may_write)
        for part in (self.grid, self.days_head):
            part.opened.connect(self._open)
            part.moved.connect(self._move)
            part.removed.connect(self._remove)
            part.walked.connect(self._walk)
            part.new_asked.connect(self.begin)
        self.grid.stretched.connect(self._stretch)
        self.place.written.connect(self._written)
        self.place.shown.connect(self._share_width)
        self.desk.changes.listen(self, _concerned, self.read_again)
        self._minute = QTimer(self, interval=_EVERY_MS)
        self._minute.timeout.connect(lambda: self.grid.look_at(self.desk.now))


def _concerned(changes: Changes) -> bool:
    tables = ("appointment", "household", "address", "worker")
    return any(changes.concerns(table=table) for table in tables)


def initials_of(name: str) -> str:
    """Return the initials of somebody who works here: « CL »."""
    parts = [part for part in name.replace("-", " ").split() if part[0].isalpha()]
    return "".join(part[0].upper() for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts))
