"""The rows of the window: painted times, the same while an import runs, pauses and memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.benchmarks.children import answer_of, run
from tools.benchmarks.table import Line, limit_line, p50, p95, plain_line, ratio_line

_EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
from tools.benchmarks.children import resident_megabytes
app = QApplication(sys.argv)
window = QMainWindow(); window.resize(1366, 768); window.show()
for _ in range(20):
    app.processEvents()
print(resident_megabytes())
"""


def working(place: Path, scratch: Path, rows: int) -> list[Line]:
    """Return the rows of a working day in the window of the demonstration that lies in `place`."""
    day = answer_of("tools.benchmarks.window", str(place), str(scratch), str(rows))
    return [*_at_rest(day), *_while_importing(day), *_memory(day)]


def _at_rest(day: dict[str, Any]) -> list[Line]:
    return [
        plain_line("key pressed → results painted p50", p50(day["search"]), "ms"),
        limit_line("key pressed → results painted p95", p95(day["search"]), 33),
        plain_line("open a household's file → overview painted p50", p50(day["open"]), "ms"),
        limit_line("open a household's file → overview painted p95", p95(day["open"]), 50),
        limit_line("longest time the window does not answer", day["pause"], 50),
        limit_line("longest turn of the window's thread on the processor", day["turn"], 50),
    ]


def _while_importing(day: dict[str, Any]) -> list[Line]:
    """Return the rows of the turns taken beside an import; the floor: the same turns, at rest.

    A word is typed in a list just come back to, which reads what it offers again: at rest too it waits for that, as
    the words typed one after the other above do not.
    """
    rest, beside = day["rest"], day["importing"]
    what = f"while a list is imported ({len(beside['search'])} times)"
    return [
        ratio_line(
            f"{what}: back to the list, results painted p50", p50(beside["search"]), p50(rest["search"]), 2
        ),
        ratio_line(
            f"{what}: back to the list, results painted p95", p95(beside["search"]), p95(rest["search"]), 2
        ),
        ratio_line(
            "while a list is imported: overview painted p95", p95(beside["open"]), p95(rest["open"]), 2
        ),
        plain_line("while a list is imported: longest pause", day["pause_importing"], "ms"),
    ]


def _memory(day: dict[str, Any]) -> list[Line]:
    if day["memory"] is None:
        return []
    empty = float(run(["-c", _EMPTY]).split()[-1])
    return [
        limit_line("memory after the day's work", day["memory"], 250, "MB", empty),
        ratio_line(
            "the same, once nobody has touched anything for long", day["memory_left"], empty, None, "MB"
        ),
    ]
