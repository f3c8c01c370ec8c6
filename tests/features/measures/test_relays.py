"""A measure handed over from a day: history kept, « Ma semaine » of both follows it, a relay to come called off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import NewMeasure, Relay
from caseworker_app.features.measures.domain.relay import check_relay, lead_on
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role
from caseworker_app.features.week.domain.due import Source
from caseworker_app.features.week.service import read_week
from caseworker_app.kernel.errors import InvalidEntry
from tests.features.measures.test_measures_domain import measure

TODAY = date(2026, 11, 24)
START = date(2026, 6, 1)


@given(st.lists(st.tuples(st.integers(0, 100), st.sampled_from("abc")), max_size=6), st.integers(-5, 110))
def test_who_leads_is_the_last_relay_up_to_the_day(steps: list[tuple[int, str]], offset: int) -> None:
    held, relays, lead = measure(lead_worker_id="w"), [], "w"
    for offset_of, worker in sorted(steps):
        day = START + timedelta(offset_of)
        if worker != lead:
            relays.append(Relay(f"{len(relays):03}", "", "h", "m", day, worker, lead))
            lead = worker
    day, expected = START + timedelta(offset), "w"
    for each in relays:
        if each.from_date <= day:
            expected = each.worker_id
    if relays:
        assert lead_on(held, relays, day) == expected
    assert lead_on(held, [], day) == "w"


def test_a_relay_cannot_be_before_the_measure_nor_before_the_last_one() -> None:
    held = measure(starts_on=START)
    last = Relay("r", "", "h", "m", date(2026, 12, 1), "b", "w")
    for relays, day, worker, field in (
        ([], START - timedelta(1), "b", "from_date"),
        ([], date(2029, 1, 1), "b", "from_date"),
        ([], TODAY, "w", "worker_id"),
        ([last], TODAY, "c", "from_date"),
        ([last], date(2026, 12, 5), "b", "worker_id"),
    ):
        with pytest.raises(InvalidEntry) as caught:
            check_relay(held, relays, day, worker, TODAY)
        assert caught.value.field == field


@pytest.fixture
def other(file: Any, who: Any) -> str:
    return team.add_worker(file, who, "Rose Amblard", Role.CASEWORKER)[0]


@pytest.fixture
def led(file: Any, who: Any, household: str) -> str:
    return service.open_measure(file, who, NewMeasure(household, "asll", START))[0]


def followed(file: Any, who: Any, worker: str, day: date) -> int:
    with file.reading() as connection:
        return read_week(connection, who, day, [worker]).load.measures


@pytest.mark.parametrize("from_date", [date(2026, 9, 1), TODAY, date(2026, 12, 7)])
def test_the_weeks_of_both_follow_the_day(file: Any, who: Any, led: str, other: str, from_date: date) -> None:
    service.change_lead_worker(file, who, led, other, from_date)
    before, after = from_date - timedelta(1), from_date
    assert (followed(file, who, who.worker_id, before), followed(file, who, other, before)) == (1, 0)
    assert (followed(file, who, who.worker_id, after), followed(file, who, other, after)) == (0, 1)


def test_a_relay_to_come_comes_up_in_both_weeks_and_can_be_called_off(
    file: Any, who: Any, household: str, led: str, other: str
) -> None:
    service.change_lead_worker(file, who, led, other, date(2026, 12, 7))
    with file.reading() as connection:
        for worker in (who.worker_id, other):
            dues = read_week(connection, who, TODAY, [worker]).dues
            assert [each.on for each in dues if each.source is Source.RELAY] == [date(2026, 12, 7)]
        relay = service.measures_of(connection, who, household, TODAY)[0].relays[0]
    service.call_off_relay(file, who, relay.id)
    assert followed(file, who, who.worker_id, date(2026, 12, 8)) == 1
    assert followed(file, who, other, date(2026, 12, 8)) == 0


def test_a_relay_that_took_effect_is_not_called_off(
    file: Any, who: Any, household: str, led: str, other: str
) -> None:
    service.change_lead_worker(file, who, led, other, TODAY)
    with file.reading() as connection:
        relay = service.measures_of(connection, who, household, TODAY)[0].relays[0]
    with pytest.raises(InvalidEntry, match="déjà eu lieu"):
        service.call_off_relay(file, who, relay.id)


def test_when_its_day_has_come_the_measure_bears_its_new_lead(
    file: Any, who: Any, household: str, led: str, other: str
) -> None:
    def lead() -> str:
        with file.reading() as connection:
            return service.measures_of(connection, who, household, TODAY)[0].measure.lead_worker_id

    service.change_lead_worker(file, who, led, other, TODAY + timedelta(2))
    assert not service.take_relays(file, who).tables
    assert lead() == who.worker_id
    file.clock.instant += timedelta(days=3)
    assert service.take_relays(file, who).tables == {"support_measure"}
    assert lead() == other
    assert not service.take_relays(file, who).tables


def test_a_measure_that_ended_before_its_relay_is_handed_to_nobody(
    file: Any, who: Any, household: str, led: str, other: str
) -> None:
    service.change_lead_worker(file, who, led, other, date(2026, 12, 7))
    service.end_measure(file, who, led, date(2026, 11, 30), "goals_reached")
    with file.reading() as connection:
        dues = read_week(connection, who, TODAY, [other]).dues
        assert Source.RELAY not in {each.source for each in dues}
    file.clock.instant += timedelta(days=20)
    assert not service.take_relays(file, who).tables


def test_handing_over_several_today_keeps_a_relay_to_come(
    file: Any, who: Any, household: str, led: str, other: str
) -> None:
    third = team.add_worker(file, who, "Ali Ferrand", Role.CASEWORKER)[0]
    service.change_lead_worker(file, who, led, third, date(2026, 12, 7))
    service.change_lead_workers(file, who, [household], other)
    with file.reading() as connection:
        found = service.measures_of(connection, who, household, TODAY)[0]
    assert [(each.worker_id, each.before_id) for each in found.relays] == [
        (other, who.worker_id), (third, other),
    ]  # fmt: skip
    assert lead_on(found.measure, found.relays, date(2026, 12, 8)) == third
