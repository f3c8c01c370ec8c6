"""What an intention changed, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The tables and households an intention touched; screens that show them read again."""

    tables: frozenset[str] = frozenset()
    households: frozenset[str] = frozenset()

    def concerns(self, *, household: str | None = None, table: str | None = None) -> bool:
        """Say whether a screen showing this household (or table) must read again."""
        return household in self.households or table in self.tables

    def __or__(self, other: Changes) -> Changes:
        """Join what two intentions changed."""
        return Changes(self.tables | other.tables, self.households | other.households)


def all_of(several: Iterable[Changes]) -> Changes:
    """Join what many intentions changed, at once."""
    several = list(several)
    tables = frozenset().union(*(changes.tables for changes in several))
    return Changes(tables, frozenset().union(*(changes.households for changes in several)))


NO_CHANGES = Changes()
