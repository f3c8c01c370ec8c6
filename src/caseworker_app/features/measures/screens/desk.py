"""What the tab and the settings of the room work with, and how a change is written, told and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks

TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]
# The days of the meetings held with a household in a period, which a room above this one knows.
VisitReader = Callable[[Connection, Who, str, Period], list[date]]


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A referral of a household on two lines, which a room above this one knows; `id` opens it."""

    id: str
    title: str
    detail: str


ReferralReader = Callable[[Connection, Who, str, date], list[AskedFor]]


def no_referrals(_connection: Connection, _who: Who, _household: str, _day: date) -> list[AskedFor]:
    """Return no referral: where their room is not joined."""
    return []


def no_visits(_connection: Connection, _who: Who, _household: str, _period: Period) -> list[date]:
    """Return no meeting: where the diary is not joined."""
    return []


@dataclass(frozen=True, slots=True)
class MeasuresDesk:
    """What the room's windows work with; `take_back` undoes the worker's last change."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: TakeBack
    visits: VisitReader = no_visits
    referrals: ReferralReader = no_referrals

    @property
    def today(self) -> date:
        """The date on the office's wall."""
        return today(self.file.clock)

    @property
    def may_write(self) -> bool:
        """Say whether measures may be opened and changed."""
        return self.who.may(Right.WRITE_FILES)

    @property
    def may_print(self) -> bool:
        """Say whether papers may be printed."""
        return self.who.may(Right.PRINT)

    @property
    def may_manage(self) -> bool:
        """Say whether agreements may be added and changed."""
        return self.who.may(Right.MANAGE_OFFICE)

    def open_record(self, household: str, measure_id: str) -> None:
        """Show the end record of a measure, which a room above this one prepares."""
        self.navigator.open("paper", household, f"fiche-fin-mesure:{measure_id}")

    def done(self, answer: object, words: str) -> None:
        """Tell what was written, with its undo; `answer` is what the service returned."""
        changes = answer[-1] if isinstance(answer, tuple) else answer
        if not isinstance(changes, Changes):
            raise TypeError("a service returns its changes")
        self.changes.announce(changes)
        self.navigator.confirm(words, self.undo if changes.tables else None)

    def undo(self) -> None:
        """Take back the last change this worker made."""
        self.tasks.run(lambda: self.take_back(self.file, self.who), self._undone)

    def _undone(self, answer: tuple[str, Changes]) -> None:
        action, changes = answer
        self.changes.announce(changes)
        self.navigator.confirm(f"Annulé\u00a0: {action}")
