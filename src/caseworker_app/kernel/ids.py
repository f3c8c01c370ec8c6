"""Identifiers made on the device: UUIDv7 (RFC 9562), so that two offline devices never mint the same one."""

from __future__ import annotations

import os
import secrets
import threading
import time

# Symbols that cannot be misread aloud or on paper: neither 0/O, 1/I/L, nor vowels that would spell words.
_MARK_LETTERS = "BCDFGHJKMNPQRTVWX"
_MARK_SYMBOLS = "23456789BCDFGHJKMNPQRTVWX"


class _Ticks:
    """48 bits of milliseconds followed by 12 bits of the rest of the instant, kept strictly growing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            now = time.time_ns()
            ticks = (now // 1_000_000 << 12) | (now % 1_000_000 * 4096 // 1_000_000)
            self._last = max(ticks, self._last + 1)
            return self._last


_ticks = _Ticks()


def new_id() -> str:
    """Return a UUIDv7 as 32 lower-case hexadecimal digits.

    Ids made in one process sort in order of creation.
    """
    ticks = _ticks.next()
    tail = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return f"{ticks >> 12:012x}7{ticks & 0xFFF:03x}{tail:016x}"


def new_device_mark() -> str:
    """Return four symbols (a letter first) naming a device on paper, e.g. « B7K4 »: about 265,000 of them."""
    return secrets.choice(_MARK_LETTERS) + "".join(secrets.choice(_MARK_SYMBOLS) for _ in range(3))
