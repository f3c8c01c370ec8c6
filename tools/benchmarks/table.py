"""One table: what was measured, the floor of the same run, their ratio, and the aim."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# Runs before the first one that counts.
WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table. `kept`: whether the aim was reached, None where none is set."""

    what: str
    measured: str
    floor: str
    ratio: str
    aim: str
    kept: bool | None


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long `work` took."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def thread_milliseconds(work: Callable[[], object]) -> float:
    """Return how long `work` took of this thread's time on the processor: what others do at the time is not in it."""
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1000


def side_by_side(
    ours: Callable[[int], object], floor: Callable[[int], object], times: int
) -> tuple[list[float], list[float]]:
    """Return how long each call of both took, in milliseconds.

    Called in turns, each first every other time: what else the machine does, and what the first of the two leaves
    in its memory for the second, then weigh on both alike.
    """
    mine: list[float] = []
    theirs: list[float] = []
    for number in range(times + WARM_UP):
        pair = [(ours, mine), (floor, theirs)]
        for work, times_taken in pair if number % 2 else reversed(pair):
            times_taken.append(milliseconds(lambda work=work, number=number: work(number)))
    return mine[WARM_UP:], theirs[WARM_UP:]


def p50(values: Iterable[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p95(values: Iterable[float]) -> float:
    """Return the 95th percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def ratio_line(what: str, measured: float, floor: float, limit: float | None, unit: str = "ms") -> Line:
    """Return a row whose aim is a ratio to its floor; without `limit` it is told for what it is."""
    ratio = measured / floor
    aim, kept = ("—", None) if limit is None else (f"≤ {limit:g} ×", ratio <= limit)
    return Line(what, shown(measured, unit), shown(floor, unit), f"{ratio:.2f} ×", aim, kept)


def limit_line(
    what: str, measured: float, limit: float, unit: str = "ms", floor: float | None = None
) -> Line:
    """Return a row whose aim is a limit of its own; its floor, where there is one, stands beside it."""
    beside, ratio = ("—", "—") if floor is None else (shown(floor, unit), f"{measured / floor:.2f} ×")
    return Line(what, shown(measured, unit), beside, ratio, f"≤ {limit:g} {unit}", measured <= limit)


def plain_line(what: str, measured: float, unit: str) -> Line:
    """Return a row without floor or aim."""
    return Line(what, shown(measured, unit), "—", "—", "—", None)


def print_table(lines: list[Line]) -> None:
    """Print every row, in columns."""
    heads = ("what a person waits for", "measured", "floor", "ratio", "aim", "")
    rows = [(ln.what, ln.measured, ln.floor, ln.ratio, ln.aim, _mark(ln.kept)) for ln in lines]
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(6)]
    for row in [heads, *rows]:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(), flush=True
        )


def shown(value: float, unit: str) -> str:
    """Write a figure with three digits that mean something."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".replace(",", " ")


def _mark(kept: bool | None) -> str:
    return "" if kept is None else ("kept" if kept else "MISSED")
