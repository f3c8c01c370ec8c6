"""The condition of the dwelling, room by room: one click a room, a sentence where something is to be said."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.visit import NewPhoto, NewRoom, RoomState, Visit
from caseworker_app.features.diary.domain.visit_sheet import rooms_as_last, seen_words, short_day
from caseworker_app.features.diary.screens.room_photos import RoomPhotos
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Card, Rule
from caseworker_app.ui_kit.choices import Check, Segment
from caseworker_app.ui_kit.drops import dropped_paths
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.text import ElidedLabel
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.unkept_typing import stand_apart

_STATES = (
    (RoomState.GOOD, "Bon état", "circle-check", "ok"),
    (RoomState.WATCH, "À surveiller", "alert-triangle", "warn"),
    (RoomState.DEGRADED, "Dégradé", "alert-circle", "danger"),
    (RoomState.NOT_SEEN, "Pas vu", "circle-dashed", "muted"),
)


class RoomLine(QWidget):
    """One room: its state, its photos, and when there is something to say, the observation and what follows.

    `photos_given(list of Path)`: photos dropped on it or chosen.
    """

    edited = Signal()
    removed = Signal(object)
    photos_given = Signal(object)

    def __init__(self, room: NewRoom) -> None:
        """Show a room."""
        super().__init__()
        name = room.room
        self.name = name
        self.state = Segment(f"État, {name}")
        for state, words, icon, tone in _STATES:
            self.state.add(state.value, words, icon, tone)
        self._details: _Details | None = None
        self.photos = RoomPhotos(name)
        self.setAcceptDrops(True)
        self.note = Button("Noter", "quiet", "pencil", compact=True)
        self.note.setAccessibleName(f"Noter une observation, {name}")
        self._lay_out()
        self._join()
        self.show_room(room)

    def show_room(self, room: NewRoom) -> None:
        """Show what is said of the room."""
        self.state.choose(room.state.value)
        if self._details is not None or _said_of(room):
            self.details.show_room(room)
        self._unfold()

    @property
    def details(self) -> _Details:
        """The fields of what is seen, made when there is something to say: of most rooms there is nothing."""
        if self._details is None:
            self._details = _Details(self.name)
            self._details.edited.connect(self.edited)
            self._column.addWidget(self._details)
        return self._details

    def room(self) -> NewRoom:
        """Return what is said of the room."""
        state = RoomState(self.state.current_key())
        return NewRoom(self.name, state) if self._details is None else self._details.room(state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of the disk."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask that they be kept."""
        event.acceptProposedAction()
        self.photos_given.emit(dropped_paths(event.mimeData()))

    def _lay_out(self) -> None:
        label = ElidedLabel(self.name, 13, fonts.MEDIUM)
        label.setFixedWidth(px(124))
        remove = IconButton("x", f"Retirer «\u00a0{self.name}\u00a0»", size=28, icon_size=14)
        remove.clicked.connect(lambda: self.removed.emit(self))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(label)
        top.addWidget(self.state)
        top.addStretch(1)
        top.addWidget(self.photos)
        top.addWidget(self.note)
        top.addWidget(remove)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, px(5), 10, px(5))
        self._column.setSpacing(px(6))
        self._column.addLayout(top)

    def _join(self) -> None:
        self.state.chosen.connect(self._state_chosen)
        self.note.clicked.connect(self._write)
        self.photos.asked.connect(self.photos_given)
        self.photos.edited.connect(self.edited)

    def _state_chosen(self, _key: str) -> None:
        self._unfold()
        self.edited.emit()

    def _write(self) -> None:
        self.details.show()
        self.note.hide()
        self.details.observation.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unfold(self) -> None:
        unfolded = self.state.current_key() in _WORRYING or _said_of(self.room())
        if unfolded or self._details is not None:
            self.details.setVisible(unfolded)
        self.note.setVisible(not unfolded)


