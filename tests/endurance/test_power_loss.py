"""The power goes at any sync of a day's work: what was confirmed is there, whatever of the rest had reached the disk.

strace records what the day does to its disk; the folder is then put back as POSIX lets a power cut leave it (`disk`).
By default a sample of the syncs, drawn anew each run; all of them: `python3 run.py bench --only power-loss`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.endurance import disk
from tests.endurance.disk import Disk, Name, Rename, Said, Sync, Truncate, Write
from tests.endurance.losses_of_power import Watched, can_watch, every_fault, house

SAMPLE_FOUNDED, SAMPLE_OLDER = 16, 8
needs_strace = pytest.mark.skipif(not can_watch(), reason="strace is absent, or may not watch here")


@pytest.fixture(scope="module")
def founded(_stores: None) -> Iterator[tuple[Watched, Path]]:
    with house(older=False) as made:
        yield made


@pytest.fixture(scope="module")
def older(_stores: None) -> Iterator[tuple[Watched, Path]]:
    with house(older=True) as made:
        yield made


@needs_strace
def test_from_the_making_of_a_file_to_a_change_of_its_key(founded: tuple[Watched, Path]) -> None:
    watched, blank = founded
    seed = random.SystemRandom().randrange(1 << 20)
    crashes = watched.sample(SAMPLE_FOUNDED, random.Random(seed))
    assert every_fault(watched, blank, crashes, seed, 1) == []


@needs_strace
def test_from_the_migration_of_an_older_file_to_a_change_of_its_key(older: tuple[Watched, Path]) -> None:
    watched, blank = older
    seed = random.SystemRandom().randrange(1 << 20)
    crashes = watched.sample(SAMPLE_OLDER, random.Random(seed))
    assert every_fault(watched, blank, crashes, seed, 1) == []


@needs_strace
def test_the_recording_misses_nothing(founded: tuple[Watched, Path], tmp_path: Path) -> None:
    """With everything that was done, the folder put back is the one that was left, byte for byte."""
    watched, blank = founded
    crash = watched.crashes()[-1]
    watched.disk.put_back(crash, tmp_path / "back", disk.everything)
    left = blank.parent / "watched" / "house"
    for path in left.rglob("*"):
        back = tmp_path / "back" / path.relative_to(left)
        assert back.is_dir() if path.is_dir() else back.read_bytes() == path.read_bytes(), path.name


@needs_strace
@pytest.mark.parametrize("unheard", ["passerelle.db-wal", "passerelle.cle", "data", "pieces"])
def test_a_program_that_did_not_sync_would_be_seen(founded: tuple[Watched, Path], unheard: str) -> None:
    """Had it not synced one kind of file, or the folder that holds one, something confirmed would be missing."""
    watched, blank = founded
    named = [each for each in watched.disk.operations if isinstance(each, Name) and each.name == unheard]
    # A new folder lasts by its own name, which is the business of the one it lies in.
    deaf = {each.folder if unheard in ("data", "pieces") else each.node for each in named}
    kept = [
        Sync(each.node, 0) if isinstance(each, Sync) and each.node in deaf else each
        for each in watched.disk.operations
    ]
    careless = Watched(Disk(kept, watched.disk.folders), watched.since, watched.founded)
    assert any(every_fault(careless, blank, [crash], 1, 0) for crash in careless.sample(40, random.Random(1)))


def test_what_is_synced_lasts_and_the_rest_may_not(tmp_path: Path) -> None:
    """The model of a disk itself: data by their file, names by their folder, pages one by one."""
    first, second = bytes([1]) * disk.PAGE, bytes([2]) * disk.PAGE
    operations = [
        Name(disk.ROOT, "a", 1), Write(1, 0, first + second), Sync(1, 2), Name(disk.ROOT, "b", 4), Sync(disk.ROOT, 4),
        Write(1, disk.PAGE, first), Truncate(4, 10), Rename(disk.ROOT, "a", 1, disk.ROOT, "c"), Said(b"done"),
        Sync(disk.ROOT, 8),
    ]  # fmt: skip
    made = Disk(list(operations))
    assert made.crashes() == [2, 4, 9]
    made.put_back(2, tmp_path / "0", disk.nothing_more)
    assert names(tmp_path / "0") == {}
    made.put_back(4, tmp_path / "1", disk.nothing_more)
    assert names(tmp_path / "1") == {"a": first + second, "b": b""}
    made.put_back(4, tmp_path / "2", lambda _i, each, _page: isinstance(each, Write))
    assert names(tmp_path / "2") == {"a": first + first, "b": b""}
    made.put_back(9, tmp_path / "3", disk.nothing_more)
    assert names(tmp_path / "3") == {"c": first + second, "b": b""}
    made.put_back(9, tmp_path / "4", disk.everything)
    assert names(tmp_path / "4") == {"c": first + first, "b": bytes(10)}
    assert (made.told_by(2), made.told_by(4)) == ([], [b"done"])


def names(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
