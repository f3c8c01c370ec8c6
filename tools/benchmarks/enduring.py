"""How many kills and power cuts of a day at work a file comes through whole: what the tests sample, all of it."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from tools.benchmarks.subject import tell
from tools.benchmarks.table import Line

KILLS = 300
# States drawn at random of each power cut, besides the least and the most that may have reached the disk.
DRAWN = 3


def killing() -> list[Line]:
    """Return the row of three hundred kills at random instants; each fault is told with the seed that shows it again.

    The days are those of `tests/endurance`.
    """
    from caseworker_app.bootstrap.stores import load_stores
    from tests.endurance import lives

    load_stores()
    figures = lives.Figures()
    with lives.grounds() as (ground, killer):
        for _ in range(KILLS // lives.KILLS):
            lives.live(ground, killer, random.SystemRandom().randrange(1 << 30), figures)
    for fault in figures.faults:
        tell(fault)
    tell(f"acts killed: {dict(figures.under_way.most_common())}; {figures.saves} saves were confirmed")
    spoilt = len({fault.split(",")[0] for fault in figures.faults})
    return [_line(f"{figures.kills} kills during a day at work", spoilt)]


def losing_power() -> list[Line]:
    """Return the row of the power lost after every sync of two days: on a new file, on one of an older version."""
    from caseworker_app.bootstrap.stores import load_stores
    from tests.endurance import losses_of_power

    if not losses_of_power.can_watch():
        return [Line("power lost at each sync", "—", "—", "—", "strace is needed", None)]
    load_stores()
    seed, states, spoilt = random.SystemRandom().randrange(1 << 20), 0, 0
    for older in (False, True):
        with losses_of_power.house(older=older) as (watched, blank):
            for crash in watched.crashes():
                faults = losses_of_power.every_fault(watched, blank, [crash], seed, DRAWN)
                states, spoilt = states + 2 + DRAWN, spoilt + bool(faults)
                for fault in faults:
                    tell(fault)
    return [_line(f"{states} states left by a power cut", spoilt)]


def filling_the_disk() -> list[Line]:
    """Return the row of a disk that fills, page after page of room, during each act that writes."""
    from caseworker_app.bootstrap.stores import load_stores
    from tests.endurance import full_disk, judge
    from tests.endurance.ground import make_folder

    load_stores()
    with tempfile.TemporaryDirectory() as scratch, full_disk.small_disk(Path(scratch) / "petit") as small:
        if small is None:
            return [Line("a disk full at each write", "—", "—", "—", "a disk to mount is needed", None)]
        make_folder(Path(scratch) / "data", older=False)
        (Path(scratch) / "blank").mkdir()
        made = Path(scratch) / "data", judge.make_blank(Path(scratch) / "blank")
        tried, faults = 0, []
        with full_disk.the_disk_itself_says_no():
            for name in full_disk.ACTS:
                times, wrong = full_disk.every_fault(name, made, small, Path(scratch), 1)
                tried, faults = tried + times, faults + wrong
                tell(f"{name}: tried with {times} sizes of room, {len(wrong)} faults")
    for fault in faults:
        tell(fault)
    return [_line(f"{tried} disks that fill, page after page", len(faults))]


def _line(what: str, spoilt: int) -> Line:
    """Return a row whose aim is that no file is spoilt."""
    return Line(what, f"{spoilt} spoilt", "—", "—", "0 spoilt", spoilt == 0)
