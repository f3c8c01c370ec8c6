"""Putting finished bytes at the place a person chose, whole or not at all, or saying why it cannot be."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from caseworker_app.kernel.errors import CaseworkerError

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


class PlaceNotWritable(CaseworkerError):
    """The document could not be written at the place chosen."""


def write_atomically(data: bytes, out: Path) -> None:
    """Write `data` at `out` through a temporary file beside it, readable by this person only.

    Raises PlaceNotWritable (absent folder, folder in place of a file, no right, full disk, impossible name);
    what stood at `out` before is then untouched. A pipe or a device is written into, never replaced.
    """
    if _is_folder(out):
        raise PlaceNotWritable(
            f"«\u00a0{out.name or out}\u00a0» est un dossier\u00a0: ajoutez le nom du fichier à écrire."
        )
    try:
        if _is_special(out):
            out.write_bytes(data)
        else:
            _replace(data, out)
    except (OSError, ValueError) as error:
        raise PlaceNotWritable(_sentence(error, out)) from error


def _replace(data: bytes, out: Path) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=out.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(out)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _is_special(path: Path) -> bool:
    """Say whether something stands there that is no ordinary file, such as `/dev/null` or a pipe."""
    try:
        return path.exists() and not path.is_file()
    except (OSError, ValueError):
        return False


def _is_folder(path: Path) -> bool:
    """Say whether a folder stands there; an impossible name is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _sentence(error: OSError | ValueError, out: Path) -> str:
    code = error.errno if isinstance(error, OSError) else None
    if not _is_folder(out.parent):
        return (
            f"Le dossier «\u00a0{out.parent}\u00a0» n’existe pas\u00a0: créez-le ou choisissez-en un autre."
        )
    if code in _FULL:
        return (
            "Le disque est plein\u00a0: faites de la place ou choisissez un autre dossier, puis recommencez."
        )
    if code in _REFUSED:
        return (
            f"Impossible d’écrire «\u00a0{out.name}\u00a0»\u00a0: fermez le fichier s’il est ouvert,"
            " ou choisissez un dossier où vous avez le droit d’écrire."
        )
    return (
        f"«\u00a0{out.name}\u00a0» n’a pas pu être écrit\u00a0: choisissez un autre nom ou un autre dossier."
    )
