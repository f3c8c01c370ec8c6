"""A working day in the real window, in a process of its own: what is typed, opened and confirmed until it is painted.

Run as `python -m tools.benchmarks.window FOLDER SCRATCH ROWS`; answers times in milliseconds and memory as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.apart import Apart
from caseworker_app.bootstrap.backup_keeper import BackupKeeper
from caseworker_app.bootstrap.file_window import build_main_window
from caseworker_app.bootstrap.office import Office, open_office
from caseworker_app.bootstrap.readiness import Readiness
from caseworker_app.features.directory.screens.page import HouseholdsPage
from caseworker_app.features.dossier.screens.page import DossierPage
from caseworker_app.features.intake.service import checking
from caseworker_app.shell.language import speak_french
from caseworker_app.ui_kit.dress import dress, prepare
from caseworker_app.ui_kit.tasks import Tasks
from tools.benchmarks.asked import households_opened, words_typed
from tools.benchmarks.children import resident_megabytes
from tools.benchmarks.heart import Heart
from tools.benchmarks.subject import PASSPHRASE
from tools.benchmarks.tenants import write_list
from tools.benchmarks.turns import Turns

KEYS, OPENED, TURNS = 220, 200, 120
LONGEST_WAIT_S = 20.0


class Day:
    """The window of one office, and somebody who works in it."""

    def __init__(self, app: QApplication, office: Office) -> None:
        """Open the window."""
        self._app, self.office = app, office
        self.tasks = Tasks()
        self.window = build_main_window(office, self.tasks)
        self._put_off_backup()
        self.heart, self.turns = Heart(), Turns()
        self.window.show()
        self.window.navigator.open("households")
        self._until(lambda: self.households.table.model().rowCount() > 0)

    def _put_off_backup(self) -> None:
        # What is measured is thrown away. Backed up whole twenty seconds after its opening, as a file is once a day, it
        # would take a processor beside everything that is measured, at rest and during the import.
        keeper = self.window.findChild(BackupKeeper)
        assert isinstance(keeper, BackupKeeper)
        for timer in (keeper._first, keeper._timer):
            timer.stop()

    def make_ready(self) -> None:
        """Wait until the pages are made ahead, as the program does while the person reads the first one."""
        self.ready = Readiness(self.window, self.tasks)
        self._until(lambda: self.ready.done)

    def leave_alone(self) -> None:
        """Let the window notice that nobody has touched anything for long."""
        long_ago = self.ready._quiet.touched - 1
        self.ready._quiet.touched = long_ago
        self._until(lambda: self.ready._collector._given_back == long_ago)

    @property
    def households(self) -> HouseholdsPage:
        """The list."""
        page = self.window._pages["households"]
        assert isinstance(page, HouseholdsPage)
        return page

    @property
    def dossier(self) -> DossierPage | None:
        """The page of a household, once it was opened."""
        page = self.window._pages.get("dossier")
        return page if isinstance(page, DossierPage) else None

    def type(self, words: str) -> float:
        """Type the last letter of `words` in the list's search; return when what it finds is painted."""
        search = self.households.search
        search.setText(words[:-1])
        self._until(lambda: self._listed() == words[:-1].strip())
        # What the letters before found is painted before the last one is typed.
        self.rest()
        return self._painted(lambda: search.setText(words), lambda: self._listed() == words.strip())

    def _listed(self) -> str | None:
        """Return the words whose finds the list shows."""
        shown = self.households._shown
        return shown.words if shown is not None else None

    def open(self, household: str) -> float:
        """Open a household's file; return when its overview is painted."""
        took = self._painted(
            lambda: self.window.navigator.open("dossier", household=household),
            lambda: self.dossier is not None and self.dossier._shown_household == household,
        )
        self.rest()
        return took

    def go_back(self) -> None:
        """Return to the list."""
        self.window.navigator.open("households")
        self.rest()

    def rest(self) -> None:
        """Let everything asked be answered, but for what writes."""
        for _ in range(3):
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    def close(self) -> None:
        """Close the window."""
        self.window.hide()
        self.tasks.close()

    def _painted(self, act: Callable[[], object], shown: Callable[[], bool]) -> float:
        start = time.perf_counter()
        act()
        self._until(shown)
        # What was shown asks for a layout and a paint, which the loop gives next.
        for _ in range(2):
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        return (time.perf_counter() - start) * 1000

    def _until(self, condition: Callable[[], bool]) -> None:
        end = time.perf_counter() + LONGEST_WAIT_S
        while not condition():
            # Without a longest time, which would make the loop spin and fight the threads that answer; the
            # heart's beats wake it.
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > end:
                raise TimeoutError("the window never showed what it was asked")


def main(folder: Path, scratch: Path, rows: int) -> dict[str, Any]:
    """Work through the day and return what was measured."""
    prepare()
    app = QApplication(sys.argv[:1])
    speak_french(app)
    dress(app)
    with open_office(folder, PASSPHRASE) as office:
        with office.file.reading() as connection:
            raw: Any = connection.connection.driver_connection
            words = [typed for typed in words_typed(raw, KEYS) if len(typed.strip()) > 2]
            households = households_opened(raw, OPENED)
            write_list(scratch / "pendant.csv", rows, raw)
        day = Day(app, office)
        day.make_ready()
        answer = _work(day, words, households)
        answer["memory"] = resident_megabytes()
        day.leave_alone()
        answer["memory_left"] = resident_megabytes()
        answer |= _while_importing(day, scratch / "pendant.csv", words, households)
        day.close()
    return answer


def _work(day: Day, words: list[str], households: list[str]) -> dict[str, Any]:
    for typed in words[:3]:
        day.type(typed)
    day.open(households[0])
    day.go_back()
    day.heart.restart()
    day.turns.restart()
    search = [day.type(typed) for typed in words]
    opened = [day.open(household) for household in households]
    day.go_back()
    return {"search": search, "open": opened, "pause": day.heart.longest, "turn": day.turns.longest}


def _while_importing(day: Day, path: Path, words: list[str], households: list[str]) -> dict[str, Any]:
    """Search from the list come back to and open a file, in turns: at rest, then while a list is imported."""
    at_rest = _turns(day, words, households, lambda done: done == TURNS)
    over: list[object] = []
    apart = Apart(day.office.file, day.tasks)
    apart(checking.write_list, day.office.who, path, then=over.append, failed=over.append, words="Import")
    day.heart.restart()
    beside = _turns(day, words, households, lambda _done: bool(over))
    return {"rest": at_rest, "importing": beside, "pause_importing": day.heart.longest}


def _turns(
    day: Day, words: list[str], households: list[str], over: Callable[[int], bool]
) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {"search": [], "open": []}
    turn = 0
    while not over(turn):
        day.go_back()
        taken["search"].append(day.type(words[turn % len(words)]))
        taken["open"].append(day.open(households[turn % len(households)]))
        turn += 1
    return taken


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
