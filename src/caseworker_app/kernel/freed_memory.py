"""Gives the system back what was freed: the C library of Linux keeps it for the program otherwise.

What a long list or a search used for a moment stays counted as the program's, in a place of its own for each thread
that used it. Windows and macOS need no asking.
"""

from __future__ import annotations

import sys


def give_back() -> bool:
    """Give back every free page, some ten milliseconds; say whether there was one. Elsewhere than on Linux, nothing."""
    if sys.platform != "linux":
        return False
    import ctypes

    # Not every C library of Linux has it: musl does not.
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim is not None and bool(trim(ctypes.c_size_t(0)))
