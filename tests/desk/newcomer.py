"""Somebody who never saw the program: from an empty folder to sixty measures followed, by keys, in the real windows.

Each stage tells what it asks of a person (keys that command something, letters typed, decisions the window does not let
one pass without, words that stand on the page to be read) and what it makes them wait. What such a person takes is then
*estimated* with the keystroke-level model (`tools/benchmarks/newcomer.py`): nobody was watched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from caseworker_app.bootstrap.window import Program
from caseworker_app.shell.first_run import PASSPHRASE, RECOVERY, WHO

NONE, ALT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
ASSOCIATION, WORKER, SECRET = "Les Amarres", "Claire Lenoir", "cheval lune agrafe ciel"
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Stage:
    """A page passed: keys of commands, letters typed, groups copied on paper, decisions asked, words to read, and the
    seconds the program made one wait (this machine, as busy as it is).
    """

    name: str
    keys: int
    letters: int
    copied: int
    decisions: int
    words: int
    waited: float


class Newcomer:
    """Sits before an empty folder; `stages` grows as pages are passed."""

    def __init__(self, app: QApplication, program: Program) -> None:
        """Nothing is open yet."""
        self._app, self._program = app, program
        self.stages: list[Stage] = []
        self.faults: list[str] = []
        program.tasks.crashed.connect(lambda report: self.faults.append(report.code))
        program.tasks.refused.connect(self.faults.append)

    @property
    def window(self) -> Any:
        """The main window, once the file is made."""
        return self._program.window

    def play(self) -> None:
        """Make one's file, bring the table in, and stand before the measures; the dialog of files answers by itself."""
        self._program.begin()
        self._make_file()
        self._find_import()
        self._bring_in()

    def _make_file(self) -> None:
        entrance: Any = self._program.entrance
        with self._stage("Bienvenue", entrance):
            self._press(Qt.Key.Key_C, ALT)
            self._until(lambda: entrance.steps.currentIndex() == WHO)
        with self._stage("Vous et votre association", entrance):
            self._write(ASSOCIATION)
            self._press(Qt.Key.Key_Tab)
            self._write(WORKER)
            self._press(Qt.Key.Key_Return)
            self._until(lambda: entrance.steps.currentIndex() == PASSPHRASE)
        with self._stage("Votre phrase secrète", entrance, decisions=1):
            self._write(SECRET)
            self._press(Qt.Key.Key_Tab)
            if not entrance.new.again.hasFocus():
                self._press(Qt.Key.Key_Tab)
            self._write(SECRET)
            self._press(Qt.Key.Key_Return)
            self._until(lambda: entrance.steps.currentIndex() == RECOVERY)
        self._note_key(entrance)

    def _note_key(self, entrance: Any) -> None:
        recovery = entrance.recovery
        groups = [label.text() for label in recovery._groups]
        with self._stage("Clé de secours", entrance, copied=len(groups)):
            self._press(Qt.Key.Key_C, ALT)
            self._until(recovery.group.hasFocus)
        with self._stage("Clé de secours, vérifiée", entrance):
            self._write(groups[recovery.asked_group - 1].lower())
            self._press(Qt.Key.Key_Return)
            self._until(lambda: self.window is not None and self.window.isVisible())
            self._rest()

    def _find_import(self) -> None:
        window = self.window
        with self._stage("Ma semaine, vide", window):
            self._press(Qt.Key.Key_K, CTRL)
            self._write("importer")
            finder = window.finder
            self._until(lambda: finder._answered == finder._query() and window.results.current is not None)
            self._press(Qt.Key.Key_Return)
            self._until(lambda: window.navigator.here.page == "import")
            self._rest()

    def _bring_in(self) -> None:
        window = self.window
        with self._stage("Choisir la liste", window):
            # The dialog of the system: its name found and opened is counted as a decision with two keys.
            self._press(Qt.Key.Key_Space)
            self._until(lambda: window.page.stage == "columns")
            self._rest()
        found = window.page.assistant.found
        with self._stage("Vérifier les colonnes", window, decisions=found.to_choose):
            self._press(Qt.Key.Key_C, ALT)
            self._until(lambda: window.page.stage == "check")
            self._rest()
        doubts = sum(tally.count for tally in window.page.foot.counts.tallies if tally.words.startswith("à "))
        with self._stage("Vérifier avant d’importer", window, decisions=doubts):
            self._press(Qt.Key.Key_I, ALT)
            self._until(lambda: window.page.stage == "done")
            self._rest()
        with self._stage("Import terminé", window):
            self._press(Qt.Key.Key_V, ALT)
            self._until(lambda: window.navigator.here.page == "households")
            self._rest()

    @contextmanager
    def _stage(self, name: str, shown: QWidget, *, decisions: int = 0, copied: int = 0) -> Iterator[None]:
        self._keys = self._letters = 0
        self._waited = 0.0
        words = words_of(shown)
        yield
        self.stages.append(Stage(name, self._keys, self._letters, copied, decisions, words, self._waited))

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self._focus(), key, modifiers)
        self._keys += 1
        self._app.processEvents()

    def _write(self, words: str) -> None:
        QTest.keyClicks(self._focus(), words)
        self._letters += len(words)
        self._app.processEvents()

    def _focus(self) -> QWidget:
        if QApplication.activeWindow() is None:
            top: Any = self._program.window or self._program.entrance
            top.activateWindow()
            self._until(top.isActiveWindow)
        focus = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
        if focus is None:
            raise RuntimeError("nothing takes keys")
        return focus

    def _until(self, condition: Callable[[], bool]) -> None:
        begun = time.perf_counter()
        while not condition():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if time.perf_counter() - begun > PATIENCE_S:
                raise TimeoutError("what was waited for never came")
        self._waited += time.perf_counter() - begun

    def _rest(self) -> None:
        quiet = 0

        def settled() -> bool:
            nonlocal quiet
            quiet = 0 if self._program.tasks.busy else quiet + 1
            return quiet > 5

        self._until(settled)


def words_of(shown: QWidget) -> int:
    """Return how many words stand on a page: labels, buttons, fields, rows of lists in sight, each text once."""
    texts: set[str] = set()
    for widget in shown.findChildren(QWidget):
        if not widget.isVisibleTo(shown):
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            texts.add(widget.text())
        elif isinstance(widget, QLineEdit):
            texts.add(widget.placeholderText())
        elif isinstance(widget, QAbstractItemView):
            texts |= set(_rows_in_sight(widget))
    return sum(len(text.split()) for text in texts)


def _rows_in_sight(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    root = view.rootIndex()
    columns = view.horizontalHeader().count() if isinstance(view, QTableView) else 1
    for row in range(min(model.rowCount(root), 100)):
        for column in range(columns):
            index = model.index(row, column, root)
            if view.viewport().rect().intersects(view.visualRect(index)):
                said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
                yield str(said or "")


@contextmanager
def program_on(app: QApplication, folder: Path) -> Iterator[Program]:
    """Open the program on an empty folder; at the end everything of it is gone."""
    from tests.bootstrap.programs import retire

    made = Program(app, folder)
    try:
        yield made
    finally:
        retire(made)
