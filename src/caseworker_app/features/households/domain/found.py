"""A household that a name typed may mean, as whoever searches tells it to another room's window."""

from __future__ import annotations

from typing import Protocol


class FoundName(Protocol):
    """A household that a name typed may mean."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def detail(self) -> str:
        """What tells it from another of the same name."""
        ...

    @property
    def protected(self) -> bool:
        """Whether it is protected."""
        ...
