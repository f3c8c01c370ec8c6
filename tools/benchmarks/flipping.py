"""Bytes turned over one at a time in a whole data folder: none may show a wrong value, nor lose a change silently."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from tests.endurance.flipping import draw, prepare, suffer
from tools.benchmarks.table import Line

FLIPS, SEED = 2000, 1789


def flipping_bytes(scratch: Path) -> list[Line]:
    """Return a row a sort of file: what became of its flips, and how many were borne in silence or wrongly."""
    ground = prepare(scratch / "ground")
    outcomes: dict[str, Counter[str]] = {}
    for flip in draw(ground, SEED, FLIPS):
        with tempfile.TemporaryDirectory(dir=scratch) as place:
            try:
                outcome = suffer(ground, flip, Path(place))
            except Exception as error:  # noqa: BLE001 - counted, and told in the row
                outcome = f"FAULT {type(error).__name__}"
        outcomes.setdefault(flip.sort, Counter())[outcome] += 1
    return [_line(sort, counted) for sort, counted in sorted(outcomes.items())]


def _line(sort: str, counted: Counter[str]) -> Line:
    told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counted.items()))
    faults = sum(number for outcome, number in counted.items() if outcome.startswith("FAULT"))
    return Line(f"a byte turned over: {sort}", told, "—", "—", "0 faults", faults == 0)
