"""Writing at a place: whole or not at all, with a sentence that says what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from caseworker_app.pdf.writing import PlaceNotWritable, write_atomically


def refused(out: Path) -> str:
    """Return the sentence of a refusal."""
    with pytest.raises(PlaceNotWritable) as caught:
        write_atomically(b"new", out)
    return caught.value.sentence


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "bilan.pdf"
    write_atomically(b"old", out)
    write_atomically(b"new", out)
    assert out.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["bilan.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX rights")
def test_it_is_readable_by_this_person_only(tmp_path: Path) -> None:
    write_atomically(b"new", tmp_path / "bilan.pdf")
    assert (tmp_path / "bilan.pdf").stat().st_mode & 0o077 == 0


def test_an_absent_folder_is_named(tmp_path: Path) -> None:
    assert "Le dossier" in refused(tmp_path / "absent" / "bilan.pdf")
    assert "n’existe pas" in refused(tmp_path / "absent" / "bilan.pdf")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert "est un dossier" in refused(tmp_path)


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert "Le dossier" in refused(tmp_path / "file" / "bilan.pdf")


@pytest.mark.parametrize("name", ["x" * 300 + ".pdf", "a\x00b.pdf"])
def test_an_impossible_name(tmp_path: Path, name: str) -> None:
    assert "choisissez un autre nom" in refused(tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "Le disque est plein"),
        (errno.EACCES, "fermez le fichier"),
        (errno.EROFS, "où vous avez le droit d’écrire"),
        (errno.EIO, "n’a pas pu être écrit"),
    ],
)
def test_a_failing_disk_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    out = tmp_path / "bilan.pdf"
    write_atomically(b"old", out)

    def failing(_: int) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr(os, "fsync", failing)
    assert words in refused(out)
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["bilan.pdf"]
