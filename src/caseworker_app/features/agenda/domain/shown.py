"""A span of the agenda as it is shown: each time with what one may see of it, the days off, what overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from caseworker_app.features.agenda.domain.holidays import Holiday
from caseworker_app.features.diary.domain.appointment import (
    APPOINTMENT_KIND_LABELS,
    AppointmentKind,
    PlannedTime,
    Repeat,
)
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.kernel.dates import WEEKDAYS, format_long_date, format_short_date
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import capital, join_words, plural

BUSY = "Occupé"
PROTECTED_PLACE = "Adresse protégée"
_AT_HOME = frozenset({"", "domicile", "a domicile", "au domicile"})
_NB = "\u00a0"


@dataclass(frozen=True, slots=True)
class Home:
    """What is known of a household that stands in the agenda; `address` on one line, empty when none is known."""

    name: str
    protected: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownTime:
    """A time as one may see it; `hidden`: somebody else's, of a protected household: only that they are busy.

    `home`: the address where it is at the household's, empty elsewhere and under protection.
    """

    id: str
    version: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    kind: AppointmentKind
    state: AppointmentState
    worker_id: str
    worker: str
    household_id: str | None = None
    household: str = ""
    purpose: str = ""
    where: str = ""
    bring: str = ""
    participants: str = ""
    before: int = 0
    after: int = 0
    repeats: Repeat | None = None
    series_id: str | None = None
    protected: bool = False
    hidden: bool = False
    written: bool = False
    home: str = ""

    @property
    def title(self) -> str:
        """Return what it is called on a block: the household, else what it is about."""
        if self.hidden:
            return BUSY
        return self.household or self.purpose or capital(APPOINTMENT_KIND_LABELS[self.kind])

    @property
    def about(self) -> str:
        """Return the second line of a block: what a meeting with a household is about."""
        if self.hidden or not self.household:
            return ""
        kind = capital(APPOINTMENT_KIND_LABELS[self.kind])
        if self.kind is AppointmentKind.HOUSEHOLD:
            return self.purpose
        return f"{kind}, {self.purpose}" if self.purpose else kind

    @property
    def minutes(self) -> int:
        """Return how long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def busy_from(self) -> datetime:
        """Return when the journey begins."""
        return self.starts_at - timedelta(minutes=self.before)

    @property
    def busy_until(self) -> datetime:
        """Return when the journey back ends."""
        return self.ends_at + timedelta(minutes=self.after)

    @property
    def movable(self) -> bool:
        """Say whether it may still be moved: what its visit tells of stays where it was."""
        return not self.hidden and not self.written

    def days(self) -> tuple[date, ...]:
        """Return the days it stands on."""
        first, last = self.starts_at.date(), (self.ends_at - timedelta(minutes=1)).date()
        return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))

    def hours(self) -> str:
        """Return « 14 h 00 – 15 h 00 », « journée entière »."""
        if self.all_day:
            return "journée entière"
        return f"{hour_words(self.starts_at)}{_NB}– {hour_words(self.ends_at)}"


