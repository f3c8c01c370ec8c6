"""Contents of attachments: sealed, kept once, whole after a kill, never lost to a sweep."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.storage import attachments
from caseworker_app.storage.attachments import (
    KEPT_ASIDE_SECONDS,
    MAX_BYTES,
    AttachmentsNotWritten,
    ContentDamaged,
    ContentMissing,
    Contents,
    ContentTooLarge,
    content_hash,
)
from caseworker_app.storage.failures import DiskFull

KEY = bytes(range(32))
CHUNK = attachments._CHUNK
WORDS = b"SECRET-MARCHADIER" * 9


@pytest.fixture
def contents(tmp_path: Path) -> Contents:
    return Contents(tmp_path, KEY)


def files(contents: Contents) -> list[Path]:
    return sorted(contents.folder.iterdir())


@given(
    size=st.one_of(
        st.integers(0, 40), st.integers(CHUNK - 2, CHUNK + 2), st.integers(3 * CHUNK, 3 * CHUNK + 3)
    )
)
@settings(max_examples=40, deadline=None)
def test_any_length_is_read_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, size: int) -> None:
    contents = Contents(tmp_path_factory.mktemp("any"), KEY)
    content = os.urandom(size)
    assert contents.read(contents.put(content)) == content


@given(parts=st.lists(st.binary(max_size=6), max_size=8))
@settings(max_examples=40, deadline=None)
def test_equal_contents_are_one_file_and_others_are_not(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]
) -> None:
    contents = Contents(tmp_path_factory.mktemp("same"), KEY)
    hashes = [contents.put(part) for part in parts]
    assert len(set(hashes)) == len(set(parts))
    assert not parts or len(files(contents)) == len(set(parts))
    assert [contents.read(digest) for digest in hashes] == parts


def test_neither_content_nor_hash_can_be_read_outside(contents: Contents) -> None:
    digest = contents.put(WORDS)
    (path,) = files(contents)
    assert b"MARCHADIER" not in path.read_bytes()
    assert digest[:16] not in path.name
    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt"
    (contents.folder / "other").mkdir()
    other = Contents(contents.folder / "other", bytes(32))
    other.put(WORDS)
    assert files(other)[0].name != path.name


def test_more_than_fifty_megabytes_is_refused_and_leaves_nothing(contents: Contents) -> None:
    with pytest.raises(ContentTooLarge):
        contents.put(bytes(MAX_BYTES + 1))
    assert not contents.folder.exists()


@given(at=st.integers(0, 2 * CHUNK), bit=st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_one_bit_changed_anywhere_is_told(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    contents = Contents(tmp_path_factory.mktemp("bit"), KEY)
    digest = contents.put(os.urandom(2 * CHUNK))
    (path,) = files(contents)
    torn = bytearray(path.read_bytes())
    torn[at] ^= 1 << bit
    path.write_bytes(torn)
    with pytest.raises(ContentDamaged):
        contents.read(digest)


@given(cut=st.integers(1, 2 * CHUNK + 70))
@settings(max_examples=40, deadline=None)
def test_a_content_cut_anywhere_is_told(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    contents = Contents(tmp_path_factory.mktemp("cut"), KEY)
    digest = contents.put(os.urandom(2 * CHUNK))
    (path,) = files(contents)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(ContentDamaged):
        contents.read(digest)


def test_bytes_added_at_the_end_and_contents_swapped_are_told(contents: Contents) -> None:
    first, second = contents.put(b"one"), contents.put(b"two")
    one, two = contents._path(first), contents._path(second)
    one_bytes = one.read_bytes()
    one.write_bytes(one_bytes + b"x")
    with pytest.raises(ContentDamaged):
        contents.read(first)
    one.write_bytes(two.read_bytes())
    with pytest.raises(ContentDamaged):
        contents.read(first)


def test_adding_the_original_again_repairs_what_was_damaged_or_lost(contents: Contents) -> None:
    digest = contents.put(WORDS)
    contents._path(digest).write_bytes(b"torn")
    assert contents.put(WORDS) == digest
    assert contents.read(digest) == WORDS
    contents._path(digest).unlink()
    with pytest.raises(ContentMissing):
        contents.read(digest)
    contents.put(WORDS)
    assert contents.read(digest) == WORDS


def test_a_sweep_sets_aside_only_what_nothing_refers_to(contents: Contents) -> None:
    kept, gone = contents.put(b"kept"), contents.put(b"gone")
    later = Contents(contents.folder.parent, KEY)
    assert later.sweep({kept}).set_aside == 1
    assert later.read(kept) == b"kept"
    # An older backup came back, with a row that refers to it: it is there still.
    assert later.read(gone) == b"gone"
    assert later.sweep({kept}).set_aside == 1
    assert later.sweep({kept}).removed == 0


def test_what_was_set_aside_goes_after_thirty_days(contents: Contents) -> None:
    digest = contents.put(b"gone")
    later = Contents(contents.folder.parent, KEY)
    later.sweep(set())
    (path,) = files(later)
    long_ago = time.time() - KEPT_ASIDE_SECONDS - 60
    os.utime(path, (long_ago, long_ago))
    assert later.sweep(set()).removed == 1
    with pytest.raises(ContentMissing):
        later.read(digest)


def test_an_erasure_waits_for_nothing(contents: Contents) -> None:
    contents.put(b"erased")
    kept = contents.put(b"kept")
    assert contents.sweep({kept}, at_once=True).removed == 1
    assert len(files(contents)) == 1


def test_what_was_just_put_is_not_swept_by_the_same_program(contents: Contents) -> None:
    digest = contents.put(b"about to be referred to")
    assert contents.sweep(set()).set_aside == 0
    assert contents.read(digest)


def test_leftovers_of_a_killed_writing_are_swept(contents: Contents) -> None:
    contents.put(b"x")
    (contents.folder / "0011223344556677.part").write_bytes(b"half")
    contents.sweep({content_hash(b"x")})
    assert [path.suffix for path in files(contents)] == [".piece"]


def test_a_copy_brings_only_what_is_missing(contents: Contents, tmp_path: Path) -> None:
    hashes = [contents.put(b"one"), contents.put(b"two")]
    assert contents.copy_to(tmp_path / "backup") == 2
    assert contents.copy_to(tmp_path / "backup") == 0
    assert [Contents(tmp_path / "backup", KEY).read(each) for each in hashes] == [b"one", b"two"]


def test_under_another_key_everything_is_read_and_the_old_key_opens_nothing(contents: Contents) -> None:
    hashes = [contents.put(b"one"), contents.put(b"two")]
    made = contents.sealed_again(hashes, bytes(32))
    assert [contents.read(each) for each in hashes] == [b"one", b"two"]
    made.sweep(hashes, at_once=True)
    assert [made.read(each) for each in hashes] == [b"one", b"two"]
    with pytest.raises(ContentMissing):
        Contents(contents.folder.parent, KEY).read(hashes[0])


def test_a_full_disk_says_so_and_leaves_nothing(contents: Contents, monkeypatch: pytest.MonkeyPatch) -> None:
    contents.put(b"before")
    real = os.fsync

    def full(descriptor: int) -> None:
        real(descriptor)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        contents.put(b"after")
    monkeypatch.undo()
    assert len(files(contents)) == 1


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "pieces").write_text("a file in the way")
    with pytest.raises(AttachmentsNotWritten):
        Contents(tmp_path, KEY).put(b"x")


_WRITER = """
import os, sys
from pathlib import Path
from caseworker_app.storage.attachments import Contents
contents = Contents(Path(sys.argv[1]), bytes(range(32)))
number = 0
while True:
    number += 1
    content = number.to_bytes(4, "big") * 40_000
    digest = contents.put(content)
    print(digest, flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="killed as Linux kills")
def test_killed_at_any_instant_every_content_confirmed_is_whole(tmp_path: Path) -> None:
    import random

    chance = random.Random(7)
    confirmed: list[str] = []
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            confirmed += [child.stdout.readline().strip() for _ in range(chance.randrange(1, 25))]
            child.send_signal(signal.SIGKILL)
            confirmed += [line.strip() for line in child.stdout if line.endswith("\n")]
    contents = Contents(tmp_path, KEY)
    for digest in set(confirmed):
        assert content_hash(contents.read(digest)) == digest
    contents.sweep(set(confirmed), at_once=True)
    assert {path.suffix for path in files(contents)} == {".piece"}
    assert len(files(contents)) == len(set(confirmed))
