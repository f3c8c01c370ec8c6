"""The contents of attachments (« pièces »): encrypted files beside the encrypted file, each written once.

A content is written whole (fsync, rename, fsync of the folder) before the row that refers to it: killed in
between, it is an orphan that `sweep` sets aside later; a row never lacks its content. Equal contents are one
file. What lies in the folder tells nothing: contents are sealed (XChaCha20-Poly1305, in chunks) and named by a
keyed hash.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
import os
import secrets
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.data_key import DataKey, derive
from caseworker_app.security.header_files import make_folder, sync_folder
from caseworker_app.storage.failures import DiskFull, FileReadOnly

FOLDER = "pieces"
# What the purpose of `security.data_key.derive` is called here.
PURPOSE = "attachments"
# 50 Mo, as people count them.
MAX_BYTES = 50_000_000
# What nothing refers to any more waits so long before it goes: an older backup may be restored meanwhile.
KEPT_ASIDE_SECONDS = 30 * 86_400

_MAGIC = b"PIECE\x00\x00\x01"
_CHUNK = 64 * 1024
# Of libsodium's secretstream: bytes added to a chunk, bytes of its header, marks of a chunk and of the last one.
_SEAL, _HEADER, _MORE, _LAST = 17, 24, 0, 3
_ENDING, _ASIDE, _PART = ".piece", ".orpheline", ".part"


class ContentTooLarge(CaseworkerError):
    """A content is beyond 50 MB."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Ce fichier dépasse 50\u00a0Mo\u00a0: réduisez-le (photo en taille moyenne, "
            "numérisation en 200\u00a0points par pouce), puis ajoutez-le de nouveau."
        )


class ContentMissing(CaseworkerError):
    """The file of a content is not in the folder."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Le contenu de cette pièce manque dans le dossier du fichier\u00a0: "
            "restaurez-le d’une sauvegarde, ou ajoutez de nouveau l’original."
        )


class ContentDamaged(CaseworkerError):
    """The file of a content was torn, forged, or is that of another one."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Le contenu de cette pièce est abîmé\u00a0: "
            "restaurez-le d’une sauvegarde, ou ajoutez de nouveau l’original."
        )


class AttachmentsNotWritten(CaseworkerError):
    """The system refused to write a content, for another reason than room or rights."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "La pièce n’a pas pu être écrite, rien n’a été ajouté\u00a0: "
            "vérifiez que le dossier du fichier est accessible, puis recommencez."
        )


class Holder(Protocol):
    """What contents lie beside: an open encrypted file, or what another process needs to open it."""

    @property
    def folder(self) -> Path:
        """The data folder."""

    @property
    def key_hex(self) -> str:
        """The data key."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: contents set aside since nothing refers to them, contents removed for good."""

    set_aside: int = 0
    removed: int = 0


