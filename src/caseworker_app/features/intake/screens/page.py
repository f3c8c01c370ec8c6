"""The page « Importer une liste »: choose a file, see what is understood, import, read what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.duplicates import KnownPerson
from caseworker_app.features.intake.domain.plan import (
    Counts,
    ImportPlan,
    OnDuplicate,
    analyse_apart,
    count,
    decide,
)
from caseworker_app.features.intake.domain.run import ImportInterrupted, ImportRun, RunState, UndoInterrupted
from caseworker_app.features.intake.domain.wording import ON_DUPLICATE_LABELS, outcome_words, things
from caseworker_app.features.intake.screens.found_cards import ColumnsCard, FoundCard
from caseworker_app.features.intake.screens.notice import interrupted_words
from caseworker_app.features.intake.service import importing
from caseworker_app.features.intake.service.analysing import ReadList
from caseworker_app.features.intake.service.importing import ImportReport, ImportUndone
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.messages import Banner, EmptyState
from caseworker_app.ui_kit.page import Navigator, Page, Route
from caseworker_app.ui_kit.states import Progress as Bar
from caseworker_app.ui_kit.tasks import Task, Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.work import Progress, Step

FILTER = "Listes (*.csv *.txt *.tsv *.xlsx *.xls *.xlsm *.ods);;Tous les fichiers (*)"
# Every tag of these tables may have changed: an import touches too many households to name them one by one.
_TOUCHED = Changes(tables=frozenset({"household", "import_run"}))


class Stage(StrEnum):
    """Where the import stands."""

    CHOOSE = "choose"
    WORK = "work"
    CHECK = "check"
    DONE = "done"


class ImportPage(Page):
    """The page « import »."""

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator
    ) -> None:
        """Make the page; nothing is read before a file is chosen."""
        super().__init__()
        self._file, self._who, self._tasks = file, who, tasks
        self._changes, self._navigator = changes, navigator
        self._path: Path | None = None
        self._task: Task | None = None
        self._report: ImportReport | None = None
        self._interrupted: ImportRun | None = None
        self.stage = Stage.CHOOSE
        self.setAcceptDrops(True)
        self._build()
        self._go(Stage.CHOOSE)

    def enter(self, route: Route) -> None:
        """Come back to what was under way; else begin, with the import to go on with if there is one."""
        if self.stage in (Stage.CHOOSE, Stage.DONE):
            self._go(Stage.CHOOSE)
            self._look_for_interrupted()

    def focus_first(self) -> None:
        """Begin with the choice of a file."""
        if self.choose.button is not None and self.stage is Stage.CHOOSE:
            self.choose.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_file(self) -> None:
        """Ask for a file and read it."""
        name, _ = QFileDialog.getOpenFileName(self, "Choisir une liste", "", FILTER)
        if name:
            self.read_list(Path(name))

    def read_list(self, path: Path) -> None:
        """Read a list and show what its import would do; nothing is written."""
        self._path = path
        self._work(
            f"Lecture de «\u00a0{path.name}\u00a0»",
            lambda progress: importing.import_list(
                self._file, self._who, path, dry_run=True, read=self._read_apart(progress)
            ),
            self._understood,
        )

    def import_now(self) -> None:
        """Import the list that was read, with the choice made for duplicates."""
        self._import(OnDuplicate(self.duplicates.current_key()), go_on=False)

    def go_on(self) -> None:
        """Ask for the file of the interrupted import, and finish it."""
        name, _ = QFileDialog.getOpenFileName(self, "Retrouver la liste de l’import interrompu", "", FILTER)
        if name:
            self.finish(Path(name))

    def finish(self, path: Path) -> None:
        """Finish the interrupted import from its file."""
        self._path = path
        self._import(OnDuplicate.SKIP, go_on=True)

    def take_back(self) -> None:
        """Take the import shown (or interrupted) back."""
        run_id = self._report.run_id if self._report else None
        run_id = run_id or (self._interrupted.id if self._interrupted else None)
        self._work(
            "Annulation de l’import",
            lambda _progress: importing.undo_import(self._file, self._who, run_id),
            self._taken_back,
            cancellable=False,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files dropped on the page."""
        if self.stage is not Stage.WORK and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.read_list(Path(files[0]))

    def _build(self) -> None:
        self.title = Label("Importer une liste", 22, fonts.SEMI_BOLD)
        self.subtitle = Label("", 13, tone="muted", wrap=True)
        self.refusal = Banner("", "danger")
        self.interrupted = self._interrupted_banner()
        self.choose = EmptyState(
            "file-import", "Choisissez une liste",
            "Locataires, personnes ou logements, en CSV, Excel ou ODS. Les colonnes sont reconnues\u202f; "
            "rien n’est écrit avant que vous ayez vu ce qui sera importé.",
            "&Choisir un fichier…", "folder-open",
        )  # fmt: skip
        if self.choose.button is not None:
            self.choose.button.clicked.connect(self.choose_file)
        self._bodies = QStackedWidget()
        for body in (self.choose, self._work_body(), self._found_body()):
            self._bodies.addWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        notices = QVBoxLayout()
        notices.setContentsMargins(24, 12, 24, 0)
        notices.setSpacing(8)
        notices.addWidget(self.refusal)
        notices.addWidget(self.interrupted)
        column.addLayout(notices)
        column.addWidget(self._bodies, 1)
        column.addWidget(self._foot())

    def _header(self) -> Band:
        band = Band()
        column = QVBoxLayout(band)
        column.setContentsMargins(24, px(14), 24, px(14))
        column.setSpacing(px(2))
        column.addWidget(self.title)
        column.addWidget(self.subtitle)
        return band

    def _interrupted_banner(self) -> Banner:
        banner = Banner("", "warn", "alert-triangle")
        self.finishing = Button("&Terminer l’import…", "secondary", compact=True)
        self.finishing.clicked.connect(self.go_on)
        self.undoing = Button("&Annuler cet import", "secondary", compact=True)
        self.undoing.clicked.connect(self.take_back)
        banner.add_action(self.finishing)
        banner.add_action(self.undoing)
        banner.hide()
        return banner

    def _work_body(self) -> QWidget:
        body = QWidget()
        self.work_words = Label("", 16, fonts.SEMI_BOLD)
        self.work_detail = Label("", 13, tone="muted")
        self.bar = Bar("Avancement de l’import")
        self.bar.setFixedWidth(px(360))
        self.stop = Button("Arr&êter", "secondary", "x")
        self.stop.clicked.connect(self._cancel)
        column = QVBoxLayout(body)
        column.setSpacing(px(12))
        column.addStretch(2)
        for part in (self.work_words, self.bar, self.work_detail, self.stop):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return body

    def _found_body(self) -> QWidget:
        body = QWidget()
        self.columns = ColumnsCard()
        self.found = FoundCard()
        self.policy = QWidget()
        choice = Flow(self.policy, gap=12)
        question = Label("Que faire des doublons probables\u202f?", 13, fonts.MEDIUM)
        question.setMinimumHeight(px(28))
        choice.addWidget(question)
        choice.addWidget(self._duplicates_choice())
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.columns, 4)
        line.addWidget(self.found, 8)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.policy)
        column.addLayout(line, 1)
        return body

    def _duplicates_choice(self) -> Segment:
        self.duplicates = Segment("Que faire des doublons probables")
        for policy, words in ON_DUPLICATE_LABELS.items():
            self.duplicates.add(policy, words)
        self.duplicates.chosen.connect(lambda _key: self._show_outcome())
        return self.duplicates

    def _foot(self) -> Band:
        self.foot = Band(top=True)
        self.outcome = Label("", 13, fonts.MEDIUM, wrap=True)
        self.other = Button("A&utre fichier…", "secondary", "folder-open")
        self.other.clicked.connect(self.choose_file)
        self.undo = Button("&Annuler cet import", "secondary", "arrow-back-up")
        self.undo.clicked.connect(self.take_back)
        self.primary = Button("", "primary", "check")
        self.primary.clicked.connect(self._take_primary)
        line = QHBoxLayout(self.foot)
        line.setContentsMargins(24, px(10), 24, px(10))
        line.setSpacing(px(12))
        line.addWidget(self.outcome, 1)
        for part in (self.other, self.undo, self.primary):
            line.addWidget(part)
        return self.foot

    def _go(self, stage: Stage) -> None:
        self.stage = stage
        numbers = {Stage.CHOOSE: 0, Stage.WORK: 1, Stage.CHECK: 2, Stage.DONE: 2}
        self._bodies.setCurrentIndex(numbers[stage])
        self.foot.setVisible(stage in (Stage.CHECK, Stage.DONE))
        checking = stage is Stage.CHECK
        self.policy.setVisible(checking and bool(self._report and self._report.plan.duplicates))
        self.other.setVisible(checking)
        self.undo.setVisible(stage is Stage.DONE)
        self.interrupted.setVisible(stage is Stage.CHOOSE and self._interrupted is not None)
        self.refusal.setVisible(False)
        if stage is Stage.CHOOSE:
            self.title.setText("Importer une liste")
            self.subtitle.setText("Vous pouvez aussi déposer le fichier sur cette page.")

    def _work(
        self,
        words: str,
        work: Callable[[Progress], object],
        then: Callable[..., None],
        *,
        cancellable: bool = True,
    ) -> None:
        self._go(Stage.WORK)
        self.work_words.setText(words)
        self.work_detail.setText("")
        self.bar.setRange(0, 100)
        self.bar.setValue(0)
        self.bar.hide()
        self.stop.setVisible(cancellable)
        self._task = self._tasks.run_long(work, then, self._refused, owner=self, words=words)
        self._task.stepped.connect(self._stepped)
        self._task.ended.connect(self._ended)

    def _import(self, policy: OnDuplicate, *, go_on: bool) -> None:
        path = self._path
        if path is None:
            return

        def work(progress: Progress) -> ImportReport:
            def tell(done: int, total: int) -> None:
                progress.report(done, total, f"ligne {done} sur {total}")

            return importing.import_list(
                self._file, self._who, path, duplicates=policy, go_on=go_on, progress=tell,
                read=self._read_apart(progress),
            )  # fmt: skip

        self._work(f"Import de «\u00a0{path.name}\u00a0»", work, self._imported)

    def _read_apart(self, progress: Progress) -> ReadList:
        """Return the reading of a list in another process: here it would stretch every repaint."""

        def read(path: Path, known: Iterator[KnownPerson], day: date) -> ImportPlan:
            return self._tasks.in_process(progress, analyse_apart, path, list(known), day)

        return read

    def _understood(self, report: ImportReport) -> None:
        self._report = report
        self._show_found(report)
        self._go(Stage.CHECK)
        self.title.setText("Vérifier avant d’importer")
        self._show_outcome()

    def _imported(self, report: ImportReport) -> None:
        self._report, self._interrupted = report, None
        self._changes.announce(report.changes | _TOUCHED)
        self._show_found(report)
        self._go(Stage.DONE)
        self.title.setText("Import terminé")
        self.outcome.setText(outcome_words(report.plan, report.counts, done=True))
        self.primary.setText("&Voir les ménages")
        self.primary.setEnabled(True)
        self.primary.updateGeometry()

    def _taken_back(self, undone: ImportUndone) -> None:
        self._report, self._interrupted = None, None
        self._changes.announce(undone.changes | _TOUCHED)
        self._go(Stage.CHOOSE)
        words = f"Import de «\u00a0{undone.file_name}\u00a0» annulé"
        kept = undone.kept_references
        if kept:
            shown = join_words([*kept[:3], *(["d’autres"] if len(kept) > 3 else [])])
            number = plural(len(kept), "dossier gardé", "dossiers gardés")
            words += f"\u202f; {number} (travail fait depuis)\u00a0: {shown}"
        self._navigator.confirm(words)

    def _show_found(self, report: ImportReport) -> None:
        plan = report.plan
        self.columns.show_plan(plan)
        self.found.show_plan(plan)
        parts = [self._path.name if self._path else ""]
        if plan.sheet_name:
            parts.append(f"feuille «\u00a0{plan.sheet_name}\u00a0»")
        parts.append(plural(plan.row_count, "ligne"))
        if plan.other_sheets:
            parts.append(f"autres feuilles non lues\u00a0: {join_words(list(plan.other_sheets))}")
        self.subtitle.setText(", ".join(part for part in parts if part))

    def _show_outcome(self) -> None:
        if self._report is None:
            return
        plan = self._report.plan
        counts: Counts = count(plan, decide(plan, OnDuplicate(self.duplicates.current_key())))
        self.outcome.setText(outcome_words(plan, counts, done=False))
        if counts.created:
            words = f"&Importer {things(plan, counts.created)}"
        else:
            words = "&Compléter les dossiers" if counts.merged else "Rien à importer"
        self.primary.setText(words)
        self.primary.setEnabled(bool(counts.created or counts.merged))
        self.primary.updateGeometry()

    def _take_primary(self) -> None:
        if self.stage is Stage.CHECK:
            self.import_now()
        else:
            self._navigator.open("households")

    def _refused(self, error: CaseworkerError) -> None:
        self._go(Stage.CHOOSE)
        # An unfinished import is told by its own banner, with its buttons.
        told_below = isinstance(error, ImportInterrupted | UndoInterrupted)
        self.refusal.show_sentence(error.sentence, "danger")
        self.refusal.setVisible(not told_below)
        self._look_for_interrupted()

    def _stepped(self, step: Step) -> None:
        self.bar.show()
        self.bar.setRange(0, max(1, step.total))
        self.bar.setValue(step.done)
        self.work_detail.setText(step.words)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.stop.setVisible(False)
            self.work_detail.setText("Arrêt à la fin de la série en cours…")

    def _ended(self) -> None:
        self._task = None
        # The answer comes right after; without one (stopped by the person, or a fault) the page begins anew.
        QTimer.singleShot(0, self, self._begin_anew)

    def _begin_anew(self) -> None:
        if self.stage is Stage.WORK and self._task is None:
            self._go(Stage.CHOOSE)
            self._changes.announce(_TOUCHED)
            self._look_for_interrupted()

    def _look_for_interrupted(self) -> None:
        def read() -> ImportRun | None:
            with self._file.reading() as connection:
                return importing.interrupted_import(connection, self._who)

        self._tasks.read(read, self._offer, owner=self)

    def _offer(self, run: ImportRun | None) -> None:
        self._interrupted = run
        self.interrupted.setVisible(run is not None and self.stage is Stage.CHOOSE)
        if run is not None:
            self.finishing.setVisible(run.state is RunState.RUNNING)
            self.interrupted.show_sentence(interrupted_words(run), "warn", "alert-triangle")
