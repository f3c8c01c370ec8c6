"""The contents of attachments (« pièces ») beside backups: kept once for all the backups of a folder.

Contents never change, so that each backup only lists those it needs, with what they hash to as they are sealed. A
content that no backup of the folder lists any more goes with the last one that did.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.security.header_files import make_folder, replace_durably
from caseworker_app.storage.attachments import FOLDER, contents_of
from caseworker_app.storage.backups.checking import Tell, digest, no_tell
from caseworker_app.storage.backups.shelf import LIST_NAME, Backup, list_backups
from caseworker_app.storage.encrypted_file import Access

_ENDING, _PART = ".piece", ".part"


@dataclass(frozen=True, slots=True)
class Piece:
    """One sealed content: name of its file, bytes, SHA-256 of them."""

    name: str
    size: int
    sha256: str


def new_bytes(folder: Path, place: Path) -> int:
    """Return how many bytes of contents a backup would add to a folder. Raises OSError."""
    held = folder / FOLDER
    names = (each for each in _names(held) if not (place / FOLDER / each).is_file())
    return sum(_source(held, name).stat().st_size for name in names)


def gather(access: Access, place: Path, known: dict[str, Piece], tell: Tell = no_tell) -> list[Piece]:
    """Bring the contents of an open file beside its backups, and return what they are.

    `known`: those an earlier backup listed, not read again. Raises OSError.
    """
    names = sorted(_names(access.folder / FOLDER))
    if not names:
        return []
    _drop_parts(place)
    contents_of(access).copy_to(place)
    found = []
    for done, name in enumerate(names):
        tell(done, len(names))
        size = (place / FOLDER / name).stat().st_size
        before = known.get(name)
        same = before is not None and before.size == size
        found.append(before if before and same else Piece(name, size, digest(place / FOLDER / name)))
    return found


def write_list(folder: Path, pieces: Iterable[Piece]) -> str:
    """Write the list of a backup; return its SHA-256. Raises OSError."""
    text = "".join(f"{each.name} {each.size} {each.sha256}\n" for each in pieces)
    (folder / LIST_NAME).write_bytes(text.encode("ascii"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def read_list(backup: Backup) -> dict[str, Piece] | None:
    """Return the contents a backup needs, by name; None when its list is not the one that was written."""
    try:
        data = (backup.folder / LIST_NAME).read_bytes()
    except OSError:
        return None
    if backup.manifest is None or hashlib.sha256(data).hexdigest() != backup.manifest.pieces_sha256:
        return None
    lines = (line.split(" ") for line in data.decode("ascii").splitlines())
    return {name: Piece(name, int(size), sha256) for name, size, sha256 in lines}


def everything_in(place: Path) -> list[Piece]:
    """Return every content of a folder of backups, as it is: each is sealed, and tells by itself if it is damaged."""
    held = place / FOLDER
    paths = [held / name for name in sorted(_names(held)) if (held / name).is_file()]
    return [Piece(path.name, path.stat().st_size, digest(path)) for path in paths]


def damaged(place: Path, pieces: Iterable[Piece]) -> list[Piece]:
    """Return the contents of a folder that are missing, or are not what was written."""
    return [each for each in pieces if not _is_sound(place, each)]


def bring(place: Path, into: Path, pieces: Iterable[Piece], tell: Tell = no_tell) -> list[Piece]:
    """Copy contents from one folder's `pieces` into another's, those that are not there already.

    Returns those that could not be: missing, or damaged. Raises OSError for what cannot be written.
    """
    lost, wanted = [], list(pieces)
    for done, piece in enumerate(wanted):
        tell(done, len(wanted))
        if _is_sound(into, piece):
            continue
        if not _is_sound(place, piece):
            lost.append(piece)
            continue
        make_folder(into / FOLDER)
        replace_durably(into / FOLDER / piece.name, (place / FOLDER / piece.name).read_bytes())
    return lost


def sweep_pieces(place: Path) -> None:
    """Remove the contents that no backup of a folder lists; when one of the lists cannot be read, none."""
    lists = [read_list(each) for each in list_backups(place)]
    if any(each is None for each in lists):
        return
    listed = {name for each in lists if each is not None for name in each}
    for name in _names(place / FOLDER) - listed:
        with suppress(OSError):
            (place / FOLDER / name).unlink()


def _names(held: Path) -> set[str]:
    if not held.is_dir():
        return set()
    return {f"{path.stem}{_ENDING}" for path in held.iterdir() if path.suffix not in (_PART, "")}


def _source(held: Path, name: str) -> Path:
    path = held / name
    return path if path.exists() else next(held.glob(f"{path.stem}.*"))


def _is_sound(place: Path, piece: Piece) -> bool:
    path = place / FOLDER / piece.name
    try:
        return path.stat().st_size == piece.size and secrets.compare_digest(digest(path), piece.sha256)
    except OSError:
        return False


def _drop_parts(place: Path) -> None:
    for part in (place / FOLDER).glob(f"*{_PART}"):
        with suppress(OSError):
            part.unlink()
