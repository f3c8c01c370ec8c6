"""What the page of the week is joined to, what it reads, and what can be done from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.visit import PromiseState
from caseworker_app.features.goals import service as goals
from caseworker_app.features.households import service as households
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who, Worker
from caseworker_app.features.week import service
from caseworker_app.features.week.domain.drafts import LeftDraft, left_drafts
from caseworker_app.features.week.domain.due import Due, Source
from caseworker_app.features.week.domain.week import Week
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk

# Whose week is shown: the worker's own, or everybody's.
MINE, EVERYBODY = "mine", "everybody"


@dataclass(frozen=True, slots=True)
class WeekDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the page stands on. `command(key, household)`: does what the palette would do."""

    command: Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """One reading of the page: the week, the drafts with the names of their households, who works here, the hour.

    `households`: how many the file holds.
    """

    week: Week
    drafts: tuple[LeftDraft, ...]
    names: Mapping[str, str]
    workers: tuple[Worker, ...]
    now: datetime
    instant: datetime
    households: int

    @property
    def day(self) -> date:
        """Return the day it was read."""
        return self.now.date()


def read(desk: WeekDesk, whose: str) -> Shown:
    """Read everything the page shows; `whose`: MINE, EVERYBODY, or a worker's id."""
    now, instant = service.now_of(desk.file), desk.file.clock.now()
    left = left_drafts((d.key, d.household_id, d.content, d.saved_at) for d in desk.drafts.all())
    chosen = None if whose == MINE else [] if whose == EVERYBODY else [whose]
    with desk.file.reading() as connection:
        week = service.read_week(connection, desk.who, now.date(), chosen)
        names = service.households_named(connection, desk.who, [draft.household_id for draft in left])
        count = households.count_households(connection, desk.who)
        workers = tuple(each for each in team.list_workers(connection, desk.who) if each.active)
    return Shown(week, tuple(d for d in left if d.household_id in names), names, workers, now, instant, count)


def settling(desk: WeekDesk, due: Due) -> Callable[[], Changes] | None:
    """Return what says that something is done, None where its own page says it."""
    if due.source is Source.PROMISE:
        return lambda: diary.settle_promise(desk.file, desk.who, due.row_id, PromiseState.KEPT)
    if due.source is Source.GOAL_STEP:
        return lambda: goals.complete_step(desk.file, desk.who, due.row_id)
    return None
