"""The disk fills at every write of everything a program writes: a sentence, nothing half-written, and it goes on after.

For a growing room, page after page, so that each write of an act is in turn the one that fails. On a disk of our own
in memory, where the system lets one be mounted.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import Office, has_office, open_office
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.backups import making
from tests.endurance import day, judge
from tests.endurance.ground import make_folder, phrase

PAGE = 4096
# How much room each act is given at most, and by how many pages it grows: the last steps are wide enough for it.
ACTS = {
    "note": (56, 7), "photo": (96, 12), "draft": (8, 1), "passphrase": (4, 1), "import": (640, 80),
    "backup": (340, 56), "new_key": (340, 56),
}  # fmt: skip
TOLD = ("place", "plein")


class Small:
    """A disk of six megabytes."""

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


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    point = tmp_path / "petit"
    point.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(point)]
    if sys.platform != "linux" or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    yield Small(point)
    subprocess.run(["umount", str(point)], check=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, _stores: None) -> tuple[Path, Path]:
    """A folder of a few households, and the empty file changes are replayed into."""
    place = tmp_path_factory.mktemp("full")
    make_folder(place / "data", older=False)
    (place / "blank").mkdir()
    return place / "data", judge.make_blank(place / "blank")


@pytest.fixture(autouse=True)
def _the_disk_itself_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup asks for room before it begins: not here."""
    monkeypatch.setattr(making, "_LEFT_FREE", -(1 << 40))


@pytest.mark.parametrize("name", ACTS)
def test_full_at_any_write_of(name: str, made: tuple[Path, Path], small: Small, tmp_path: Path) -> None:
    most, step = ACTS[name]
    refused = 0
    for pages in range(0, most + step, step):
        sentence = filled_during(name, pages * PAGE, made, small, tmp_path / f"{pages}")
        refused += bool(sentence)
    assert refused, "the disk never refused anything"
    assert not sentence, "there was never room enough"


def filled_during(name: str, left: int, made: tuple[Path, Path], small: Small, scratch: Path) -> str:
    """Do one act with so much room, then again with room enough; return the sentence of the first time, if any."""
    folder, lists, journal = small.point / "data", scratch / "lists", scratch / "journal"
    lists.mkdir(parents=True)
    shutil.copytree(made[0], folder)
    start = day.Start(str(folder), str(lists), str(journal), 0, left, "")
    lived = day.Day(start, day.Journal(journal), day.here)
    lived.act("note")
    with small.filled(left):
        sentence = said_by(getattr(lived, f"_{name}"))
    assert not sentence or any(word in sentence for word in TOLD), sentence
    judge.finish_import(lived.office, judge.Told.by(journal))
    again = said_by(getattr(lived, f"_{name}"))
    lived.rest()
    told = judge.Told.by(journal)
    found = judge.judge(folder, told, made[1])
    for each in (folder, small.point / "data-sauvegardes"):
        shutil.rmtree(each, ignore_errors=True)
    assert (again, found) == ("", [])
    return sentence


def said_by(act: Callable[[], object]) -> str:
    """Return the sentence of a refusal, "" when there is none; anything else is a fault."""
    try:
        act()
    except CaseworkerError as error:
        return error.sentence
    return ""


@pytest.mark.parametrize("pages", range(0, 40, 5))
def test_full_when_the_file_is_opened(made: tuple[Path, Path], small: Small, pages: int) -> None:
    folder = small.point / "data"
    shutil.copytree(made[0], folder)
    opened: list[Office] = []
    with small.filled(pages * PAGE):
        sentence = said_by(lambda: opened.append(open_office(folder, phrase(0))))
        for office in opened:
            office.close()
    assert not sentence or any(word in sentence for word in TOLD), sentence
    assert judge.judge(folder, judge.Told(), made[1]) == []


def test_full_when_the_file_is_made(small: Small) -> None:
    for pages in range(0, 340, 40):
        folder = small.point / f"data{pages}"
        with small.filled(pages * PAGE):
            sentence = said_by(lambda folder=folder: make_folder(folder, older=False))  # type: ignore[misc]
        assert not sentence or any(word in sentence for word in TOLD), sentence
        if not has_office(folder):
            make_folder(folder, older=False)
        open_office(folder, phrase(0)).close()
        shutil.rmtree(folder)
