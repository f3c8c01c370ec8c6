"""The rows of a file with what a full year leaves: long threads and journals, a team's week, papers put together."""

from __future__ import annotations

from pathlib import Path

from tools.benchmarks.busy_file import ENTRIES, EVENTS, PIECES, TIMES
from tools.benchmarks.children import answer_of
from tools.benchmarks.table import Line, limit_line, plain_line, ratio_line

TURN_MS, FOLLOW_UP_MB = 50, 300


def long_files(scratch: Path) -> list[Line]:
    """Return the rows, each counted on the processor; the file is made anew under `scratch`."""
    window = answer_of("tools.benchmarks.busy_window", str(scratch / "window"))
    shown = {
        "overview": f"overview of a household with {EVENTS} entries opened",
        "kind": f"a kind chosen in its thread ({EVENTS} events)",
        "journal": f"journal of {ENTRIES} entries opened",
        "week": f"a team's week of {TIMES} appointments shown",
        "own": "one's own week after it",
    }
    lines = [
        line
        for key, what in shown.items()
        for line in (
            limit_line(f"{what}: longest turn of the window's thread, p95", window[key]["turn"], TURN_MS),
            plain_line(f"{what}: every thread, p95", window[key]["whole"], "ms"),
        )
    ]
    told = answer_of("tools.benchmarks.busy_printing", str(scratch / "printing"))
    pieces, pages = told["piece_pages"], told["pages"]
    return [
        *lines,
        ratio_line(
            f"{PIECES} pieces put together, {pieces} pages with their cover",
            told["pieces"],
            told["merge"],
            None,
        ),
        plain_line(f"a follow-up file of {pages} pages, in all", told["follow_up"], "ms"),
        limit_line("the most memory it takes", told["memory"], FOLLOW_UP_MB, "MB", floor=told["before"]),
    ]
