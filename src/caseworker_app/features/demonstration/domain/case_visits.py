"""Reading a household written by hand: its visits, notes and appointments, as values to be written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caseworker_app.features.demonstration.domain.moments import Calendar
from caseworker_app.features.diary.domain.entry import Attendance, EntryZone, FactTopic, NewEntry, NewFact
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import (
    Appointment,
    AppointmentState,
    NewAppointment,
    NewGoalTouched,
    NewPromise,
    NewReview,
    NewRoom,
    NewVisit,
    Promise,
    PromiseState,
    RoomState,
)
from caseworker_app.features.goals.domain.goal import Actor

Case = dict[str, Any]


def read_visit(
    each: Case,
    calendar: Calendar,
    household_id: str,
    goals: dict[str, str],
    promises: Sequence[Promise],
    appointments: Sequence[Appointment],
) -> NewVisit:
    """Return a visit whole; `goals`: ids by title, `promises`: those open, `appointments`: all so far."""
    entry = read_entry(each, calendar, household_id)
    by_text = {promise.text: promise.id for promise in promises}
    kept = (
        a.id for a in appointments if a.starts_at == entry.started_at and a.state is AppointmentState.PLANNED
    )
    return NewVisit(
        entry,
        tuple(_fact(fact, calendar) for fact in each.get("facts", [])),
        tuple(NewGoalTouched(goals[goal["title"]], None, goal.get("note")) for goal in each.get("goals", [])),
        tuple(_room(room, calendar) for room in each.get("rooms", [])),
        tuple(_promise(promise, calendar) for promise in each.get("promises", [])),
        tuple(
            NewReview(
                by_text[review["text"]], PromiseState(review["state"]), _told(review.get("note"), calendar)
            )
            for review in each.get("reviews", [])
        ),
        NewAppointment(calendar.moment(each["next"]), "Domicile", "Visite") if "next" in each else None,
        next(kept, None),
    )


def read_entry(each: Case, calendar: Calendar, household_id: str) -> NewEntry:
    """Return the entry of a visit or a note."""
    return NewEntry(
        household_id,
        EntryKind(each["kind"]),
        calendar.moment(each["at"]),
        each.get("minutes"),
        each.get("place"),
        each.get("present"),
        each.get("purpose"),
        calendar.told(each.get("observed", "")),
        calendar.told(each.get("said", "")),
        calendar.told(each.get("analysis", "")),
        Attendance(each["attendance"]) if "attendance" in each else None,
    )


def read_appointment(each: Case, calendar: Calendar) -> NewAppointment:
    """Return an appointment to come."""
    return NewAppointment(calendar.moment(each["at"]), each["place"], each["purpose"])


def _fact(each: Case, calendar: Calendar) -> NewFact:
    return NewFact(EntryZone(each["zone"]), FactTopic(each["topic"]), calendar.told(each["text"]))


def _room(each: Case, calendar: Calendar) -> NewRoom:
    fields = {**each, "state": RoomState(each["state"]), "follow_up": _told(each.get("follow_up"), calendar)}
    return NewRoom(**fields)


def _promise(each: Case, calendar: Calendar) -> NewPromise:
    return NewPromise(
        each["text"],
        Actor(each.get("actor", "household")),
        due_on=calendar.day(each["due_on"]),
        shareable=each.get("shareable", False),
        state=PromiseState(each.get("state", "waiting")),
    )


def _told(text: str | None, calendar: Calendar) -> str | None:
    return None if text is None else calendar.told(text)
