"""Shares are recognised from the table of mounts and from Windows paths."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from caseworker_app.security.network_share import file_system_type, is_network_share, is_unc

MOUNTS = r"""
/dev/sda2 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
srv:/homes /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//srv/equipe /media/Partage\040de\040l'équipe cifs rw 0 0
sshfs#srv: /mnt/ssh fuse.sshfs rw 0 0
/dev/sdc1 /mnt/ssh/cover ext4 rw 0 0
/dev/sdd1 /mnt/over ext4 rw 0 0
srv:/over /mnt/over nfs rw 0 0
line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/data", ""),
        ("/", ""),
        ("/home/w", "nfs4"),
        ("/home", "nfs4"),
        ("/homes", ""),
        ("/home/local/coffre", "ext4"),
        ("/media/Partage de l'équipe/coffre", "cifs"),
        ("/mnt/ssh/x", "fuse.sshfs"),
        ("/mnt/ssh/cover/x", "ext4"),
        ("/mnt/over/x", "nfs"),
    ],
)
def test_the_deepest_and_last_mount_counts(path: str, kind: str) -> None:
    assert file_system_type(PurePosixPath(path), MOUNTS) == kind


def test_a_root_on_the_network_is_this_pc_all_the_same() -> None:
    assert file_system_type(PurePosixPath("/home/w"), "srv:/root / nfs4 rw 0 0") == ""


@pytest.mark.parametrize(
    ("path", "share"),
    [
        (r"\\srv\partage\coffre", True),
        (r"//srv/partage/coffre", True),
        (r"\\?\UNC\srv\partage\coffre", True),
        (r"\\?\C:\Users\coffre", False),
        (r"\\.\C:\coffre", False),
        (r"C:\Users\coffre", False),
        ("coffre", False),
        ("", False),
    ],
)
def test_windows_paths_that_name_a_server(path: str, share: bool) -> None:
    assert is_unc(path) is share


def test_a_folder_of_this_disk_is_no_share(tmp_path: Path) -> None:
    assert not is_network_share(tmp_path)
    assert not is_network_share(tmp_path / "not" / "yet")
