"""The head of the visit page: when, where, how long, who was there, the draft, and the way to finish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.entry import MEETING_KINDS, Attendance, NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind, KindPage, kinds_typed_on
from caseworker_app.features.diary.domain.typed_moments import (
    format_hour,
    parse_hour,
    parse_kilometres,
    parse_length,
    typed_kilometres,
)
from caseworker_app.features.diary.domain.visit_sheet import kind_of_meeting, present_words, split_present
from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px, theme

KINDS = tuple(kind for kind in EntryKind if kind in MEETING_KINDS)
ATTENDANCE_CHOICES = {
    Attendance.PRESENT: "Rencontre tenue",
    Attendance.EXCUSED: "Absence prévenue",
    Attendance.ABSENT: "Absence",
    Attendance.POSTPONED: "Reportée",
    Attendance.CANCELLED: "Annulée par nous",
}


def large_text() -> bool:
    """Say whether the text is so large that the circumstances scroll with the page."""
    return theme().scale > 110


class LabelledEntry(QWidget):
    """A small label above an entry 32 high; what is wrong is told on the line below all of them."""

    def __init__(self, label: str, editor: Entry | Choice, width: int = 0) -> None:
        """Put the label above the editor, `width` wide at 100 % (0: as wide as there is room)."""
        super().__init__()
        self.editor = editor
        name = Label(label, 12, fonts.MEDIUM, "muted")
        name.setBuddy(editor)
        editor.setAccessibleName(label)
        if width:
            editor.setFixedWidth(px(width))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(name)
        column.addWidget(editor)


class Circumstances(QWidget):
    """Kind, day, hour, length, place, purpose, attendance, and who was there. `edited` at each change."""

    edited = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.kind = Choice(height=32)
        self.day = Entry("jj/mm/aaaa", height=32, tabular=True)
        self.hour = Entry("14:00", height=32, tabular=True)
        self.length = Entry("min", height=32, tabular=True)
        self.place = Entry(height=32)
        self.purpose = Entry("visite mensuelle\u2026", height=32)
        self.attendance = Choice(height=32)
        self.travel = Entry(height=28, tabular=True)
        self.distance = Entry(height=28, tabular=True)
        self.others = Entry("Autre personne présente", height=28)
        self.others.setAccessibleName("Autre personne présente")
        self.error = SentenceLine()
        self.members: list[Check] = []
        self._near = date.min
        self._entries: Mapping[str, Entry | Choice] = {
            "started_at": self.day, "hour": self.hour, "duration_minutes": self.length,
            "purpose": self.purpose,
            "attendance": self.attendance, "place": self.place,
            "travel_minutes": self.travel, "travel_metres": self.distance,
        }  # fmt: skip
        self._fill_choices()
        self._lay_out()
        self._listen()

    def show_entry(self, entry: NewEntry, names: Sequence[str], near: date) -> None:
        """Show an entry; `names`: the members'; `near`: the day that short dates are read beside."""
        self._near = near
        self._show_members(names)
        missed = entry.kind not in KINDS
        self.kind.choose((EntryKind.HOME_VISIT if missed else entry.kind).value)
        self.attendance.choose(
            (entry.attendance or (Attendance.ABSENT if missed else Attendance.PRESENT)).value
        )
        self.day.setText(format_date(entry.started_at.date()))
        self.hour.setText(format_hour(entry.started_at.time()))
        self.length.setText("" if entry.duration_minutes is None else str(entry.duration_minutes))
        self.travel.setText("" if entry.travel_minutes is None else str(entry.travel_minutes))
        self.distance.setText(typed_kilometres(entry.travel_metres))
        self.place.setText(entry.place or "")
        self.purpose.setText(entry.purpose or "")
        there, others = split_present(entry.present or "", names)
        for check in self.members:
            check.setChecked(check.property("name") in there)
        self.others.setText(others)
        self.accept()

    def read(self, entry: NewEntry, *, strict: bool) -> NewEntry:
        """Return the entry with what is typed; not `strict`, what cannot be read is left as it was.

        Raises InvalidEntry when `strict`.
        """
        day, hour = entry.started_at.date(), entry.started_at.time()
        length, travel, distance = entry.duration_minutes, entry.travel_minutes, entry.travel_metres
        try:
            day = parse_day(self.day.text(), self._near, "started_at")
            hour = parse_hour(self.hour.text(), "hour")
            length = parse_length(self.length.text(), "duration_minutes")
            travel = parse_length(self.travel.text(), "travel_minutes")
            distance = parse_kilometres(self.distance.text(), "travel_metres")
        except InvalidEntry:
            if strict:
                raise
        told = replace(
            entry, started_at=datetime.combine(day, hour), duration_minutes=length, travel_minutes=travel,
            travel_metres=distance,
        )  # fmt: skip
        return self._with_words(told)

    def typed(self) -> dict[str, str]:
        """Return the fields as typed, for a draft: also those nobody could read yet."""
        return {
            "day": self.day.text(), "hour": self.hour.text(), "length": self.length.text(),
            "kind": self.kind.current_key(), "travel": self.travel.text(), "distance": self.distance.text(),
        }  # fmt: skip

    def show_typed(self, typed: Mapping[str, object]) -> None:
        """Show again what a draft kept as typed."""
        for name, editor in (
            ("day", self.day), ("hour", self.hour), ("length", self.length), ("travel", self.travel),
            ("distance", self.distance),
        ):  # fmt: skip
            if isinstance(typed.get(name), str):
                editor.setText(str(typed[name]))
        if self.kind.findData(typed.get("kind")) >= 0:
            self.kind.choose(str(typed["kind"]))

    def refuse(self, error: InvalidEntry) -> bool:
        """Show an error that belongs here; False when it belongs elsewhere."""
        editor = self._entries.get(error.field)
        if editor is None:
            return False
        self.error.show()
        self.error.refuse(error.sentence)
        editor.set_refused(True)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def accept(self) -> None:
        """Take every refusal away."""
        self.error.hide()
        for editor in self._entries.values():
            editor.set_refused(False)

    def spoken_moment(self) -> str:
        """Return « mardi 24 novembre 2026 » as typed, empty when it cannot be read."""
        try:
            return format_long_date(parse_day(self.day.text(), self._near, ""), weekday=True)
        except InvalidEntry:
            return ""

    def _with_words(self, entry: NewEntry) -> NewEntry:
        attendance = Attendance(self.attendance.current_key() or Attendance.PRESENT)
        kind = EntryKind(self.kind.current_key() or EntryKind.HOME_VISIT)
        there = [str(check.property("name")) for check in self.members if check.isChecked()]
        return replace(
            entry,
            kind=kind_of_meeting(kind, attendance),
            attendance=attendance,
            place=self.place.text().strip() or None,
            purpose=self.purpose.text().strip() or None,
            present=present_words(there, self.others.text()) or None,
        )

    def _show_members(self, names: Sequence[str]) -> None:
        for check in self.members:
            check.hide()
            self._people.removeWidget(check)
            check.deleteLater()
        self.members = []
        for name in names:
            check = Check(name)
            check.setProperty("name", name)
            check.clicked.connect(lambda _on: self._changed())
            self.members.append(check)
            self._people.addWidget(check)
        self._people.removeWidget(self.others)
        self._people.addWidget(self.others)
        before: QWidget = self.attendance
        for after in (*self.members, self.others):
            self.setTabOrder(before, after)
            before = after

    def _fill_choices(self) -> None:
        for row in kinds_typed_on(KindPage.VISIT, date.max):
            self.kind.add(row.kind.value, row.label.capitalize())
        for attendance, words in ATTENDANCE_CHOICES.items():
            self.attendance.add(attendance.value, words)

    def _lay_out(self) -> None:
        row = Flow(gap=8)
        for label, editor, width in (
            ("Nature", self.kind, 216), ("Date", self.day, 104), ("Heure", self.hour, 68),
            ("Durée (min)", self.length, 76), ("Lieu", self.place, 180), ("Objet", self.purpose, 210),
            ("Présence", self.attendance, 158),
        ):  # fmt: skip
            row.addWidget(LabelledEntry(label, editor, width))
        self.others.setFixedWidth(px(210))
        people = QWidget()
        self._people = Flow(people, gap=8)
        self._people.addWidget(self.others)
        there = QHBoxLayout()
        there.setSpacing(px(8))
        title = Label("Étaient là", 12, fonts.MEDIUM, "muted")
        title.setFixedHeight(px(28))
        there.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        there.addWidget(people, 1)
        there.addWidget(self._make_way(), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(row)
        column.addLayout(there)
        column.addWidget(self.error)
        self.error.hide()

    def _make_way(self) -> QWidget:
        """Return « Trajet … min … km », which most visits leave empty."""
        way = QWidget()
        line = QHBoxLayout(way)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        name = Label("Trajet", 12, fonts.MEDIUM, "muted")
        name.setFixedHeight(px(28))
        line.addWidget(name)
        for entry, unit, spoken in (
            (self.travel, "min", "Trajet (min)"), (self.distance, "km", "Distance (km)"),
        ):  # fmt: skip
            entry.setFixedWidth(px(52))
            entry.setAccessibleName(spoken)
            line.addWidget(entry)
            line.addWidget(Label(unit, 12, tone="muted"))
        return way

    def _listen(self) -> None:
        for entry in (
            self.day, self.hour, self.length, self.place, self.purpose, self.travel, self.distance, self.others,
        ):  # fmt: skip
            entry.textEdited.connect(self._changed)
        for choice in (self.kind, self.attendance):
            choice.activated.connect(self._changed)

    def _changed(self) -> None:
        self.accept()
        self.edited.emit()


class VisitHead(Band):
    """The band at the top. `finished(bool)`: finish, and print when true; `preview_asked`, `back_asked`."""

    finished = Signal(bool)
    preview_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.title = Label("Nouvelle visite", 20, fonts.SEMI_BOLD)
        self.household = ElidedLabel("", 13, tone="muted")
        self.draft = StateLabel(State("", "ok", "device-floppy"))
        self.circumstances = Circumstances()
        self.protection = Banner("", "note", "lock")
        self.preview = Button("A&perçu", "secondary", "eye")
        self.finish = Button("&Terminer la visite", "primary", "check")
        self.finish.setToolTip("Ctrl+Entrée")
        self.more = IconButton("chevron-down", "Autres façons de terminer", size=36, bordered=True)
        self._lay_out()
        self._join()

    def show_household(self, words: str, protection: str) -> None:
        """Name the household; `protection` is the sentence of its lock band, empty without."""
        self.household.setText(words)
        self.protection.setVisible(bool(protection))
        self.protection.show_sentence(protection, "note", "lock")

    def show_draft(self, words: str, tone: str = "ok") -> None:
        """Say how the draft stands: only what is true; empty says nothing."""
        self.draft.setVisible(bool(words))
        self.draft.set_state(State(words, tone, "device-floppy"))

    def set_busy(self, busy: bool) -> None:
        """Hold the buttons while the visit is being written."""
        for button in (self.finish, self.more, self.preview):
            button.setEnabled(not busy)

    def make_menu(self) -> Menu:
        """Return the menu of the other ways to finish."""
        menu = Menu(parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("&Terminer et imprimer le compte rendu\tCtrl+Maj+Entrée").triggered.connect(
            lambda: self.finished.emit(True)
        )
        menu.addAction("Terminer la &visite\tCtrl+Entrée").triggered.connect(
            lambda: self.finished.emit(False)
        )
        return menu

    def _open_menu(self) -> None:
        menu = self.make_menu()
        corner = self.more.mapToGlobal(self.more.rect().bottomRight())
        menu.popup(corner - QPoint(menu.sizeHint().width(), -px(4)))

    def _join(self) -> None:
        self.preview.clicked.connect(self.preview_asked)
        self.finish.clicked.connect(lambda: self.finished.emit(False))
        self.more.clicked.connect(self._open_menu)
        self._back.clicked.connect(self.back_asked)

    def _lay_out(self) -> None:
        self._back = IconButton("arrow-left", "Revenir (Alt+Gauche)", size=36)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.household)
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self._back)
        top.addLayout(names, 1)
        top.addWidget(self.draft)
        top.addSpacing(px(8))
        for button in (self.preview, self.finish, self.more):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, px(12), 24, px(10))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self.protection)
        if not large_text():
            column.addWidget(self.circumstances)
