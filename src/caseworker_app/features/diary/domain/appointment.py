"""What stands in the agenda (« rendez-vous »): a time planned, with a household or without, where, how far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from caseworker_app.features.diary.domain.visit import FURTHEST_APPOINTMENT, AppointmentState
from caseworker_app.kernel.entries import optional_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry

DAY_MINUTES = 24 * 60
# What a meeting takes when nobody said: the agenda has to draw something.
USUAL_MINUTES = 60
SHORTEST_MINUTES = 5
# A leave of two months; a journey of half a day.
LONGEST_MINUTES = 62 * DAY_MINUTES
LONGEST_TRAVEL = 12 * 60
MAX_LINE = 300
MAX_LIST = 2_000
# What was never written down still may be: a meeting of last month, typed to keep count.
FURTHEST_BACK = timedelta(days=366)


class AppointmentKind(StrEnum):
    """What the time is taken by."""

    HOUSEHOLD = "household"
    HOME_VISIT = "home_visit"
    OFFICE = "office"
    CALL = "call"
    ACCOMPANIMENT = "accompaniment"
    MEETING = "meeting"
    TRAINING = "training"
    LEAVE = "leave"
    OTHER = "other"


APPOINTMENT_KIND_LABELS = {
    AppointmentKind.HOUSEHOLD: "rendez-vous",
    AppointmentKind.HOME_VISIT: "visite à domicile",
    AppointmentKind.OFFICE: "rendez-vous à l’association",
    AppointmentKind.CALL: "appel",
    AppointmentKind.ACCOMPANIMENT: "accompagnement extérieur",
    AppointmentKind.MEETING: "réunion",
    AppointmentKind.TRAINING: "formation",
    AppointmentKind.LEAVE: "congé ou absence",
    AppointmentKind.OTHER: "autre",
}
# Never about one household.
WITHOUT_HOUSEHOLD = frozenset({AppointmentKind.TRAINING, AppointmentKind.LEAVE})


class Repeat(StrEnum):
    """How often a time comes again."""

    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


REPEAT_LABELS = {
    Repeat.DAILY: "tous les jours",
    Repeat.WEEKLY: "toutes les semaines",
    Repeat.FORTNIGHTLY: "toutes les deux semaines",
    Repeat.MONTHLY: "tous les mois",
}


@dataclass(frozen=True, slots=True)
class PlannedTime:
    """A row of the agenda.

    `household_id` None: about nobody in particular. `duration_minutes` None: nobody said. `all_day`: the hour does not
    count, the minutes are whole days. `travel_…_minutes`: the journey, typed by hand. `series_id`: shared by the
    occurrences of one repetition, `repeats` its rhythm. `outside_uid`: its name in the calendar it was taken from.
    """

    id: str
    version: str
    household_id: str | None
    starts_at: datetime
    place: str | None
    purpose: str | None
    worker_id: str
    state: AppointmentState
    made_in: str | None
    entry_id: str | None
    kind: AppointmentKind
    duration_minutes: int | None
    all_day: bool
    travel_before_minutes: int | None
    travel_after_minutes: int | None
    bring: str | None
    participants: str | None
    series_id: str | None
    repeats: Repeat | None
    outside_uid: str | None

    @property
    def minutes(self) -> int:
        """Return how long it lasts as it is drawn."""
        return self.duration_minutes or (DAY_MINUTES if self.all_day else USUAL_MINUTES)

    @property
    def ends_at(self) -> datetime:
        """Return when it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class TimeForm:
    """What may be written of a planned time; `worker_id` None: whoever writes it."""

    starts_at: datetime
    duration_minutes: int | None = None
    kind: AppointmentKind = AppointmentKind.HOUSEHOLD
    household_id: str | None = None
    worker_id: str | None = None
    all_day: bool = False
    place: str | None = None
    purpose: str | None = None
    travel_before_minutes: int | None = None
    travel_after_minutes: int | None = None
    bring: str | None = None
    participants: str | None = None


def form_of(planned: PlannedTime) -> TimeForm:
    """Return what is written of a planned time."""
    return TimeForm(
        planned.starts_at, planned.duration_minutes, planned.kind, planned.household_id, planned.worker_id,
        planned.all_day, planned.place, planned.purpose, planned.travel_before_minutes,
        planned.travel_after_minutes, planned.bring, planned.participants,
    )  # fmt: skip


def kept_form(form: TimeForm, today: date) -> TimeForm:
    """Return a form as it is kept: lines made clean, whole days from midnight. Raises InvalidEntry for a field."""
    _check_moment(form.starts_at, today)
    minutes = _kept_minutes(form)
    _check_travel(form)
    if form.household_id is not None and form.kind in WITHOUT_HOUSEHOLD:
        raise InvalidEntry(
            "Une formation ou un congé ne concerne aucun ménage\u00a0: retirez le ménage, ou changez la nature.",
            "kind",
        )
    purpose = optional_line(form.purpose, MAX_LINE, "purpose")
    if form.household_id is None and purpose is None and form.kind is not AppointmentKind.LEAVE:
        raise InvalidEntry("Dites de quoi il s’agit, ou choisissez un ménage.", "purpose")
    starts = datetime.combine(form.starts_at.date(), time.min) if form.all_day else form.starts_at
    return replace(
        form,
        starts_at=starts.replace(second=0, microsecond=0),
        duration_minutes=minutes,
        purpose=purpose,
        place=optional_line(form.place, MAX_LINE, "place"),
        participants=optional_line(form.participants, MAX_LINE, "participants"),
        bring=_kept_list(form.bring),
    )


def _check_moment(starts_at: datetime, today: date) -> None:
    if starts_at.tzinfo is not None:
        raise ValueError("the agenda keeps the hour on the office's wall, without time zone")
    if starts_at.date() - today > FURTHEST_APPOINTMENT:
        raise InvalidEntry("Ce rendez-vous est à plus de deux ans\u00a0: vérifiez l’année.", "day")
    if today - starts_at.date() > FURTHEST_BACK:
        raise InvalidEntry("Ce rendez-vous est à plus d’un an en arrière\u00a0: vérifiez l’année.", "day")


def _kept_minutes(form: TimeForm) -> int | None:
    minutes = form.duration_minutes
    if form.all_day:
        days = -(-(minutes or DAY_MINUTES) // DAY_MINUTES)
        minutes = days * DAY_MINUTES
    if minutes is not None and not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise InvalidEntry("Une durée va de 5\u00a0minutes à deux mois.", "duration")
    return minutes


def _check_travel(form: TimeForm) -> None:
    for name in ("travel_before_minutes", "travel_after_minutes"):
        minutes: int | None = getattr(form, name)
        if minutes is not None and not 0 <= minutes <= LONGEST_TRAVEL:
            raise InvalidEntry("Un trajet s’écrit en minutes, 12\u00a0heures au plus.", name)


def _kept_list(text: str | None) -> str | None:
    kept = paragraphs(text, "bring")
    if kept is not None and len(kept) > MAX_LIST:
        raise InvalidEntry("La liste de ce qu’il faut apporter a 2\u202f000 caractères au plus.", "bring")
    return kept
