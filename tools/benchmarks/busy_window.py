"""What a long file asks of the window's thread: its overview, its thread by kind, its journal, the week of a team.

Run as `python -m tools.benchmarks.busy_window FOLDER`; answers milliseconds on the processor as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.readiness import Readiness
from caseworker_app.features.agenda.screens.desk import EVERYBODY, MINE
from caseworker_app.features.agenda.screens.page import AgendaPage
from caseworker_app.features.dossier.screens.page import DossierPage
from caseworker_app.shell.language import speak_french
from caseworker_app.ui_kit.dress import dress, prepare
from tools.benchmarks.busy_file import Busy, busy_file
from tools.benchmarks.table import p95
from tools.benchmarks.window import Day

TIMES = 40


class Busiest:
    """The window on a file that is full, and what each page asks of the processor."""

    def __init__(self, day: Day, app: QApplication, busy: Busy) -> None:
        """Measure nothing yet."""
        self._day, self._app, self._busy = day, app, busy

    def answers(self) -> dict[str, dict[str, float]]:
        """Return, a page, the longest turn of the window's thread and the time of every thread (p95)."""
        return {
            "overview": self._repeated(self._open_overview, self._leave),
            "kind": self._repeated(self._choose_kind, self._choose_all),
            "journal": self._repeated(self._open_journal, self._leave),
            "week": self._repeated(self._show_team, self._show_own),
            "own": self._repeated(self._show_own, self._show_team),
        }

    def _repeated(self, act: Callable[[], None], back: Callable[[], None]) -> dict[str, float]:
        turns, whole = list[float](), list[float]()
        for _ in range(TIMES + 2):
            back()
            self._rest()
            self._day.turns.restart()
            start = time.process_time()
            act()
            self._rest()
            whole.append((time.process_time() - start) * 1000)
            turns.append(self._day.turns.longest)
        return {"turn": p95(turns[2:]), "whole": p95(whole[2:])}

    def _rest(self) -> None:
        for _ in range(4):
            self._day._until(lambda: not self._day.tasks.busy)
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    def _leave(self) -> None:
        self._day.window.navigator.open("households")

    def _open_overview(self) -> None:
        self._day.open(self._busy.longest)

    def _open_journal(self) -> None:
        self._day.window.navigator.open("dossier", household=self._busy.long, tab="diary")

    @property
    def _dossier(self) -> DossierPage:
        page = self._day.dossier
        assert page is not None
        return page

    def _choose_kind(self) -> None:
        self._dossier.overview.story.narrow("visits")

    def _choose_all(self) -> None:
        if self._dossier.isVisible() is False:
            self._open_overview()
        thread = self._dossier.overview.story
        thread.narrow("all")
        thread.fold.click()

    def _agenda(self) -> AgendaPage:
        page = self._day.window._pages["agenda"]
        assert isinstance(page, AgendaPage)
        return page

    def _show_team(self) -> None:
        self._agenda()._choose_whose(EVERYBODY)

    def _show_own(self) -> None:
        self._day.window.navigator.open("agenda")
        self._agenda()._choose_whose(MINE)


def main(folder: Path) -> dict[str, dict[str, float]]:
    """Make the file, open its window, and measure."""
    prepare()
    app = QApplication(sys.argv[:1])
    speak_french(app)
    dress(app)
    with busy_file(folder) as (office, busy):
        day = Day(app, office)
        day.window.resize(1366, 768)
        ready = Readiness(day.window, day.tasks)
        day._until(lambda: ready.done)
        answers = Busiest(day, app, busy).answers()
        day.close()
    return answers


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
