"""What a visit holds beside its text: goals touched, rooms, promises, the next appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from caseworker_app.features.attachments.domain.attachment import KeptContent
from caseworker_app.features.diary.domain.entry import (
    DiaryEntry,
    NewEntry,
    NewFact,
    ShareableFact,
    check_entry,
    check_fact,
)
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.goals.domain.goal import Actor
from caseworker_app.kernel.errors import InvalidEntry

# An appointment further away is a typing mistake in the year.
FURTHEST_APPOINTMENT = timedelta(days=2 * 366)


class RoomState(StrEnum):
    """The condition of a room as seen that day."""

    GOOD = "good"
    WATCH = "watch"
    DEGRADED = "degraded"
    NOT_SEEN = "not_seen"


ROOM_STATE_LABELS = {
    RoomState.GOOD: "bon état",
    RoomState.WATCH: "à surveiller",
    RoomState.DEGRADED: "dégradé",
    RoomState.NOT_SEEN: "pas vu",
}


class PromiseState(StrEnum):
    """What became of a promise

    LATE is never kept in the file: it follows from the date (`Promise.state_on`).
    """

    WAITING = "waiting"
    PARTLY = "partly"
    KEPT = "kept"
    DROPPED = "dropped"
    LATE = "late"


PROMISE_STATE_LABELS = {
    PromiseState.WAITING: "en attente",
    PromiseState.PARTLY: "en partie",
    PromiseState.KEPT: "fait",
    PromiseState.DROPPED: "sans suite",
    PromiseState.LATE: "en retard",
}
OPEN_PROMISES = (PromiseState.WAITING, PromiseState.PARTLY)


class AppointmentState(StrEnum):
    """What became of an appointment."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


APPOINTMENT_STATE_LABELS = {
    AppointmentState.PLANNED: "prévu",
    AppointmentState.DONE: "tenu",
    AppointmentState.MISSED: "manqué",
    AppointmentState.CANCELLED: "annulé",
}


@dataclass(frozen=True, slots=True)
class GoalTouched:
    """A goal worked on at a visit; `step_id`: the step completed there; `note` is *interne*."""

    id: str
    version: str
    household_id: str
    entry_id: str
    goal_id: str
    step_id: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class RoomCondition:
    """The condition of a room (« état du logement »); `shareable`: may be proposed for the landlord."""

    id: str
    version: str
    household_id: str
    entry_id: str
    position: int
    room: str
    state: RoomState
    observation: str | None
    shareable: bool
    follow_up: str | None
    follow_up_by: str | None


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody promised at a visit (« ce qui est convenu ») and where it stands."""

    id: str
    version: str
    household_id: str
    entry_id: str
    position: int
    text: str
    actor: Actor
    actor_name: str | None
    due_on: date | None
    shareable: bool
    state: PromiseState
    settled_on: date | None

    def state_on(self, day: date) -> PromiseState:
        """Return where the promise stands on a day: « en retard » once its date has passed without it."""
        late = self.state in OPEN_PROMISES and self.due_on is not None and self.due_on < day
        return PromiseState.LATE if late else self.state


@dataclass(frozen=True, slots=True)
class PromiseReview:
    """What was found of an earlier promise at a visit; `note` says a word more (« envoi le 5 octobre »)."""

    id: str
    version: str
    household_id: str
    entry_id: str
    promise_id: str
    state: PromiseState
    note: str | None


@dataclass(frozen=True, slots=True)
class ReviewedPromise:
    """An earlier promise with what was found of it."""

    promise: Promise
    review: PromiseReview


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting agreed for a date and hour (« rendez-vous »).

    `made_in`: the entry where it was agreed; `entry_id`: the entry that tells how it went.
    """

    id: str
    version: str
    household_id: str
    starts_at: datetime
    place: str | None
    purpose: str | None
    worker_id: str
    state: AppointmentState
    made_in: str | None
    entry_id: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """An entry with everything that was noted with it.

    `promises`: made there; `reviewed`: earlier ones looked at there; `additions`: written since to complete
    it; `next_appointment`: agreed there; `kept_appointment`: the one it answers.
    """

    entry: DiaryEntry
    facts: tuple[ShareableFact, ...] = ()
    goals: tuple[GoalTouched, ...] = ()
    rooms: tuple[RoomCondition, ...] = ()
    promises: tuple[Promise, ...] = ()
    reviewed: tuple[ReviewedPromise, ...] = ()
    additions: tuple[DiaryEntry, ...] = ()
    next_appointment: Appointment | None = None
    kept_appointment: Appointment | None = None


