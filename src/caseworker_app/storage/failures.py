"""What the file's engine says when the disk or the file itself fails, as a sentence that says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from caseworker_app.kernel.errors import CaseworkerError


class FileDamaged(CaseworkerError):
    """Pages of the encrypted file are torn, forged or missing."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Le fichier chiffré est abîmé\u00a0: n’y écrivez plus, et restaurez la dernière sauvegarde."
        )


class DiskFull(CaseworkerError):
    """There is no room left to write."""

    def __init__(self) -> None:
        """Say what to do; the transaction was taken back whole."""
        super().__init__(
            "Le disque est plein, rien n’a été enregistré\u00a0: libérez de la place, puis recommencez."
        )


class FileReadOnly(CaseworkerError):
    """The system lets the file be read, not written."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Le fichier chiffré ne peut pas être modifié\u00a0:"
            " vérifiez vos droits sur ce dossier, puis recommencez."
        )


class FileGone(CaseworkerError):
    """The file is no longer where it was opened: moved or removed with its folder, or its disk unplugged."""

    def __init__(self) -> None:
        """Say what to do; nothing was written."""
        super().__init__(
            "Le dossier de vos données n’est plus à sa place, rien n’a été enregistré\u00a0: remettez-le où il était "
            "(ou rebranchez son disque), puis recommencez. Ne fermez pas la fenêtre avant\u00a0: ce que vous avez "
            "tapé y est encore."
        )


class FileBusy(CaseworkerError):
    """Another program holds the file."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Un autre programme (antivirus, sauvegarde) retient le fichier chiffré\u00a0:"
            " attendez, puis recommencez."
        )


_MEANINGS: tuple[tuple[str, Callable[[], CaseworkerError]], ...] = (
    ("disk is full", DiskFull),
    ("readonly database", FileReadOnly),
    ("database is locked", FileBusy),
    ("malformed", FileDamaged),
    ("not a database", FileDamaged),
    ("disk i/o error", FileDamaged),
)


def refusal_of(error: BaseException) -> CaseworkerError | None:
    """Return what to tell a person of an error of the engine, None when it is a fault of the program."""
    cause = getattr(error, "orig", None) or error
    if not isinstance(cause, sqlcipher.DatabaseError):
        return None
    said = str(cause).lower()
    return next((make() for words, make in _MEANINGS if words in said), None)


@contextmanager
def told(folder: Path | None = None) -> Iterator[None]:
    """Turn what the engine says of the disk or the file into its sentence; a fault of the program stays one.

    `folder`: where the file lies. On a disk without room the engine cannot share its memory, and says that the disk
    fails: nobody must be told for that to restore a file that is whole.
    """
    try:
        yield
    except CaseworkerError:
        raise
    except Exception as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        fails = isinstance(refusal, FileDamaged) and "disk i/o error" in str(error).lower()
        raise (_of_the_disk(folder, refusal) if fails else refusal) from error


def _of_the_disk(folder: Path | None, refusal: CaseworkerError) -> CaseworkerError:
    """Return why the disk fails: it is gone, or full; else what was understood."""
    if folder is not None and not folder.exists():
        return FileGone()
    return DiskFull() if _has_no_room(folder) else refusal


def _has_no_room(folder: Path | None) -> bool:
    try:
        return folder is not None and shutil.disk_usage(folder).free < _LITTLE_ROOM
    except OSError:
        return False


# Below this, in bytes, the engine lacks room for what it works with beside the file.
_LITTLE_ROOM = 1 << 20
