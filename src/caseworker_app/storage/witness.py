"""The witness (« témoin ») of the last thing confirmed: a small authenticated file beside the encrypted one.

SQLite ends its write-ahead log, without a word, at the first frame whose checksum is wrong: a byte turned over on the
disk takes away every transaction behind it. An older copy put back by hand does the same. After each commit the number
and hash of the last changeset are written here, without waiting for the disk; at the next opening the file must hold
them. The commit was durable before: whatever a power cut leaves, the witness is never ahead of a healthy file (ADR 15).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural
from caseworker_app.security.data_key import DataKey, derive

# It begins like the encrypted file's name: what sets that file aside takes its witness along.
ENDING = "-temoin"
PURPOSE = "witness"
# Two places, written in turn and far apart: a power cut in the middle of one leaves the other.
_PLACES, _APART = 2, 4096
_RECORD = struct.Struct(">QQQ32s20s")
_MAC = 32


class End(NamedTuple):
    """Where a file ends: number and hash of its last changeset, number of its last line of accesses, and when
    (UTC). `turn` grows when a file that ends earlier is worked on all the same.
    """

    turn: int
    number: int
    accesses: int
    hash: bytes
    made_at: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What was confirmed and is not in the file any more.

    `changesets`: how many at the end; None when others stand in their place. `accesses`: lines of the log of accesses.
    `until`: when the last was confirmed, UTC.
    """

    changesets: int | None
    accesses: int
    until: str

    @property
    def sentence(self) -> str:
        """Return what the person must be told, in French."""
        if self.changesets == 0:
            lines = plural(self.accesses, "ligne", "lignes")
            return (
                f"La fin du journal des accès manque ({lines})\u00a0: les dossiers sont entiers. "
                "Prévenez votre chef·fe de service."
            )
        counted = (
            plural(self.changesets, "modification", "modifications")
            if self.changesets
            else "des modifications"
        )
        return (
            f"Il manque {counted} à la fin du fichier, où tout était enregistré jusqu’au {self._when}\u00a0: "
            "le disque s’est abîmé, ou une ancienne copie a été remise en place. Le reste est entier\u00a0: "
            "vérifiez vos dernières saisies et refaites celles qui manquent, "
            "ou restaurez une sauvegarde plus récente s’il y en a une."
        )

    @property
    def _when(self) -> str:
        at = datetime.fromisoformat(self.until).astimezone()
        return f"{format_date(at.date())} à {at.hour}\u00a0h\u00a0{at.minute:02d}"


class Witness:
    """The witness of one encrypted file. A folder that cannot be written only goes without."""

    def __init__(self, path: Path, key_hex: str) -> None:
        """Read the witness of the encrypted file at `path`; `key_hex`: its data key."""
        self._path = path.with_name(path.name + ENDING)
        self._key = derive(DataKey(bytes.fromhex(key_hex)), PURPOSE)
        self._last = self._read()
        self._turn = self._last.turn if self._last else 0
        self._next_place = 0
        self._stream: BinaryIO | None = None

    def missing(self, raw: Any) -> Missing | None:
        """Compare with an open file: say what it held once and does not hold any more."""
        told, found = self._last, end_of(raw)
        if told is None:
            return None
        lines = max(0, told.accesses - found.accesses)
        if told.number > found.number:
            return Missing(told.number - found.number, lines, told.made_at)
        row = raw.execute("SELECT hash FROM changeset WHERE number = ?", (told.number,)).fetchone()
        if told.number and row[0] != told.hash:
            return Missing(None, lines, told.made_at)
        return Missing(0, lines, told.made_at) if lines else None

    def begin_again(self) -> None:
        """Take the file as it is from its next commit on: what it lacks was told."""
        self._turn += 1

    def keep(self, end: End) -> None:
        """Write where the file ends now that it is committed; the disk is not waited for, nor may it refuse."""
        with suppress(OSError):
            if self._stream is None:
                self._stream = self._opened()
            content = _RECORD.pack(self._turn, *end[1:4], end.made_at.encode())
            self._stream.seek(self._next_place * _APART)
            self._stream.write(content + self._mac(content))
            self._next_place = (self._next_place + 1) % _PLACES

    def close(self) -> None:
        """Let go of the file."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with suppress(OSError):
                stream.close()

    def _opened(self) -> BinaryIO:
        fresh = not self._path.exists()
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        stream = os.fdopen(os.open(self._path, flags, 0o600), "r+b", buffering=0)
        if fresh:
            # Its room is taken now: a full disk will not keep a later commit from being witnessed.
            stream.write(bytes(_PLACES * _APART))
            os.fsync(stream.fileno())
        return stream

    def _read(self) -> End | None:
        try:
            content = self._path.read_bytes()
        except OSError:
            return None
        size = _RECORD.size + _MAC
        records = [content[place * _APART : place * _APART + size] for place in range(_PLACES)]
        return max((End(*self._unpacked(each)) for each in records if self._is_ours(each)), default=None)

    def _is_ours(self, record: bytes) -> bool:
        content, mac = record[: _RECORD.size], record[_RECORD.size :]
        return len(record) == _RECORD.size + _MAC and hmac.compare_digest(mac, self._mac(content))

    def _unpacked(self, record: bytes) -> tuple[Any, ...]:
        *numbers, made_at = _RECORD.unpack(record[: _RECORD.size])
        return (*numbers, made_at.rstrip(b"\0").decode())

    def _mac(self, content: bytes) -> bytes:
        return hashlib.blake2b(content, key=self._key, digest_size=_MAC).digest()


def end_of(raw: Any) -> End:
    """Return where an open file ends, uncommitted writes of this connection included."""
    row = raw.execute(_END).fetchone()
    accesses = raw.execute("SELECT ifnull(max(number), 0) FROM access_line").fetchone()[0]
    return End(0, row[0], accesses, row[1], row[2]) if row else End(0, 0, accesses, bytes(32), "")


_END = "SELECT number, hash, made_at FROM changeset ORDER BY number DESC LIMIT 1"
