"""A visit already in the file, to read again: zones, facts, rooms, goals, promises, additions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caseworker_app.features.attachments.domain.shown import photos_words
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import (
    ATTENDANCE_LABELS,
    ENTRY_KIND_LABELS,
    ENTRY_STATE_LABELS,
    FACT_TOPIC_LABELS,
    VISIT_KINDS,
    Attendance,
    DiaryEntry,
    EntryState,
)
from caseworker_app.features.diary.domain.report_review import review_sentence
from caseworker_app.features.diary.domain.typed_moments import spoken_hour, travel_words
from caseworker_app.features.diary.domain.visit import (
    PROMISE_STATE_LABELS,
    ROOM_STATE_LABELS,
    PromiseState,
    RoomState,
)
from caseworker_app.features.diary.domain.visit_sheet import added_title, protection_sentence, short_day
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.head import large_text
from caseworker_app.features.diary.screens.reading import Record
from caseworker_app.features.diary.screens.record_forms import addition_form, correction_form
from caseworker_app.features.diary.screens.zones import ZONES
from caseworker_app.features.goals.domain.goal import GoalWithSteps, actor_text
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Band, Card, Surface
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.form_place import FormPlace
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.marked_words import bring_in_sight, mark_words
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.side_form import WIDTH, SideForm
from caseworker_app.ui_kit.states import Pill, State, StateLabel
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px

# Below this width, a form takes the place of what is written instead of standing beside it.
_ROOM_FOR_BOTH = 1000
_ROOM_TONES = {
    RoomState.GOOD: "ok",
    RoomState.WATCH: "warn",
    RoomState.DEGRADED: "danger",
    RoomState.NOT_SEEN: "muted",
}
_PROMISE_TONES = {
    PromiseState.KEPT: "ok", PromiseState.PARTLY: "warn", PromiseState.WAITING: "warn",
    PromiseState.DROPPED: "muted",
    PromiseState.LATE: "danger",
}  # fmt: skip


class VisitRecord(QWidget):
    """Read-only; « Imprimer » opens the report. `back_asked`; `changed` when it is to be read again."""

    back_asked = Signal()
    changed = Signal()

    def __init__(self, desk: VisitDesk) -> None:
        """Make it empty."""
        super().__init__()
        self._desk, self._navigator = desk, desk.navigator
        self._record: Record | None = None
        self.marked: list[tuple[QLabel, float]] = []
        self.add = Button("A&jouter un complément", "secondary", "plus")
        self.correct = Button("&Corriger", "secondary", "pencil")
        self.sign = Button("&Signer", "secondary", "signature")
        self.forms = FormPlace(desk.tasks, desk.drafts, desk.done, "diary")
        self.forms.setFixedWidth(px(WIDTH + 24))
        self.forms.hide()
        self.title = Label("", 20, fonts.SEMI_BOLD)
        self.detail = ElidedLabel("", 13, tone="muted")
        self.state = Pill(State("", "muted"))
        self.protection = Banner("", "note", "lock")
        self.print_button = Button("&Imprimer le compte rendu", "primary", "printer")
        self.print_button.clicked.connect(self._print)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head())
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.forms, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(self._middle, 1)
        self._scroll: ScrollBody | None = None
        self._join()

    def leave(self) -> None:
        """Keep what is being typed in a form."""
        self.forms.leave()

    def show_record(self, record: Record, sought: Sequence[str] = ()) -> None:
        """Show a visit; the folded words `sought` are marked in it, the first of them in sight."""
        before = self._record.visit.entry.id if self._record else ""
        self._record = record
        if before != record.visit.entry.id:
            self.forms.close_form(return_focus=False)
        self.forms.household = record.visit.entry.household_id
        entry, people = record.visit.entry, record.people
        self.title.setText(ENTRY_KIND_LABELS[entry.kind].capitalize())
        self.detail.setText(f"{people.household.name} · {_moment(entry)}")
        signed = entry.state is EntryState.SIGNED
        self.state.set_state(
            State(ENTRY_STATE_LABELS[entry.state].capitalize(), "ok", "signature" if signed else "check")
        )
        self.print_button.setVisible(entry.kind in VISIT_KINDS)
        for button, offered in ((self.add, True), (self.correct, not signed), (self.sign, not signed)):
            button.setVisible(offered and self._desk.may_write)
        protected = people.household.protected
        self.protection.setVisible(protected)
        self.protection.show_sentence(protection_sentence(people) if protected else "", "note", "lock")
        self._replace_body(record)
        if sought:
            self._show_sought(sought)

    def _show_sought(self, sought: Sequence[str]) -> None:
        scroll = self._scroll
        if scroll is None:
            return
        self.marked = mark_words(scroll.findChildren(QLabel), sought)
        if self.marked:
            # Once it is laid out: before, nothing has its place.
            QTimer.singleShot(0, scroll, lambda: bring_in_sight(scroll, *self.marked[0]))

    def _replace_body(self, record: Record) -> None:
        self.marked = []
        if self._scroll is not None:
            self._scroll.hide()
            self._middle.removeWidget(self._scroll)
            self._scroll.deleteLater()
        body = QWidget()
        columns = Columns(body, gap=16, weights=(752, 362))
        columns.setContentsMargins(*PAGE_INSETS)
        columns.addWidget(_stacked(_texts(record)))
        beside = [*_beside(record), *self._photos(record)]
        if beside:
            columns.addWidget(_stacked(beside))
        self._scroll = ScrollBody(body)
        self._middle.insertWidget(0, self._scroll, 1)
        self._make_room(self.forms.form is not None)

    def _join(self) -> None:
        self.add.clicked.connect(lambda: self._open(addition_form))
        self.correct.clicked.connect(lambda: self._open(correction_form))
        self.sign.clicked.connect(self._sign)
        self.forms.shown.connect(self._make_room)
        self._desk.changes.listen(self, self._concerned, self.changed.emit)

    def _make_room(self, shown: bool) -> None:
        """Show the form beside what is written, or in its place where there is no room for both."""
        self.forms.setVisible(shown)
        if self._scroll is not None:
            self._scroll.setVisible(not shown or self.width() >= px(_ROOM_FOR_BOTH))

    def _concerned(self, changes: Changes) -> bool:
        tables = ("diary_entry", "report_review")
        return self._record is not None and any(changes.concerns(table=table) for table in tables)

    def _open(self, make: Callable[[VisitDesk, DiaryEntry], SideForm]) -> None:
        if self._record is not None:
            self.forms.open(make(self._desk, self._record.visit.entry))

    def _sign(self) -> None:
        if self._record is None:
            return
        desk, entry = self._desk, self._record.visit.entry
        desk.tasks.run(
            lambda: diary.sign_entry(desk.file, desk.who, entry.id),
            lambda changes: desk.done(changes, "Écrit signé"),
            owner=self,
        )

    def _photos(self, record: Record) -> list[QWidget]:
        """Return the card that counts the photos by room and leads to them; none without photos."""
        if not record.photos:
            return []
        card = Card("Photos", photos_words(len(record.photos)))
        for room, count in Counter(each.place or "Autre pièce" for each in record.photos).items():
            card.add(_row(room, photos_words(count), None))
        see = Button("Voir les photos", "ghost", "photo", compact=True)
        first, household = record.photos[0].id, record.visit.entry.household_id
        see.clicked.connect(
            lambda: self._navigator.open("dossier", household, subject=first, tab="attachments")
        )
        card.add_action(see)
        return [card]

    def _print(self) -> None:
        if self._record is not None:
            entry = self._record.visit.entry
            self._navigator.open("document", entry.household_id, f"compte-rendu-visite:{entry.id}")

    def _head(self) -> Band:
        band = Band()
        back = IconButton("arrow-left", "Revenir (Alt+Gauche)", size=36)
        back.clicked.connect(self.back_asked)
        names = QVBoxLayout()
        names.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.title)
        line.addWidget(self.state)
        line.addStretch(1)
        names.addLayout(line)
        names.addWidget(self.detail)
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(back)
        top.addLayout(names, 1)
        buttons = (self.correct, self.sign, self.add, self.print_button)
        for button in () if large_text() else buttons:
            top.addWidget(button)
        column = QVBoxLayout(band)
        column.setContentsMargins(24, px(12), 24, px(12))
        column.setSpacing(px(10))
        column.addLayout(top)
        if large_text():
            # Beside the title they would be cut.
            row = QWidget()
            flow = Flow(row, gap=8)
            for button in buttons:
                flow.addWidget(button)
            column.addWidget(row)
        column.addWidget(self.protection)
        return band


def _moment(entry: DiaryEntry) -> str:
    at = f"{format_long_date(entry.started_at.date(), weekday=True)} à {spoken_hour(entry.started_at.time())}"
    travel = travel_words(entry.travel_minutes, entry.travel_metres)
    minutes = f"{entry.duration_minutes}\u00a0min" if entry.duration_minutes else ""
    away = ATTENDANCE_LABELS[entry.attendance] if entry.attendance is not Attendance.PRESENT else ""
    return " · ".join(p for p in (at, minutes, travel, entry.place, entry.present, away, entry.number) if p)


def _texts(record: Record) -> list[QWidget]:
    visit = record.visit
    shown: list[QWidget] = (
        [_text_card("Objet", "", "notes", visit.entry.purpose)] if visit.entry.purpose else []
    )
    for zone, title, hint, icon in ZONES:
        if visit.entry.zone(zone):
            shown.append(_text_card(title, hint, icon, visit.entry.zone(zone)))
        shown += [_fact(f.text, FACT_TOPIC_LABELS[f.topic]) for f in visit.facts if f.zone is zone]
    if visit.rooms:
        card = Card("État du logement")
        for room in visit.rooms:
            icon = "alert-triangle" if room.state is RoomState.WATCH else ""
            state = State(ROOM_STATE_LABELS[room.state].capitalize(), _ROOM_TONES[room.state], icon)
            words = " · ".join(p for p in (room.observation, room.follow_up, room.follow_up_by) if p)
            card.add(_row(room.room, words, state))
        shown.append(card)
    for addition in visit.additions:
        words = "\n".join(p for p in (addition.observed, addition.said, addition.analysis) if p)
        author = record.worker_name(addition.worker_id)
        shown.append(_text_card(added_title(addition), f"par {author}" if author else "", "pencil", words))
    return shown or [Label("Rien n’a été écrit pour cette rencontre.", 13, tone="muted")]


def _beside(record: Record) -> list[QWidget]:
    visit = record.visit
    shown: list[QWidget] = _read_by(record)
    titles = {goal.goal.id: goal for goal in record.goals}
    if visit.goals:
        card = Card("Objectifs travaillés")
        for touched in visit.goals:
            goal = titles.get(touched.goal_id)
            if goal is not None:
                card.add(
                    _row(
                        goal.goal.title,
                        _step_title(goal, touched.step_id),
                        State("Travaillé", "ok", "target"),
                    )
                )
        shown.append(card)
    if visit.reviewed:
        card = Card("Promis auparavant")
        for each in visit.reviewed:
            state = State(
                PROMISE_STATE_LABELS[each.review.state].capitalize(), _PROMISE_TONES[each.review.state]
            )
            card.add(_row(each.promise.text, each.review.note or "", state))
        shown.append(card)
    if visit.promises:
        card = Card("Convenu ce jour-là")
        for promise in visit.promises:
            due = f"pour le {short_day(promise.due_on)}" if promise.due_on else ""
            who = actor_text(promise.actor, promise.actor_name)
            words = " · ".join(p for p in (who, due) if p)
            state = State(PROMISE_STATE_LABELS[promise.state].capitalize(), _PROMISE_TONES[promise.state])
            card.add(_row(promise.text, words, state))
        shown.append(card)
    if visit.next_appointment is not None:
        card = Card("Rendez-vous suivant")
        at = visit.next_appointment.starts_at
        words = f"{format_long_date(at.date(), weekday=True).capitalize()} à {spoken_hour(at.time())}"
        card.add(_row(words, visit.next_appointment.place or "", None))
        shown.append(card)
    return shown


def _read_by(record: Record) -> list[QWidget]:
    """Return the card of who was asked to read it; it is asked and answered in the journal."""
    if not record.report_reviews:
        return []
    card = Card("Relecture")
    names = {each.id: each.name for each in record.workers}
    for review in reversed(record.report_reviews):
        card.add(_row(review_sentence(review, names), review.comment or review.word or "", None))
    return [card]


def _step_title(goal: GoalWithSteps, step_id: str | None) -> str:
    step = next((each for each in goal.steps if each.id == step_id), None)
    return f"Fait\u00a0: {step.title}" if step else ""


def _text_card(title: str, hint: str, icon: str, words: str | None) -> Surface:
    card = Surface("note_soft", "note_line")
    card.setAccessibleName(f"{title}, texte interne")
    head = QHBoxLayout()
    head.setSpacing(px(8))
    head.addWidget(Mark(icon, 16, "note"))
    head.addWidget(Label(title, 14, fonts.SEMI_BOLD))
    head.addWidget(Label(hint, 12, tone="muted"))
    head.addStretch(1)
    head.addWidget(StateLabel(State("Interne", "note", "lock")))
    column = QVBoxLayout(card)
    column.setContentsMargins(16, px(8), 16, px(12))
    column.setSpacing(px(6))
    column.addLayout(head)
    column.addWidget(Label(words or "", 13, wrap=True))
    return card


def _fact(text: str, topic: str) -> Surface:
    card = Surface("ok_soft", None, px(6))
    card.setAccessibleName(f"Proposable au bailleur, {topic}\u00a0: {text}")
    line = QHBoxLayout(card)
    line.setContentsMargins(px(12), px(6), px(12), px(6))
    line.setSpacing(px(8))
    line.addWidget(Mark("share-3", 14, "ok"))
    line.addWidget(Label(text, 13, wrap=True), 1)
    line.addWidget(Label(topic, 12, fonts.MEDIUM, "ok"))
    return card


def _row(title: str, detail: str, state: State | None) -> QWidget:
    row = QWidget()
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(title, 13, fonts.MEDIUM, wrap=True))
    if detail:
        words.addWidget(Label(detail, 12, tone="muted", wrap=True))
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(px(8))
    line.addLayout(words, 1)
    if state is not None:
        line.addWidget(StateLabel(state))
    return row


def _stacked(parts: list[QWidget]) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(px(8))
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    return column
