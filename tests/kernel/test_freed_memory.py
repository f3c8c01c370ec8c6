"""What was freed goes back to the system, where the C library keeps it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# Blocks smaller than what the library gives back by itself; the last one, which stays, holds the others in its place.
FREED = """
from caseworker_app.kernel.freed_memory import give_back
def resident():
    return int(open("/proc/self/statm").read().split()[1])
import ctypes
library = ctypes.CDLL(None)
library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
library.free.argtypes = [ctypes.c_void_p]
blocks = [library.malloc(60_000) for _ in range(500)]
for block in blocks:
    ctypes.memset(block, 1, 60_000)
full = resident()
for block in blocks[:-1]:
    library.free(block)
kept = resident()
print(give_back(), full - kept, kept - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system needs no asking")
def test_pages_that_are_free_are_given_back() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", FREED], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    given, before, after = done.stdout.split()
    # 30 MB in pages of 4 kB: none went back by being freed, nearly all by being asked for.
    assert given == "True"
    assert int(before) < 1_000
    assert int(after) > 5_000


def test_where_nothing_can_be_given_back_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from caseworker_app.kernel import freed_memory

    monkeypatch.setattr(sys, "platform", "win32")
    assert freed_memory.give_back() is False
