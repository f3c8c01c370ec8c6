"""Whom a quick note is about: households as chips, a field that finds more, and how each is reached safely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.note import REACHING_KINDS, reach_sentence
from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.choices import RemovableChip
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.unkept_typing import let_go

# More than these would push the text out of sight.
FOUND = 4
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class FoundName:
    """A household that may be added: its id, name, and what tells it from another of the same name."""

    id: str
    name: str
    detail: str
    protected: bool = False


FindHouseholds = Callable[[str], list[FoundName]]


class _Chip(RemovableChip):
    """A household the note is about."""

    def __init__(self, name: str) -> None:
        super().__init__("", name)
        self.setAccessibleName(f"Retirer {name} de la note")
        self.setToolTip("Retirer de la note")


class NoteHouseholds(QWidget):
    """The households of a note. `changed()` when one is added or removed; `resized()` when more room is needed."""

    changed = Signal()
    resized = Signal()
    wanted = Signal(str)

    def __init__(self, tasks: Tasks, find: FindHouseholds) -> None:
        """Begin with nobody; `find` runs on the reader's thread."""
        super().__init__()
        self._find = find
        self._asker = tasks.latest(self._show_found, owner=self)
        self.people: dict[str, HouseholdFile] = {}
        self._chips: dict[str, _Chip] = {}
        self._kind = EntryKind.CALL
        self._answered, self._enter_waits = "", False
        self.search = Entry("Ajouter un ménage\u00a0: nom, téléphone, rue", height=32, icon="user-plus")
        let_go(self.search)
        self.search.setAccessibleName("Ajouter un ménage à la note")
        self.found = RowList("Ménages à ajouter", height=44)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line = SentenceLine()
        self._chosen = QWidget()
        self._flow = Flow(self._chosen, gap=6)
        self._reach = QVBoxLayout()
        self._reach.setSpacing(px(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(Label("Ménages", 12, fonts.MEDIUM, "muted"))
        for part in (self._chosen, self.search, self.found, self.line):
            column.addWidget(part)
        column.addLayout(self._reach)
        self.found.hide()
        self.line.hide()
        self.search.textEdited.connect(self._typed)
        self.search.installEventFilter(self)
        self.found.opened.connect(self._add_found)

    @property
    def ids(self) -> tuple[str, ...]:
        """The households chosen, in order."""
        return tuple(self.people)

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(each.household.name for each in self.people.values())

    def show_people(self, people: Sequence[HouseholdFile]) -> None:
        """Show these households and no other."""
        self.people = {each.household.id: each for each in people}
        self._show()

    def add(self, people: HouseholdFile) -> None:
        """Add a household that was read."""
        self.people[people.household.id] = people
        self._show()
        self.changed.emit()

    def show_kind(self, kind: EntryKind) -> None:
        """Remind of what is safe before this kind of contact."""
        self._kind = kind
        self._remind()

    def refuse(self, sentence: str) -> None:
        """Say what is wrong."""
        self.line.show()
        self.line.refuse(sentence)
        self.search.set_refused(True)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows, Enter and Escape work on the list while one types."""
        if watched is not self.search or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._take_key(Qt.Key(event.key()))
        # Escape folds the list before it puts the sheet away.
        folds = event.key() == Qt.Key.Key_Escape and self.found.isVisible()
        if event.type() == QEvent.Type.ShortcutOverride and folds:
            event.accept()
            return True
        return False

    def _take_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape and self.found.isVisible():
            self._fold()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.text().strip():
            self._enter()
            return True
        if not self.found.isVisible():
            return False
        if key in _STEPS:
            count = self.found.rows.rowCount()
            row = (self.found.currentIndex().row() + _STEPS[key]) % max(1, count)
            self.found.setCurrentIndex(self.found.rows.index(row, 0))
            return True
        return False

    def _typed(self, words: str) -> None:
        self.search.set_refused(False)
        self.line.hide()
        if not words.strip():
            self._asker.forget()
            self._fold()
            return
        self._enter_waits = False
        self._asker.ask(lambda: (words, self._find(words)))

    def _show_found(self, answer: tuple[str, list[FoundName]]) -> None:
        self._answered, found = answer
        others = [each for each in found if each.id not in self.people][:FOUND]
        if not self.search.text().strip():
            return
        self.found.set_rows(
            [
                Row(
                    each.id, each.name, each.detail, icon="lock" if each.protected else "users", chevron=False
                )
                for each in others
            ]
        )
        self.found.setVisible(bool(others))
        self.found.setFixedHeight(px(44) * len(others))
        if others:
            self.found.setCurrentIndex(self.found.rows.index(0, 0))
        self.resized.emit()
        if self._enter_waits:
            self._enter()

    def _enter(self) -> None:
        """Add the household one stands on, once what was typed last is answered."""
        self._enter_waits = self._answered != self.search.text()
        if not self._enter_waits and self.found.isVisible():
            self._add_found(self.found.rows.key_at(self.found.currentIndex().row()))

    def _add_found(self, household: str) -> None:
        if household:
            self.search.clear()
            self._fold()
            self.wanted.emit(household)

    def _fold(self) -> None:
        self.found.hide()
        self.resized.emit()

    def _remove(self, household: str) -> None:
        self.people.pop(household, None)
        self._show()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for household, people in self.people.items():
            chip = self._chips[household] = _Chip(people.household.name)
            chip.clicked.connect(lambda _on=False, which=household: self._remove(which))
            self._flow.addWidget(chip)
            chip.show()
        self._chosen.setVisible(bool(self.people))
        self.line.hide()
        self.search.set_refused(False)
        self._remind()

    def _remind(self) -> None:
        while (item := self._reach.takeAt(0)) is not None:
            banner = item.widget()
            if banner is not None:
                banner.hide()
                banner.deleteLater()
        for people in self.people.values():
            if people.household.protected or self._kind in REACHING_KINDS:
                tone, icon = ("note", "lock") if people.household.protected else ("ok", "shield-check")
                if not people.household.protected and not any(each.safe for each in people.contacts):
                    tone, icon = "warn", "alert-triangle"
                self._reach.addWidget(Banner(reach_sentence(people), tone, icon))
        self.resized.emit()
