"""The program's window on the demonstration, led by lines on its standard input: `{"page": …, "tab": …}` goes there.

Run as `python -m tests.desk.window`; answers « shown » once everything asked was read and painted, `{"do": NAME}` does
one of `_DEEDS`.
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
QUIET_LOOKS, LOOK_MS = 8, 40
# Pages that are not about one household.
_OF_NOBODY = frozenset(
    {"agenda", "households", "import", "referrals", "partners", "settings", "veille", "writings"}
)


class Lead(QObject):
    """Goes where it is told, and says when what was asked is shown."""

    told = Signal(object)

    def __init__(self, window: Any, tasks: Any, household: str) -> None:
        """Wait for the first line."""
        super().__init__()
        self._window, self._tasks, self._household = window, tasks, household
        self._quiet = 0
        self.told.connect(self._go)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._looked)

    def listen(self) -> None:
        """Read the lines, in a thread of its own."""
        for line in sys.stdin:
            self.told.emit(json.loads(line))
        self.told.emit({"do": "quit"})

    def _go(self, asked: dict[str, str]) -> None:
        if "do" in asked:
            _DEEDS[asked["do"]](self._window)
        else:
            household = "" if asked["page"] in _OF_NOBODY else self._household
            self._window.navigator.open(asked["page"], household, tab=asked.get("tab", ""))
        self._quiet = 0
        self._look.start()

    def _looked(self) -> None:
        self._quiet = 0 if self._tasks.busy else self._quiet + 1
        if self._quiet >= QUIET_LOOKS:
            self._look.stop()
            sys.stdout.write("shown\n")
            sys.stdout.flush()


def _refuse(window: Any) -> None:
    """Try to create a household without a name: the form refuses."""
    window.page.add_household()
    QTimer.singleShot(200, window, window.page.dialog.save.click)


_DEEDS = {"quit": lambda _window: QApplication.quit(), "refuse": _refuse}


def main() -> None:
    """Open the demonstration and follow the lines."""
    from caseworker_app.ui_kit.dress import dress, prepare

    prepare()
    app = QApplication(sys.argv[:1])
    from caseworker_app.bootstrap.file_window import build_main_window
    from caseworker_app.bootstrap.office import open_demonstration
    from caseworker_app.features.directory import service as directory
    from caseworker_app.kernel.clock import FixedClock
    from caseworker_app.shell.language import speak_french
    from caseworker_app.ui_kit.tasks import Tasks

    speak_french(app)
    dress(app, "light", 100)
    tasks = Tasks()
    with open_demonstration(clock=FixedClock(NOW)) as office:
        with office.file.reading() as connection:
            household = directory.search(connection, office.who, "Ferhaoui", 1)[0].household_id
        window = build_main_window(office, tasks)
        window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        window.show()
        lead = Lead(window, tasks, household)
        threading.Thread(target=lead.listen, daemon=True).start()
        app.exec()
        window.hide()
        tasks.close()


if __name__ == "__main__":
    main()
