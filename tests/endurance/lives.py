"""Lives of a data folder: days that are killed one after the other, each judged before the next begins."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.endurance import judge
from tests.endurance.day import ACTS, Start
from tests.endurance.forking import Order
from tests.endurance.ground import make_folder

ROOT = Path(__file__).parents[2]
# How many times one folder is killed, and how long it lives at most before each.
KILLS, LONGEST_SECONDS = 5, 0.5
# How long the acts last that are not over in a few milliseconds.
_AIMED_SECONDS = {"import": 0.15, "backup": 0.06, "new_key": 0.08, "undo_import": 0.1, "reopen": 0.03}
# What there is in memory is killed as well as on a disk, and nothing waits for the disk.
IN_MEMORY = Path("/dev/shm")
FORKS = hasattr(os, "fork")


@dataclass
class Ground:
    """What lives begin with, made once: a folder of this version, an older one, an empty file."""

    place: Path
    present: Path = field(init=False)
    older: Path = field(init=False)
    blank: Path = field(init=False)

    def __post_init__(self) -> None:
        """Make them."""
        self.present, self.older = self.place / "present", self.place / "older"
        make_folder(self.present, older=False)
        make_folder(self.older, older=True)
        (self.place / "blank").mkdir()
        self.blank = judge.make_blank(self.place / "blank")


@dataclass
class Figures:
    """What was done: kills, those that hit nobody any more, the acts that were under way, saves confirmed."""

    kills: int = 0
    late: int = 0
    under_way: Counter[str] = field(default_factory=Counter)
    saves: int = 0
    known: int = 0
    faults: list[str] = field(default_factory=list)


class Killer:
    """Begins days and kills them: by forks of one warm process, or by processes where nothing forks."""

    def __init__(self, temporary: Path) -> None:
        """Warm up. `temporary`: the temporary folder of whoever is killed."""
        self._environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "TMPDIR": str(temporary),
        }
        self._warm = self._begin() if FORKS else None

    def kill(self, start: Start, chance: random.Random) -> bool:
        """Live a day and kill it at a random instant; say whether it was alive then."""
        # Half of them are aimed at one act, chosen evenly: long acts would else take nearly all the kills.
        aimed = chance.random() < 0.5
        seconds = chance.uniform(0.0, _AIMED_SECONDS.get(start.first, 0.01) if aimed else LONGEST_SECONDS)
        if self._warm is None:
            return self._kill_a_process(start, seconds)
        order = Order(asdict(start), seconds, chance.random() < 0.5, aimed)
        assert self._warm.stdin is not None
        self._warm.stdin.write(json.dumps(asdict(order)) + "\n")
        self._warm.stdin.flush()
        alive = bool(self._answer()["alive"])
        self._answer()
        return alive

    def close(self) -> None:
        """End the warm process."""
        if self._warm is not None:
            self._warm.communicate()

    def _begin(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.endurance.forking"]
        made = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="ascii",
            cwd=ROOT,
            env=self._environment,
        )
        self._warm = made
        assert self._answer()["ready"]
        return made

    def _answer(self) -> dict[str, bool]:
        assert self._warm is not None
        assert self._warm.stdout is not None
        answer: dict[str, bool] = json.loads(self._warm.stdout.readline())
        return answer

    def _kill_a_process(self, start: Start, seconds: float) -> bool:
        command = [sys.executable, "-m", "tests.endurance.day", json.dumps(asdict(start))]
        journal = Path(start.journal)
        before = journal.stat().st_size if journal.exists() else 0
        with subprocess.Popen(command, cwd=ROOT, env=self._environment) as process:
            while process.poll() is None and (not journal.exists() or journal.stat().st_size == before):
                time.sleep(0.01)
            time.sleep(seconds)
            alive = process.poll() is None
            process.kill()
        return alive


def live(ground: Ground, killer: Killer, seed: int, figures: Figures, kills: int = KILLS) -> None:
    """Kill one folder so many times; what is wrong goes to the figures, with the seed that shows it again."""
    chance, figures.known = random.Random(seed), 0
    with tempfile.TemporaryDirectory(dir=ground.place) as scratch:
        folder, lists = Path(scratch) / "data", Path(scratch) / "lists"
        lists.mkdir()
        shutil.copytree(ground.older if seed % 3 == 0 else ground.present, folder)
        journal = Path(scratch) / "journal"
        for _ in range(kills):
            told = judge.Told.by(journal)
            start = Start(
                str(folder),
                str(lists),
                str(journal),
                told.phrase,
                chance.getrandbits(30),
                chance.choice(ACTS),
            )
            figures.late += not killer.kill(start, chance)
            if not judged(folder, journal, ground, seed, figures):
                return


def judged(folder: Path, journal: Path, ground: Ground, seed: int, figures: Figures) -> bool:
    """Judge a folder after a kill; say whether all is well."""
    told = judge.Told.by(journal)
    figures.kills += 1
    figures.saves += len(told.saved) - figures.known
    figures.known = len(told.saved)
    figures.under_way[told.under_way] += 1
    confirmed = told.phrase
    with temporary_folder(ground.place / "tmp"):
        found = judge.judge(folder, told, ground.blank)
    if told.phrase != confirmed:
        with journal.open("a") as stream:
            stream.write(json.dumps({"kind": "phrase", "number": told.phrase}) + "\n")
    figures.faults += [f"seed {seed}, during {told.under_way}: {each}" for each in found]
    return not found


@contextlib.contextmanager
def temporary_folder(place: Path) -> Iterator[None]:
    """Have the temporary folder be that of whoever was killed."""
    usual, tempfile.tempdir = tempfile.tempdir, str(place)
    try:
        yield
    finally:
        tempfile.tempdir = usual


@contextlib.contextmanager
def grounds() -> Iterator[tuple[Ground, Killer]]:
    """Give the ground of lives and their killer, in memory where there is room for them."""
    memory = str(IN_MEMORY) if os.access(IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory, prefix="endurance-") as scratch:
        temporary = Path(scratch) / "tmp"
        temporary.mkdir()
        killer = Killer(temporary)
        try:
            yield Ground(Path(scratch)), killer
        finally:
            killer.close()
