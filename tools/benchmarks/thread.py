"""The thread of a file with 2,000 events: what one frame takes while one scrolls through it, and a kind chosen.

Run as `python -m tools.benchmarks.thread`; answers milliseconds of the window's thread on the processor as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.ui_kit.dress import dress, prepare
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.timeline import Event, Timeline
from tools.benchmarks.children import answer_of
from tools.benchmarks.table import Line, limit_line, p95, thread_milliseconds

EVENTS, FRAMES, WARM_UP = 2_000, 220, 10
FRAME_MS = 8
# The content of a maximised window on the screens of docs/performance.md.
SIZE = (1174, 690)
_ICONS = ("home", "phone", "wallet", "target", "file-text", "users")
_TONES = ("accent", "ok", "warn", "danger", "muted", "note")
_WORDS = "Logement aéré et chauffé, le loyer est réglé, deux démarches à finir avant la fin du mois prochain."


def thread_of_events() -> list[Line]:
    """Return the row: a frame of the longest thread, painted whole, beside that of as many rows' room left empty."""
    told = answer_of("tools.benchmarks.thread")
    return [
        limit_line(
            f"a frame of a thread of {EVENTS} events, scrolled: p95 (CPU)",
            told["frame"],
            FRAME_MS,
            floor=told["bare"],
        ),
        limit_line(f"a kind chosen among {EVENTS} events: p95 (CPU)", told["chosen"], FRAME_MS),
    ]


def _events() -> list[Event]:
    day = date(2026, 11, 24)
    return [
        Event(
            f"event:{number}", f"{(day - timedelta(number)).day} nov.", f"Visite à domicile, {number}ᵉ écrit", _WORDS,
            _ICONS[number % 6], _TONES[number % 6], State("Signée", "ok") if number % 3 == 0 else None,
        )
        for number in range(EVENTS)
    ]  # fmt: skip


def _scene(content: QWidget) -> QScrollArea:
    """Return a page that scrolls, as the overview of a file does, with `content` as tall as it asks."""
    body = QWidget()
    column = QVBoxLayout(body)
    column.addWidget(QLabel("Fil du dossier"))
    column.addWidget(content)
    area = ScrollBody(body)
    area.resize(*SIZE)
    area.show()
    return area


def _frames(app: QApplication, area: QScrollArea) -> list[float]:
    """Return what each frame took: one step further down, everything in sight drawn anew."""
    bar, picture = area.verticalScrollBar(), QImage(*SIZE, QImage.Format.Format_RGB32)
    step = max(1, bar.maximum() // (FRAMES + WARM_UP))
    taken = []
    for number in range(FRAMES + WARM_UP):
        bar.setValue(number * step)
        app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        taken.append(thread_milliseconds(lambda: area.viewport().render(picture)))
    return taken[WARM_UP:]


def _chosen(timeline: Timeline, events: list[Event]) -> list[float]:
    """Return what it takes to show those of one kind, then all again."""
    some = [event for event in events if event.icon == "home"]
    return [
        thread_milliseconds(lambda number=number: timeline.set_events(some if number % 2 else events))
        for number in range(40)
    ]


def main() -> None:
    """Measure in a window of its own."""
    prepare()
    app = QApplication(sys.argv[:1])
    dress(app, "light", 100)
    events, timeline, empty = _events(), Timeline(fit=True), QWidget()
    timeline.set_events(events)
    empty.setFixedHeight(timeline.height())
    area, bare = _scene(timeline), _scene(empty)
    app.processEvents()
    told = {
        "frame": p95(_frames(app, area)),
        "bare": p95(_frames(app, bare)),
        "chosen": p95(_chosen(timeline, events)),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
