"""From the data key at hand to the first page painted: what a person waits for once their passphrase is right.

Run as `python -m tools.benchmarks.entering FOLDER`; answers milliseconds. The passphrase's own work, slow on purpose,
is done before; what the program loads while one types is loaded, as in the program.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tools.benchmarks.children import answer_of
from tools.benchmarks.table import Line, limit_line, p50

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from caseworker_app.bootstrap.window import Program

LONGEST_MS, TIMES, LONGEST_WAIT_S = 300.0, 5, 30.0


def entering(folder: Path) -> list[Line]:
    """Return the row of entering the file of `folder`; each time in a process of its own, the first left out."""
    times = [float(answer_of("tools.benchmarks.entering", str(folder))["ms"]) for _ in range(TIMES + 1)]
    return [limit_line("data key available → « Ma semaine » painted, p50", p50(times[1:]), LONGEST_MS)]


def main(folder: Path) -> dict[str, float]:
    """Show the entrance, take the key, enter; return how long entering took."""
    from PySide6.QtWidgets import QApplication

    from caseworker_app.bootstrap.office import opened
    from caseworker_app.bootstrap.window import FIRST_PAGE, Program
    from caseworker_app.kernel.clock import SystemClock
    from caseworker_app.security.single_use import hold_folder
    from caseworker_app.security.vault import open_with_passphrase
    from caseworker_app.ui_kit.dress import prepare
    from tools.benchmarks.subject import PASSPHRASE

    prepare()
    app = QApplication(sys.argv[:1])
    program = Program(app, folder)
    program.begin()
    loaded = [f"caseworker_app.{module}" for module in FIRST_PAGE]
    # The heavy parts are asked for once the entrance is painted.
    _wait(app, lambda: set(loaded) <= set(sys.modules) and not program.tasks.busy)
    key, hold = open_with_passphrase(folder, PASSPHRASE), hold_folder(folder)
    start = time.perf_counter()
    program.enter(opened(folder, SystemClock(), key, hold))
    _wait(app, lambda: _shows_week(program))
    # What was shown asks for a layout and a paint, which the loop gives next.
    for _ in range(2):
        app.processEvents()
    took = (time.perf_counter() - start) * 1000
    program.tasks.close()
    if program.office is not None:
        program.office.close()
    return {"ms": took}


def _shows_week(program: Program) -> bool:
    from caseworker_app.features.week.screens.page import WeekPage

    page = None if program.window is None else program.window.page
    return isinstance(page, WeekPage) and page.shown is not None


def _wait(app: QApplication, condition: Callable[[], bool]) -> None:
    end = time.perf_counter() + LONGEST_WAIT_S
    while not condition():
        app.processEvents()
        time.sleep(0.0005)
        if time.perf_counter() > end:
            raise TimeoutError("the window never showed what it was asked")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
