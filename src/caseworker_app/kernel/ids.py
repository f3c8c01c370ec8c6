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

    def next(self, count: int = 1) -> int:
        """Return the first of the next `count` ticks."""
        with self._lock:
            now = time.time_ns()
            ticks = (now // 1_000_000 << 12) | (now % 1_000_000 * 4096 // 1_000_000)
            first = max(ticks, self._last + 1)
            self._last = first + count - 1
            return first


_ticks = _Ticks()
# The first digit of the random half says which kind of UUID it is, in its two highest bits.
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def new_id() -> str:
    """Return a UUIDv7 as 32 lower-case hexadecimal digits.

    Ids made in one process sort in order of creation.
    """
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """Return as many ids, in order; four times quicker than one by one, for lists of tens of thousands of rows."""
    first, tails = _ticks.next(count), os.urandom(8 * count).hex()
    return [
        f"{tick >> 12:012x}7{tick & 0xFFF:03x}{_VARIANT[tails[at]]}{tails[at + 1 : at + 16]}"
        for tick, at in zip(range(first, first + count), range(0, 16 * count, 16), strict=True)
    ]


def new_device_mark() -> str:
    """Return four symbols (a letter first) naming a device on paper, e.g. « B7K4 »: about 265,000 of them."""
    return secrets.choice(_MARK_LETTERS) + "".join(secrets.choice(_MARK_SYMBOLS) for _ in range(3))
