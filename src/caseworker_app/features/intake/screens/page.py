"""The page « Importer une liste »: file, columns, verification, report; what was left is found again as it was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.intake.documents import write_report
from caseworker_app.features.intake.domain.run import ImportInterrupted, ImportRun, UndoInterrupted
from caseworker_app.features.intake.domain.tallies import RowTally
from caseworker_app.features.intake.screens.assistant import Assistant, Before
from caseworker_app.features.intake.screens.check_step import CheckStep
from caseworker_app.features.intake.screens.columns_step import ColumnsStep
from caseworker_app.features.intake.screens.dialogue import Dialogue, ProfileKeeping
from caseworker_app.features.intake.screens.done_step import DoneStep
from caseworker_app.features.intake.screens.file_step import FileStep, ask_list
from caseworker_app.features.intake.screens.foot import ImportFoot
from caseworker_app.features.intake.screens.foreground import Foreground, RunApart
from caseworker_app.features.intake.screens.goals_reading import GoalsReading
from caseworker_app.features.intake.screens.import_writer import ImportWriter, Past
from caseworker_app.features.intake.screens.preparation import Kept, Preparation
from caseworker_app.features.intake.screens.steps import STAGES, Stage, Steps
from caseworker_app.features.intake.screens.tally_words import (
    check_tallies,
    columns_tallies,
    done_tallies,
    list_words,
    primary_words,
    undone_words,
)
from caseworker_app.features.intake.screens.watch_shortcut import Watch, WatchShortcut
from caseworker_app.features.intake.screens.work_step import WorkStep
from caseworker_app.features.intake.service.checking import Imported
from caseworker_app.features.intake.service.importing import ImportUndone
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import MeasureKind
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who, Worker
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import plural
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.ahead import take_part
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.drops import dropped_paths
from caseworker_app.ui_kit.page import Navigator, Page, Route
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px

# Every tag of these tables may have changed: an import touches too many households to name them one by one.
_TOUCHED = Changes(tables=frozenset({"household", "import_run"}))


class ImportPage(Page):
    """The page « import »."""

    def __init__(
        self, file: EncryptedFile, who: Who, drafts: Drafts, tasks: Tasks, apart: RunApart,
        changes: ChangeBroadcast, navigator: Navigator, watch: Watch | None = None,
    ) -> None:  # fmt: skip
        """Make the page; nothing is read before it is entered. `watch` opens veilles, None for who may not."""
        super().__init__()
        self._file, self._who, self._tasks = file, who, tasks
        self._changes, self._navigator = changes, navigator
        self.foreground = Foreground(self)
        self.assistant = Assistant(file, who, tasks, apart, self.foreground, self)
        self.writer = ImportWriter(file, who, tasks, apart, self.foreground, self)
        self.goals = GoalsReading(file, who, tasks, changes, navigator, self)
        self.preparation = Preparation(self, self.assistant, drafts, tasks)
        self._workers: list[Worker] = []
        self._kept: Kept | None = None
        self._finished_name = ""
        self._run: ImportRun | None = None
        self._report: Imported | None = None
        self.stage = self._before_work = Stage.CHOOSE
        self.setAcceptDrops(True)
        self._build()
        self.watching = WatchShortcut(file, who, tasks, self.done.watch, watch)
        self._join()
        self._go(Stage.CHOOSE)

    def enter(self, route: Route) -> None:
        """Come back to what was under way; else begin, with what was left or interrupted."""
        if self.stage in (Stage.CHOOSE, Stage.DONE):
            self._go(Stage.CHOOSE)
            self._look()

    def leave(self) -> None:
        """Keep what was chosen of the list."""
        self.check.rows.table.end_typing(keep=True)
        self.check.rows.card.table.end_typing(keep=True)
        self.preparation.leave()

    def focus_first(self) -> None:
        """Stand where the step begins."""
        if self.stage is Stage.CHOOSE:
            self.choose.focus_first()
        elif self.stage is Stage.COLUMNS:
            self.columns.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.stage is Stage.CHECK:
            self.check.focus_first()
        elif self.stage is Stage.DONE:
            self.foot.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def undo(self) -> None:
        """Take back the last thing done at the verification (Ctrl+Z)."""
        if self.stage is Stage.CHECK:
            self.dialogue.undo()

    def choose_file(self) -> None:
        """Ask for a file and read it."""
        path = ask_list(self, "Choisir une liste")
        if path is not None:
            self.read_list(path)

    def read_list(self, path: Path) -> None:
        """Read the columns of a list, or the goals another program wrote; nothing is written."""
        self.choose.refuse("")
        self.goals.read(path, otherwise=self.assistant.read)

    def go_on(self) -> None:
        """Ask for the file of the interrupted import, and finish it."""
        path = ask_list(self, "Retrouver la liste de l’import interrompu")
        if path is not None:
            self.finish(path)

    def finish(self, path: Path) -> None:
        """Finish the interrupted import from its file."""
        self._finished_name = path.name
        self.writer.finish(path)

    def take_back(self) -> None:
        """Take the import shown back, or the interrupted one."""
        run = self._report.run_id if self._report is not None else self._run.id if self._run else None
        self.writer.take_back(run)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file held over the page, at the steps where one may be read."""
        if self.stage in (Stage.CHOOSE, Stage.COLUMNS) and event.mimeData().hasUrls():
            self.choose.drop.light(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to rest."""
        self.choose.drop.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file dropped."""
        self.choose.drop.light(False)
        files = dropped_paths(event.mimeData())
        if files:
            self.read_list(files[0])

    def _build(self) -> None:
        self.title = Label("Importer une liste", 22, fonts.SEMI_BOLD)
        self.subtitle = ElidedLabel("", 13, tone="muted")
        self.steps = Steps()
        self.choose = FileStep()
        self.columns, self.check = take_part(ColumnsStep), take_part(CheckStep)
        self.done, self.working = DoneStep(self._file), WorkStep()
        self.foot = ImportFoot()
        self._bodies = QStackedWidget()
        self._pages: dict[Stage, QWidget] = {
            Stage.CHOOSE: self.choose, Stage.COLUMNS: self.columns, Stage.CHECK: self.check,
            Stage.DONE: self.done, Stage.WORK: self.working,
        }  # fmt: skip
        for body in self._pages.values():
            self._bodies.addWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self._bodies, 1)
        column.addWidget(self.foot)

    def _header(self) -> Band:
        band = Band()
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        line = QHBoxLayout(band)
        line.setContentsMargins(24, px(12), 24, px(12))
        line.setSpacing(px(16))
        line.addLayout(words, 1)
        line.addWidget(self.steps, 0, Qt.AlignmentFlag.AlignVCenter)
        return band

    def _join(self) -> None:
        self.foreground.began.connect(self._began)
        self.foreground.stepped.connect(self.working.show_step)
        self.foreground.ended.connect(self._ended)
        self.working.stop_asked.connect(self.foreground.cancel)
        self.steps.asked.connect(lambda number: self._go_back(STAGES[number]))
        self.foot.primary.clicked.connect(self._take_primary)
        self.foot.back.clicked.connect(lambda: self._go_back(STAGES[STAGES.index(self.stage) - 1]))
        self.foot.undo.clicked.connect(self.take_back)
        self._join_file_step()
        self._join_columns()
        for source in (self.assistant, self.writer, self.goals):
            source.refused.connect(self._refused)
        self.done.save_asked.connect(self._save_report)
        self.writer.imported.connect(self._imported)
        self.writer.taken_back.connect(self._taken_back)
        self.writer.told.connect(self._told)
        self.preparation.offered.connect(self._offer_kept)

    def _join_file_step(self) -> None:
        self.choose.file_asked.connect(self.choose_file)
        self.choose.finish_asked.connect(self.go_on)
        self.choose.take_back_asked.connect(self.take_back)
        self.choose.undo_asked.connect(self.writer.take_back)
        self.choose.resume_asked.connect(self._resume)
        self.choose.drop_asked.connect(self._drop_kept)

    def _join_columns(self) -> None:
        self.dialogue = Dialogue(self, self.assistant, self.columns, self.check, self.preparation)
        self.keeping = ProfileKeeping(
            self._file, self._who, self._tasks, self.assistant, self.columns, self._navigator
        )
        self.assistant.understood.connect(self._understood)
        self.assistant.checked.connect(self._checked)
        self.assistant.tallied.connect(self._show_tally)

    def _go(self, stage: Stage) -> None:
        self.stage = stage
        self._bodies.setCurrentWidget(self._pages[stage])
        self.foot.setVisible(stage in (Stage.COLUMNS, Stage.CHECK, Stage.DONE))
        self.foot.undo.setVisible(stage is Stage.DONE)
        self.foot.back.setVisible(stage in (Stage.COLUMNS, Stage.CHECK))
        self.foot.say("")
        shown = self._before_work if stage is Stage.WORK else stage
        self.steps.show_step(STAGES.index(shown), back=stage in (Stage.COLUMNS, Stage.CHECK))
        if stage is Stage.CHOOSE:
            self._entitle("Importer une liste", "Rien n’est écrit avant votre accord.")
        if stage is not Stage.WORK:
            self._before_work = stage
            if self.isVisible():
                self.focus_first()

    def _entitle(self, title: str, subtitle: str) -> None:
        self.title.setText(title)
        self.subtitle.setText(subtitle)

    def _go_back(self, stage: Stage) -> None:
        self._go(stage)
        if stage is Stage.CHOOSE:
            self._look()
        else:
            self._show_stage()

    def _look(self) -> None:
        self.writer.look()
        self._tasks.read(self._read_team, self._know_team, owner=self)
        if self.assistant.path is None:
            self.preparation.look()

    def _read_team(self) -> tuple[list[Worker], list[MeasureKind]]:
        with self._file.reading() as connection:
            workers = team.list_workers(connection, self._who)
        return workers, measures.list_kinds(self.assistant.day)

    def _know_team(self, known: tuple[list[Worker], list[MeasureKind]]) -> None:
        self._workers = known[0]
        self.columns.bar.offer_measures([(kind.code, kind.label) for kind in known[1]])

    def _show_stage(self) -> None:
        found = self.assistant.found
        if found is None:
            return
        titles = {Stage.COLUMNS: "Vérifier les colonnes", Stage.CHECK: "Vérifier avant d’importer"}
        self._entitle(titles.get(self.stage, self.title.text()), list_words(found))
        if self.stage is Stage.COLUMNS:
            self.foot.show_counts(columns_tallies(found))
            self.foot.offer("&Continuer", "arrow-right")
        elif self.stage is Stage.CHECK:
            self.assistant.recount()

    # What is heard from the assistant and the writer

    def _began(self, words: str, cancellable: bool) -> None:
        self.working.begin(words, cancellable=cancellable)
        self._go(Stage.WORK)

    def _ended(self) -> None:
        # Stopped by the person, or a fault: back to where one was.
        if self.stage is Stage.WORK:
            self._changes.announce(_TOUCHED)
            self._go_back(self._before_work)

    def _understood(self, begin: bool) -> None:
        found = self.assistant.found
        if found is None:
            return
        if self.stage is not Stage.COLUMNS:
            self._go(Stage.COLUMNS)
        self.columns.show_understanding(found, self.assistant.profiles, begin=begin)
        self._show_stage()
        self.preparation.touch()

    def _checked(self, begin: bool) -> None:
        self.check.show_checked(self.assistant, self._workers, begin=begin)
        if begin:
            self._go(Stage.CHECK)
            self._show_stage()

    def _show_tally(self, tally: RowTally) -> None:
        now = self.assistant.now
        if self.stage is not Stage.CHECK or now is None:
            return
        self.foot.show_counts(check_tallies(tally))
        self.foot.say("Annulable pendant 30\u00a0jours")
        words = primary_words(now.plan, tally)
        self.foot.offer(words or "Rien à importer", "check", enabled=bool(words))

    def _imported(self, report: Imported) -> None:
        self._report, self._run = report, None
        self._changes.announce(report.changes | _TOUCHED)
        self._go(Stage.DONE)
        name = self.assistant.path.name if self.assistant.path else self._finished_name
        self.done.show_report(report, name)
        self.watching.show_report(report)
        self._entitle("Import terminé", f"{name}, {plural(report.counts.rows, 'ligne')}")
        self.foot.show_counts(done_tallies(report.counts))
        self.foot.say(f"Annulable jusqu’au {format_date(self.done.undo_until)}")
        self.foot.offer("&Voir les ménages", "arrow-right")
        self.assistant.forget()
        self.preparation.forget()

    def _taken_back(self, undone: ImportUndone) -> None:
        self._report, self._run = None, None
        self._changes.announce(undone.changes | _TOUCHED)
        self._go(Stage.CHOOSE)
        self._look()
        self._navigator.confirm(undone_words(undone))

    def _told(self, past: Past) -> None:
        self._run = past.interrupted
        self.choose.offer(past.interrupted)
        self.choose.show_past(past.made)

    def _refused(self, error: CaseworkerError) -> None:
        if self.stage is not Stage.WORK:
            self._navigator.confirm(error.sentence)
            return
        self._go(Stage.CHOOSE)
        # An unfinished import is told by its own banner, with its buttons.
        told_below = isinstance(error, ImportInterrupted | UndoInterrupted)
        self.choose.refuse("" if told_below else error.sentence)
        self._look()

    # What the person asks

    def _take_primary(self) -> None:
        if self.stage is Stage.COLUMNS:
            self.assistant.check()
        elif self.stage is Stage.CHECK and self.assistant.path is not None:
            self.check.rows.table.end_typing(keep=True)
            self.writer.write(self.assistant.path, self.assistant.choices, self.assistant.on_duplicate)
        elif self.stage is Stage.DONE:
            self._navigator.open("households")

    def _offer_kept(self, kept: Kept | None) -> None:
        self._kept = kept
        self.choose.offer_kept(kept.path.name if kept is not None else "")

    def _resume(self) -> None:
        if self._kept is not None:
            self.choose.offer_kept("")
            self.assistant.read(self._kept.path, Before(self._kept.choices, self._kept.on_duplicate))

    def _drop_kept(self) -> None:
        self.choose.offer_kept("")
        self.preparation.forget()

    def _save_report(self, path: Path) -> None:
        done = self.done.imported
        if done is not None:
            self._tasks.compute(
                write_report, path, self.done.file_name, done.plan, done.counts, done.lines, done.data,
                then=lambda _done: self._navigator.confirm(f"Rapport enregistré\u00a0: {path.name}"),
                failed=lambda error: self._navigator.confirm(error.sentence), owner=self,
                words="Enregistrement du rapport",
            )  # fmt: skip
