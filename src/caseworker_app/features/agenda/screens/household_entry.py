"""The field of a form that names a household: words are typed, those found stand under it, one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from caseworker_app.features.households.domain.found import FoundName
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.theme import px

FOUND = 4
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class HouseholdEntry(Entry):
    """The entry; `found` is the list under it. `chosen()` when a household was."""

    chosen = Signal()

    def __init__(self, tasks: Tasks, find: Callable[[str], Sequence[FoundName]]) -> None:
        """Begin with nobody; `find` runs on the reader's thread."""
        super().__init__("Nom, téléphone ou rue", icon="users")
        self._find = find
        self._asker = tasks.latest(self._show_found, owner=self)
        self._id, self._name = "", ""
        self.found = RowList("Ménages trouvés", height=44)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.hide()
        self.found.opened.connect(self._take)
        self.textEdited.connect(self._typed)
        self.installEventFilter(self)

    def show_household(self, household: str, name: str) -> None:
        """Show a household, or nobody."""
        self._id, self._name = household, name
        self.setText(name)
        self._fold()

    def household(self) -> str | None:
        """Return the household chosen, None when nothing is typed. Raises InvalidEntry for words that name none."""
        typed = self.text().strip()
        if not typed:
            return None
        if typed != self._name.strip():
            raise InvalidEntry("Choisissez le ménage dans la liste, ou videz ce champ.", "household")
        return self._id

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows, Enter and Escape work on the list while one types."""
        if not isinstance(event, QKeyEvent) or not self.found.isVisible():
            return False
        key = Qt.Key(event.key())
        if event.type() == QEvent.Type.ShortcutOverride and key == Qt.Key.Key_Escape:
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and self._take_key(key)

    def _take_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self._fold()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.found.rows.key_at(self.found.currentIndex().row()))
        elif key in _STEPS:
            count = self.found.rows.rowCount()
            row = (self.found.currentIndex().row() + _STEPS[key]) % max(1, count)
            self.found.setCurrentIndex(self.found.rows.index(row, 0))
        else:
            return False
        return True

    def _typed(self, words: str) -> None:
        self.set_refused(False)
        if not words.strip():
            self._asker.forget()
            self._fold()
            return
        self._asker.ask(lambda: list(self._find(words)))

    def _show_found(self, found: list[FoundName]) -> None:
        if not self.text().strip() or not self.isModified():
            return
        shown = found[:FOUND]
        rows = [
            Row(each.id, each.name, each.detail, icon="lock" if each.protected else "users", chevron=False)
            for each in shown
        ]
        self._names = {each.id: each.name for each in shown}
        self.found.set_rows(rows)
        self.found.setVisible(bool(rows))
        self.found.setFixedHeight(px(44) * len(rows))
        if rows:
            self.found.setCurrentIndex(self.found.rows.index(0, 0))

    def _take(self, household: str) -> None:
        if household:
            self.show_household(household, self._names[household])
            self.chosen.emit()

    def _fold(self) -> None:
        self.found.hide()
