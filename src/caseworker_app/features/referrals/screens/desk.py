"""What the page of referrals works with, and how a change is told and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseworker_app.features.households.domain import NewHousehold
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks

TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]


@dataclass(frozen=True, slots=True)
class Match:
    """A household already followed that a new one is like, and why in words."""

    household_id: str
    words: str


# The search of duplicates of the imports, which a room above this one knows.
MatchReader = Callable[[Connection, Who, NewHousehold, date], Sequence[Match]]


# The letter to whoever referred, written at a place and entered in the register by a room above this one.
AnswerWriter = Callable[[EncryptedFile, Who, str, Path, bool], tuple[str, Changes]]


def no_answer(
    _file: EncryptedFile, _who: Who, _referral: str, _out: Path, _decision: bool
) -> tuple[str, Changes]:
    """Write nothing: where the register is not joined."""
    raise NotFound("Le registre des envois n’est pas là\u00a0: rouvrez Passerelle.")


def no_matches(_connection: Connection, _who: Who, _new: NewHousehold, _day: date) -> list[Match]:
    """Return nobody: where the search of duplicates is not joined."""
    return []


@dataclass(frozen=True, slots=True)
class ReferralsDesk:
    """What the page works with; `take_back` undoes the worker's last change."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: TakeBack
    matches: MatchReader = no_matches
    answer: AnswerWriter = no_answer

    @property
    def today(self) -> date:
        """The date on the office's wall."""
        return today(self.file.clock)

    @property
    def may_write(self) -> bool:
        """Say whether referrals may be received and decided."""
        return self.who.may(Right.WRITE_FILES)

    def done(self, changes: Changes, words: str) -> None:
        """Tell what was written, with its undo."""
        self.changes.announce(changes)
        self.navigator.confirm(words, self.undo)

    def undo(self) -> None:
        """Take back the last change this worker made."""

        def undone(answer: tuple[str, Changes]) -> None:
            self.changes.announce(answer[1])
            self.navigator.confirm(f"Annulé\u00a0: {answer[0]}")

        self.tasks.run(lambda: self.take_back(self.file, self.who), undone)
