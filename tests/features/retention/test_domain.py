"""The clock by itself: deadlines, states, and the delays of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.retention.domain.delays import Delay, Delays, OwnDelay, delays_in_force
from caseworker_app.features.retention.domain.going import counted_kinds, naming
from caseworker_app.features.retention.domain.standing import (
    ChoiceKind,
    Clock,
    Contact,
    RetentionChoice,
    State,
    standing_of,
)
from caseworker_app.storage.backups.rotation import gone_by, kept
from caseworker_app.storage.declarations import declared_tables

DELAYS = Delays(24, 3, 30)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def clock(last: date, archived: date | None = None) -> Clock:
    return Clock("h", "2026-B7K4-0001", "Ane Boa", False, last, Contact.DIARY, False, archived)


def choice(kind: ChoiceKind, until: date | None, of: str = "h") -> RetentionChoice:
    return RetentionChoice("c", "v", "h", of, kind, until, "motif", date(2026, 1, 1), "w")


@given(DAYS, DAYS)
def test_due_exactly_from_the_deadline_on(last: date, day: date) -> None:
    found = standing_of(clock(last), (), DELAYS, day)
    assert (found.state is State.DUE) == (day >= DELAYS.deadline(last))


@given(DAYS, DAYS, DAYS)
def test_keeping_longer_never_brings_a_deadline_nearer(last: date, until: date, day: date) -> None:
    found = standing_of(clock(last), [choice(ChoiceKind.KEEP, until)], DELAYS, day)
    assert found.deadline >= DELAYS.deadline(last)
    assert found.state is not State.DUE or day >= until


@given(DAYS, st.integers(0, 60))
def test_an_ending_is_ready_once_its_grace_is_over(day: date, passed: int) -> None:
    planned = choice(ChoiceKind.ERASE, DELAYS.planned_for(day))
    found = standing_of(clock(day), [planned], DELAYS, day + timedelta(passed))
    assert found.state is (State.READY if passed >= 30 else State.PLANNED)


def test_an_ending_decided_of_another_household_before_a_merge_does_not_hold() -> None:
    planned = choice(ChoiceKind.ERASE, date(2026, 1, 1), of="absorbed")
    assert standing_of(clock(date(2026, 1, 1)), [planned], DELAYS, date(2026, 6, 1)).state is State.ACTIVE


def test_the_last_delay_chosen_holds_from_its_day_on() -> None:
    own = [OwnDelay(str(n), "v", Delay.ACTIVE_MONTHS, n, date(2026, n, 1), "x") for n in (6, 3)]
    assert delays_in_force(date(2026, 5, 1), own)[0].value == 3
    assert delays_in_force(date(2026, 7, 1), own)[0].value == 6
    assert delays_in_force(date(2026, 2, 1), own)[0].value == 24


def test_every_table_of_a_household_is_counted_under_a_kind() -> None:
    """A table to come is told by its kind when a household goes, not under « autres »."""
    tables = [name for name, d in declared_tables().items() if d.household is not None]
    assert "autres éléments" not in dict(counted_kinds(dict.fromkeys(tables, 1)))


def test_names_are_found_as_words_however_they_are_written() -> None:
    assert naming('{"words":"Dubœuf, le 3"}', ["DUBOEUF"])
    assert not naming("Martinique", ["Martin"])
    assert not naming("Roubaix", [""])


@pytest.mark.parametrize("erased", [date(2027, 2, 28), date(2027, 6, 14), date(2027, 12, 31)])
def test_no_backup_of_a_daily_rotation_outlives_the_day_told(erased: date) -> None:
    shelf: set[datetime] = set()
    for day in range((gone_by(erased) - erased).days + 400):
        made = datetime(erased.year, erased.month, 1, 18, tzinfo=UTC) + timedelta(day - 400 + erased.day)
        if made.date() <= gone_by(erased):
            shelf = kept({*shelf, made})
    # What was made on the day itself may still hold it; what is left was made after.
    assert max(shelf).date() == gone_by(erased)
    assert all(each.date() > erased for each in shelf)