@dataclass(frozen=True, slots=True)
class NewGoalTouched:
    """A goal ticked on the visit page; `step_id`: a step of it completed that day."""

    goal_id: str
    step_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room looked at."""

    room: str
    state: RoomState = RoomState.NOT_SEEN
    observation: str | None = None
    shareable: bool = False
    follow_up: str | None = None
    follow_up_by: str | None = None


@dataclass(frozen=True, slots=True)
class NewPromise:
    """Something promised."""

    text: str
    actor: Actor = Actor.HOUSEHOLD
    actor_name: str | None = None
    due_on: date | None = None
    shareable: bool = False
    state: PromiseState = PromiseState.WAITING


@dataclass(frozen=True, slots=True)
class NewReview:
    """What became of an earlier promise."""

    promise_id: str
    state: PromiseState
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """An appointment about to be agreed. `worker_id` None: whoever writes it."""

    starts_at: datetime
    place: str | None = None
    purpose: str | None = None
    worker_id: str | None = None


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo of a room; its content is kept already, so that a draft holds it through a lock or a kill."""

    room: str
    content: KeptContent


@dataclass(frozen=True, slots=True)
class NewVisit:
    """A visit about to be confirmed, whole; also what its draft holds.

    `appointment_id`: the planned one it answers.
    """

    entry: NewEntry
    facts: tuple[NewFact, ...] = ()
    goals: tuple[NewGoalTouched, ...] = ()
    rooms: tuple[NewRoom, ...] = ()
    promises: tuple[NewPromise, ...] = ()
    reviews: tuple[NewReview, ...] = ()
    next_appointment: NewAppointment | None = None
    appointment_id: str | None = None
    photos: tuple[NewPhoto, ...] = ()


def check_visit(new: NewVisit, today: date) -> None:
    """Refuse what no visit can hold. Raises InvalidEntry."""
    check_entry(new.entry, today)
    for fact in new.facts:
        check_fact(fact)
    for room in new.rooms:
        if not room.room.strip():
            raise InvalidEntry("Nommez la pièce (séjour, cuisine…).", "rooms")
    for promise in new.promises:
        check_promise(promise, new.entry.started_at.date())
    for review in new.reviews:
        check_kept_state(review.state)
    if new.next_appointment is not None:
        check_appointment(new.next_appointment, new.entry.started_at)


def check_promise(promise: NewPromise, made_on: date) -> None:
    """Refuse a promise without text, or due before it was made. Raises InvalidEntry."""
    if not promise.text.strip():
        raise InvalidEntry("Écrivez ce qui est convenu.", "promises")
    if promise.due_on is not None and promise.due_on < made_on:
        raise InvalidEntry(
            "Ce qui est convenu ne peut pas être dû avant la rencontre\u00a0: vérifiez la date.", "promises"
        )
    check_kept_state(promise.state)


def check_kept_state(state: PromiseState) -> None:
    """Refuse « en retard » as a state to write: the date says it. Raises InvalidEntry."""
    if state is PromiseState.LATE:
        raise InvalidEntry(
            "Le retard se lit à la date\u00a0: choisissez «\u00a0en attente\u00a0» ou «\u00a0en "
            "partie\u00a0».",
            "promises",
        )


def check_appointment(new: NewAppointment, after: datetime) -> None:
    """Refuse an appointment before the present one, or years away. Raises InvalidEntry."""
    if new.starts_at <= after:
        raise InvalidEntry(
            "Le prochain rendez-vous vient après celui-ci\u00a0: vérifiez la date et l’heure.", "starts_at"
        )
    if new.starts_at - after > FURTHEST_APPOINTMENT:
        raise InvalidEntry("Ce rendez-vous est à plus de deux ans\u00a0: vérifiez l’année.", "starts_at")


def outcome_of(kind: EntryKind, *, cancelled: bool) -> AppointmentState:
    """Return what became of an appointment, from the entry that answers it."""
    if cancelled:
        return AppointmentState.CANCELLED
    return AppointmentState.MISSED if kind is EntryKind.MISSED_VISIT else AppointmentState.DONE
