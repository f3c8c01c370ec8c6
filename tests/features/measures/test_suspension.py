"""A measure suspended and resumed, by its rules and in a real encrypted file; « Ma semaine » expects nobody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import MeasureFile, NewMeasure, Suspension
from caseworker_app.features.measures.domain.suspension import (
    check_suspension,
    days_suspended,
    last_day_suspended,
    state_words,
    suspended_on,
)
from caseworker_app.features.team.domain import Who
from caseworker_app.features.week.domain.due import Source
from caseworker_app.features.week.service import read_week
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.measures.test_measures_domain import measure

TODAY = date(2026, 11, 24)
START = date(2026, 6, 1)
days = st.dates(START, date(2027, 6, 1))


def suspension(first: date, last: date | None = None) -> Suspension:
    return Suspension("s", "v", "h", "m", first, last, None)


@given(days, st.integers(0, 200), days, st.integers(0, 200))
def test_two_suspensions_never_hold_on_the_same_day(one: date, long: int, other: date, more: int) -> None:
    held, asked = (one, one + timedelta(long)), (other, other + timedelta(more))
    common = max(one, other) <= min(held[1], asked[1])
    if not common:
        check_suspension(measure(), *asked, [suspension(*held)], TODAY)
        return
    with pytest.raises(InvalidEntry) as refused:
        check_suspension(measure(), *asked, [suspension(*held)], TODAY)
    assert refused.value.field == "from_date"


@given(days, st.integers(1, 300))
def test_a_measure_that_resumes_was_suspended_until_the_day_before(first: date, later: int) -> None:
    resumed = first + timedelta(later)
    last = last_day_suspended(suspension(first), resumed)
    ended = suspension(first, last)
    assert ended.holds(first)
    assert not ended.holds(resumed)
    assert days_suspended([ended], resumed) == later


@pytest.mark.parametrize(
    ("first", "last", "changed", "field"),
    [
        (date(2026, 5, 1), None, {}, "from_date"),
        (date(2026, 7, 1), date(2026, 6, 30), {}, "to_date"),
        (date(2026, 7, 1), date(2206, 8, 1), {}, "to_date"),
        (date(2036, 7, 1), None, {}, "from_date"),
        (date(2026, 7, 1), None, {"ended_on": date(2026, 8, 1)}, "from_date"),
    ],
)
def test_an_impossible_suspension_is_refused(
    first: date, last: date | None, changed: dict[str, date], field: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        check_suspension(measure(**changed), first, last, [], TODAY)
    assert refused.value.field == field


def test_a_measure_does_not_resume_before_it_stopped_nor_after_it_went_on() -> None:
    for held, day in ((suspension(TODAY), TODAY), (suspension(START, START + timedelta(3)), TODAY)):
        with pytest.raises(InvalidEntry):
            last_day_suspended(held, day)


def test_what_is_said_of_a_suspension() -> None:
    assert state_words(suspension(TODAY), TODAY)[0].replace("\u00a0", " ") == "Suspendue depuis 1 jour"
    assert state_words(suspension(START, TODAY), TODAY)[0] == "Suspendue jusqu’au 24/11/2026"


def opened(file: EncryptedFile, who: Who, household: str) -> MeasureFile:
    with file.reading() as connection:
        return service.measures_of(connection, who, household, TODAY)[0]


def silent(file: EncryptedFile, who: Who) -> bool:
    with file.reading() as connection:
        return any(due.source is Source.SILENCE for due in read_week(connection, who, TODAY).dues)


def test_nobody_is_expected_while_a_measure_is_suspended(
    file: EncryptedFile, who: Who, household: str
) -> None:
    asll, _ = service.open_measure(file, who, NewMeasure(household, "asll", START))
    assert silent(file, who)
    key, _ = service.suspend_measure(file, who, asll, date(2026, 11, 3), reason="hospitalisation")
    found = opened(file, who, household)
    held = suspended_on(found, TODAY)
    assert held is not None
    assert (held.id, held.reason) == (key, "hospitalisation")
    assert found.measure.planned_end_on == date(2026, 11, 30)
    assert not silent(file, who)
    service.resume_measure(file, who, key, TODAY)
    assert suspended_on(opened(file, who, household), TODAY) is None
    assert silent(file, who)


def test_a_measure_that_ended_neither_stops_nor_resumes(
    file: EncryptedFile, who: Who, household: str
) -> None:
    asll, _ = service.open_measure(file, who, NewMeasure(household, "asll", START))
    key, _ = service.suspend_measure(file, who, asll, date(2026, 11, 3))
    service.end_measure(file, who, asll, TODAY, "goals_reached")
    with pytest.raises(InvalidEntry):
        service.resume_measure(file, who, key, TODAY)
    with pytest.raises(InvalidEntry):
        service.suspend_measure(file, who, asll, TODAY)
