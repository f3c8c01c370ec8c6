"""The diary of a household, to be read: entries at the left, the one chosen whole at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.entry import (
    ATTENDANCE_LABELS,
    ENTRY_STATE_LABELS,
    ENTRY_ZONE_LABELS,
    Attendance,
    DiaryEntry,
    EntryZone,
)
from caseworker_app.features.diary.domain.report_review import ReportReview, ReviewAction
from caseworker_app.features.dossier.domain.shown import ShownDossier
from caseworker_app.features.dossier.domain.thread_diary import entry_happening
from caseworker_app.features.dossier.domain.when import hour_words
from caseworker_app.features.dossier.screens.review_strip import ReviewStrip
from caseworker_app.features.dossier.screens.showing import event_of
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, Surface
from caseworker_app.ui_kit.entries import see_through
from caseworker_app.ui_kit.form_place import FormPlace
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.states import INTERNAL, Pill
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.timeline import Timeline

_ZONE_ICONS = {EntryZone.OBSERVED: "eye", EntryZone.SAID: "message", EntryZone.ANALYSIS: "bulb"}
# Below this width, a form stands alone.
_ROOM_FOR_BOTH = 1000


class EntryPane(Card):
    """One entry; `report_asked(entry_id)`: the report of a visit; `record_asked(entry_id)`: all of it."""

    report_asked = Signal(str)
    record_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent=parent)
        self._entry_id = ""
        self.heading = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.facts = Label("", 13, tone="muted", wrap=True)
        self.report = Button("&Compte rendu…", "secondary", "printer", compact=True)
        self.report.clicked.connect(lambda: self.report_asked.emit(self._entry_id))
        self.record = Button("&Ouvrir", "secondary", "external-link", compact=True)
        self.record.clicked.connect(lambda: self.record_asked.emit(self._entry_id))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.heading, 1)
        top.addWidget(Pill(INTERNAL), 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.record, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.report, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(top)
        self.body.addWidget(self.facts)
        content = QWidget()
        self._zones = QVBoxLayout(content)
        self._zones.setContentsMargins(0, px(8), 0, 0)
        self._zones.setSpacing(px(12))
        # It scrolls with the texts: in a small window there is no room for both.
        self.strip = ReviewStrip()
        self._zones.addWidget(self.strip)
        self.texts: dict[EntryZone, Label] = {}
        self._parts: dict[EntryZone, QWidget] = {}
        for zone in EntryZone:
            self._add_zone(zone)
        self._zones.addStretch(1)
        body = ScrollBody(content)
        see_through(body)
        self.body.addWidget(body, 1)

    def show_entry(self, entry: DiaryEntry, workers: dict[str, str]) -> None:
        """Show an entry."""
        self._entry_id = entry.id
        self.heading.setText(entry_happening(entry).title)
        self.facts.setText(_facts(entry, workers))
        for button in (self.report, self.record):
            button.setVisible(entry.number is not None)
        for zone, label in self.texts.items():
            label.setText(entry.zone(zone))
            self._parts[zone].setVisible(bool(entry.zone(zone)))

    def _add_zone(self, zone: EntryZone) -> None:
        part = Surface("note_soft", None)
        column = QVBoxLayout(part)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(4))
        label = ENTRY_ZONE_LABELS[zone]
        column.addWidget(Label(capital(label), 12, fonts.SEMI_BOLD, "note"))
        text = self.texts[zone] = Label("", 13, wrap=True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column.addWidget(text)
        self._parts[zone] = part
        self._zones.addWidget(part)


class DiaryTab(QWidget):
    """The diary. `report_asked(entry_id)`, `record_asked(entry_id)`, `visit_asked()`.

    `review_asked(action, entry)`: what is to be done about the reading of an entry.
    """

    report_asked = Signal(str)
    record_asked = Signal(str)
    visit_asked = Signal()
    review_asked = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._entries: dict[str, DiaryEntry] = {}
        self._workers: dict[str, str] = {}
        self._reviews: Mapping[str, ReportReview] = {}
        self._me, self._may_review = "", False
        self._shown: DiaryEntry | None = None
        self.list = Timeline("Journal")
        self.list.stood_on.connect(self._show_entry)
        card = self._card = Card("Journal")
        card.add_rows(self.list, 1)
        self.pane = EntryPane()
        self.pane.report_asked.connect(self.report_asked)
        self.pane.record_asked.connect(self.record_asked)
        self.pane.strip.asked.connect(self._ask_review)
        self.nothing = EmptyState(
            "notes",
            "Aucun écrit",
            "Le journal commence avec la première visite.",
            "Écrire la première &visite",
            "plus",
        )
        if self.nothing.button is not None:
            self.nothing.button.clicked.connect(self.visit_asked)
        self._both = QWidget()
        line = QHBoxLayout(self._both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(card, 5)
        line.addWidget(self.pane, 4)
        self._line = line
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(self._both)
        column.addWidget(self.nothing)

    def know(self, me: str, *, may_review: bool) -> None:
        """Know who acts, and whether they may ask for readings and answer them."""
        self._me, self._may_review = me, may_review

    def hold_form(self, place: FormPlace) -> None:
        """Give a form the room of the list while one is open: the entry is read beside it where there is room."""
        self._line.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        place.shown.connect(self._make_room)
        self._place = place

    def _make_room(self, shown: bool) -> None:
        self._card.setVisible(not shown)
        self.pane.setVisible(not shown or self.width() >= px(_ROOM_FOR_BOTH))
        self._place.setVisible(shown)
        self.pane.strip.setEnabled(not shown)

    def _ask_review(self, action: ReviewAction) -> None:
        if self._shown is not None:
            self.review_asked.emit(action, self._shown)

    def show_dossier(self, dossier: ShownDossier) -> None:
        """Show a diary, standing on its latest entry or on the one shown before."""
        before = self.list.rows.key_at(self.list.currentIndex().row()) if self._entries else ""
        self._entries = {f"entry:{entry.id}": entry for entry in dossier.entries}
        self._workers = dict(dossier.workers)
        self._reviews = dossier.report_reviews
        told = [entry_happening(entry, self._reviews.get(entry.id)) for entry in dossier.entries]
        year = told[0].day.year if told else 0
        self.list.set_events([event_of(each, year) for each in told])
        self._both.setVisible(bool(told))
        self.nothing.setVisible(not told)
        if told:
            self.stand_on(before if before in self._entries else told[0].key)

    def stand_on(self, key: str) -> None:
        """Show the entry of a key of the thread."""
        self.list.stand_on(key)
        self._show_entry(key)

    def _show_entry(self, key: str) -> None:
        entry = self._entries.get(key)
        self._shown = entry
        if entry is not None:
            self.pane.show_entry(entry, self._workers)
            review = self._reviews.get(entry.id)
            self.pane.strip.show_review(entry, review, self._workers, self._me, may=self._may_review)


def _facts(entry: DiaryEntry, workers: dict[str, str]) -> str:
    when = f"{format_long_date(entry.started_at.date(), weekday=True)} à {hour_words(entry.started_at)}"
    parts = [capital(when)]
    if entry.attendance is not Attendance.PRESENT:
        parts.append(ATTENDANCE_LABELS[entry.attendance])
    parts += [text for text in (entry.place, entry.present) if text]
    parts.append(f"écrit par {workers.get(entry.worker_id, 'une personne inconnue de ce fichier')}")
    if entry.number:
        parts.append(f"{entry.number}, {ENTRY_STATE_LABELS[entry.state]}")
    return " · ".join(parts)
