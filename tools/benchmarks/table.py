"""One table: what was measured, the floor of the same run, their ratio, and the aim."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; times in milliseconds. `kept`: whether the aim was reached, None where none is set."""

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


def timed(work: Callable[[int], object], times: int) -> list[float]:
    """Return how long each of `times` calls took, after three that warm up."""
    for number in range(min(3, times)):
        work(number)
    return [milliseconds(lambda number=number: work(number)) for number in range(times)]


def p50(values: Iterable[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p95(values: Iterable[float]) -> float:
    """Return the 95th percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def ratio_line(what: str, measured: float, floor: float, limit: float, unit: str = "ms") -> Line:
    """Return a row whose aim is a ratio to its floor."""
    ratio = measured / floor
    return Line(what, _shown(measured, unit), _shown(floor, unit), f"{ratio:.2f} ×", f"≤ {limit:g} ×", ratio <= limit)


def limit_line(what: str, measured: float, limit: float, unit: str = "ms", floor: float | None = None) -> Line:
    """Return a row whose aim is a limit of its own."""
    shown = "—" if floor is None else _shown(floor, unit)
    return Line(what, _shown(measured, unit), shown, "—", f"≤ {limit:g} {unit}", measured <= limit)


def plain_line(what: str, measured: float, unit: str) -> Line:
    """Return a row without aim, told for what it is."""
    return Line(what, _shown(measured, unit), "—", "—", "—", None)


def print_table(lines: list[Line]) -> None:
    """Print every row, in columns."""
    heads = ("what a person waits for", "measured", "floor", "ratio", "aim", "")
    rows = [(ln.what, ln.measured, ln.floor, ln.ratio, ln.aim, _mark(ln.kept)) for ln in lines]
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(6)]
    for row in [heads, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(), flush=True)


def _mark(kept: bool | None) -> str:
    return "" if kept is None else ("kept" if kept else "MISSED")


def _shown(value: float, unit: str) -> str:
    digits = 0 if value >= 1000 else 1 if value >= 100 else 2 if value >= 1 else 3
    return f"{value:,.{digits}f} {unit}".replace(",", " ")
