"""One thing this person chose about how a page looks, kept on this PC from one day to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _nothing() -> str:
    return ""


def _forgotten(_chosen: str) -> None:
    """Keep nothing: no program is there to remember."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """`read` gives what was chosen (empty: nothing yet), `keep` keeps it. Nothing of the households."""

    read: Callable[[], str] = _nothing
    keep: Callable[[str], None] = _forgotten
