"""What the page of the agenda stands on, what one reading brings, and how a change is told and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.shown import AgendaSpan, Home
from caseworker_app.features.diary.domain.appointment import PlannedTime
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who, Worker
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks

# Whose agenda is shown: the worker's own, or everybody's.
MINE, EVERYBODY = "mine", "everybody"
TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]


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


@dataclass(frozen=True, slots=True)
class AgendaDesk:
    """What the page stands on; `find` looks for households by their name, on the reader's thread."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: TakeBack
    find: Callable[[str], Sequence[FoundName]]

    @property
    def today(self) -> date:
        """The date on the office's wall."""
        return today(self.file.clock)

    @property
    def now(self) -> datetime:
        """The hour on the office's wall."""
        return service.now_of(self.file)

    def done(self, answer: Any, words: str) -> None:
        """Tell what was written, with its undo."""
        changes = answer[-1] if isinstance(answer, tuple) else answer
        self.changes.announce(changes)
        self.navigator.confirm(words, self.undo)

    def undo(self) -> None:
        """Take back the last change this worker made."""

        def undone(answer: tuple[str, Changes]) -> None:
            self.changes.announce(answer[1])
            self.navigator.confirm(f"Annulé\u00a0: {answer[0]}")

        self.tasks.run(lambda: self.take_back(self.file, self.who), undone)


@dataclass(frozen=True, slots=True)
class Shown:
    """One reading of the page: the days, who works here, the hour."""

    span: AgendaSpan
    workers: tuple[Worker, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """A time read to be changed: its row, its household, how many occurrences follow it."""

    row: PlannedTime
    home: Home | None
    following: int


def read(desk: AgendaDesk, first: date, last: date, whose: str) -> Shown:
    """Read what the page shows; `whose`: MINE, EVERYBODY, or a worker's id."""
    chosen = None if whose == MINE else [] if whose == EVERYBODY else [whose]
    alsace = service.read_settings(desk.file.folder).alsace_moselle
    with desk.file.reading() as connection:
        span = service.read_span(connection, desk.who, first, last, chosen, alsace_moselle=alsace)
        workers = tuple(each for each in team.list_workers(connection, desk.who) if each.active)
    return Shown(span, workers, desk.now)


def open_time(desk: AgendaDesk, row_id: str) -> Opened:
    """Read a time to be changed."""
    with desk.file.reading() as connection:
        return Opened(*service.read_form(connection, desk.who, row_id, desk.today))


def name_of(desk: AgendaDesk, household: str) -> Home | None:
    """Return the name of a household a new time is about; None when it is not there."""
    with desk.file.reading() as connection:
        return service.home_named(connection, desk.who, household, desk.today)
