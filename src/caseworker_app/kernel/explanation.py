"""How a figure was made, as values that any room fills and `ui_kit.explain` shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an explanation; `part` says that it details the line above it."""

    label: str
    value: str
    part: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a figure was made; `formula` and `source` empty where there is none."""

    title: str
    value: str
    lines: tuple[Line, ...]
    formula: str = ""
    source: str = ""
    note: str = ""
