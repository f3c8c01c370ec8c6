"""What stands in the agenda of the demonstration beside visits: meetings, a training, leaves, the length of visits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from caseworker_app.features.diary.domain.appointment import AppointmentKind, Repeat, TimeForm

_DAY = 24 * 60
_KINDS = {
    "Domicile": (AppointmentKind.HOME_VISIT, 60),
    "Association": (AppointmentKind.OFFICE, 45),
    "Téléphone": (AppointmentKind.CALL, 20),
}


@dataclass(frozen=True, slots=True)
class TeamTime:
    """A time of a worker; those of one `series` repeat."""

    worker_id: str
    form: TimeForm
    series: str | None = None
    repeats: Repeat | None = None


def team_times(today: date, workers: tuple[str, ...]) -> Iterator[TeamTime]:
    """Yield what the team has around a day: equal days give equal times. `workers`: the file's own first."""
    monday = today - timedelta(days=today.weekday())
    for week in range(-2, 7):
        start = _at(monday + timedelta(days=7 * week), 9)
        meeting = TimeForm(
            start, 90, AppointmentKind.MEETING, purpose="Réunion d’équipe", place="Salle des Tilleuls"
        )
        for worker in workers[:3]:
            yield TeamTime(worker, meeting, "demonstration-team", Repeat.WEEKLY)
        desk = TimeForm(_at(start.date() + timedelta(days=4), 13, 30), 90, AppointmentKind.OTHER,
                        purpose="Permanence sans rendez-vous", place="Association")  # fmt: skip
        yield TeamTime(workers[0], desk, "demonstration-desk", Repeat.WEEKLY)
    training = TimeForm(
        _at(monday + timedelta(days=3), 14), 150, AppointmentKind.TRAINING, purpose="Prévenir les expulsions",
        place="Maison des associations", travel_before_minutes=20, travel_after_minutes=20,
        bring="Attestation d’inscription", participants="Groupe du territoire",
    )  # fmt: skip
    yield TeamTime(workers[0], training)
    leave = TimeForm(_at(monday + timedelta(days=14), 0), 5 * _DAY, AppointmentKind.LEAVE, all_day=True)
    yield TeamTime(workers[0], leave)
    if len(workers) > 1:
        away = TimeForm(_at(monday + timedelta(days=2), 0), 2 * _DAY, AppointmentKind.LEAVE, all_day=True)
        yield TeamTime(workers[1], away)


def visit_details(told: dict[str, Any]) -> dict[str, Any]:
    """Return what the appointment of a household written by hand says beside its hour, place and object."""
    kind, minutes = _KINDS.get(told["place"], (AppointmentKind.HOUSEHOLD, 60))
    travel = told.get("travel")
    return {
        "kind": kind,
        "duration_minutes": told.get("minutes", minutes),
        "travel_before_minutes": travel,
        "travel_after_minutes": travel,
        "bring": told.get("bring"),
    }


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))