@dataclass(frozen=True, slots=True)
class AgendaSpan:
    """Some days of the agenda: `times` by hour, `holidays`, and who may stand in it by id."""

    first: date
    last: date
    times: tuple[ShownTime, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    workers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def on(self, day: date) -> tuple[ShownTime, ...]:
        """Return the times of a day that have an hour."""
        return tuple(each for each in self.times if not each.all_day and day in each.days())

    def all_day_on(self, day: date) -> tuple[ShownTime, ...]:
        """Return what takes a whole day."""
        return tuple(each for each in self.times if each.all_day and day in each.days())

    def holiday(self, day: date) -> str:
        """Return the name of a day off, empty for another day."""
        return next((each.name for each in self.holidays if each.day == day), "")


def shown_time(planned: PlannedTime, home: Home | None, worker: str, *, may_see: bool) -> ShownTime:
    """Return a planned time as shown; of a protected household never the place, and for others only « Occupé »."""
    protected = home is not None and home.protected
    common = ShownTime(
        planned.id, planned.version, planned.starts_at, planned.ends_at, planned.all_day, planned.kind,
        planned.state, planned.worker_id, worker, before=planned.travel_before_minutes or 0,
        after=planned.travel_after_minutes or 0, protected=protected,
    )  # fmt: skip
    if protected and not may_see:
        return _hidden(common)
    address = home.address if home else ""
    where = PROTECTED_PLACE if protected else where_words(planned.place, address)
    at_home = not protected and (
        where == address if planned.place else planned.kind is AppointmentKind.HOME_VISIT
    )
    return replace(
        common, household_id=planned.household_id, household=home.name if home else "",
        purpose=planned.purpose or "", where=where, bring=planned.bring or "",
        participants=planned.participants or "", repeats=planned.repeats, series_id=planned.series_id,
        written=planned.entry_id is not None, home=address if at_home else "",
    )  # fmt: skip


def _hidden(common: ShownTime) -> ShownTime:
    """Return only that somebody is busy: not even the nature, nor how far they go."""
    return ShownTime(
        common.id, "", common.starts_at, common.ends_at, common.all_day, AppointmentKind.OTHER,
        AppointmentState.PLANNED, common.worker_id, common.worker, protected=True, hidden=True,
    )  # fmt: skip


def where_words(place: str | None, address: str) -> str:
    """Return where it is: the address for « Domicile », else the place; nothing when nothing is said."""
    if place is None:
        return ""
    return (address or place) if fold(place) in _AT_HOME else place


def overlapping(times: Sequence[ShownTime]) -> dict[str, tuple[ShownTime, ...]]:
    """Return, by id, the other times of the same worker that overlap each, journeys counted; cancelled ones never."""
    busy = sorted(
        (t for t in times if not t.all_day and t.state is not AppointmentState.CANCELLED),
        key=lambda t: (t.worker_id, t.busy_from),
    )
    found: dict[str, list[ShownTime]] = {}
    for place, one in enumerate(busy):
        for other in busy[place + 1 :]:
            if other.worker_id != one.worker_id or other.busy_from >= one.busy_until:
                break
            found.setdefault(one.id, []).append(other)
            found.setdefault(other.id, []).append(one)
    return {key: tuple(others) for key, others in found.items()}


def overlap_words(others: Iterable[ShownTime]) -> str:
    """Return « chevauche Famille X (14 h 00) », empty without any."""
    named = [f"{each.title} ({hour_words(each.starts_at)})" for each in others]
    return f"chevauche {join_words(named)}" if named else ""


def spoken(time_: ShownTime, others: Sequence[ShownTime] = ()) -> str:
    """Return everything a block shows, for somebody who hears it."""
    parts = [
        format_long_date(time_.starts_at.date(), weekday=True),
        time_.hours(),
        time_.title,
        time_.about,
        time_.where,
        state_words(time_),
        f"trajet {plural(time_.before, 'minute')} avant" if time_.before else "",
        f"trajet {plural(time_.after, 'minute')} après" if time_.after else "",
        time_.worker,
        overlap_words(others),
    ]
    return ", ".join(part for part in parts if part)


def state_words(time_: ShownTime) -> str:
    """Return what became of it, empty while it is to come."""
    return {
        AppointmentState.DONE: "tenu",
        AppointmentState.MISSED: "manqué",
        AppointmentState.CANCELLED: "annulé",
        AppointmentState.PLANNED: "",
    }[time_.state]


def hour_words(moment: datetime | time) -> str:
    """Write « 9 h 30 »."""
    return f"{moment.hour}{_NB}h{_NB}{moment.minute:02d}"


def span_words(first: date, last: date) -> str:
    """Return « 23 – 28 nov. 2026 », « mardi 24 novembre 2026 » for one day."""
    if first == last:
        return format_long_date(first, weekday=True).capitalize()
    day = "1er" if first.day == 1 else str(first.day)
    begin = day if first.month == last.month else format_short_date(first)
    return f"{begin}{_NB}– {format_short_date(last)}{_NB}{last.year}, semaine {last.isocalendar().week}"


def day_name(day: date) -> str:
    """Return « Lun. »."""
    return f"{WEEKDAYS[day.weekday()][:3].capitalize()}."
