"""Sends work of this room to another process; a module free of Qt, so that the process starts quickly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def apart(_progress: object, function: Callable[..., Any], *arguments: Any) -> Any:
    """Run a function in the process this is sent to; progress is told by whoever waits for it."""
    return function(*arguments)
