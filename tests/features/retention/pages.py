"""The decrypted bytes of an encrypted file: every page, free ones too, and every frame of its write-ahead log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

_PAGE, _RESERVED, _SALT = 4096, 80, 16
_WAL_HEADER, _FRAME_HEADER = 32, 24


def plain_bytes(path: Path, key_hex: str) -> bytes:
    """Return all that a file and its log hold, decrypted without SQLite: nothing is skipped as unused."""
    return b"".join(_pages(path, key_hex))


def _pages(path: Path, key_hex: str) -> Iterator[bytes]:
    pytest.importorskip("cryptography")
    key, data = bytes.fromhex(key_hex), path.read_bytes()
    assert len(data) % _PAGE == 0
    for start in range(0, len(data), _PAGE):
        yield _plain(data[start : start + _PAGE], key, first=start == 0)
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes()[_WAL_HEADER:] if log.exists() else b""
    size = _FRAME_HEADER + _PAGE
    for start in range(0, len(frames), size):
        frame = frames[start : start + size]
        number = int.from_bytes(frame[:4], "big")
        yield _plain(frame[_FRAME_HEADER:], key, first=number == 1)


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    """Decrypt one page of SQLCipher 4: AES-256-CBC, its vector in the reserved end, a salt before the first one."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    vector = page[_PAGE - _RESERVED : _PAGE - _RESERVED + 16]
    body = page[_SALT if first else 0 : _PAGE - _RESERVED]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
