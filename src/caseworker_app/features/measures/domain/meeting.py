"""Meetings of those who follow a household (« réunion de synthèse »): who was there, what was decided, by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.features.measures.domain.measure import OLDEST_START, checked_text
from caseworker_app.features.measures.domain.part import Part
from caseworker_app.kernel.dates import add_months, format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural

NB = "\u00a0"
MAX_DECIDED = 4000
_MAX_MONTHS_AHEAD = 24
US = "notre association"


@dataclass(frozen=True, slots=True)
class FollowMeeting:
    """A meeting held: `present` says who was there, `decided` what was agreed; both *interne*."""

    id: str
    version: str
    household_id: str
    held_on: date
    place: str | None
    present: str
    decided: str | None


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting about to be written."""

    held_on: date
    present: str
    place: str | None = None
    decided: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingTask:
    """What somebody is to do after a meeting: the body of a part, or us when `part_id` is None; *interne*."""

    id: str
    version: str
    household_id: str
    meeting_id: str
    part_id: str | None
    what: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task about to be written; `done_on`: the day it was done."""

    what: str
    due_on: date
    part_id: str | None = None
    done_on: date | None = None


def checked_meeting(new: NewMeeting, today: date) -> NewMeeting:
    """Return a meeting as kept. Raises InvalidEntry: nobody there, a day to come, a text too long."""
    present = checked_text(new.present, "present")
    if present is None:
        raise InvalidEntry("Dites qui était là.", "present")
    if not new.held_on >= OLDEST_START:
        raise InvalidEntry(f"Cette date n’est pas possible{NB}: vérifiez l’année.", "held_on")
    if new.held_on > today:
        raise InvalidEntry(
            f"Cette réunion est à venir{NB}: prenez un rendez-vous, puis notez-la une fois tenue.", "held_on"
        )
    decided = (new.decided or "").strip() or None
    if decided is not None and len(decided) > MAX_DECIDED:
        raise InvalidEntry(f"Ce texte est trop long{NB}: {MAX_DECIDED}{NB}caractères au plus.", "decided")
    return replace(new, present=present, place=checked_text(new.place, "place"), decided=decided)


def checked_task(new: NewTask, meeting: FollowMeeting, today: date) -> NewTask:
    """Return a task as kept. Raises InvalidEntry: nothing to do, a day before its meeting, done in the future."""
    what = checked_text(new.what, "what")
    if what is None:
        raise InvalidEntry("Dites ce qui est à faire.", "what")
    if new.due_on < meeting.held_on:
        words = f"La réunion a eu lieu le {format_date(meeting.held_on)}{NB}: choisissez un jour depuis."
        raise InvalidEntry(words, "due_on")
    if new.due_on > add_months(today, _MAX_MONTHS_AHEAD):
        raise InvalidEntry(f"Cette date n’est pas possible{NB}: vérifiez l’année.", "due_on")
    if new.done_on is not None and not meeting.held_on <= new.done_on <= today:
        raise InvalidEntry("Ce jour est à venir, ou avant la réunion.", "done_on")
    return replace(new, what=what)


def meeting_words(meeting: FollowMeeting, tasks: Iterable[MeetingTask]) -> tuple[str, str]:
    """Return what a row says of a meeting: its day and who was there, then what is left to do."""
    left = sum(each.done_on is None for each in tasks if each.meeting_id == meeting.id)
    parts = (
        f"{plural(left, 'décision')} à suivre" if left else "",
        " ".join((meeting.decided or "").split()),
    )
    title = f"{format_date(meeting.held_on)}{NB}: {meeting.present}"
    return title, f"{NB}· ".join(part for part in parts if part)


def task_words(task: MeetingTask, parts: Sequence[Part]) -> tuple[str, str]:
    """Return what a row says of a task: what, then by whom and by when, or when it was done."""
    by = next((each.body for each in parts if each.id == task.part_id), US)
    when = f"fait le {format_date(task.done_on)}" if task.done_on else f"avant le {format_date(task.due_on)}"
    return task.what, f"{by}{NB}· {when}"


def to_follow_first(tasks: Iterable[MeetingTask]) -> list[MeetingTask]:
    """Return tasks: those to do, soonest first, then those done, the latest first."""
    ordered = sorted(tasks, key=lambda each: (each.due_on, each.id))
    left = [each for each in ordered if each.done_on is None]
    done = sorted(
        (e for e in ordered if e.done_on is not None), key=lambda e: e.done_on or e.due_on, reverse=True
    )
    return left + done
