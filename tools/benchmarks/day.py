"""The rows of a user's day: how many actions each stage takes, and the longest time the window did not answer.

The day itself is the one the tests play (`tests/desk/day.py`). Run as `python -m tools.benchmarks.day FOLDER SCRATCH`;
answers its stages as JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tools.benchmarks.children import answer_of
from tools.benchmarks.table import Line, limit_line, plain_line

LONGEST_PAUSE_MS = 50


def living_the_day(place: Path, scratch: Path) -> list[Line]:
    """Return the rows of the day, lived in the demonstration that lies in `place`."""
    answer = answer_of("tools.benchmarks.day", str(place), str(scratch))
    return [line for stage in answer["stages"] for line in _lines(stage)]


def _lines(stage: dict[str, Any]) -> list[Line]:
    count = stage["actions"]
    words = f"a day, {stage['name']}: {count} actions, {stage['typed']} letters; longest"
    return [
        limit_line(f"{words} turn of the window's thread on the processor", stage["turn"], LONGEST_PAUSE_MS),
        plain_line(f"{words} pause on the wall", stage["pause"], "ms"),
    ]


def main(place: Path, scratch: Path) -> dict[str, Any]:
    """Live the day and return its stages."""
    from PySide6.QtWidgets import QApplication

    from caseworker_app.bootstrap.office import open_office
    from caseworker_app.bootstrap.readiness import Readiness
    from caseworker_app.shell.language import speak_french
    from caseworker_app.ui_kit.dress import dress, prepare
    from tests.desk.day import day
    from tools.benchmarks.subject import PASSPHRASE

    prepare()
    app = QApplication(sys.argv[:1])
    speak_french(app)
    dress(app)
    with open_office(place, PASSPHRASE) as office, day(app, office, scratch) as lived:
        # As the program does while the person reads the first page.
        ready = Readiness(lived.window, lived.tasks)
        lived.hands.until(lambda: ready.done, "the pages are made ready")
        for _ in lived.play():
            pass
        return {"stages": [asdict(stage) for stage in lived.hands.stages]}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
