"""The lease as a line of stages: what one frame takes, and placing its labels anew when the window changes its width.

Run as `python -m tools.benchmarks.stages`; answers milliseconds of the window's thread on the processor as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.ui_kit.dress import dress, prepare
from caseworker_app.ui_kit.stage_timeline import StageTimeline
from caseworker_app.ui_kit.stage_times import Milestone, Span, Times
from tools.benchmarks.children import answer_of
from tools.benchmarks.table import Line, limit_line, p95, thread_milliseconds

# A sliding lease has six to ten stages; one looked at every quarter for seven years, thirty.
USUAL, MANY = 10, 30
FRAMES, WARM_UP, FRAME_MS, TURN_MS = 120, 10, 8, 50
_WIDTHS = (1100, 860)
_LOOKS = (
    ("circle-check", "ok"),
    ("circle-dashed", "accent"),
    ("alert-triangle", "warn"),
    ("circle", "muted"),
)


def line_of_stages() -> list[Line]:
    """Return the rows: a frame of the usual line and of the longest, beside an empty drawing; their labels placed."""
    told = answer_of("tools.benchmarks.stages")
    rows = []
    for count in (USUAL, MANY):
        frame, placed = told[f"frame{count}"], told[f"placed{count}"]
        rows += [
            limit_line(
                f"a frame of a line of {count} stages: p95 (CPU)", frame, FRAME_MS, floor=told["bare"]
            ),
            limit_line(f"{count} stages placed for another width: p95 (CPU)", placed, TURN_MS),
        ]
    return rows


def _times(count: int) -> Times:
    first, step = date(2024, 1, 1), max(12, 900 // count)
    days = [first + timedelta(days=20 + step * number) for number in range(count)]
    spans = [
        Span("head", "file-certificate", "Bail principal", "depuis le 01/01/2024", first, None),
        Span("lease", "key", "Sous-location", "du 01/02/2024 au 31/12/2026", first, date(2026, 12, 31)),
        Span("support", "users-group", "Convention d’occupation", "tripartite", first, None, signed=False),
    ]
    stages = [
        Milestone(
            f"stage:{number}", day, f"Examen n° {number + 1}", f"prévu le {day:%d/%m/%Y}", *_LOOKS[number % 4]
        )
        for number, day in enumerate(days)
    ]
    return Times(first, days[-1] + timedelta(days=60), days[len(days) // 2], spans, stages)


def _frames(widget: QWidget) -> float:
    picture = QImage(widget.size(), QImage.Format.Format_RGB32)
    taken = [thread_milliseconds(lambda: widget.render(picture)) for _ in range(FRAMES + WARM_UP)]
    return p95(taken[WARM_UP:])


def _placings(line: StageTimeline) -> float:
    taken = [
        thread_milliseconds(lambda number=number: line.resize(_WIDTHS[number % 2], line.height()))
        for number in range(24)
    ]
    return p95(taken[4:])


def main() -> None:
    """Measure in a window of its own."""
    prepare()
    app = QApplication(sys.argv[:1])
    dress(app, "light", 100)
    told = {}
    for count in (USUAL, MANY):
        line = StageTimeline("Étapes du bail")
        line.resize(_WIDTHS[0], 200)
        line.show()
        line.show_times(_times(count))
        app.processEvents()
        told[f"frame{count}"], told[f"placed{count}"] = _frames(line), _placings(line)
        bare = QWidget()
        bare.resize(line.size())
        bare.show()
        told["bare"] = _frames(bare)
        line.hide()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
