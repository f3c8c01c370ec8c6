"""A small disk of our own that is filled, and one act tried on it with so much room, then with enough."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.backups import making
from tests.endurance import day, judge

PAGE = 4096
# How much room each act is given at most, in pages, and by how many it grows in the tests: the last is enough for it.
ACTS = {
    "note": (56, 7), "photo": (96, 12), "draft": (8, 1), "passphrase": (4, 1), "import": (640, 80),
    "backup": (340, 56), "new_key": (340, 56),
}  # fmt: skip
TOLD = ("place", "plein")


class Small:
    """A disk of eight megabytes."""

    def __init__(self, point: Path) -> None:
        """Stand where it is mounted."""
        self.point = point

    @contextmanager
    def filled(self, left: int) -> Iterator[None]:
        """Leave so many bytes of room."""
        filler = self.point / "autre"
        free = shutil.disk_usage(self.point).free
        try:
            filler.write_bytes(bytes(max(0, free - left)))
            yield
        finally:
            filler.unlink()


@contextmanager
def small_disk(point: Path) -> Iterator[Small | None]:
    """Mount a disk of eight megabytes in memory; None where that cannot be."""
    point.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(point)]
    if sys.platform != "linux" or subprocess.run(command, check=False, capture_output=True).returncode:
        yield None
        return
    try:
        yield Small(point)
    finally:
        subprocess.run(["umount", str(point)], check=True)


@contextmanager
def the_disk_itself_says_no() -> Iterator[None]:
    """Have backups begin without asking for room first."""
    usual, making._LEFT_FREE = making._LEFT_FREE, -(1 << 40)
    try:
        yield
    finally:
        making._LEFT_FREE = usual


def filled_during(name: str, left: int, made: tuple[Path, Path], small: Small, scratch: Path) -> str:
    """Do one act with so much room, then again with room enough; return the sentence of the first time, if any."""
    folder, lists, journal = small.point / "data", scratch / "lists", scratch / "journal"
    lists.mkdir(parents=True)
    shutil.copytree(made[0], folder)
    lived = day.Day(
        day.Start(str(folder), str(lists), str(journal), 0, left, ""), day.Journal(journal), day.here
    )
    try:
        sentence, again = _filled_then_not(lived, name, left, small, journal)
        lived.rest()
        found = judge.judge(folder, judge.Told.by(journal), made[1])
        assert not sentence or any(word in sentence for word in TOLD), sentence
        assert (again, found) == ("", [])
    finally:
        with suppress(Exception):  # whatever failed, the next one begins on an empty disk
            lived.rest()
        for each in (folder, small.point / "data-sauvegardes"):
            shutil.rmtree(each, ignore_errors=True)
    return sentence


def _filled_then_not(lived: day.Day, name: str, left: int, small: Small, journal: Path) -> tuple[str, str]:
    """Return what an act says with so much room, and what it says again with room enough."""
    lived.act("note")
    with small.filled(left):
        sentence = said_by(getattr(lived, f"_{name}"))
    judge.finish_import(lived.office, judge.Told.by(journal))
    return sentence, said_by(getattr(lived, f"_{name}"))


def said_by(act: Callable[[], object]) -> str:
    """Return the sentence of a refusal, "" when there is none; anything else is a fault."""
    try:
        act()
    except CaseworkerError as error:
        return error.sentence
    return ""


def every_fault(
    name: str, made: tuple[Path, Path], small: Small, scratch: Path, step: int
) -> tuple[int, list[str]]:
    """Try one act with more and more room; return how many times, and what was wrong, the room being told."""
    most, tried, found = ACTS[name][0], 0, []
    for pages in range(0, most + step, step):
        tried += 1
        try:
            filled_during(name, pages * PAGE, made, small, scratch / f"{name}{pages}")
        except Exception as error:  # noqa: BLE001  (whatever it is, it is what is looked for)
            found.append(f"{name}, {pages} pages of room: {type(error).__name__}: {error}")
        shutil.rmtree(scratch / f"{name}{pages}", ignore_errors=True)
    return tried, found
