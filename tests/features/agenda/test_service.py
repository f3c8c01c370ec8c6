"""The agenda written into a real encrypted file: planned, repeated, moved, removed, undone; who sees what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.repeats import Repetition, Scope
from caseworker_app.features.agenda.domain.shown import BUSY
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.appointment import AppointmentKind, Repeat, TimeForm
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import AppointmentState, NewVisit
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.unit_of_work import ChangedMeanwhile

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 29)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001


def visit(household: str, moment: datetime | None = None, **rest) -> TimeForm:
    return TimeForm(moment or at(14), 60, AppointmentKind.HOME_VISIT, household, place="domicile", **rest)


def span(file, who: Who, first: date = MONDAY, last: date = SUNDAY, workers=None):
    with file.reading() as connection:
        return service.read_span(connection, who, first, last, workers)


def colleague(file, who: Who, role: Role = Role.CASEWORKER) -> Who:
    worker, _ = team.add_worker(file, who, "Karim Bellil", role)
    return Who(worker, "Karim Bellil", role)


def test_a_time_stands_in_the_week_with_its_address_and_its_journey(file, who, household) -> None:
    (row_id,), changes = service.plan(file, who, visit(household, travel_before_minutes=25, bring="clés"))
    assert changes.tables == {"appointment"}
    assert changes.households == {household}
    (time,) = span(file, who).times
    assert (time.id, time.before, time.bring) == (row_id, 25, "clés")
    assert time.household == "Mme\u00a0Solène Marchadier"
    assert "14 rue des Tisserands" in time.where
    with file.reading() as connection:
        (known,) = diary.appointments_of(connection, who, household)
    assert known.starts_at == at(14)


def test_a_meeting_of_the_team_belongs_to_no_household(file, who) -> None:
    form = TimeForm(
        at(9), 90, AppointmentKind.MEETING, purpose="Réunion d’équipe", participants="toute l’équipe"
    )
    _ids, changes = service.plan(file, who, form)
    assert changes.households == frozenset()
    (time,) = span(file, who).times
    assert (time.title, time.household_id, time.minutes) == ("Réunion d’équipe", None, 90)
    take_back_last(file, who)
    assert span(file, who).times == ()


def test_a_leave_of_a_week_begun_before_is_shown(file, who) -> None:
    form = TimeForm(at(0, day=20), 6 * 24 * 60, AppointmentKind.LEAVE, all_day=True)
    service.plan(file, who, form)
    found = span(file, who)
    assert [bool(found.all_day_on(MONDAY + timedelta(days=n))) for n in range(4)] == [True, True, True, False]


def test_one_occurrence_or_all_that_follow_are_changed(file, who, household) -> None:
    ids, _ = service.plan(file, who, visit(household), Repetition(Repeat.WEEKLY, times=4))
    later = (MONDAY, date(2026, 12, 31))
    service.move(file, who, ids[1], at(16, 30) + timedelta(days=8), 45, Scope.ONE)
    hours = [(t.starts_at.isoformat(), t.minutes) for t in span(file, who, *later).times]
    assert hours == [
        ("2026-11-24T14:00:00", 60), ("2026-12-02T16:30:00", 45), ("2026-12-08T14:00:00", 60),
        ("2026-12-15T14:00:00", 60),
    ]  # fmt: skip
    service.change(
        file, who, ids[1], visit(household, at(9) + timedelta(days=7), bring="bail"), Scope.FOLLOWING
    )
    found = span(file, who, *later).times
    assert [t.starts_at.isoformat() for t in found] == [
        "2026-11-24T14:00:00", "2026-12-01T09:00:00", "2026-12-07T09:00:00", "2026-12-14T09:00:00",
    ]  # fmt: skip
    assert [t.bring for t in found] == ["", "bail", "bail", "bail"]
    take_back_last(file, who)
    assert [t.starts_at.hour for t in span(file, who, *later).times] == [14, 16, 14, 14]
    service.remove(file, who, ids[2], Scope.FOLLOWING)
    assert len(span(file, who, *later).times) == 2
    take_back_last(file, who)
    assert len(span(file, who, *later).times) == 4


def test_a_time_changed_meanwhile_is_not_written_over(file, who, household) -> None:
    (row_id,), _ = service.plan(file, who, visit(household))
    (before,) = span(file, who).times
    service.move(file, who, row_id, at(15))
    with pytest.raises(ChangedMeanwhile):
        service.move(file, who, row_id, at(16), expected_version=before.version)


def test_a_household_may_be_put_to_a_time_or_taken_from_it(file, who, household) -> None:
    (row_id,), _ = service.plan(file, who, TimeForm(at(10), 30, AppointmentKind.OTHER, purpose="à préciser"))
    changes = service.change(file, who, row_id, visit(household, at(10)))
    assert household in changes.households
    assert span(file, who).times[0].household_id == household
    take_back_last(file, who)
    assert span(file, who).times[0].household_id is None


def test_what_a_visit_tells_of_stays_where_it_was(file, who, household) -> None:
    (row_id,), _ = service.plan(file, who, visit(household, at(9, day=20)))
    entry = NewEntry(household, EntryKind.HOME_VISIT, at(9, day=20), observed="Le logement est tenu.")
    diary.confirm_visit(file, who, NewVisit(entry, appointment_id=row_id))
    (time,) = span(file, who, date(2026, 11, 16), SUNDAY).times
    assert time.state is AppointmentState.DONE
    assert not time.movable
    for refused in (
        lambda: service.move(file, who, row_id, at(11)),
        lambda: service.remove(file, who, row_id),
        lambda: service.settle(file, who, row_id, AppointmentState.MISSED),
    ):
        with pytest.raises(InvalidEntry):
            refused()


def test_how_it_went_is_said_and_taken_back(file, who, household) -> None:
    (row_id,), _ = service.plan(file, who, visit(household))
    service.settle(file, who, row_id, AppointmentState.MISSED)
    assert span(file, who).times[0].state is AppointmentState.MISSED
    take_back_last(file, who)
    assert span(file, who).times[0].state is AppointmentState.PLANNED


def test_others_protected_households_are_only_busy_but_for_whoever_heads_the_service(
    file, who, household
) -> None:
    households.set_protected(file, who, household, protected=True)
    (row_id,), _ = service.plan(file, who, visit(household))
    other, volunteer = colleague(file, who), None
    (time,) = span(file, other, workers=[]).times
    assert time.title == BUSY
    assert span(file, other).times == ()
    with pytest.raises(NotAllowed):
        service.move(file, other, row_id, at(15))
    with pytest.raises(NotAllowed), file.reading() as connection:
        service.read_form(connection, other, row_id, MONDAY)
    heads = replace(other, role=Role.SUPERVISOR)
    assert span(file, heads, workers=[]).times[0].household != ""
    assert volunteer is None


def test_a_household_that_is_gone_is_refused_and_nothing_is_written(file, who) -> None:
    with pytest.raises(NotFound):
        service.plan(file, who, visit("0" * 32))
    assert span(file, who).times == ()


def test_the_form_tells_how_many_follow(file, who, household) -> None:
    ids, _ = service.plan(file, who, visit(household), Repetition(Repeat.WEEKLY, times=3))
    with file.reading() as connection:
        row, home, following = service.read_form(connection, who, ids[1], MONDAY)
    assert (row.id, following) == (ids[1], 1)
    assert home is not None
