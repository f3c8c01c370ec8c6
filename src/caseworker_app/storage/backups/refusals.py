"""What a backup or a restore refuses, each with the sentence that says what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caseworker_app.kernel.errors import CaseworkerError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_TOO_LARGE = frozenset({errno.EFBIG})


class BackupRefused(CaseworkerError):
    """A backup was not made; those that were there are still there."""


class BackupDiskFull(BackupRefused):
    """There is no room for one more backup."""

    def __init__(self, place: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"Il n’y a plus assez de place pour une sauvegarde dans «\u00a0{place}\u00a0»\u00a0: libérez-en ou "
            "choisissez un autre dossier. Les sauvegardes précédentes sont gardées."
        )


class BackupPlaceReadOnly(BackupRefused):
    """The system refuses to write there."""

    def __init__(self, place: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"Le dossier «\u00a0{place}\u00a0» ne se laisse pas écrire\u00a0: vérifiez vos droits, ou le verrou de "
            "la clé USB. Les sauvegardes précédentes sont gardées."
        )


class BackupPlaceGone(BackupRefused):
    """The folder, the stick or the network drive is not there."""

    def __init__(self, place: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"Le dossier «\u00a0{place}\u00a0» est introuvable\u00a0: rebranchez la clé ou le lecteur réseau, ou "
            "choisissez un autre dossier dans les réglages."
        )


class BackupTooLarge(BackupRefused):
    """The file system there cannot hold so large a file (FAT: four gigabytes)."""

    def __init__(self, place: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"Le disque de «\u00a0{place}\u00a0» ne peut pas contenir un fichier de cette taille\u00a0: choisissez "
            "un autre disque, ou reformatez la clé en exFAT."
        )


class BackupUnderWay(BackupRefused):
    """Another backup is being made in this folder."""

    def __init__(self) -> None:
        """Say to wait."""
        super().__init__("Une sauvegarde est déjà en cours\u00a0: attendez qu’elle se termine.")


class BackupNotSound(BackupRefused):
    """What was written does not read back as it should: it was not kept."""

    def __init__(self, what: str) -> None:
        """Say what is wrong, and what to look at."""
        super().__init__(
            f"La sauvegarde qui vient d’être écrite ne se relit pas bien ({what})\u00a0: elle n’a pas été gardée, les "
            "précédentes le sont. Faites vérifier le disque, et le fichier par la commande «\u00a0verify\u00a0»."
        )


class BackupDamaged(CaseworkerError):
    """A backup is not what was written; `name` tells which."""

    def __init__(self, name: str, what: str = "", next_older: str = "") -> None:
        """Say what is wrong, and which one to try instead if there is one."""
        way = (
            f"restaurez la précédente, «\u00a0{next_older}\u00a0»"
            if next_older
            else "restaurez-en une autre, ou la copie de la clé USB"
        )
        told = f" ({what})" if what else ""
        super().__init__(f"La sauvegarde «\u00a0{name}\u00a0» est abîmée{told}\u00a0: {way}.")
        self.name, self.what, self.next_older = name, what, next_older


class BackupMissing(CaseworkerError):
    """There is no such backup."""

    def __init__(self, name: str) -> None:
        """Say where to look."""
        super().__init__(
            f"Il n’y a pas de sauvegarde «\u00a0{name}\u00a0»\u00a0: la commande «\u00a0backups\u00a0» en donne la "
            "liste, et le dossier d’une sauvegarde peut aussi être donné."
        )


class BackupOfAnotherFile(CaseworkerError):
    """The backup comes from another file than the one in the folder."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Cette sauvegarde est celle d’un autre fichier que celui de ce dossier\u00a0: restaurez-la dans un "
            "dossier vide."
        )


class BackupNotOpened(CaseworkerError):
    """Somebody asks to work inside a backup."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(
            "Ce dossier est une sauvegarde, on n’y travaille pas\u00a0: choisissez «\u00a0Restaurer une "
            "sauvegarde\u00a0», qui la remet en place sans y toucher."
        )


class NotRestored(CaseworkerError):
    """The restore stopped before anything was replaced."""

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(f"Rien n’a été restauré ni remplacé\u00a0: {why}")


@contextmanager
def told_of(place: Path) -> Iterator[None]:
    """Turn what the system and the engine say while writing in `place` into a BackupRefused."""
    try:
        yield
    except OSError as error:
        raise refusal_for(error, place) from error


def refusal_for(error: OSError, place: Path) -> BackupRefused:
    """Return what to tell of an error of the system on a folder of backups."""
    if error.errno in _FULL:
        return BackupDiskFull(place)
    if error.errno in _REFUSED:
        return BackupPlaceReadOnly(place)
    if error.errno in _TOO_LARGE:
        return BackupTooLarge(place)
    return BackupPlaceGone(place)
