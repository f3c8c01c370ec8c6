"""A caseworker's day, from a list received to a change taken back, played by keys alone in the real window.

Each stage is counted and measured by the hands; what it did is read back by whoever plays the day. The measures:
`python3 run.py bench --only day`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.bootstrap.file_window import build_main_window
from caseworker_app.bootstrap.office import Office
from caseworker_app.features.goals.domain.goal import StepState
from caseworker_app.features.goals.screens.goal_tree import GoalTree
from caseworker_app.ui_kit.tasks import Tasks
from tests.desk.edges import edges
from tests.desk.hands import ALT, CTRL, Hands
from tools.benchmarks.tenants import write_list

TENANTS, PROBABLE = 300, 2
FOLLOWED = "nadia ferhaoui"
NOTED = "Rappel du loyer réglé, à revoir à Noël."
OBSERVED, SAID = "Logement chauffé et tenu.", "Le virement part le 5."
NEW_GOAL = "Obtenir une place en crèche"
AMOUNTS = ("641,30", "72")
UNDONE = "Montants du budget"
# Most keys that command something in each stage: a bound on the design, which no machine changes.
MOST_ACTIONS = {
    "import": 8, "merge": 7, "open": 2, "note": 2, "visit": 6, "goals": 13, "budget": 4, "review": 3, "print": 3,
    "undo": 6,
}  # fmt: skip
_MOST_ROWS = 40
Key = Qt.Key


@dataclass(frozen=True, slots=True)
class Papers:
    """The files of the day: the list received, the review registered, the paper printed."""

    tenants: Path
    review: Path
    printed: Path

    @classmethod
    def of(cls, folder: Path) -> Papers:
        """Name them in a folder."""
        return cls(folder / "locataires.csv", folder / "bilan.pdf", folder / "papier.pdf")


class Strays(QObject):
    """Notes what shows as a window of its own without being one: a widget shown before it has a place."""

    def __init__(self, app: QApplication) -> None:
        """Look from now on."""
        super().__init__()
        self.seen: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt’s own name)
        """Note a widget that flashes."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            plain = watched.windowType() == Qt.WindowType.Window and watched.windowTitle() != "Passerelle"
            if plain:
                self.seen.append(type(watched).__name__)
        return False


