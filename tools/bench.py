"""Measures the program, each figure beside what the machine itself needs: `python3 run.py bench --help`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tools.benchmarks import (  # noqa: E402
    accompanying,
    checking,
    day,
    enduring,
    entering,
    flipping,
    listing,
    newcomer,
    printing,
    reading,
    saving,
    stages,
    starting,
    subject,
    thread,
    week,
    working,
    writing,
)
from tools.benchmarks.table import Line, print_table  # noqa: E402

USUAL, QUICK = 55_000, 5_500
LIST_ROWS, QUICK_ROWS = 40_000, 4_000
# Left out of a quick run unless asked for by name.
LONG = frozenset({"growth", "newcomer", "flips", "kills", "power-loss", "full-disk"})


class Bench:
    """What may be measured, by name, on a demonstration of so many households."""

    def __init__(self, households: int, rows: int, grow_to: int) -> None:
        """Measure nothing yet. `rows`: those of the list imported."""
        self._households, self._rows, self._grow_to = households, rows, grow_to

    def measures(self) -> dict[str, Callable[[], list[Line]]]:
        """Return the measures in the order of the table."""
        return {
            "start": self._start,
            "enter": self._enter,
            "search": self._search,
            "writings": self._writings,
            "list": self._list,
            "open": self._open,
            "week": self._week,
            "thread": thread.thread_of_events,
            "stages": stages.line_of_stages,
            "long-files": self._long_files,
            "second-check": checking.checking_words,
            "window": self._window,
            "day": self._day,
            "newcomer": newcomer.following_sixty,
            "confirm": self._confirm,
            "back-up": self._back_up,
            "import": self._import,
            "print": printing.printing,
            "growth": self._growth,
            "flips": self._flips,
            "kills": enduring.killing,
            "power-loss": enduring.losing_power,
            "full-disk": enduring.filling_the_disk,
        }

    def _start(self) -> list[Line]:
        return starting.starting(subject.folder_of(self._households))

    def _enter(self) -> list[Line]:
        with subject.scratch() as scratch:
            return entering.entering(subject.copy_into(scratch, self._households))

    def _search(self) -> list[Line]:
        with subject.subject(self._households) as office:
            return reading.searching(office)

    def _writings(self) -> list[Line]:
        with subject.subject(self._households) as office:
            return reading.searching_writings(office)

    def _list(self) -> list[Line]:
        with subject.subject(self._households) as office:
            return listing.listing(office)

    def _open(self) -> list[Line]:
        with subject.subject(self._households) as office:
            return reading.opening(office)

    def _week(self) -> list[Line]:
        with subject.subject(self._households) as office:
            return week.reading_weeks(office)

    def _long_files(self) -> list[Line]:
        with subject.scratch() as scratch:
            return accompanying.long_files(scratch)

    def _window(self) -> list[Line]:
        with subject.scratch() as scratch:
            return working.working(subject.copy_into(scratch, self._households), scratch, self._rows)

    def _day(self) -> list[Line]:
        with subject.scratch() as scratch:
            return day.living_the_day(subject.copy_into(scratch, self._households), scratch)

    def _confirm(self) -> list[Line]:
        with subject.scratch() as scratch:
            return writing.confirming(subject.copy_into(scratch, self._households), scratch)

    def _back_up(self) -> list[Line]:
        with subject.scratch() as scratch:
            return saving.backing_up(subject.copy_into(scratch, self._households), scratch)

    def _import(self) -> list[Line]:
        with subject.scratch() as scratch, subject.scratch() as other:
            place, floor_place = (subject.copy_into(folder, self._households) for folder in (scratch, other))
            return writing.importing_a_list(place, floor_place, scratch, self._rows)

    def _flips(self) -> list[Line]:
        with subject.scratch() as scratch:
            return flipping.flipping_bytes(scratch)

    def _growth(self) -> list[Line]:
        sizes = f"{QUICK} → {self._grow_to} households"
        with subject.subject(QUICK) as small, subject.subject(self._grow_to) as large:
            return reading.growing(small, large, sizes)


def main() -> int:
    """Measure what was asked and print one table."""
    options = _options()
    households = options.households or (QUICK if options.quick else USUAL)
    bench = Bench(
        households, QUICK_ROWS if options.quick else LIST_ROWS, options.grow_to or max(households, USUAL)
    )
    measures = bench.measures()
    chosen = options.only or [name for name in measures if not (options.quick and name in LONG)]
    lines: list[Line] = []
    for name in chosen:
        subject.tell(f"measuring: {name}")
        lines += measures[name]()
    print_table(lines)
    return 0


def _options() -> argparse.Namespace:
    names = list(Bench(0, 0, 0).measures())
    asked = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    asked.add_argument(
        "--households", type=int, metavar="N", help=f"size of the demonstration measured ({USUAL})"
    )
    asked.add_argument(
        "--only", action="append", choices=names, help="measure this alone; may be given again"
    )
    asked.add_argument(
        "--quick", action="store_true", help=f"{QUICK} households, a list of {QUICK_ROWS}, no growth"
    )
    asked.add_argument(
        "--grow-to", type=int, metavar="N", help="largest size of the row of growth, e.g. 550000"
    )
    return asked.parse_args()


if __name__ == "__main__":
    sys.exit(main())
