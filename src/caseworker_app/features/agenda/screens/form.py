"""The form of a time: new, proposed at an hour; or one to change, with what is done with it from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.repeats import Repetition, Scope
from caseworker_app.features.agenda.domain.shown import Home
from caseworker_app.features.agenda.domain.typed_times import duration_typed, parse_duration
from caseworker_app.features.agenda.screens.desk import AgendaDesk, Opened
from caseworker_app.features.agenda.screens.household_entry import HouseholdEntry
from caseworker_app.features.diary.domain.appointment import (
    APPOINTMENT_KIND_LABELS,
    REPEAT_LABELS,
    AppointmentKind,
    PlannedTime,
    Repeat,
    TimeForm,
)
from caseworker_app.features.diary.domain.typed_moments import format_hour, parse_hour
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.team.domain import Worker
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.side_form import SideForm, Work

OPEN, VISIT, HELD, MISSED, CANCELLED, AGAIN, REMOVE = (
    "open", "visit", "held", "missed", "cancelled", "again", "remove",
)  # fmt: skip
STATES = {
    HELD: AppointmentState.DONE, MISSED: AppointmentState.MISSED, CANCELLED: AppointmentState.CANCELLED,
    AGAIN: AppointmentState.PLANNED,
}  # fmt: skip
_KEY = "appointment"


class AppointmentForm(SideForm):
    """The form; `act(action)` is called by the buttons of a time that is there already."""

    def __init__(self, desk: AgendaDesk, workers: tuple[Worker, ...], title: str, key: str) -> None:
        """Make it without fields."""
        super().__init__(key, title, desk.today)
        self.desk, self.workers = desk, workers
        self.household = HouseholdEntry(desk.tasks, desk.find)
        self.buttons: dict[str, Button] = {}
        self.before: PlannedTime | None = None

    def add_buttons(self, words: Mapping[str, str], act: Callable[[str], None]) -> None:
        """Add what is done with the time, above its fields."""
        place = QWidget()
        flow = Flow(place, gap=6)
        for key, text in words.items():
            button = self.buttons[key] = Button(
                text, "danger" if key == REMOVE else "secondary", compact=True
            )
            button.clicked.connect(lambda _on=False, k=key: act(k))
            flow.addWidget(button)
        self._rows.addWidget(place)

    def add_fields(self, shown: TimeForm, home: Home | None) -> None:
        """Add the fields, filled."""
        self.add_entry("household", "&Ménage", self.household)
        self._rows.addWidget(self.household.found)
        self.household.show_household(shown.household_id or "", home.name if home else "")
        self.side_by_side()
        self.choice("kind", "Natu&re", APPOINTMENT_KIND_LABELS, shown.kind)
        self.line("purpose", "O&bjet", shown.purpose)
        self.side_by_side()
        self.day("day", "&Jour", shown.starts_at.date())
        hour = "" if shown.all_day else format_hour(shown.starts_at.time())
        self.line("hour", "&Heure", hour, "14:30", hint="vide\u00a0: la journée")
        self.side_by_side()
        self.line(
            "duration",
            "D&urée",
            duration_typed(shown.duration_minutes),
            "1\u00a0h",
            hint="1\u00a0h\u00a030, 3\u00a0jours",
        )
        self.line("place", "&Lieu", shown.place, "Domicile")
        self.side_by_side()
        self.number("travel_before_minutes", "&Trajet avant", shown.travel_before_minutes, hint="minutes")
        self.number("travel_after_minutes", "Trajet a&près", shown.travel_after_minutes, hint="minutes")
        self.line("bring", "À a&pporter", shown.bring, "clés, bail à signer")
        self.line("participants", "Pa&rticipants", shown.participants)
        if len(self.workers) > 1:
            names = {each.id: each.name for each in self.workers}
            self.choice("worker", "&Intervenant·e", names, shown.worker_id or self.desk.who.worker_id)

    def add_repetition(self) -> None:
        """Add how often it comes again."""
        self.choice("repeats", "Répé&tition", REPEAT_LABELS, nothing="Une seule fois")
        self.side_by_side()
        self.day("until", "Jus&qu’au", hint="ou un nombre de fois")
        self.number("times", "&Fois")

    def add_scope(self, following: int) -> None:
        """Add which occurrences a change is about."""
        later = f"Celui-ci et {plural(following, 'suivant')}"
        self.choice(
            "scope", "Modifier", {Scope.ONE: "Ce rendez-vous seul", Scope.FOLLOWING: later}, Scope.ONE
        )

    def typed_form(self) -> TimeForm:
        """Return what is typed. Raises InvalidEntry."""
        hour = self.text("hour")
        day = self.needed_date("day")
        moment = parse_hour(hour, "hour") if hour else time.min
        worker = self.text("worker") if "worker" in self.editors else None
        before = self.before
        return TimeForm(
            datetime.combine(day, moment),
            parse_duration(self.text("duration") or "", "duration"),
            self.needed("kind", AppointmentKind),
            self.household.household(),
            worker or (before.worker_id if before else None),
            not hour,
            self.text("place"),
            self.text("purpose"),
            self.whole("travel_before_minutes"),
            self.whole("travel_after_minutes"),
            self.text("bring"),
            self.text("participants"),
        )

    def repetition(self) -> Repetition | None:
        """Return how often it comes again. Raises InvalidEntry."""
        repeat = self.chosen("repeats", Repeat)
        until, times = self.date_of("until"), self.whole("times")
        if repeat is None:
            if until is not None or times is not None:
                raise InvalidEntry("Choisissez à quel rythme, ou videz la fin.", "repeats")
            return None
        return Repetition(repeat, until, times)

    def scope(self) -> Scope:
        """Return which occurrences are changed."""
        return Scope(self.text("scope") or Scope.ONE) if "scope" in self.editors else Scope.ONE


def new_form(
    desk: AgendaDesk, workers: tuple[Worker, ...], at: datetime, home: tuple[str, Home] | None = None,
    worker: str | None = None,
) -> AppointmentForm:  # fmt: skip
    """Return the form of a new time proposed at an hour, about a household when one is given."""
    form = AppointmentForm(desk, workers, "Nouveau rendez-vous", _KEY)
    kind = AppointmentKind.HOME_VISIT if home else AppointmentKind.HOUSEHOLD
    shown = TimeForm(at, 60, kind, home[0] if home else None, worker)
    form.add_fields(shown, home[1] if home else None)
    form.add_repetition()

    def work() -> Work:
        typed, repetition = form.typed_form(), form.repetition()
        return lambda: service.plan(desk.file, desk.who, typed, repetition)

    form.intend(work, "Rendez-vous ajouté")
    return form


def change_form(
    desk: AgendaDesk, workers: tuple[Worker, ...], opened: Opened, now: datetime, act: Callable[[str], None]
) -> AppointmentForm:
    """Return the form of a time that is there; `act(action)` does what its buttons say."""
    row = opened.row
    form = AppointmentForm(desk, workers, "Rendez-vous", f"{_KEY}:{row.id}")
    form.before = row
    form.add_buttons(_actions(row, now), act)
    if row.entry_id is not None:
        form.note(service.WRITTEN)
    form.add_fields(_shown(row), opened.home)
    if opened.following:
        form.add_scope(opened.following)

    def work() -> Work:
        typed, scope = form.typed_form(), form.scope()
        return lambda: service.change(desk.file, desk.who, row.id, typed, scope, row.version)

    form.intend(work, "Rendez-vous modifié")
    form.save.setEnabled(row.entry_id is None)
    return form


def _shown(row: PlannedTime) -> TimeForm:
    return TimeForm(
        row.starts_at, row.duration_minutes, row.kind, row.household_id, row.worker_id, row.all_day, row.place,
        row.purpose, row.travel_before_minutes, row.travel_after_minutes, row.bring, row.participants,
    )  # fmt: skip


def _actions(row: PlannedTime, now: datetime) -> dict[str, str]:
    """Return what may be done with a time, in order."""
    words: dict[str, str] = {}
    if row.household_id is not None:
        words[OPEN] = "Ouvrir le dossier"
    if row.entry_id is not None:
        return words
    if row.household_id is not None and row.starts_at.date() <= now.date():
        words[VISIT] = "Nouvelle visite"
    if row.state is AppointmentState.PLANNED:
        if row.starts_at <= now:
            words |= {HELD: "Tenu", MISSED: "Manqué"}
        words[CANCELLED] = "Annuler le rendez-vous"
    else:
        words[AGAIN] = "Remettre à venir"
    return {**words, REMOVE: "Supprimer"}


def nearest(day: date, hour: time) -> datetime:
    """Return an hour of a day."""
    return datetime.combine(day, hour)


def summary(answer: Any) -> str:
    """Return what is said once a time was added: how many, when it comes again."""
    ids = answer[0] if isinstance(answer, tuple) else ()
    return (
        f"{plural(len(ids), 'rendez-vous', 'rendez-vous')} ajoutés" if len(ids) > 1 else "Rendez-vous ajouté"
    )
