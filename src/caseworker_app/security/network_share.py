"""Tells whether a folder lies on a network share, where SQLite's locks and memory cannot be trusted."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

_MOUNTS = Path("/proc/self/mounts")
# fmt: off
_NETWORK_TYPES = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2",
    "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "prl_fs",
    "smb3", "smbfs", "vboxsf", "vmhgfs", "fuse.cephfs", "fuse.curlftpfs", "fuse.davfs", "fuse.davfs2",
    "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.httpfs", "fuse.juicefs",
    "fuse.onedriver", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse",
})
# fmt: on
_OCTAL = re.compile(r"\\([0-7]{3})")
_DRIVE_REMOTE = 4


def is_network_share(folder: Path) -> bool:
    """Say whether `folder`, which need not exist yet, is on a share as far as this system tells."""
    if os.name == "nt":
        return is_unc(str(folder)) or _is_remote_drive(folder)
    try:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return file_system_type(PurePosixPath(folder.resolve()), mounts) in _NETWORK_TYPES


def is_unc(path: str) -> bool:
    r"""Say whether a Windows path names a server: `\\server\share`, `\\?\UNC\server\share`."""
    root = PureWindowsPath(path).drive.upper()
    device = root.startswith(("\\\\?\\", "\\\\.\\"))
    return root.startswith("\\\\?\\UNC\\") or (root.startswith("\\\\") and not device)


def file_system_type(path: PurePosixPath, mounts: str) -> str:
    """Return the type of the file system that holds `path`, from the text of `/proc/self/mounts`.

    The root of the system counts as local, whatever carries it: nobody chose it as a place for this folder.
    """
    found, depth = "", 1
    for fields in (line.split(" ") for line in mounts.splitlines()):
        if len(fields) < 3:
            continue
        point = PurePosixPath(_OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[1]))
        # Equal depths: the later line is mounted over the earlier one.
        if path.is_relative_to(point) and len(point.parts) >= max(depth, 2):
            found, depth = fields[2], len(point.parts)
    return found


def _is_remote_drive(folder: Path) -> bool:
    import ctypes

    resolved = folder.resolve()
    windll: Any = ctypes.__dict__["windll"]  # known to type checkers on Windows only
    return is_unc(str(resolved)) or windll.kernel32.GetDriveTypeW(resolved.anchor) == _DRIVE_REMOTE
