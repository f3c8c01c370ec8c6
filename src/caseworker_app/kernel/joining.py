"""What becomes of a field that two rows, made one, tell differently."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of the two values."""

    CHOOSE = "choose"  # one stays, by default that of the row that stays; the other is told beside it
    BOTH = "both"  # both texts stay, one below the other, each marked with where it came from
    FILLED = "filled"  # only the row that goes knows it
    CAUTIOUS = "cautious"  # the careful value wins, whoever said it
