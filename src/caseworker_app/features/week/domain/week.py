"""« Ma semaine » as it is shown: the day's meetings, what to do by groups of dates, what was put off, the load."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.week.domain.due import Due, Snooze, Source
from caseworker_app.features.week.domain.material import Meeting
from caseworker_app.kernel.dates import MONTHS, add_months, end_of_month
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import plural

_AT_HOME = frozenset({"", "domicile", "a domicile", "au domicile"})
_DOOR = re.compile(r"\b(appt|appartement|porte|lot|bât\.|bâtiment|étage)\s+(?=\w{1,4}\b)", re.IGNORECASE)
# A meeting that begins within the hour is told by its minutes.
_SOON_MINUTES = 60


class Moment(StrEnum):
    """Where a meeting stands at the hour it is looked at."""

    HELD = "held"
    MISSED = "missed"
    TO_COMPLETE = "to_complete"
    SOON = "soon"
    COMING = "coming"


class Span(StrEnum):
    """The groups of dates, in order."""

    LATE = "late"
    THIS_WEEK = "this_week"
    NEXT = "next"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A meeting of the day: with whom, about what, where (masked under protection)."""

    id: str
    household_id: str
    household: str
    starts_at: datetime
    purpose: str
    where: str
    protected: bool
    state: AppointmentState

    def moment(self, now: datetime) -> Moment:
        """Return where it stands at an hour."""
        if self.state is not AppointmentState.PLANNED:
            return Moment.HELD if self.state is AppointmentState.DONE else Moment.MISSED
        minutes = (self.starts_at - now).total_seconds() / 60
        if minutes < 0:
            return Moment.TO_COMPLETE
        return Moment.SOON if minutes <= _SOON_MINUTES else Moment.COMING

    def minutes_left(self, now: datetime) -> int:
        """Return in how many minutes it begins, at least 0."""
        return max(0, int((self.starts_at - now).total_seconds() // 60))


@dataclass(frozen=True, slots=True)
class Load:
    """What the measures ask of a month: how many, the visits agreed and those held, and the minutes they take."""

    measures: int
    visits_agreed: int
    visits_held: int
    visit_minutes: int

    @property
    def hours(self) -> int:
        """Return the hours a month the agreed visits take, rounded."""
        return round(self.visits_agreed * self.visit_minutes / 60)

    def visits_words(self) -> str:
        """Return « 18 visites tenues sur 31 ce mois-ci »."""
        held = plural(self.visits_held, "visite tenue", "visites tenues")
        return f"{held} sur {self.visits_agreed} ce mois-ci"

    def words(self) -> str:
        """Return « 22 mesures, 78 h par mois »."""
        return f"{plural(self.measures, 'mesure')}, {self.hours}\u00a0h par\u00a0mois"


@dataclass(frozen=True, slots=True)
class DueGroup:
    """What is due within one span of dates, by date."""

    span: Span
    words: str
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class PutOff:
    """Something put off, with what it is."""

    due: Due
    snooze: Snooze


@dataclass(frozen=True, slots=True)
class Week:
    """Everything the page shows of a day; `meetings`: of its whole week, by hour."""

    day: date
    meetings: tuple[ShownMeeting, ...]
    dues: tuple[Due, ...]
    put_off: tuple[PutOff, ...]
    load: Load

    def days(self) -> tuple[date, ...]:
        """Return the days of the strip: Monday to Friday, and today or what is planned on the other days."""
        monday = self.day - timedelta(days=self.day.weekday())
        every = [monday + timedelta(days=number) for number in range(7)]
        used = {meeting.starts_at.date() for meeting in self.meetings} | {self.day}
        return tuple(day for number, day in enumerate(every) if number < 5 or day in used)

    def meetings_on(self, day: date) -> tuple[ShownMeeting, ...]:
        """Return the meetings of a day."""
        return tuple(each for each in self.meetings if each.starts_at.date() == day)

    def groups(self, hidden: Iterable[Source] = ()) -> tuple[DueGroup, ...]:
        """Return what is to do by spans of dates, without what comes from some sources; no span is empty."""
        left_out = frozenset(hidden)
        kept = [due for due in self.dues if due.source not in left_out]
        shown = ((span, tuple(due for due in kept if span_of(due.on, self.day) is span)) for span in Span)
        return tuple(
            DueGroup(span, span_words(span, self.day, len(dues)), dues) for span, dues in shown if dues
        )


def span_of(on: date, day: date) -> Span:
    """Return the span a date falls in."""
    if on < day:
        return Span.LATE
    if on <= day + timedelta(days=6 - day.weekday()):
        return Span.THIS_WEEK
    return Span.NEXT if on <= _last_near(day) else Span.AFTER


def span_words(span: Span, day: date, count: int) -> str:
    """Return the title of a span: « Avant le 31 décembre », « 7 échéances après le 31 décembre »."""
    last = _last_near(day)
    limit = f"le {last.day}\u00a0{MONTHS[last.month - 1]}"
    return {
        Span.LATE: "En retard",
        Span.THIS_WEEK: "Cette semaine",
        Span.NEXT: f"Avant {limit}",
        Span.AFTER: f"{plural(count, 'échéance')} après {limit}",
    }[span]


def split_put_off(
    dues: Sequence[Due], snoozes: Iterable[Snooze]
) -> tuple[tuple[Due, ...], tuple[PutOff, ...]]:
    """Part what is to do from what was put off, by the key of each; the latest day counts."""
    until: dict[str, Snooze] = {}
    for each in sorted(snoozes, key=lambda one: (one.until, one.id)):
        until[each.due_key] = each
    to_do = tuple(due for due in dues if due.key not in until)
    return to_do, tuple(PutOff(due, until[due.key]) for due in dues if due.key in until)


def shown_meeting(meeting: Meeting, name: str, address: str, *, protected: bool) -> ShownMeeting:
    """Return a meeting as shown; of a protected household, neither the place nor the address."""
    where = "Adresse protégée" if protected else _held(where_words(meeting.place, address))
    return ShownMeeting(
        meeting.id, meeting.household_id, name, meeting.starts_at, meeting.purpose or "Rendez-vous", where, protected,
        AppointmentState(meeting.state),
    )  # fmt: skip


def where_words(place: str | None, address: str) -> str:
    """Return where a meeting is: the address for « Domicile » or when nothing is said, else the place."""
    at_home = place is None or fold(place) in _AT_HOME
    return (address or place or "") if at_home else place or ""


def _held(where: str) -> str:
    """Return a place whose doors keep their number on their line: « appt 31 »."""
    return _DOOR.sub("\\1\u00a0", where)


def _last_near(day: date) -> date:
    """Return the end of next month."""
    return end_of_month(add_months(day, 1))
