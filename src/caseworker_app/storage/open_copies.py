"""The private folder of what is opened in another program, emptied on close, on lock and at the next start."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from caseworker_app.kernel.errors import CaseworkerError

_PREFIX = "passerelle-ouvert-"


class CopyNotOpened(CaseworkerError):
    """The temporary folder cannot be written."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Cette pièce ne peut pas être ouverte dans un autre programme\u00a0: "
            "le dossier temporaire de l’ordinateur est plein ou protégé. Libérez de la place, puis recommencez."
        )


class OpenCopies:
    """Copies in clear of what another program shows, for one data folder."""

    def __init__(self, data_folder: Path) -> None:
        """Make nothing yet."""
        self._prefix = _PREFIX + hashlib.sha256(str(data_folder.resolve()).encode()).hexdigest()[:12] + "-"
        self._folder: Path | None = None

    @property
    def folder(self) -> Path | None:
        """Where the copies of this program lie, None when there are none."""
        return self._folder

    def put(self, content: bytes, name: str) -> Path:
        """Write a copy for reading only and return where it lies. Raises CopyNotOpened."""
        try:
            if self._folder is None or not self._folder.is_dir():
                # 0700, and a name nobody could have made ready.
                self._folder = Path(tempfile.mkdtemp(prefix=self._prefix))
            place = Path(tempfile.mkdtemp(dir=self._folder)) / name
            with os.fdopen(
                os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb"
            ) as stream:
                stream.write(content)
            place.chmod(stat.S_IRUSR)
        except OSError as error:
            raise CopyNotOpened from error
        return place

    def empty(self) -> bool:
        """Remove every copy, those a killed program left included; say whether nothing is left.

        What another program still holds (Windows) goes at the next start.
        """
        self._folder = None
        for folder in Path(tempfile.gettempdir()).glob(self._prefix + "*"):
            if _is_own(folder):
                _make_removable(folder)
                shutil.rmtree(folder, ignore_errors=True)
        return not any(_is_own(f) for f in Path(tempfile.gettempdir()).glob(self._prefix + "*"))


def _is_own(folder: Path) -> bool:
    """Say whether a folder is one of ours: in a shared place, somebody else may have made a like one or a link."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    owner = getattr(os, "getuid", lambda: found.st_uid)()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner


def _make_removable(folder: Path) -> None:
    """Windows removes nothing that is for reading only."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            with contextlib.suppress(OSError):
                path.chmod(stat.S_IRWXU)


_BINARY = getattr(os, "O_BINARY", 0)