class Contents:
    """The contents beside one encrypted file. Safe to use from several threads of one program."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Look at the folder `pieces` of a data folder; `key`: 32 bytes derived from the data key."""
        self.folder = folder / FOLDER
        self._naming, self._sealing = _subkey(key, b"names"), _subkey(key, b"contents")
        self._busy = threading.RLock()
        # What this program wrote or was asked to write again: a row or a draft may be about to refer to it.
        self._held: set[str] = set()

    def put(self, content: bytes) -> str:
        """Keep a content and return its hash (64 hexadecimal digits); one already there is kept once.

        A damaged one is written again. Raises ContentTooLarge, DiskFull, FileReadOnly, AttachmentsNotWritten.
        """
        if len(content) > MAX_BYTES:
            raise ContentTooLarge
        digest = content_hash(content)
        with self._busy:
            self._held.add(self._name(digest))
            if not self._is_sound(digest):
                try:
                    self._write(self._path(digest), content)
                except OSError as error:
                    raise _refusal(error) from error
        return digest

    def read(self, digest: str) -> bytes:
        """Return a content by its hash. Raises ContentMissing, ContentDamaged."""
        self._bring_back(digest)
        try:
            with self._path(digest).open("rb") as stream:
                content = b"".join(_opened(stream, self._sealing))
        except FileNotFoundError as error:
            raise ContentMissing from error
        except (OSError, ValueError) as error:
            raise ContentDamaged from error
        if not hmac.compare_digest(content_hash(content), digest):
            raise ContentDamaged
        return content

    def holds(self, digest: str) -> bool:
        """Say whether there is a file for a content, without reading it."""
        self._bring_back(digest)
        return self._path(digest).is_file()

    def sweep(self, referenced: Collection[str], *, at_once: bool = False) -> Swept:
        """Set aside what nothing refers to, and remove what was set aside thirty days ago.

        `referenced`: the hashes that rows, undoable changes and drafts name, all of them. `at_once`: an erasure,
        which waits for nothing. What this program put since it opened is left alone unless it is.
        """
        with self._busy:
            known = {self._name(digest) for digest in referenced} | (set() if at_once else self._held)
            done: Counter[str] = Counter()
            for path in self._files():
                # A file that an antivirus holds waits for the next sweep.
                with contextlib.suppress(OSError):
                    done[self._sweep_one(path, known, at_once=at_once)] += 1
            if done["aside"] or done["removed"]:
                sync_folder(self.folder)
            return Swept(done["aside"], done["removed"])

    def copy_to(self, folder: Path) -> int:
        """Bring what is missing into the folder `pieces` of a backup, sealed as it is; return how many came.

        Contents never change: a name that is there is a content that is there. Raises OSError.
        """
        target = folder / FOLDER
        make_folder(target)
        copied = 0
        for path in self._files():
            wanted = target / path.with_suffix(_ENDING).name
            if path.suffix != _PART and not wanted.exists():
                _write_whole(wanted, [path.read_bytes()])
                copied += 1
        return copied

    def sealed_again(self, referenced: Collection[str], key: bytes) -> Contents:
        """Seal every content again under another key and return them: the data key is being changed.

        Both sets lie side by side until a sweep under the new key takes the old one away, so that a kill at any
        instant leaves one of them whole; called again, it goes on. A content that cannot be read is left out.
        """
        made = Contents(self.folder.parent, key)
        for digest in referenced:
            if not made._is_sound(digest):
                with contextlib.suppress(ContentMissing, ContentDamaged):
                    made.put(self.read(digest))
        return made

    def hashes(self) -> list[str]:
        """Return the hashes of all that lies there under this key, whatever refers to it; damaged ones have none.

        Raises OSError.
        """
        found = []
        for path in self._files():
            with contextlib.suppress(ValueError), path.open("rb") as stream:
                found.append(content_hash(b"".join(_opened(stream, self._sealing))))
        return sorted(set(found))

    def _sweep_one(self, path: Path, known: Collection[str], *, at_once: bool) -> str:
        """Do what is to be done with one file, and say what it was."""
        if path.suffix == _PART:
            path.unlink(missing_ok=True)
            return "leftover"
        if path.stem in known:
            self._back(path)
            return "kept"
        if at_once or (path.suffix == _ASIDE and _age(path) > KEPT_ASIDE_SECONDS):
            path.unlink(missing_ok=True)
            return "removed"
        if path.suffix == _ENDING:
            _set_aside(path)
            return "aside"
        return "waiting"

    def _write(self, path: Path, content: bytes) -> None:
        make_folder(self.folder)
        _write_whole(path, _sealed(content, self._sealing))

    def _is_sound(self, digest: str) -> bool:
        try:
            self.read(digest)
        except (ContentMissing, ContentDamaged):
            return False
        return True

    def _files(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(p for p in self.folder.iterdir() if p.suffix in (_ENDING, _ASIDE, _PART))

    def _bring_back(self, digest: str) -> None:
        """Put a content that was set aside in its place again: something refers to it."""
        path = self._path(digest)
        if not path.exists():
            with self._busy:
                self._back(path.with_suffix(_ASIDE))

    def _back(self, path: Path) -> None:
        if path.suffix == _ASIDE:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                path.replace(path.with_suffix(_ENDING))

    def _path(self, digest: str) -> Path:
        return self.folder / (self._name(digest) + _ENDING)

    def _name(self, digest: str) -> str:
        return hashlib.blake2b(digest.encode(), key=self._naming, digest_size=24).hexdigest()


def contents_of(holder: Holder) -> Contents:
    """Return the contents beside an encrypted file, by its `access`."""
    return Contents(holder.folder, derive(DataKey(bytes.fromhex(holder.key_hex)), PURPOSE))


def content_hash(content: bytes) -> str:
    """Return the hash that names a content inside the encrypted file; outside it never appears."""
    return hashlib.blake2b(content, digest_size=32).hexdigest()


def _subkey(key: bytes, purpose: bytes) -> bytes:
    return hashlib.blake2b(purpose, key=key, digest_size=32).digest()


def _sealed(content: bytes, key: bytes) -> Iterator[bytes]:
    from nacl import bindings

    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    yield _MAGIC + bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    ends = max(len(content), 1)
    for start in range(0, ends, _CHUNK):
        tag = _LAST if start + _CHUNK >= ends else _MORE
        part = content[start : start + _CHUNK]
        yield bindings.crypto_secretstream_xchacha20poly1305_push(state, part, _MAGIC, tag)


def _opened(stream: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Yield the chunks of a sealed content. Raises ValueError unless it is whole and untouched."""
    from nacl import bindings
    from nacl.exceptions import CryptoError

    if stream.read(len(_MAGIC)) != _MAGIC:
        raise ValueError("not a sealed content")
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, stream.read(_HEADER), key)
    tag = _MORE
    while tag != _LAST:
        sealed = stream.read(_CHUNK + _SEAL)
        if len(sealed) < _SEAL:
            raise ValueError("the end is missing")
        try:
            part, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, sealed, _MAGIC)
        except CryptoError as error:
            raise ValueError("forged") from error
        yield part
    if stream.read(1):
        raise ValueError("something follows the end")


def _write_whole(path: Path, parts: Iterator[bytes] | list[bytes]) -> None:
    """Write a file that is there whole or not at all, even after a power loss."""
    part = path.with_name(secrets.token_hex(8) + _PART)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _set_aside(path: Path) -> None:
    aside = path.with_suffix(_ASIDE)
    path.replace(aside)
    # The thirty days begin now, not when the content was written.
    os.utime(aside)


def _age(path: Path) -> float:
    """Return for how many seconds a content was set aside; nothing when the clock was put back."""
    return time.time() - path.stat().st_mtime


def _refusal(error: OSError) -> CaseworkerError:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return DiskFull()
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return FileReadOnly()
    return AttachmentsNotWritten()


_BINARY = getattr(os, "O_BINARY", 0)
