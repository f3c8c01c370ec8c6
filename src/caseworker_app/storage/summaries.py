"""Summaries: tables that repeat what rows say, so that long lists are sorted without reading these.

A summary is made of nothing but rows: it is in no changeset and no copy of one, and can be made again at any time.
Triggers mark what is no longer true, whoever wrote it; what is marked is made again in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

# Makes a summary true again, on a day, through the driver's connection.
Refresh = Callable[[Any, date], None]

_REFRESHED: dict[str, Refresh] = {}


def declare_summary(table: str, refresh: Refresh) -> None:
    """Declare a summary kept in `table`, which a migration makes with its triggers."""
    _REFRESHED[table] = refresh


def refresh_summaries(raw: Any, day: date) -> None:
    """Make true again what the open transaction made untrue, and what the day did."""
    for refresh in _REFRESHED.values():
        refresh(raw, day)
