"""What is opened in another program: private, for reading only, gone afterwards."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from caseworker_app.storage.open_copies import OpenCopies


@pytest.fixture(autouse=True)
def own_temporary_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_a_copy_is_private_and_for_reading_only(tmp_path: Path) -> None:
    copies = OpenCopies(tmp_path)
    path = copies.put(b"content", "bail.pdf")
    assert path.read_bytes() == b"content"
    assert path.name == "bail.pdf"
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
        assert copies.folder is not None
        assert stat.S_IMODE(copies.folder.stat().st_mode) == 0o700


def test_two_of_one_name_lie_side_by_side(tmp_path: Path) -> None:
    copies = OpenCopies(tmp_path)
    assert copies.put(b"1", "a.pdf") != copies.put(b"2", "a.pdf")


def test_emptying_leaves_nothing(tmp_path: Path, own_temporary_place: Path) -> None:
    copies = OpenCopies(tmp_path)
    copies.put(b"content", "bail.pdf")
    assert copies.empty()
    assert list(own_temporary_place.iterdir()) == []
    assert copies.put(b"again", "bail.pdf").exists()


def test_what_a_killed_program_left_goes_at_the_next_start(tmp_path: Path, own_temporary_place: Path) -> None:
    OpenCopies(tmp_path).put(b"content", "bail.pdf")
    assert OpenCopies(tmp_path).empty()
    assert list(own_temporary_place.iterdir()) == []


def test_the_copies_of_another_data_folder_stay(tmp_path: Path) -> None:
    other = OpenCopies(tmp_path / "other").put(b"content", "bail.pdf")
    OpenCopies(tmp_path).empty()
    assert other.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_put_in_its_place_is_not_followed(tmp_path: Path, own_temporary_place: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "kept.txt").write_text("kept")
    copies = OpenCopies(tmp_path)
    (own_temporary_place / (copies._prefix + "trap")).symlink_to(precious)
    copies.empty()
    assert (precious / "kept.txt").exists()
