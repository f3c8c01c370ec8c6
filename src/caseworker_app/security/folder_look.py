"""What a look at a data folder tells before its header is read: whether a vault lies there, and may have a PIN."""

from __future__ import annotations

from pathlib import Path

DATABASE_NAME = "passerelle.db"
HEADER_NAME = "passerelle.cle"
COPY_NAME = "passerelle.cle.copie"
# No header is longer; what is, is damaged.
MAXIMUM_HEADER_BYTES = 64 * 1024


def holds_vault(folder: Path) -> bool:
    """Say whether this folder holds a vault or any part of one. Raises HeaderUnreadable."""
    try:
        return any((folder / name).exists() for name in (DATABASE_NAME, HEADER_NAME, COPY_NAME))
    except OSError as error:
        from caseworker_app.security.errors import HeaderUnreadable

        raise HeaderUnreadable from error


def may_name_kind(folder: Path, kind: str) -> bool:
    """Say whether a copy of the header holds the word of this kind of slot; False is certain, True is to be read.

    The header is JSON in ASCII, whose every name is written as it is. Never raises: it only chooses a first question.
    """
    word = f'"{kind}"'.encode("ascii")
    return any(word in _bytes_of(folder / name) for name in (HEADER_NAME, COPY_NAME))


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAXIMUM_HEADER_BYTES)
    except OSError:
        return b""
