"""What pages need of the life of the program: its wait after wrong secrets, its lock, its change of key, what this
person prefers on this PC.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from caseworker_app.security.growing_delay import GrowingDelay
from caseworker_app.shell.preferences import Preferences
from caseworker_app.ui_kit.remembered import Remembered

if TYPE_CHECKING:
    from caseworker_app.security.keystore import Keystore


def _usual_lock() -> int:
    return Preferences().lock_after


def _nothing(*_told: object) -> None:
    """Do nothing: a window that no program opened has nobody to ask."""


@dataclass(slots=True)
class Door:
    """`guard` makes wrong secrets wait; `renew(proof, passphrase, recovery key)` puts a new data key in force.

    `keystore`: the session's own unless told (tests). `goal_view`: goals in a list or in columns.
    """

    guard: GrowingDelay = field(default_factory=GrowingDelay)
    lock_after: Callable[[], int] = _usual_lock
    choose_lock_after: Callable[[int], None] = _nothing
    renew: Callable[[str, str, str], None] = _nothing
    keystore: Keystore | None = None
    goal_view: Remembered = field(default_factory=Remembered)
