"""Makes pages ahead of the moment they are first opened, a part at a time, while nobody touches anything."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from caseworker_app.bootstrap.quiet import Quiet, QuietCollector
from caseworker_app.features.dossier.screens.page import DossierPage
from caseworker_app.shell.main_window import MainWindow
from caseworker_app.ui_kit.ahead import forget_parts, make_part
from caseworker_app.ui_kit.tasks import Tasks

# Making a page takes up to a tenth of a second, importing what it is made of another: nobody should wait for either,
# nor for a part of a page longer than a blink.
IDLE_SECONDS, LOOK_MS = 0.8, 200
PAGES = ("households", "dossier", "visit", "document", "follow-up", "import", "agenda")
TABS = ("composition", "housing", "goals", "budget")
# The long parts of a page or a tab, made in a moment of their own before it.
PARTS = {
    "dossier": ("dossier.screens.overview_tab.OverviewTab", "dossier.screens.diary_tab.DiaryTab"),
    "housing": (
        "housing.screens.tab_head.TabHead",
        "housing.screens.ledger_card.LinesTable",
        "housing.screens.criteria_card.CriteriaTable",
    ),
    "goals": ("goals.screens.autonomy_card.AutonomyCard", "goals.screens.evaluation_form.EvaluationForm"),
    "visit": ("diary.screens.head.VisitHead", "diary.screens.form.VisitBody"),
    "import": ("intake.screens.columns_step.ColumnsStep", "intake.screens.check_step.CheckStep"),
}
MODULES = (
    "directory.screens.page",
    "dossier.screens.page", "households.screens.tab", "housing.screens.tab", "goals.screens.tab", "budget.screens.tab",
    "diary.screens.page", "diary.screens.quick_note", "handover.screens.page", "handover.screens.follow_up_page",
    "intake.screens.page", "agenda.screens.page",
)  # fmt: skip


class Readiness(QObject):
    """Watches for quiet moments and makes one page in each; stops when all are made or the window is gone."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        """Wait for the first quiet moment: the first page has the processor to itself."""
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._quiet = Quiet(window)
        self._collector = QuietCollector(self._quiet, tasks)
        self._imported = threading.Event()
        self._importing: threading.Thread | None = None
        self._steps = list(self._every_step())
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._looked)
        self.destroyed.connect(forget_parts)
        self._look.start()

    @property
    def done(self) -> bool:
        """Say whether everything is made."""
        return not self._steps

    def _looked(self) -> None:
        if self._quiet.seconds < IDLE_SECONDS or self._tasks.busy or not self._window.isVisible():
            return
        if not self._imported.is_set():
            self._import_apart()
            return
        self._steps.pop(0)()
        # Pages stay: looking through them for what nobody holds any more would stop the window at any moment.
        gc.freeze()
        if not self._steps:
            self._look.stop()

    def _every_step(self) -> Iterator[Callable[[], object]]:
        for page in PAGES:
            yield from (partial(_make_part, name) for name in PARTS.get(page, ()))
            yield partial(self._make_page, page)
            for tab in TABS if page == "dossier" else ():
                yield from (partial(_make_part, name) for name in PARTS.get(tab, ()))
                yield partial(self._make_tab, tab)

    def _import_apart(self) -> None:
        """Import in a thread, once, what pages are made of."""
        if self._importing is None:
            self._importing = threading.Thread(
                target=_import, args=(MODULES, self._imported), name="ready", daemon=True
            )
            self._importing.start()

    def _make_page(self, key: str) -> None:
        self._window.page_of(key)
        # One that somebody opened meanwhile made its own.
        forget_parts()

    def _make_tab(self, key: str) -> None:
        page = self._window.page_of("dossier")
        if isinstance(page, DossierPage) and key in page.rooms:
            page.rooms.make(key)
        forget_parts()


def _make_part(name: str) -> None:
    module, _, kind = name.rpartition(".")
    make_part(getattr(import_module(f"caseworker_app.features.{module}"), kind))


def _import(modules: Sequence[str], done: threading.Event) -> None:
    for module in modules:
        import_module(f"caseworker_app.features.{module}")
    done.set()
