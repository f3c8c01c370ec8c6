"""The two copies of the header on disk: reading the newer good one, keeping one whole at every instant."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.errors import (
    CopyNotWritten,
    DamagedHeader,
    HeaderNotWritten,
    HeaderUnreadable,
    VaultMissing,
)
from caseworker_app.security.folder_look import (
    COPY_NAME,
    HEADER_NAME,
    MAXIMUM_HEADER_BYTES,
    holds_vault,
)
from caseworker_app.security.header import Header, decode, encode, read_envelope

# In place of a generation: the file is absent or damaged; the system would not let it be read.
_NO_GOOD = -1
_NOT_READ = -2

_IN_THE_MAKING = ".nouveau"
_REPLACE_ATTEMPTS = 20
_REPLACE_PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found: the newer good copy, and whether both files hold just that."""

    header: Header
    both_good: bool


@dataclass(frozen=True, slots=True)
class _Copy:
    generation: int
    data: bytes = b""


def read_header(folder: Path) -> Reading:
    """Return the newest header whose checksum is right.

    Raises VaultMissing (nothing there), DamagedHeader (no good copy), NewerFormat, HeaderUnreadable (the
    system refuses).
    """
    if not holds_vault(folder):
        raise VaultMissing
    copies = [_read_copy(folder / name) for name in (HEADER_NAME, COPY_NAME)]
    newest = max(copies, key=lambda copy: copy.generation)
    if newest.generation < 0:
        unread = any(copy.generation == _NOT_READ for copy in copies)
        raise HeaderUnreadable if unread else DamagedHeader
    return Reading(decode(newest.data), both_good=copies[0] == copies[1])


def names_kind(folder: Path, kind: str) -> bool:
    """Say whether the newest good copy names a slot of this kind; never raises: it only chooses a first question."""
    try:
        return any(slot.kind == kind for slot in read_header(folder).header.slots)
    except CaseworkerError:
        return False


def write_header(folder: Path, header: Header) -> None:
    """Replace the header, then its copy; at every instant one of them is whole.

    Raises HeaderNotWritten when nothing changed, CopyNotWritten when the new header is in force without its
    copy.
    """
    data = encode(header)
    decode(data)  # a header that could not be read again is never written
    try:
        replace_durably(folder / HEADER_NAME, data)
        replace_durably(folder / COPY_NAME, data)
    except OSError as error:
        in_force = _read_copy(folder / HEADER_NAME).data == data
        raise (CopyNotWritten if in_force else HeaderNotWritten) from error


def mend_copies(folder: Path, header: Header) -> None:
    """Write again whichever file does not hold this header, which a key has just authenticated.

    Without it an interrupted change of passphrase would leave the former one good in the second copy. A
    folder that cannot be written to does not keep anyone from opening.
    """
    data = encode(header)
    with suppress(OSError):
        for path in (folder / HEADER_NAME, folder / COPY_NAME):
            if _read_copy(path).data != data:
                replace_durably(path, data)


def discard_unfinished(folder: Path) -> None:
    """Remove what a kill left beside the copies while one was being written: it was never in force."""
    for name in (HEADER_NAME, COPY_NAME):
        with suppress(OSError):
            (folder / (name + _IN_THE_MAKING)).unlink(missing_ok=True)


def replace_durably(path: Path, data: bytes) -> None:
    """Put `data` in `path` so that a kill or a power cut leaves all the old or all the new, never a mixture.

    Readable by its owner alone. Raises OSError; the file is then one of the two as well.
    """
    fresh = path.with_name(path.name + _IN_THE_MAKING)
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _rename(fresh, path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone, with those it lies in, so that its name lasts through a power cut.

    Raises OSError; one that is there already is left as it is.
    """
    new = [each for each in (folder, *folder.parents) if not each.is_dir()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in new:
        # A folder that may be written to without being read cannot be synced.
        with suppress(PermissionError):
            sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut (Python has no such call on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rename(fresh: Path, path: Path) -> None:
    # On Windows an antivirus or indexer that is reading the old file refuses the replacement for a moment.
    attempts = _REPLACE_ATTEMPTS if os.name == "nt" else 1
    for remaining in reversed(range(attempts)):
        try:
            fresh.replace(path)
        except PermissionError:
            if not remaining:
                raise
            time.sleep(_REPLACE_PAUSE_SECONDS)
        else:
            return


def _read_copy(path: Path) -> _Copy:
    try:
        with path.open("rb") as file:
            data = file.read(MAXIMUM_HEADER_BYTES + 1)
        return _Copy(int(read_envelope(data)["generation"]), data)
    except (FileNotFoundError, IsADirectoryError, DamagedHeader):
        return _Copy(_NO_GOOD)
    except OSError:
        return _Copy(_NOT_READ)
