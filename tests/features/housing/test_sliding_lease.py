"""Sliding leases and occupants' duties: deadlines by the text, at the ends of months too."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.housing.domain.occupant_duty import (
    DutyKind,
    DutyState,
    NewDuty,
    OccupantDuty,
    check_duty,
    duty_state,
    usual_end,
)
from caseworker_app.features.housing.domain.sliding_lease import (
    ExaminationPeriod,
    NewSlidingLease,
    check_sliding_lease,
    landlord_notice_due,
    next_period_start,
    next_review,
    period_end,
)
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.errors import InvalidEntry

some_day = st.dates(date(2010, 1, 1), date(2060, 12, 31))


def period(starts_on: date, months: int) -> ExaminationPeriod:
    return ExaminationPeriod("p", "v", "h", "s", starts_on, months, None)


def duty(received_on: date, valid_until: date | None) -> OccupantDuty:
    return OccupantDuty("d", "v", "h", "l", DutyKind.HOME_INSURANCE, received_on, valid_until, None)


def test_twelve_months_then_six_end_in_april_and_the_landlord_answers_in_february() -> None:
    first = period(date(2025, 11, 1), 12)
    second = period(next_period_start([first]), 6)
    assert second.starts_on == date(2026, 11, 1)
    assert second.ends_on() == date(2027, 4, 30)
    assert landlord_notice_due([first, second], 2) == date(2027, 2, 28)


def test_a_period_to_the_end_of_march_asks_the_landlord_by_the_end_of_january() -> None:
    assert landlord_notice_due([period(date(2026, 4, 1), 12)], 2) == date(2027, 1, 31)
    assert landlord_notice_due([], 2) is None


@given(some_day, st.integers(1, 36))
def test_a_period_ends_where_the_next_begins(day: date, months: int) -> None:
    assert period_end(day, months) >= day
    assert next_period_start([period(day, months)]) == add_months(day, months)


def test_reviews_are_due_every_six_months_from_the_signature() -> None:
    signed = date(2025, 10, 30)
    assert next_review(signed, 6, []) == date(2026, 4, 30)
    assert next_review(signed, 6, [date(2026, 5, 12)]) == date(2026, 10, 30)


def test_a_review_held_some_weeks_early_counts() -> None:
    assert next_review(date(2026, 4, 1), 3, [date(2026, 6, 20)]) == date(2026, 10, 1)
    assert next_review(date(2026, 4, 1), 3, [date(2026, 7, 2), date(2026, 10, 6)]) == date(2027, 1, 1)


def test_a_review_never_held_stays_due() -> None:
    assert next_review(date(2020, 1, 15), 6, []) == date(2020, 7, 15)


@given(some_day, st.integers(1, 36), st.lists(st.integers(0, 4_000), max_size=5))
def test_the_next_review_follows_the_last_within_an_interval_and_a_half(
    signed: date, months: int, offsets: list[int]
) -> None:
    held = [signed + timedelta(days=offset) for offset in offsets]
    due = next_review(signed, months, held)
    assert due > max(held, default=signed)
    assert held == [] or due <= add_months(max(held) + timedelta(days=months * 15 + 3), months)


@pytest.mark.parametrize(("months", "review"), [(0, None), (37, None), (12, 0), (12, 37)])
def test_an_impossible_agreement_is_refused(months: int, review: int | None) -> None:
    with pytest.raises(InvalidEntry):
        check_sliding_lease(NewSlidingLease("l", date(2026, 4, 1), months, review_months=review))


def test_a_proof_holds_to_its_last_day() -> None:
    proof = duty(date(2025, 10, 28), date(2026, 10, 31))
    assert proof.state(date(2026, 10, 31)) is DutyState.UP_TO_DATE
    assert proof.state(date(2026, 11, 1)) is DutyState.EXPIRED
    assert duty(date(2025, 1, 1), None).state(date(2050, 1, 1)) is DutyState.UP_TO_DATE


def test_the_latest_proof_counts_in_whatever_order_they_were_written() -> None:
    proofs = [duty(date(2026, 10, 28), date(2027, 10, 31)), duty(date(2025, 10, 28), date(2026, 10, 31))]
    for written in (proofs, proofs[::-1]):
        assert duty_state(written, DutyKind.HOME_INSURANCE, date(2026, 11, 24)) is DutyState.UP_TO_DATE
    assert duty_state(proofs, DutyKind.BOILER_SERVICE, date(2026, 11, 24)) is DutyState.NO_PROOF


def test_a_usual_end_is_counted_in_months() -> None:
    assert usual_end(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert usual_end(date(2026, 10, 2), 0) is None


@pytest.mark.parametrize(
    ("received", "until"), [(date(2026, 11, 25), None), (date(2026, 11, 1), date(2026, 10, 31))]
)
def test_an_impossible_proof_is_refused(received: date, until: date | None) -> None:
    with pytest.raises(InvalidEntry):
        check_duty(NewDuty("l", DutyKind.HOME_INSURANCE, received, until), date(2026, 11, 24))
