"""The fields of a quick note: kind, households, text, length, day and hour, and what was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.entry import ENTRY_KIND_LABELS
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.note import (
    NOTE_KINDS,
    USUAL_MINUTES,
    NewNote,
    draft_of_note,
    filling_of_note,
)
from caseworker_app.features.diary.domain.reused_sentences import FillingIn, ReusedSentence, check_filled
from caseworker_app.features.diary.domain.typed_moments import (
    format_hour,
    parse_hour,
    parse_kilometres,
    parse_length,
    typed_kilometres,
)
from caseworker_app.features.diary.screens.head import LabelledEntry
from caseworker_app.features.diary.screens.promises_cards import NewPromisesCard
from caseworker_app.features.diary.screens.quick_note_households import FindHouseholds, NoteHouseholds
from caseworker_app.features.diary.screens.quick_note_sharing import SharedTime
from caseworker_app.features.diary.screens.reminder_cards import AppointmentCard
from caseworker_app.features.diary.screens.sentence_picker import SentenceHelp, select_place
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.french import capital
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import px

_TEXT = 168
_FIELDS = ("day", "hour", "length", "travel", "distance")


class QuickNoteForm(QWidget):
    """`edited()` at each change, `resized()` when more room is needed."""

    edited = Signal()
    resized = Signal()

    def __init__(self, tasks: Tasks, find: FindHouseholds) -> None:
        """Make it empty."""
        super().__init__()
        self._note: NewNote | None = None
        self._near = date.min
        self.kinds = FilterChips("Nature de la note")
        for kind in NOTE_KINDS:
            words = ENTRY_KIND_LABELS[kind]
            self.kinds.add(kind.value, capital(words))
        self.households = NoteHouseholds(tasks, find)
        self.zone = TextZone("Ce qui s’est dit ou fait", "", "notes", may_share=False)
        # An editor asks for more than there is room for on a laptop.
        self.zone.setFixedHeight(px(_TEXT))
        self.day = Entry("jj/mm/aaaa", height=32, tabular=True)
        self.hour = Entry("14:00", height=32, tabular=True)
        self.length = Entry("min", height=32, tabular=True)
        self.travel = Entry(height=32, tabular=True)
        self.distance = Entry(height=32, tabular=True)
        self.minutes = FilterChips("Durée usuelle")
        self.shared = SharedTime()
        self.line = SentenceLine()
        self.promises, self.appointment = NewPromisesCard(), AppointmentCard()
        self.more = Button("Ajouter une &suite ou un rendez-vous", "ghost", "calendar-plus", compact=True)
        self.sentences = SentenceHelp([self.zone], self._filling, self)
        self._worker = ""
        self._after = QWidget()
        self._lay_out()
        self._listen()

    def offer(self, sentences: Sequence[ReusedSentence], worker: str) -> None:
        """Offer the sentences the association reuses, to a worker of this name."""
        self.sentences.sentences, self._worker = sentences, worker

    def show_note(self, note: NewNote, typed: Mapping[str, object], near: date) -> None:
        """Show a note; `typed` are the fields as a draft kept them; `near`: today."""
        self._note, self._near = note, near
        entry = note.entry
        self.kinds.choose(entry.kind.value)
        self.households.show_kind(entry.kind)
        self.zone.set_text(entry.observed)
        self.day.setText(format_date(entry.started_at.date()))
        self.hour.setText(format_hour(entry.started_at.time()))
        self.length.setText("" if entry.duration_minutes is None else str(entry.duration_minutes))
        self.travel.setText("" if entry.travel_minutes is None else str(entry.travel_minutes))
        self.distance.setText(typed_kilometres(entry.travel_metres))
        for name in _FIELDS:
            if isinstance(typed.get(name), str):
                getattr(self, name).setText(str(typed[name]))
        self._mark_minutes()
        self.shared.show_choice(each_whole=note.each_whole)
        self.shared.show_households(len(self.households.ids))
        promised, agreed = typed.get("promises"), typed.get("appointment")
        self.promises.show_promises(note.promises, promised if isinstance(promised, dict) else {})
        fields = agreed if isinstance(agreed, dict) else {}
        self.appointment.show_appointment(note.next_appointment, near, fields)
        self._open_after(bool(note.promises or note.next_appointment or fields.get("day")))
        self._accept()

    def read(self, *, strict: bool) -> NewNote:
        """Return the note; not `strict`, what cannot be read is left as it was. Raises InvalidEntry."""
        if self._note is None:
            raise ValueError("nothing was shown")
        before = self._note.entry
        day, hour, length = before.started_at.date(), before.started_at.time(), before.duration_minutes
        travel, distance = before.travel_minutes, before.travel_metres
        try:
            day = parse_day(self.day.text(), self._near, "started_at")
            hour = parse_hour(self.hour.text(), "hour")
            length = parse_length(self.length.text(), "duration_minutes")
            travel = parse_length(self.travel.text(), "travel_minutes")
            distance = parse_kilometres(self.distance.text(), "travel_metres")
        except InvalidEntry:
            if strict:
                raise
        entry = replace(
            before,
            kind=EntryKind(self.kinds.current_key()),
            started_at=datetime.combine(day, hour),
            duration_minutes=length,
            travel_minutes=travel,
            travel_metres=distance,
            observed=self.zone.text(),
        )
        promises = self.promises.read(day, strict=strict)
        if strict:
            check_filled(self.zone.text(), "observed")
            promises = tuple(each for each in promises if each.text)
        meeting = self.appointment.read(strict=strict)
        return NewNote(entry, self.households.ids, promises, meeting, self.shared.each_whole)

    def content(self) -> dict[str, Any]:
        """Return what a draft keeps, fields as typed too."""
        typed: dict[str, Any] = {name: getattr(self, name).text() for name in _FIELDS}
        typed |= {"promises": self.promises.typed(), "appointment": self.appointment.typed()}
        return {**draft_of_note(self.read(strict=False)), "typed": typed}

    def refuse(self, error: CaseworkerError) -> None:
        """Say what is wrong beside the field it names."""
        field = error.field if isinstance(error, InvalidEntry) else ""
        if field == "households":
            self.households.refuse(error.sentence)
        elif field == "promises":
            self._open_after(True)
            self.promises.refuse(error.sentence)
        elif field == "starts_at":
            self._open_after(True)
            self.appointment.refuse(error.sentence)
        else:
            self.line.show()
            self.line.refuse(error.sentence)
            wrong = {
                "started_at": self.day, "hour": self.hour, "duration_minutes": self.length,
                "travel_minutes": self.travel, "travel_metres": self.distance,
            }.get(field)  # fmt: skip
            if wrong is not None:
                wrong.set_refused(True)
            target: QWidget = wrong or self.zone.editor
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            if target is self.zone.editor:
                select_place(self.zone)
        self.resized.emit()

    def focus_text(self) -> None:
        """Put the cursor where one writes."""
        self.zone.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        for minutes in USUAL_MINUTES:
            self.minutes.add(str(minutes), f"{minutes}\u00a0min")
        self.length.setFixedWidth(px(64))
        lengths = QHBoxLayout()
        lengths.setSpacing(px(8))
        lengths.addWidget(self.minutes)
        lengths.addWidget(self.length)
        when = Flow(gap=12)
        when.addWidget(_labelled("Durée (minutes)", lengths, self.length))
        when.addWidget(LabelledEntry("Date", self.day, 104))
        when.addWidget(LabelledEntry("Heure", self.hour, 64))
        when.addWidget(LabelledEntry("Trajet (min)", self.travel, 76))
        when.addWidget(LabelledEntry("Distance (km)", self.distance, 88))
        cards = Columns(self._after, gap=12)
        cards.addWidget(self.promises)
        cards.addWidget(self.appointment)
        self.line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, px(12), 4, px(12))
        column.setSpacing(px(12))
        column.addWidget(self.kinds)
        column.addWidget(self.households)
        column.addWidget(self.zone, 1)
        column.addLayout(when)
        column.addWidget(self.shared)
        column.addWidget(self.line)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._after)
        self._after.hide()

    def _listen(self) -> None:
        self.kinds.chosen.connect(self._kind_chosen)
        self.households.changed.connect(self._households_changed)
        self.households.resized.connect(self.resized)
        self.shared.changed.connect(self.edited)
        self.zone.edited.connect(self._typed)
        for entry in self._entries:
            entry.textEdited.connect(self._typed)
        self.length.textEdited.connect(lambda _text: self._mark_minutes())
        self.minutes.chosen.connect(self._minutes_chosen)
        self.promises.edited.connect(self.edited)
        self.promises.edited.connect(self.resized)
        self.promises.add_button.clicked.connect(self.resized)
        self.appointment.edited.connect(self.edited)
        self.more.clicked.connect(self._add_after)

    @property
    def _entries(self) -> tuple[Entry, ...]:
        return (self.day, self.hour, self.length, self.travel, self.distance)

    def _filling(self) -> FillingIn:
        people = list(self.households.people.values())
        return filling_of_note(self.read(strict=False), people, self._worker)

    def _kind_chosen(self, kind: str) -> None:
        self.households.show_kind(EntryKind(kind))
        self.edited.emit()

    def _households_changed(self) -> None:
        self.shared.show_households(len(self.households.ids))
        self.edited.emit()
        self.resized.emit()

    def _minutes_chosen(self, minutes: str) -> None:
        self.length.setText(minutes)
        self._typed()

    def _mark_minutes(self) -> None:
        self.minutes.choose_or_none(self.length.text().strip())

    def _typed(self) -> None:
        self._accept()
        self.edited.emit()

    def _accept(self) -> None:
        for entry in self._entries:
            entry.set_refused(False)
        if self.line.isVisible():
            self.line.hide()
            self.resized.emit()

    def _add_after(self) -> None:
        self._open_after(True)
        self.promises.add_button.click()

    def _open_after(self, opened: bool) -> None:
        self._after.setVisible(opened)
        self.more.setVisible(not opened)
        self.resized.emit()


def _labelled(words: str, row: QHBoxLayout, entry: Entry) -> QWidget:
    whole = QWidget()
    label = Label(words, 12, fonts.MEDIUM, "muted")
    label.setBuddy(entry)
    entry.setAccessibleName(words)
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(2))
    column.addWidget(label)
    column.addLayout(row)
    return whole


def title_label() -> Label:
    """Return the title of the sheet."""
    return Label("Note rapide", 16, fonts.SEMI_BOLD)
