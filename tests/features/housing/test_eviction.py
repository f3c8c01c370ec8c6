"""Eviction: delays of the law, the winter truce, what runs and what is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.housing.domain.eviction import (
    EvictionKind,
    EvictionStep,
    LegalDelay,
    NewEvictionStep,
    check_eviction_step,
    procedure,
    truce_end,
)
from caseworker_app.features.housing.service.evictions import legal_delay, winter_truce_end
from caseworker_app.kernel.errors import InvalidEntry
from tests.features.housing.test_rent_ledger import LEASE

TODAY = date(2026, 11, 24)
TRUCE = ((11, 1), (3, 31))


def step(number: int, kind: EvictionKind, on: date, until: date | None = None) -> EvictionStep:
    return EvictionStep(f"{number}", "v", "h", "l", kind, on, until, None)


@pytest.mark.parametrize(
    ("signed", "end"),
    [
        (date(2023, 7, 28), date(2027, 1, 9)),  # the two months of the lease's own clause
        (date(2023, 7, 29), date(2026, 12, 21)),  # six weeks
        (date(1985, 1, 1), date(2027, 1, 9)),
        (None, date(2026, 12, 21)),  # unknown: nobody counts on time they may not have
    ],
)
def test_the_delay_to_pay_is_that_of_the_lease(signed: date | None, end: date) -> None:
    delay = legal_delay(EvictionKind.COMMAND_TO_PAY, date(2026, 11, 9), replace(LEASE, signed_on=signed))
    assert delay is not None
    assert delay.end(date(2026, 11, 9)) == end


def test_other_delays_have_their_source_and_some_steps_have_none() -> None:
    leave = legal_delay(EvictionKind.COMMAND_TO_LEAVE, date(2026, 11, 30), LEASE)
    assert leave is not None
    assert (leave.end(date(2026, 11, 30)), "L412-1" in leave.source) == (date(2027, 1, 30), True)
    assert legal_delay(EvictionKind.JUDGMENT, TODAY, LEASE) is None


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_the_truce_holds_from_november_to_march(day: date) -> None:
    end = truce_end(day, *TRUCE)
    assert (end is not None) == (day.month in (11, 12, 1, 2, 3))
    if end is not None:
        assert (end.month, end.day) == (3, 31)
        assert timedelta() <= end - day < timedelta(days=152)


def test_the_truce_of_the_dated_table() -> None:
    assert winter_truce_end(TODAY) == date(2027, 3, 31)
    assert winter_truce_end(date(2026, 4, 1)) is None


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 8), st.integers(0, 6))
def test_a_delay_never_ends_before_it_begins(day: date, weeks: int, months: int) -> None:
    assert LegalDelay(weeks, months).end(day) >= day


def test_what_stopped_is_over_and_a_new_procedure_starts_afresh() -> None:
    first = step(1, EvictionKind.COMMAND_TO_PAY, date(2025, 2, 1))
    stopped = step(2, EvictionKind.STOPPED, date(2025, 5, 1))
    again = step(3, EvictionKind.COMMAND_TO_PAY, date(2026, 11, 9), date(2026, 12, 21))
    assert procedure([again, stopped, first]) == [again]
    assert procedure([first, stopped]) == []


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewEvictionStep("l", EvictionKind.SUMMONS, TODAY + timedelta(days=1)), "happened_on"),
        (NewEvictionStep("l", EvictionKind.SUMMONS, date(1026, 11, 1)), "happened_on"),
        (NewEvictionStep("l", EvictionKind.SUMMONS, TODAY, TODAY - timedelta(days=1)), "until"),
    ],
)
def test_an_impossible_step_is_refused_beside_its_field(new: NewEvictionStep, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        check_eviction_step(new, TODAY)
    assert refused.value.field == field
