"""Where things live on this PC: shipped resources, the person's data folder."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """Return the folder of shipped resources: inside the wheel, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_resources"
    return shipped if shipped.is_dir() else package.parents[1] / "resources"


@cache
def guide() -> Path:
    """Return the folder of the guide for caseworkers; its pictures lie in `pictures` beside it."""
    shipped = resources() / "guide"
    return shipped if shipped.is_dir() else resources().parent / "docs" / "guide"


def default_data_folder() -> Path:
    """Return the folder of this person's encrypted file (created by nobody here)."""
    if not sys.platform.startswith("linux"):
        import platformdirs

        return Path(platformdirs.user_data_dir("Passerelle", appauthor=False))
    # As platformdirs has it, whose import alone would cost the first window 5 ms.
    asked = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (asked if asked.is_absolute() else Path.home() / ".local" / "share") / "Passerelle"
