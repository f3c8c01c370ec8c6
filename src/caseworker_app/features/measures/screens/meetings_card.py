"""Meetings of those who follow the household, and what was decided there: the card, its rows, their forms."""

from __future__ import annotations

from PySide6.QtCore import Signal

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.meeting import (
    US,
    FollowMeeting,
    MeetingTask,
    NewMeeting,
    NewTask,
    meeting_words,
    task_words,
    to_follow_first,
)
from caseworker_app.features.measures.domain.shown_measures import ShownMeasures
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET, Card
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.side_form import SideForm, Work
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label

_NONE = "Aucune réunion notée\u00a0: qui était là, ce qui a été décidé, qui fait quoi et pour quand."


class MeetingsCard(Card):
    """`form_asked(SideForm)`: to be opened at the side."""

    form_asked = Signal(object)

    def __init__(self, desk: MeasuresDesk) -> None:
        """Make it empty."""
        super().__init__("Réunions de synthèse", "")
        self.desk = desk
        self._shown: ShownMeasures | None = None
        self.add_task = Button("Décision à suivre", "ghost", "list-check", compact=True)
        self.add_one = Button("Noter une réunion", "ghost", "plus", compact=True)
        self.add_task.clicked.connect(lambda: self._ask_task(None))
        self.add_one.clicked.connect(lambda: self._ask_meeting(None))
        self.add_one.setVisible(desk.may_write)
        self.add_action(self.add_task)
        self.add_action(self.add_one)
        self.none = Label(_NONE, 13, tone="muted", wrap=True)
        self.none.setContentsMargins(INSET, 0, INSET, INSET)
        self.rows = RowList("Réunions de synthèse", height=48, fit=True)
        self.rows.opened.connect(self._open)
        self.add_rows(self.none, rule=False)
        self.add_rows(self.rows)

    def show_meetings(self, shown: ShownMeasures) -> None:
        """Show what is to follow, soonest first, then the meetings, the latest first."""
        self._shown = shown
        tasks = to_follow_first(shown.tasks)
        rows = [self._task_row(each) for each in tasks if each.done_on is None]
        rows += [self._meeting_row(each) for each in reversed(shown.meetings)]
        rows += [self._task_row(each) for each in tasks if each.done_on is not None]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.add_task.setVisible(self.desk.may_write and bool(shown.meetings))

    def _task_row(self, task: MeetingTask) -> Row:
        title, detail = task_words(task, self._shown.parts if self._shown else ())
        done = task.done_on is not None
        late = not done and task.due_on < self.desk.today
        pill = State("En retard", "danger", "alert-triangle") if late else None
        return Row(
            task.id, title, detail, icon="list-check", pill=pill, done=done, chevron=self.desk.may_write
        )

    def _meeting_row(self, meeting: FollowMeeting) -> Row:
        title, detail = meeting_words(meeting, self._shown.tasks if self._shown else ())
        return Row(meeting.id, title, detail, icon="users-group", chevron=self.desk.may_write)

    def _open(self, key: str) -> None:
        if self._shown is None or not self.desk.may_write:
            return
        for meeting in self._shown.meetings:
            if meeting.id == key:
                self._ask_meeting(meeting)
        for task in self._shown.tasks:
            if task.id == key:
                self._ask_task(task)

    def _ask_meeting(self, before: FollowMeeting | None) -> None:
        if self._shown is not None:
            self.form_asked.emit(meeting_form(self.desk, self._shown.household_id, before))

    def _ask_task(self, before: MeetingTask | None) -> None:
        if self._shown is not None and self._shown.meetings:
            self.form_asked.emit(task_form(self.desk, self._shown, before))


def meeting_form(desk: MeasuresDesk, household: str, before: FollowMeeting | None) -> SideForm:
    """Ask when it was held, who was there, what was decided."""
    key = "follow-meeting" if before is None else f"follow-meeting:{before.id}"
    form = SideForm(key, "Réunion de synthèse", desk.today)
    form.worth_a_draft = before is None
    form.day("held_on", "&Tenue le", before.held_on if before else desk.today)
    form.line("place", "&Lieu", (before.place or "") if before else "")
    form.side_by_side()
    form.line(
        "present", "&Qui était là", before.present if before else "", placeholder="PMI, CCAS, bailleur…"
    )
    form.long("decided", "Ce qui a été décidé", "l’essentiel", before.decided if before else "")

    def read() -> Work:
        new = NewMeeting(
            form.needed_date("held_on"), form.text("present") or "", form.text("place"), form.text("decided")
        )
        if before is None:
            return lambda: service.add_meeting(desk.file, desk.who, household, new)
        return lambda: service.change_meeting(desk.file, desk.who, before.id, new, before.version)

    return form.intend(read, "Réunion notée" if before is None else "Réunion modifiée")


def task_form(desk: MeasuresDesk, shown: ShownMeasures, before: MeetingTask | None) -> SideForm:
    """Ask what is to be done after which meeting, by whom, by when; and the day it was done."""
    form = SideForm(
        "meeting-task" if before is None else f"meeting-task:{before.id}", "Décision à suivre", desk.today
    )
    meetings = {each.id: format_date(each.held_on) for each in reversed(shown.meetings)}
    if before is None:
        form.choice("meeting_id", "&Réunion du", meetings, next(iter(meetings)))
    form.line("what", "&Ce qui est à faire", before.what if before else "")
    bodies = {each.id: each.body for each in shown.parts}
    form.choice("part_id", "Par &qui", bodies, before.part_id if before else None, nothing=US.capitalize())
    form.day("due_on", "&Avant le", before.due_on if before else None)
    if before is not None:
        form.day("done_on", "&Fait le", before.done_on, "Vide\u00a0: à faire")

    def read() -> Work:
        done = form.date_of("done_on") if before is not None else None
        new = NewTask(form.text("what") or "", form.needed_date("due_on"), form.text("part_id"), done)
        if before is not None:
            return lambda: service.change_task(desk.file, desk.who, before.id, new, before.version)
        meeting = form.text("meeting_id")
        if meeting is None:
            raise InvalidEntry("Choisissez la réunion dans la liste.", "meeting_id")
        return lambda: service.add_task(desk.file, desk.who, meeting, new)

    return form.intend(read, "Décision à suivre ajoutée" if before is None else "Décision modifiée")
