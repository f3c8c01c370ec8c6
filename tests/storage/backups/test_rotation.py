"""Which backups are kept: seven days, four weeks, twelve months, whatever the clock did."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from caseworker_app.kernel.dates import add_months
from caseworker_app.storage.backups.rotation import kept

FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
INSTANTS = st.lists(st.integers(0, 6_000 * 24).map(lambda hours: FIRST + timedelta(hours=hours)), max_size=80)
# So many backups a day, for so many days in a row, as somebody works.
DAYS_WORKED = st.lists(st.integers(min_value=0, max_value=3), min_size=1, max_size=500)


@given(INSTANTS)
def test_the_newest_of_each_of_the_last_seven_days_stays(made: list[datetime]) -> None:
    last_days = sorted({one.date() for one in made}, reverse=True)[:7]
    newest = {max(one for one in made if one.date() == day) for day in last_days}
    assert newest <= kept(made)


@given(INSTANTS)
def test_never_more_than_twenty_three_and_only_what_was_made(made: list[datetime]) -> None:
    stay = kept(made)
    assert len(stay) <= 23
    assert stay <= set(made)


@given(INSTANTS)
def test_what_is_kept_is_kept_again_the_next_time(made: list[datetime]) -> None:
    assert kept(kept(made)) == kept(made)


@given(INSTANTS, st.integers(min_value=1, max_value=40))
def test_a_clock_gone_wrong_for_a_moment_empties_nothing(made: list[datetime], years: int) -> None:
    """One backup made in a year to come pushes out one day, one week and one month at most.

    It may also stand for the seventh day that lets go what is twelve months older than the days beside it.
    """
    wrong = datetime(2050 + years, 6, 1, tzinfo=UTC)
    last_days = sorted({one.date() for one in made}, reverse=True)[:6]
    aged = {one for one in made if last_days and one.date() < add_months(last_days[-1], -12)}
    assert len(kept(made) - kept([*made, wrong]) - aged) <= 3
    assert len({one for one in kept([*made, wrong]) if one != wrong}) >= min(6, len({d.date() for d in made}))


@example([FIRST + timedelta(hours=h) for h in (0, 159, 495, 639, *range(16623, 16744, 24))])
@given(INSTANTS)
def test_what_is_let_go_for_its_age_is_older_than_what_stays(made: list[datetime]) -> None:
    """The last six days that have a backup stay, whatever a clock adds after them."""
    wrong = datetime(2051, 6, 1, tzinfo=UTC)
    last_days = sorted({one.date() for one in made}, reverse=True)[:6]
    newest = {max(one for one in made if one.date() == day) for day in last_days}
    assert newest <= kept([*made, wrong])


def _lived_through(worked: list[int]) -> tuple[list[datetime], list[datetime]]:
    """Return what was made and what is left when each backup is followed by a rotation."""
    made: list[datetime] = []
    left: set[datetime] = set()
    for number, times in enumerate(worked):
        for hour in range(times):
            made.append(FIRST + timedelta(days=number, hours=hour))
            left = kept({*left, made[-1]})
    return made, sorted(left)


@given(DAYS_WORKED)
def test_rotating_each_day_leaves_what_rotating_once_at_the_end_would(worked: list[int]) -> None:
    made, left = _lived_through(worked)
    assert set(left) == kept(made)


@given(DAYS_WORKED)
def test_what_was_erased_leaves_the_backups_within_thirteen_months_of_work(worked: list[int]) -> None:
    made, left = _lived_through(worked)
    days = sorted({one.date() for one in made}, reverse=True)
    if len(days) >= 7:
        assert left[0].date() >= _year_before(days[6])


def test_a_year_of_work() -> None:
    made, left = _lived_through([1] * 500)
    ages = [(made[-1].date() - one.date()).days for one in reversed(left)]
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(left) <= 23
    assert len({(one.year, one.month) for one in left}) == 12
    assert 330 - 31 <= ages[-1] <= 372


def test_none_made_none_kept() -> None:
    assert kept([]) == set()


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))
