"""Makes pages ahead of the moment they are first opened, one at a time, while nobody touches anything."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from caseworker_app.features.dossier.screens.page import DossierPage
from caseworker_app.shell.main_window import MainWindow
from caseworker_app.ui_kit.tasks import Tasks

# Making a page takes a tenth of a second, importing what it is made of another: nobody should wait for either.
IDLE_SECONDS, LOOK_MS = 0.8, 200
PAGES = ("households", "dossier", "visit", "document", "follow-up", "import")
TABS = ("composition", "housing", "goals", "budget")
MODULES = (
    "directory.screens.page",
    "dossier.screens.page", "households.screens.tab", "housing.screens.tab", "goals.screens.tab", "budget.screens.tab",
    "diary.screens.page", "diary.screens.quick_note", "handover.screens.page", "handover.screens.follow_up_page",
    "intake.screens.page",
)  # fmt: skip
_TOUCHES = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
)


class Readiness(QObject):
    """Watches for quiet moments and makes one page in each; stops when all are made or the window is gone."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        """Wait for the first quiet moment: the first page has the processor to itself."""
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._touched = time.monotonic()
        self._imported = threading.Event()
        self._importing: threading.Thread | None = None
        self._steps: list[Callable[[], object]] = [partial(window.page_of, page) for page in PAGES]
        self._steps[1:1] = [partial(self._make_tab, tab) for tab in TABS]
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._looked)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._look.start()

    @property
    def done(self) -> bool:
        """Say whether everything is made."""
        return not self._steps

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's own name)
        """Note that somebody is at work."""
        if event.type() in _TOUCHES:
            self._touched = time.monotonic()
        return False

    def _looked(self) -> None:
        quiet = time.monotonic() - self._touched > IDLE_SECONDS
        if not quiet or self._tasks.busy or not self._window.isVisible():
            return
        if not self._imported.is_set():
            self._import_apart()
            return
        self._steps.pop(0)()
        if not self._steps:
            self._look.stop()
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def _import_apart(self) -> None:
        """Import in a thread, once, what pages are made of."""
        if self._importing is None:
            self._importing = threading.Thread(
                target=_import, args=(MODULES, self._imported), name="ready", daemon=True
            )
            self._importing.start()

    def _make_tab(self, key: str) -> None:
        page = self._window.page_of("dossier")
        if isinstance(page, DossierPage) and key in page.rooms:
            page.rooms.make(key)


def _import(modules: Sequence[str], done: threading.Event) -> None:
    for module in modules:
        import_module(f"caseworker_app.features.{module}")
    done.set()