class _Details(QWidget):
    """What is seen in a room, what follows and by whom, and whether the landlord may be told."""

    edited = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.observation = _entry("Ce qui est vu, mesuré", f"Observation, {name}")
        self.follow_up = _entry("Suite à donner", f"Suite à donner, {name}")
        self.follow_up_by = _entry("Par qui", f"Par qui, {name}")
        self.shareable = Check("Proposable au bailleur")
        self.shareable.setAccessibleName(f"Proposable au bailleur, {name}")
        self.shareable.clicked.connect(lambda _on: self.edited.emit())
        for entry in (self.observation, self.follow_up, self.follow_up_by):
            entry.textEdited.connect(self.edited)
        below = QGridLayout(self)
        below.setHorizontalSpacing(px(8))
        below.setVerticalSpacing(px(6))
        below.setColumnStretch(0, 1)
        for number, part in enumerate((self.observation, self.shareable, self.follow_up, self.follow_up_by)):
            below.addWidget(part, number // 2, number % 2)
        below.setContentsMargins(px(132), 0, px(28), px(4))

    def show_room(self, room: NewRoom) -> None:
        self.observation.setText(room.observation or "")
        self.follow_up.setText(room.follow_up or "")
        self.follow_up_by.setText(room.follow_up_by or "")
        self.shareable.setChecked(room.shareable)

    def room(self, state: RoomState) -> NewRoom:
        return NewRoom(
            self._name,
            state,
            self.observation.text().strip() or None,
            self.shareable.isChecked(),
            self.follow_up.text().strip() or None,
            self.follow_up_by.text().strip() or None,
        )


def _said_of(room: NewRoom) -> bool:
    return bool(room.observation or room.follow_up or room.follow_up_by or room.shareable)


_WORRYING = frozenset({RoomState.WATCH, RoomState.DEGRADED})


class DwellingCard(Card):
    """« État du logement »: the rooms, one more, and « Tout est comme le… ».

    `photos_given(room, list of Path)`: photos to keep for a room.
    """

    edited = Signal()
    photos_given = Signal(str, object)

    def __init__(self) -> None:
        """Make it without rooms."""
        super().__init__("État du logement")
        self.lines: list[RoomLine] = []
        self._last: Visit | None = None
        self.same = Button("", "ghost", "copy", compact=True)
        self.same.clicked.connect(self._copy_last)
        self.add_action(self.same)
        self.new_room = _entry("Autre pièce", "Nom d’une autre pièce")
        stand_apart(self.new_room)
        self.error = SentenceLine()
        self.error.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._lay_out()

    def show_rooms(self, rooms: tuple[NewRoom, ...], last: Visit | None) -> None:
        """Show rooms; `last` is the visit that may be copied."""
        self._last = last
        self.same.setVisible(last is not None and bool(last.rooms))
        if last is not None:
            self.same.setText(f"Tout est comme le {short_day(last.entry.started_at.date())}")
            self.same.updateGeometry()
        for line in list(self.lines):
            self._drop(line)
        for room in rooms:
            self._add(room)
        self._count()

    def rooms(self) -> tuple[NewRoom, ...]:
        """Return every room listed, seen or not."""
        return tuple(line.room() for line in self.lines)

    def photos(self) -> tuple[NewPhoto, ...]:
        """Return the photos of every room."""
        return tuple(NewPhoto(line.name, photo) for line in self.lines for photo in line.photos.photos)

    def show_photos(self, photos: tuple[NewPhoto, ...]) -> None:
        """Show the photos of a visit; a room that is not listed is added for its photos."""
        for line in self.lines:
            line.photos.show_photos([])
        for photo in photos:
            self._line(photo.room).photos.add(photo.content)

    def _line(self, room: str) -> RoomLine:
        found = next((each for each in self.lines if each.name == room), None)
        return found or self._add(NewRoom(room))

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the rooms."""
        self.error.show()
        self.error.refuse(sentence)
        self.new_room.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        rows = QWidget()
        rows.setLayout(self._rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.add_rows(rows)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, px(6), 16, px(8))
        line.setSpacing(px(8))
        self.new_room.setFixedWidth(px(200))
        add = Button("Ajouter la pièce", "quiet", "plus", compact=True)
        add.clicked.connect(self._add_typed)
        self.new_room.returnPressed.connect(self._add_typed)
        line.addWidget(self.new_room)
        line.addWidget(add)
        line.addWidget(self.error, 1)
        line.addStretch(1)
        self.add_foot(foot)

    def _add(self, room: NewRoom) -> RoomLine:
        line = RoomLine(room)
        line.edited.connect(self._changed)
        line.photos_given.connect(lambda paths: self.photos_given.emit(line.name, paths))
        line.removed.connect(self._removed)
        if self.lines:
            self._rows.addWidget(Rule())
        self.lines.append(line)
        self._rows.addWidget(line)
        return line

    def _drop(self, line: RoomLine) -> None:
        at = self._rows.indexOf(line)
        self.lines.remove(line)
        for index in (at, at - 1 if at else 0):
            item = self._rows.itemAt(index)
            widget = item.widget() if item else None
            if widget is line or isinstance(widget, Rule):
                self._rows.removeWidget(widget)
                widget.hide()
                widget.deleteLater()

    def _removed(self, line: RoomLine) -> None:
        if line.photos.photos:
            self.refuse(
                "Cette pièce a des photos\u00a0: retirez-les d’abord, avec l’appareil photo de la ligne."
            )
            return
        self._drop(line)
        self.new_room.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    def _add_typed(self) -> None:
        name = " ".join(self.new_room.text().split())
        if not name:
            self.refuse("Nommez la pièce (séjour, cuisine…).")
            return
        if any(line.name.casefold() == name.casefold() for line in self.lines):
            self.refuse("Cette pièce est déjà dans la liste.")
            return
        self.new_room.clear()
        self._add(NewRoom(name, RoomState.GOOD)).note.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    def _copy_last(self) -> None:
        if self._last is None:
            return
        for room in rooms_as_last(self.rooms(), self._last):
            line = next((each for each in self.lines if each.name == room.room), None)
            if line is None:
                self._add(replace(room))
            else:
                line.show_room(room)
        self._changed()

    def _changed(self) -> None:
        self.error.hide()
        self._count()
        self.edited.emit()

    def _count(self) -> None:
        self.remark.setText(seen_words(self.rooms()))


def _entry(placeholder: str, name: str) -> Entry:
    entry = Entry(placeholder, height=28)
    entry.setAccessibleName(name)
    return entry
