"""Whether a process still runs."""

from __future__ import annotations

import os
from pathlib import Path


def lives(number: int) -> bool:
    """Say whether a process runs (Linux); one that only waits to be counted by the system does not."""
    try:
        os.kill(number, 0)
        return ") Z " not in Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except (ProcessLookupError, FileNotFoundError):
        return False
