"""The page of a household: the band that always answers, and under it the tab one stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.visit import AppointmentState, PromiseState
from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.domain.neighbours import ListWalk, Neighbours
from caseworker_app.features.dossier.domain.next_steps import NextStep
from caseworker_app.features.dossier.domain.shown import ShownDossier, shown_dossier
from caseworker_app.features.dossier.screens.diary_tab import DiaryTab
from caseworker_app.features.dossier.screens.header_band import FIRST_TABS, LAST_TABS, HeaderBand
from caseworker_app.features.dossier.screens.history_tab import History, HistoryTab
from caseworker_app.features.dossier.screens.merge_and_split import MergeAndSplit
from caseworker_app.features.dossier.screens.overview_tab import OverviewTab
from caseworker_app.features.dossier.screens.register_tabs import DocumentsTab
from caseworker_app.features.dossier.screens.review_forms import ReviewDesk
from caseworker_app.features.dossier.screens.review_work import ReviewWork
from caseworker_app.features.dossier.screens.room_tabs import RoomTabs
from caseworker_app.features.dossier.screens.work_dialog import JoiningDesk
from caseworker_app.features.goals import service as goals
from caseworker_app.features.handover.domain.kinds import VISIT_REPORT
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.ahead import take_part
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator, Page, RoomTab, Route
from caseworker_app.ui_kit.tasks import Tasks

TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]
Undo = Callable[[EncryptedFile, Who, str], tuple[str, Changes]]
_DONE_WORDS = {
    "complete_step": "Étape faite",
    "drop_step": "Étape sans suite",
    "keep": "Engagement tenu",
    "keep_partly": "Engagement tenu en partie",
    "drop": "Engagement sans suite",
    "miss": "Rendez-vous manqué",
    "cancel": "Rendez-vous annulé",
}


@dataclass(frozen=True, slots=True)
class DossierDoors:
    """What the page does with the drafts in hand: `take_back` undoes the worker's last change, `undo` the one named.

    `drafts` follow a household that is made one with another.
    """

    take_back: TakeBack = service.take_back_last
    undo: Undo = service.undo_change
    drafts: Drafts | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """What one reading of the file brings to the page."""

    dossier: ShownDossier
    neighbours: Neighbours | None


class DossierPage(Page):
    """The page « dossier »; a route gives household, tab, and as subject the key of an event to stand on."""

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator,
        walk: ListWalk | None = None, tabs: Sequence[RoomTab] = (), doors: DossierDoors | None = None,
    ) -> None:  # fmt: skip
        """Make the page, empty; `walk` is shared with the list, so that one can go on from there; `tabs` are
        what other rooms bring.
        """
        super().__init__()
        self._file, self._who, self._tasks, self._changes = file, who, tasks, changes
        self._navigator, self._walk = navigator, walk or ListWalk()
        self._doors = doors or DossierDoors()
        desk = JoiningDesk(file, who, tasks, changes, navigator, self._doors.take_back, self._doors.drafts)
        self.joining = MergeAndSplit(desk, self)
        self._household = ""
        self._shown_household = ""
        self._subject = ""
        self._neighbours: Neighbours | None = None
        self.dossier: ShownDossier | None = None
        # Tabs not filled since the last reading, and whether that reading was of the same household.
        self._fresh: set[str] = set()
        self._again = False
        self._reading = tasks.latest(self._show, owner=self)
        self._build(tabs)
        self._history = tasks.latest(self.history.show_history, owner=self)
        self.reviews = self._review_work()
        self._join()
        changes.listen(self, lambda c: c.concerns(household=self._household), self.read_again)

    def enter(self, route: Route) -> None:
        """Show a household."""
        self._household, self._subject = route.household, route.subject
        known = route.tab in self._pages or route.tab in self.rooms
        chosen = route.tab if known else "overview"
        if chosen == self.band.tabs.current_key():
            self._show_tab(chosen)
        else:
            self.band.tabs.choose(chosen)
        self.read_again()

    def leave(self) -> None:
        """Let the tab shown keep what is being typed."""
        self.joining.close()
        self.rooms.leave()
        if self.reviews is not None:
            self.reviews.leave()

    def read_again(self) -> None:
        """Read the household again, and its history if it is seen."""
        household, day = self._household, self._today()
        self._reading.ask(lambda: self._read(household, day))
        if self.band.tabs.current_key() == "history":
            self._read_history()

    def focus_first(self) -> None:
        """Begin on the most common action, in the list of a tab, or where the work of a room's tab begins."""
        key = self.band.tabs.current_key()
        if key in self.rooms:
            self.rooms.focus_first(key)
            return
        lists = {"diary": self.diary.list, "documents": self.documents.rows, "history": self.history.rows}
        shown = lists.get(key)
        first = shown if shown is not None and shown.isVisible() else self.band.visit
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self, action: str, step: NextStep) -> None:
        """Say what became of a next step."""
        if action == "begin_visit":
            self._open_visit()
            return
        work = self._works(step.row_id)[action]
        words = f"{_DONE_WORDS[action]}\u00a0: {step.title}"
        self._tasks.run(work, lambda changes: self._done(changes, words), owner=self)

    def take_back(self) -> None:
        """Take back the last change this worker made."""
        self._tasks.run(lambda: self._doors.take_back(self._file, self._who), self._taken_back, owner=self)

    def undo_change(self, changeset_id: str) -> None:
        """Take back one change of the history."""
        self._tasks.run(
            lambda: self._doors.undo(self._file, self._who, changeset_id), self._taken_back, owner=self
        )

    def _build(self, tabs: Sequence[RoomTab]) -> None:
        self._stack = QStackedWidget()
        self.band = HeaderBand([(tab.key, tab.words) for tab in tabs])
        self.rooms = RoomTabs(tabs, self._stack, self.band.tabs.set_count)
        self.overview = take_part(OverviewTab)
        self.diary = take_part(DiaryTab)
        self.documents = DocumentsTab()
        self.history = take_part(HistoryTab)
        pages: tuple[QWidget, ...] = (self.overview, self.diary, self.documents, self.history)
        for page in pages:
            self._stack.addWidget(page)
        own = (key for key, _ in (*FIRST_TABS, *LAST_TABS))
        self._pages = dict(zip(own, pages, strict=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addWidget(self._stack, 1)
        # Until the first household is read there is nothing true to show.
        self.band.hide()
        self._stack.hide()

    def _join(self) -> None:
        band, navigator = self.band, self._navigator
        band.tabs.chosen.connect(self._choose_tab)
        band.visit_asked.connect(self._open_visit)
        band.review_asked.connect(self._open_review)
        band.report_asked.connect(
            lambda: self._open_report(self.dossier.last_visit_id if self.dossier else None)
        )
        band.file_asked.connect(self._open_file)
        band.paper_asked.connect(lambda code: self._navigator.open("paper", self._household, code))
        band.rights_asked.connect(self._open_rights)
        band.undo_asked.connect(self.take_back)
        band.merge_asked.connect(lambda: self.joining.merge(self._household))
        band.split_asked.connect(lambda: self.joining.split(self._household))
        band.people_asked.connect(lambda: self.joining.join_people(self._household))
        band.stepped.connect(self._step)
        self.overview.step_asked.connect(self.act)
        self.overview.event_opened.connect(self._open_event)
        self.diary.report_asked.connect(self._open_report)
        self.diary.visit_asked.connect(self._open_visit)
        self.diary.record_asked.connect(lambda entry: navigator.open("visit", self._household, entry))
        self.documents.review_asked.connect(self._open_review)
        self.documents.file_asked.connect(lambda: self._open_file(""))
        self.documents.copy_asked.connect(self._open_rights)
        self.history.undo_asked.connect(self.undo_change)
        for keys, forward in (("Ctrl+PgUp", False), ("Ctrl+PgDown", True)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda f=forward: self._step(f))

    def _review_work(self) -> ReviewWork | None:
        """Return what asks for readings and answers them; None where nothing typed could be kept."""
        if self._doors.drafts is None:
            return None
        return ReviewWork(
            ReviewDesk(
                self._file, self._who, self._doors.drafts, self._tasks, self._changes, self._navigator,
                self._doors.take_back,
            ),
            self.diary,
        )  # fmt: skip

    def _today(self) -> date:
        return today(self._file.clock)

    def _read(self, household: str, day: date) -> _Read:
        place = self._walk.place_of(household)
        found = self._walk.found
        with self._file.reading() as connection:
            overview = service.open_overview(connection, self._who, household, day)
            neighbours = (
                service.neighbours(connection, self._who, household, place, found)
                if place is not None
                else None
            )
        return _Read(shown_dossier(overview), neighbours)

    def _show(self, read: _Read) -> None:
        dossier = read.dossier
        again = dossier.household_id == self._shown_household
        self._shown_household, self.dossier = dossier.household_id, dossier
        self._neighbours = read.neighbours
        self.band.show_header(dossier.header, has_visit=dossier.last_visit_id is not None)
        self.band.show_neighbours(read.neighbours)
        self.band.tabs.set_count("diary", len(dossier.entries) or None)
        self.band.tabs.set_count("documents", len(dossier.documents) or None)
        self._fresh = {"overview", "diary", "documents"}
        self._again = again
        self._fill(self.band.tabs.current_key())
        self.band.show()
        self._stack.show()

    def _fill(self, tab: str) -> None:
        """Fill a tab that was not filled since the last reading: those not seen cost nothing."""
        if self.dossier is None or tab not in self._fresh:
            return
        self._fresh.discard(tab)
        if tab == "overview":
            self.overview.show_dossier(self.dossier, again=self._again)
        elif tab == "diary":
            if self.reviews is not None:
                self.reviews.show_dossier(self.dossier)
            self.diary.show_dossier(self.dossier)
            if self._subject:
                self.diary.stand_on(self._subject)
        elif tab == "documents":
            self.documents.show_documents(self.dossier.documents)

    def _choose_tab(self, key: str) -> None:
        self._show_tab(key)
        self._fill(key)
        if key == "history":
            self._read_history()

    def _show_tab(self, key: str) -> None:
        if key in self.rooms:
            self.rooms.show(key, self._household, self._subject)
        else:
            self.rooms.leave()
            self._stack.setCurrentWidget(self._pages[key])

    def _read_history(self) -> None:
        household = self._household

        def read() -> History:
            with self._file.reading() as connection:
                lines = service.history_of(connection, self._who, household)
                undoable = service.undoable_changes(connection, self._who, household)
                return History(lines, undoable, service.readers_of(connection, self._who, household))

        self._history.ask(read)

    def _works(self, row_id: str) -> dict[str, Callable[[], Changes]]:
        file, who = self._file, self._who
        return {
            "complete_step": lambda: goals.complete_step(file, who, row_id),
            "drop_step": lambda: goals.drop_step(file, who, row_id),
            "keep": lambda: diary.settle_promise(file, who, row_id, PromiseState.KEPT),
            "keep_partly": lambda: diary.settle_promise(file, who, row_id, PromiseState.PARTLY),
            "drop": lambda: diary.settle_promise(file, who, row_id, PromiseState.DROPPED),
            "miss": lambda: diary.change_appointment_state(file, who, row_id, AppointmentState.MISSED),
            "cancel": lambda: diary.change_appointment_state(file, who, row_id, AppointmentState.CANCELLED),
        }

    def _done(self, changes: Changes, words: str) -> None:
        self._changes.announce(changes)
        self._navigator.confirm(words, self.take_back)

    def _taken_back(self, answer: tuple[str, Changes]) -> None:
        action, changes = answer
        self._changes.announce(changes)
        self._navigator.confirm(f"Annulé\u00a0: {action}")

    def _step(self, forward: bool) -> None:
        if self._neighbours is None:
            return
        household = self._walk.step(self._neighbours, forward=forward)
        if household is not None:
            self._navigator.open("dossier", household, tab=self.band.tabs.current_key())

    def _open_event(self, key: str) -> None:
        if key.startswith("entry:"):
            self.band.tabs.choose("diary")
            self.diary.stand_on(key)
        elif key.startswith("document:"):
            self.band.tabs.choose("documents")
            self.documents.rows.stand_on(key.removeprefix("document:"))
        elif key.startswith("watch"):
            self._navigator.open("veille", subject=key.partition(":")[2])
        elif key.startswith("referral"):
            self._navigator.open("referrals", subject=key.partition(":")[2])

    def _open_visit(self) -> None:
        self._navigator.open("visit", self._household)

    def _open_review(self) -> None:
        self._navigator.open("document", self._household)

    def _open_rights(self) -> None:
        if "rights" in self.rooms:
            self.band.tabs.choose("rights")

    def _open_file(self, preset: str) -> None:
        self._navigator.open("follow-up", self._household, preset)

    def _open_report(self, entry_id: str | None) -> None:
        if entry_id is not None:
            self._navigator.open("document", self._household, f"{VISIT_REPORT.code}:{entry_id}")
