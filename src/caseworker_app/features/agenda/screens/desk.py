"""What the page of the agenda stands on, what one reading brings, and how a change is told and taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.places import Placed, placed
from caseworker_app.features.agenda.domain.shown import AgendaSpan, Home, ShownTime, overlapping
from caseworker_app.features.diary.domain.appointment import PlannedTime
from caseworker_app.features.households.domain.found import FoundName
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who, Worker
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk

# Whose agenda is shown: the worker's own, or everybody's.
MINE, EVERYBODY = "mine", "everybody"


@dataclass(frozen=True, slots=True)
class AgendaDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the page stands on; `find` looks for households by their name, on the reader's thread."""

    find: Callable[[str], Sequence[FoundName]]

    @property
    def now(self) -> datetime:
        """The hour on the office's wall."""
        return service.now_of(self.file)


@dataclass(frozen=True, slots=True)
class Shown:
    """One reading of the page: the days, who works here, the hour.

    `columns`: the times of each day side by side; `others`: by time, those it overlaps. Made by the reader's thread: a
    team's week has hundreds.
    """

    span: AgendaSpan
    workers: tuple[Worker, ...]
    now: datetime
    columns: Mapping[date, Sequence[Placed]]
    others: Mapping[str, tuple[ShownTime, ...]]


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
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    columns = {day: placed(span.on(day), day) for day in days}
    return Shown(span, workers, desk.now, columns, overlapping(span.times))


def open_time(desk: AgendaDesk, row_id: str) -> Opened:
    """Read a time to be changed."""
    with desk.file.reading() as connection:
        return Opened(*service.read_form(connection, desk.who, row_id, desk.today))


def name_of(desk: AgendaDesk, household: str) -> Home | None:
    """Return the name of a household a new time is about; None when it is not there."""
    with desk.file.reading() as connection:
        return service.home_named(connection, desk.who, household, desk.today)
