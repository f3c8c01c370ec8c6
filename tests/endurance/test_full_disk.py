"""The disk fills at every write of everything a program writes: a sentence, nothing half-written, and it goes on after.

A disk refuses what needs another page of it. With more and more room each write that does is in turn the one that
fails: by steps of a few pages here, page after page in `python3 run.py bench --only full-disk`. On a disk of our own in
memory, where the system lets one be mounted.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import Office, has_office, open_office
from tests.endurance import judge
from tests.endurance.full_disk import (
    ACTS,
    PAGE,
    TOLD,
    Small,
    filled_during,
    said_by,
    small_disk,
    the_disk_itself_says_no,
)
from tests.endurance.ground import make_folder, phrase


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    with small_disk(tmp_path / "petit") as disk:
        if disk is None:
            pytest.skip("no small disk can be mounted here")
        yield disk


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, _stores: None) -> tuple[Path, Path]:
    """A folder of a few households, and the empty file changes are replayed into."""
    place = tmp_path_factory.mktemp("full")
    make_folder(place / "data", older=False)
    (place / "blank").mkdir()
    return place / "data", judge.make_blank(place / "blank")


@pytest.fixture(autouse=True)
def _no_asking() -> Iterator[None]:
    with the_disk_itself_says_no():
        yield


@pytest.mark.parametrize("name", ACTS)
def test_full_at_any_write_of(name: str, made: tuple[Path, Path], small: Small, tmp_path: Path) -> None:
    most, step = ACTS[name]
    refused = 0
    for pages in range(0, most + step, step):
        sentence = filled_during(name, pages * PAGE, made, small, tmp_path / f"{pages}")
        refused += bool(sentence)
    assert refused, "the disk never refused anything"
    assert not sentence, "there was never room enough"


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