class Day:
    """The day of one office. `play` yields the name of each stage once it is over."""

    def __init__(self, app: QApplication, office: Office, papers: Papers) -> None:
        """Open the window on the list of households."""
        self._office, self._papers = office, papers
        write_tenants(office, papers.tenants)
        self.tasks = Tasks()
        self.faults: list[str] = []
        self.tasks.crashed.connect(lambda report: self.faults.append(report.code))
        self.tasks.refused.connect(self.faults.append)
        self.strays = Strays(app)
        self.window = build_main_window(office, self.tasks)
        self.window.show()
        self.window.activateWindow()
        self.hands = Hands(app, self.window, self.tasks)
        self.hands.until(self.window.isActiveWindow, "the window is the one in front")
        self.window.navigator.open("households")
        # What the next stages read back.
        self.twice = ""
        self.ticked = ""

    def play(self) -> Iterator[str]:
        """Work through the day."""
        with edges(self._papers.tenants, self._papers.review, self._papers.printed):
            for name in MOST_ACTIONS:
                with self.hands.stage(name):
                    getattr(self, f"_{name}")()
                yield name

    def close(self) -> None:
        """Close the window."""
        self.window.hide()
        self.tasks.close()

    @property
    def page(self) -> Any:
        """The page shown."""
        return self.window.page

    def _import(self) -> None:
        """A list received: its columns agreed to, one duplicate completed, the other wrongly made a file of its own."""
        hands = self.hands
        hands.go("importer")
        self._arrive("import")
        hands.press(Key.Key_Space)
        hands.until(lambda: self.page.stage == "columns", "columns are recognised")
        hands.press(Key.Key_C, ALT)
        hands.until(lambda: self.page.stage == "check", "the list is compared")
        self.twice = self.page.check.duplicates.sides.sides[1].title_theirs
        hands.press(Key.Key_1)
        hands.press(Key.Key_2)
        hands.rest()
        hands.press(Key.Key_I, ALT)
        hands.until(lambda: self.page.stage == "done", "the list is imported")
        hands.press(Key.Key_V, ALT)
        self._arrive("households")

    def _merge(self) -> None:
        """The file made twice is found by its name and made one with the file it was a duplicate of."""
        hands = self.hands
        hands.go(self.twice)
        self._arrive("dossier")
        hands.rest()
        hands.go("fusionner")
        hands.until(lambda: self.page.joining.dialog is not None, "the dialog opens")
        dialog = self.page.joining.dialog
        hands.until(lambda: dialog.search.list.rows.rowCount() > 0, "duplicates are found")
        hands.press(Key.Key_Down)
        hands.press(Key.Key_Return)
        hands.until(lambda: dialog.proposal is not None, "both files side by side")
        hands.press(Key.Key_R, ALT)
        hands.until(lambda: self.page.joining.dialog is None, "both are one")

    def _open(self) -> None:
        self.hands.go(FOLLOWED)
        self._arrive("dossier")

    def _note(self) -> None:
        hands = self.hands
        hands.press(Key.Key_N, CTRL)
        # Shown the first time before it is filled: only then does the cursor stand in its text.
        hands.until(
            lambda: self.window.sheet is not None and self.window.sheet.save.isEnabled(), "the note opens"
        )
        hands.write(NOTED)
        hands.press(Key.Key_Return, CTRL)
        hands.until(lambda: not self.window.sheet.isVisible(), "the note is written")

    def _visit(self) -> None:
        hands = self.hands
        hands.press(Key.Key_N, ALT)
        self._arrive("visit")
        hands.rest()
        hands.write(OBSERVED)
        # Past the two buttons of a zone to the next zone.
        hands.press(Key.Key_Tab, times=3)
        hands.write(SAID)
        hands.press(Key.Key_Return, CTRL)
        self._arrive("dossier")

    def _goals(self) -> None:
        hands = self.hands
        hands.go("objectifs")
        hands.rest()
        tree = self.page.findChild(GoalTree)
        for _ in range(_MOST_ROWS):
            node = tree.current_node()
            if node is not None and node.step is not None and node.step.state is StepState.TO_DO:
                self.ticked = node.step.id
                break
            hands.press(Key.Key_Down)
        hands.press(Key.Key_Space)
        hands.rest()
        hands.press(Key.Key_O, ALT)
        hands.until(lambda: tree.form is not None, "the form of a goal opens")
        hands.write(NEW_GOAL)
        hands.press(Key.Key_Tab)
        hands.press(Key.Key_Down)
        hands.press(Key.Key_Return, CTRL)
        hands.until(lambda: tree.form is None, "the goal is written")

    def _budget(self) -> None:
        hands = self.hands
        hands.go("budget")
        hands.rest()
        for amount in AMOUNTS:
            hands.write(amount)
            hands.press(Key.Key_Return)

    def _review(self) -> None:
        hands = self.hands
        hands.go("bilan")
        self._arrive("document")
        hands.until(self.page.head.print_button.isEnabled, "the pages are laid out")
        hands.press(Key.Key_I, ALT)
        hands.until(lambda: self.page.work.sent is not None, "the review is registered")

    def _print(self) -> None:
        hands = self.hands
        hands.go("dossier de suivi")
        self._arrive("follow-up")
        hands.until(self.page.head.print_button.isEnabled, "the pages are laid out")
        hands.press(Key.Key_I, ALT)
        hands.until(lambda: "imprimante" in self.window.confirmation.accessibleName(), "it is printed")

    def _undo(self) -> None:
        hands = self.hands
        hands.go("historique")
        self._arrive("dossier")
        hands.rest()
        pane = self.page.history.pane
        for _ in range(_MOST_ROWS):
            if pane.heading.text() == UNDONE:
                break
            hands.press(Key.Key_Down)
        hands.press(Key.Key_A, ALT)
        hands.until(lambda: "Annulé" in self.window.confirmation.accessibleName(), "it is undone")

    def _arrive(self, page: str) -> None:
        self.hands.until(
            lambda: self.window.navigator.here is not None and self.window.navigator.here.page == page, page
        )


def write_tenants(office: Office, path: Path) -> None:
    """Write the list of a landlord: so many tenants, two of whom are members of households of the file."""
    with office.file.reading() as connection:
        write_list(path, TENANTS + 1, connection.connection.driver_connection)
    with path.open(encoding="cp1252", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    # One tenant in a hundred is known, the fiftieth of each: the last of them goes.
    del rows[1 + 50 + 100 * PROBABLE]
    with path.open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)


@contextmanager
def day(app: QApplication, office: Office, folder: Path) -> Iterator[Day]:
    """Begin the day of an office; its papers lie in `folder`."""
    made = Day(app, office, Papers.of(folder))
    try:
        yield made
    finally:
        made.close()
