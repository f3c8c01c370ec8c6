"""The page « Recherche dans mes écrits »: words typed, entries of the diary that hold them, one opened in its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain.writings import ShownWriting, WritingsFound
from caseworker_app.features.directory.screens.writings_head import WritingsHead
from caseworker_app.features.directory.screens.writings_list import WritingsList
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.page import Navigator, Page, Route
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label

# Extracts shown for less are not read: somebody is still typing.
READ_AFTER_MS = 1200


class WritingsPage(Page):
    """Route « writings »; its `household`, if any, is the one whose writings are looked at first."""

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator
    ) -> None:
        """Make it with nothing asked."""
        super().__init__()
        self._file, self._who, self._tasks, self._navigator = file, who, tasks, navigator
        self._lines: tuple[ShownWriting, ...] = ()
        self._route = Route("writings")
        self._opened = False
        self.head = WritingsHead(lambda: today(file.clock))
        self.list = WritingsList("Écrits trouvés")
        self._searching = tasks.latest(self._show, self._refuse, owner=self)
        self._reading = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._reading.timeout.connect(self._note_read)
        self._lay_out()
        self.head.sought.connect(self._ask)
        self.head.words.installEventFilter(self)
        self.list.opened.connect(self._open)
        self.list.verticalScrollBar().valueChanged.connect(lambda _at: self._reading.start())
        changes.listen(self, self._concerned, self.read_again)

    def enter(self, route: Route) -> None:
        """Show the search as it was left; for another household, begin with that one's writings."""
        other = route.household and route.household != self._route.household
        self._route = route
        if not other:
            self._ask()
            return
        file, who = self._file, self._who

        def read() -> str:
            with file.reading() as connection:
                return service.household_words(connection, who, route.household)

        self._tasks.read(read, self.head.household.setText, owner=self)

    def leave(self) -> None:
        """Note what was read before one goes."""
        if self._reading.isActive():
            self._reading.stop()
            self._note_read()

    def focus_first(self) -> None:
        """Begin by typing, or where one left the list."""
        if self._opened and self._lines:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.head.words.setFocus(Qt.FocusReason.OtherFocusReason)
            self.head.words.selectAll()
        self._opened = False

    def read_again(self) -> None:
        """Search again, for what was written since."""
        self._ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let one walk through the list, and open a line, from the words."""
        if watched is not self.head.words or not isinstance(event, QKeyEvent):
            return False
        return event.type() == QEvent.Type.KeyPress and self._pressed(Qt.Key(event.key()))

    def _pressed(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps and self._lines:
            place = self.list.currentIndex().row() + steps[key]
            self.list.setCurrentIndex(self.list.rows.index(max(0, min(place, len(self._lines) - 1)), 0))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._lines:
            self._open(max(0, self.list.currentIndex().row()))
            return True
        if key == Qt.Key.Key_Escape and self.head.words.text():
            self.head.words.clear()
            return True
        return False

    def _ask(self) -> None:
        self._reading.stop()
        try:
            wanted = self.head.wanted()
        except InvalidEntry as error:
            self._searching.forget()
            self.head.refuse(error)
            return
        if not wanted.words:
            self._searching.forget()
            self._show(WritingsFound(()), asked=False)
            return
        file, who = self._file, self._who

        def read() -> WritingsFound:
            with file.reading() as connection:
                return service.search_writings(connection, who, wanted)

        self._searching.ask(read)

    def _show(self, found: WritingsFound, *, asked: bool = True) -> None:
        before = self.list.rows.key_at(self.list.currentIndex().row()) if self._lines else ""
        self._lines = found.lines
        self.list.rows.set_rows(list(found.lines))
        self.head.count.setText(_counted(found) if asked else "")
        self._bodies.setCurrentWidget(
            self.list if found.lines else self._nothing if asked else self._beginning
        )
        if found.lines:
            keys = [line.key for line in found.lines]
            place = keys.index(before) if before in keys else 0
            self.list.setCurrentIndex(self.list.rows.index(place, 0))
            self._reading.start()

    def _note_read(self) -> None:
        ids = [self._lines[n].household_id for n in self.list.seen() if n < len(self._lines)]
        file, who = self._file, self._who

        def note() -> None:
            with file.reading() as connection:
                service.note_extracts(connection, who, ids)

        if ids:
            self._tasks.read(note)

    def _open(self, number: int) -> None:
        if 0 <= number < len(self._lines):
            line = self._lines[number]
            self._opened = True
            self._navigator.open("visit", line.household_id, line.key, sought=line.sought)

    def _refuse(self, error: CaseworkerError) -> None:
        self._lines = ()
        self._said.setText(error.sentence)
        self._bodies.setCurrentWidget(self._said)

    def _concerned(self, changes: Changes) -> bool:
        return bool(self.head.words.text()) and changes.concerns(table="diary_entry")

    def _lay_out(self) -> None:
        self._beginning = EmptyState(
            "search", "Que cherchez-vous\u202f?",
            "Tapez un mot écrit dans une visite, un appel, une note, un engagement ou l’état d’une pièce\u00a0: "
            "tous les écrits que vous pouvez lire sont parcourus.",
        )  # fmt: skip
        self._nothing = EmptyState(
            "search", "Aucun écrit ne contient ces mots",
            "Essayez un mot plus court, le début d’un mot, ou retirez un filtre.",
            "&Recommencer", "x",
        )  # fmt: skip
        if self._nothing.button is not None:
            self._nothing.button.set_kind("secondary")
            self._nothing.button.clicked.connect(self._begin_again)
        self._said = Label("", 13, tone="muted", wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bodies = QStackedWidget()
        for body in (self._beginning, self.list, self._nothing, self._said):
            self._bodies.addWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._bodies, 1)

    def _begin_again(self) -> None:
        self.head.clear()
        self.focus_first()


def _counted(found: WritingsFound) -> str:
    if found.more:
        return f"les {len(found.lines)} plus récents\u00a0: précisez pour voir les autres"
    return plural(len(found.lines), "écrit") if found.lines else ""
