"""A day watched by strace, and its folder put back as it stood when the power went, again and again."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from caseworker_app.bootstrap.office import create_office, has_office
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.security.passphrase import THROW_AWAY
from tests.endurance import judge
from tests.endurance.disk import Chooser, Disk, everything, nothing_more, some
from tests.endurance.ground import make_folder, phrase
from tests.endurance.recording import TRACED, Recording

ROOT = Path(__file__).parents[2]
_STRACE = ("strace", "-f", "-qq", "-xx", "-s", str(1 << 24), "-e", f"trace={TRACED}", "-e", "signal=none")
Variants = dict[str, Chooser]


def can_watch() -> bool:
    """Say whether strace is there and may watch."""
    if shutil.which("strace") is None:
        return False
    return (
        subprocess.run(["strace", "-o", os.devnull, "true"], check=False, capture_output=True).returncode == 0
    )


@dataclass
class Watched:
    """A day that was watched: what it did to its disk; `founded`: its folder was made during it."""

    disk: Disk
    since: int
    founded: bool

    def crashes(self) -> list[int]:
        """Return after which operations of the day the power may go."""
        return [each for each in self.disk.crashes() if each >= self.since]

    def sample(self, count: int, chance: random.Random) -> list[int]:
        """Return so many of them, one drawn from each equal part of the day."""
        every = self.crashes()
        edges = [round(part * len(every) / count) for part in range(count + 1)]
        return [every[chance.randrange(first, end)] for first, end in pairwise(edges) if first < end]


def watch(place: Path, *, older: bool) -> Watched:
    """Watch a day on a folder that is founded first, or on one an older version left."""
    house, lists, journal, trace = (place / name for name in ("house", "lists", "journal", "trace"))
    for folder in (house, lists):
        folder.mkdir(parents=True)
    if older:
        make_folder(house / "data", older=True)
    recording = Recording(house, journal)
    command = [sys.executable, "-m", "tests.endurance.recorded", *map(str, (house / "data", lists, journal))]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    subprocess.run([*_STRACE, "-o", str(trace), *command], cwd=ROOT, env=environment, check=True)
    with trace.open(encoding="ascii") as lines:
        disk = recording.read(iter(lines))
    trace.unlink()
    return Watched(disk, recording.began_at, not older)


def variants(disk: Disk, seed: int, count: int) -> Variants:
    """Return what may have reached the disk besides what was durable: nothing, all, and so many drawn at random."""
    drawn: Variants = {f"some {seed + i}": some(seed + i, len(disk.operations)) for i in range(count)}
    return {"nothing more": nothing_more, "everything": everything, **drawn}


def faults_after(watched: Watched, crash: int, chooser: Chooser, blank: Path) -> list[str]:
    """Put the folder back as the power left it, open it as its person would, and return what is wrong."""
    lines = b"".join(watched.disk.told_by(crash)).splitlines()
    told = judge.Told()
    for line in lines:
        told.hear(json.loads(line))
    with tempfile.TemporaryDirectory(dir=blank.parent) as scratch:
        house = Path(scratch) / "house"
        watched.disk.put_back(crash, house, chooser)
        if watched.founded and b'{"kind": "founded"}' not in lines and not has_office(house / "data"):
            return founded_again(house / "data")
        return judge.judge(house / "data", told, blank)


def founded_again(folder: Path) -> list[str]:
    """A folder whose making was cut short before it was somebody's is made as if nothing had been there."""
    create_office(folder, phrase(0), NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY)[0].close()
    return []


@contextmanager
def house(*, older: bool) -> Iterator[tuple[Watched, Path]]:
    """Give a watched day and the empty file changes are replayed into, in memory where there is room for them."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory, prefix="endurance-") as scratch:
        place = Path(scratch)
        (place / "blank").mkdir()
        blank = judge.make_blank(place / "blank")
        yield watch(place / "watched", older=older), blank


def every_fault(watched: Watched, blank: Path, crashes: list[int], seed: int, count: int) -> list[str]:
    """Return what is wrong after each of these losses of power, with what shows it again."""
    found = []
    for crash in crashes:
        for name, chooser in variants(watched.disk, seed, count).items():
            wrong = faults_after(watched, crash, chooser, blank)
            found += [f"sync at {crash}, {name}: {each}" for each in wrong]
    return found
