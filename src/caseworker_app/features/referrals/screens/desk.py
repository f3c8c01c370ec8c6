"""What the page of referrals works with, and how a change is told and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households.domain import NewHousehold
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk


@dataclass(frozen=True, slots=True)
class Match:
    """A household already followed that a new one is like, and why in words."""

    household_id: str
    words: str


# The search of duplicates of the imports, which a room above this one knows.
MatchReader = Callable[[Connection, Who, NewHousehold, date], Sequence[Match]]


def no_matches(_connection: Connection, _who: Who, _new: NewHousehold, _day: date) -> list[Match]:
    """Return nobody: where the search of duplicates is not joined."""
    return []


@dataclass(frozen=True, slots=True)
class ReferralsDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the page works with."""

    matches: MatchReader = no_matches

    @property
    def may_write(self) -> bool:
        """Say whether referrals may be received and decided."""
        return self.who.may(Right.WRITE_FILES)
