"""The order of what reaches the disk, on which nothing lost in a power cut depends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from caseworker_app.security import folder_look, header_files
from caseworker_app.security.errors import HeaderUnreadable
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.vault import create_vault


@pytest.mark.skipif(os.name == "nt", reason="folders are not synchronised on Windows")
def test_content_is_on_the_disk_before_its_name_and_its_name_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def recorded_fsync(descriptor: int) -> None:
        size = os.fstat(descriptor).st_size
        events.append("folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else f"{size} bytes")
        fsync(descriptor)

    def recorded_rename(source: Path, target: Path) -> Path:
        events.append(f"{source.name} -> {target.name}")
        return rename(source, target)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(Path, "replace", recorded_rename)
    header_files.replace_durably(tmp_path / "fichier", b"12345")
    assert events == ["5 bytes", "fichier.nouveau -> fichier", "folder"]


def test_what_was_left_by_an_interrupted_writing_does_not_stay_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"old")
    (tmp_path / "fichier.nouveau").write_bytes(b"a longer text left behind")
    header_files.replace_durably(tmp_path / "fichier", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("fichier", b"new")]


def test_a_refused_replacement_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "dossier").mkdir()
    (tmp_path / "dossier" / "x").write_bytes(b"old")
    with pytest.raises(OSError, match="dossier"):
        header_files.replace_durably(tmp_path / "dossier", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["dossier"]


@pytest.mark.skipif(os.name == "nt", reason="links to themselves are POSIX's")
def test_a_header_the_system_does_not_let_read_is_told_unless_its_copy_is_good(tmp_path: Path) -> None:
    create_vault(tmp_path, "pivoine tabouret", kdf=THROW_AWAY)
    (tmp_path / folder_look.DATABASE_NAME).write_bytes(b"data")
    for name in (folder_look.HEADER_NAME, folder_look.COPY_NAME):
        header_files.read_header(tmp_path)
        (tmp_path / name).unlink()
        (tmp_path / name).symlink_to(tmp_path / name)
    with pytest.raises(HeaderUnreadable):
        header_files.read_header(tmp_path)


def test_a_folder_made_lasts_with_those_it_lies_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(header_files, "sync_folder", synced.append)
    header_files.make_folder(tmp_path / "un" / "deux")
    assert set(synced) == {tmp_path, tmp_path / "un"}
    header_files.make_folder(tmp_path / "un" / "deux")
    assert len(synced) == 2
