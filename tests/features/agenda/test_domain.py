"""Days off, repetitions, places side by side and moves, as pure rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.agenda.domain.holidays import easter_sunday, holidays
from caseworker_app.features.agenda.domain.places import (
    beside,
    free_hour,
    moved,
    neighbour,
    placed,
    resized,
    snapped,
)
from caseworker_app.features.agenda.domain.repeats import MOST_TIMES, Repetition, occurrences
from caseworker_app.features.agenda.domain.shown import (
    BUSY,
    PROTECTED_PLACE,
    Home,
    ShownTime,
    overlap_words,
    overlapping,
    shown_time,
    span_words,
    spoken,
)
from caseworker_app.features.diary.domain.appointment import (
    AppointmentKind,
    PlannedTime,
    Repeat,
    TimeForm,
    kept_form,
)
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.kernel.errors import InvalidEntry

DAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001


MOMENTS = st.datetimes(at(0, day=date(2026, 1, 1)), at(0, day=date(2027, 6, 30))).map(
    lambda m: m.replace(second=0, microsecond=0)
)


def shown(key: str, start: datetime, minutes: int = 60, worker: str = "w", **rest: object) -> ShownTime:
    return ShownTime(
        key, "v", start, start + timedelta(minutes=minutes), False, AppointmentKind.HOUSEHOLD,
        AppointmentState.PLANNED, worker, "Claire Lenoir", **rest,
    )  # fmt: skip


def row(**rest: object) -> PlannedTime:
    given_ = {
        "id": "a", "version": "v", "household_id": "h", "starts_at": at(14), "place": "domicile", "purpose": "bail",
        "worker_id": "w", "state": AppointmentState.PLANNED, "made_in": None, "entry_id": None,
        "kind": AppointmentKind.HOME_VISIT, "duration_minutes": None, "all_day": False,
        "travel_before_minutes": 20, "travel_after_minutes": None, "bring": "clés", "participants": "M. Test",
        "series_id": None, "repeats": None, "outside_uid": None,
    }  # fmt: skip
    return PlannedTime(**{**given_, **rest})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "day",
    ["2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
     "2038-04-25", "1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2049-04-18", "2076-04-19"],
)  # fmt: skip
def test_easter_falls_where_almanacs_say(day: str) -> None:
    expected = date.fromisoformat(day)
    assert easter_sunday(expected.year) == expected


@given(st.integers(1583, 4099))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    found = easter_sunday(year)
    assert found.weekday() == 6
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


def test_a_year_has_eleven_holidays_and_thirteen_in_alsace_and_moselle() -> None:
    year = (date(2026, 1, 1), date(2026, 12, 31))
    found = holidays(*year)
    assert [each.day.isoformat() for each in found] == [
        "2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14",
        "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25",
    ]  # fmt: skip
    more = {each.day for each in holidays(*year, alsace_moselle=True)} - {each.day for each in found}
    assert more == {date(2026, 4, 3), date(2026, 12, 26)}


@given(MOMENTS, st.sampled_from(list(Repeat)), st.integers(2, 24))
def test_a_repetition_has_as_many_times_as_asked_each_later_at_the_same_hour(first, repeat, times) -> None:
    found = occurrences(first, Repetition(repeat, times=times))
    assert len(found) == times
    assert found[0] == first
    assert all(a < b for a, b in pairwise(found))
    assert {moment.time() for moment in found} == {first.time()}
    if repeat in (Repeat.WEEKLY, Repeat.FORTNIGHTLY):
        assert {moment.weekday() for moment in found} == {first.weekday()}
    if repeat is Repeat.MONTHLY:
        months = [moment.year * 12 + moment.month for moment in found]
        assert months == list(range(months[0], months[0] + times))


@given(MOMENTS, st.sampled_from(list(Repeat)), st.integers(1, 200))
def test_a_repetition_until_a_day_stops_at_the_last_that_fits(first, repeat, days) -> None:
    until = first.date() + timedelta(days=days)
    found = occurrences(first, Repetition(repeat, until=until))
    assert found[-1].date() <= until
    longer = occurrences(first, Repetition(repeat, times=len(found) + 1))
    assert longer[:-1] == found
    assert longer[-1].date() > until


@pytest.mark.parametrize(
    ("repetition", "field"),
    [
        (Repetition(Repeat.WEEKLY), "until"),
        (Repetition(Repeat.WEEKLY, DAY, 3), "until"),
        (Repetition(Repeat.WEEKLY, until=DAY), "until"),
        (Repetition(Repeat.WEEKLY, times=1), "times"),
        (Repetition(Repeat.DAILY, times=MOST_TIMES + 1), "times"),
        (Repetition(Repeat.DAILY, until=DAY + timedelta(days=MOST_TIMES + 1)), "until"),
        (Repetition(Repeat.MONTHLY, times=40), "times"),
    ],
)
def test_a_repetition_without_a_sound_end_is_refused(repetition: Repetition, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        occurrences(at(9), repetition)
    assert refused.value.field == field


def test_monthly_is_held_back_at_the_end_of_a_shorter_month() -> None:
    found = occurrences(at(9, day=date(2026, 12, 31)), Repetition(Repeat.MONTHLY, times=4))
    assert [each.date().isoformat() for each in found] == [
        "2026-12-31",
        "2027-01-31",
        "2027-02-28",
        "2027-03-31",
    ]


TIMES = st.lists(st.tuples(st.integers(0, 23 * 60), st.integers(5, 240), st.integers(0, 90)), max_size=12)


@given(TIMES)
def test_what_overlaps_never_shares_a_lane(drawn) -> None:
    midnight = at(0)
    times = [shown(str(n), midnight + timedelta(minutes=s), m, before=b) for n, (s, m, b) in enumerate(drawn)]
    found = placed(times, DAY)
    assert sorted(p.time.id for p in found) == sorted(t.id for t in times)
    for place, one in enumerate(found):
        assert 0 <= one.lane < one.lanes
        assert 0 <= one.begin <= one.top < one.bottom <= one.end <= 24 * 60
        for other in found[place + 1 :]:
            if one.begin < other.end and other.begin < one.end:
                assert one.lane != other.lane
                assert one.lanes == other.lanes


@given(TIMES)
def test_overlaps_are_told_on_both_sides(drawn) -> None:
    times = [shown(str(n), at(0) + timedelta(minutes=s), m) for n, (s, m, _b) in enumerate(drawn)]
    found = overlapping(times)
    expected = {
        one.id: {
            o.id for o in times if o is not one and o.starts_at < one.ends_at and one.starts_at < o.ends_at
        }
        for one in times
    }
    assert {key: {o.id for o in others} for key, others in found.items()} == {
        k: v for k, v in expected.items() if v
    }


def test_a_cancelled_time_and_a_colleague_s_overlap_nothing() -> None:
    one = shown("a", at(9))
    cancelled = ShownTime(
        **{**{f: getattr(one, f) for f in one.__slots__}, "id": "b", "state": AppointmentState.CANCELLED}
    )
    assert overlapping([one, cancelled, shown("c", at(9), worker="other")]) == {}
    assert overlap_words([shown("d", at(9, 30), purpose="Équipe")]) == "chevauche Équipe (9\u00a0h\u00a030)"


@given(st.integers(0, 23), st.integers(5, 300), st.integers(-10, 10), st.integers(-2000, 2000))
def test_a_move_stays_within_its_day(hour: int, minutes: int, days: int, by: int) -> None:
    one = shown("a", at(hour), min(minutes, (24 - hour) * 60))
    found = moved(one, days, by)
    assert found.date() == DAY + timedelta(days=days)
    assert (found + timedelta(minutes=one.minutes) - timedelta(minutes=1)).date() == found.date()


@given(st.integers(0, 23), st.integers(-600, 600))
def test_a_length_stays_between_a_quarter_and_midnight(hour: int, by: int) -> None:
    found = resized(shown("a", at(hour)), by)
    assert 15 <= found <= 24 * 60 - hour * 60
    assert snapped(7.4) == 0
    assert snapped(7.6) == 15


def test_arrows_walk_through_times_and_days() -> None:
    times = [shown("a", at(9)), shown("b", at(14)), shown("c", at(10, day=DAY + timedelta(days=2)))]
    assert [neighbour(times, "", 1), neighbour(times, "a", 1), neighbour(times, "c", 1)] == ["a", "b", "c"]
    assert neighbour([], "", 1) == ""
    assert beside(times, times[1], 1) == "c"
    assert beside(times, times[2], -1) == "a"
    assert beside(times, times[0], -1) == "a"


def test_a_new_time_is_proposed_where_it_is_free() -> None:
    assert free_hour([shown("a", at(9)), shown("b", at(10))], DAY, at(8, day=date(2026, 11, 1))).hour == 11
    assert free_hour([], DAY, at(13, 20)).hour == 14


def test_of_a_protected_household_others_see_only_that_somebody_is_busy() -> None:
    home = Home("Famille Ferrand", protected=True, address="3 allée des Peupliers, Wattrelos")
    mine = shown_time(row(), home, "Claire Lenoir", may_see=True)
    assert mine.title == "Famille Ferrand"
    assert mine.where == PROTECTED_PLACE
    others = shown_time(row(), home, "Claire Lenoir", may_see=False)
    told = spoken(others) + repr(others)
    assert others.title == BUSY
    for word in ("Ferrand", "Peupliers", "bail", "clés", "M. Test", "visite", "home_visit"):
        assert word not in told
    assert (others.before, others.household_id) == (0, None)


def test_a_block_says_everything_it_shows() -> None:
    home = Home("Famille Marchadier", protected=False, address="14 rue des Tisserands, Roubaix")
    one = shown_time(row(), home, "Claire Lenoir", may_see=True)
    assert one.about == "Visite à domicile, bail"
    assert spoken(one) == (
        "mardi 24\u00a0novembre\u00a02026, 14\u00a0h\u00a000\u00a0– 15\u00a0h\u00a000, Famille Marchadier, "
        "Visite à domicile, bail, 14 rue des Tisserands, Roubaix, trajet 20\u00a0minutes avant, Claire Lenoir"
    )


def test_days_are_told_as_people_say_them() -> None:
    assert (
        span_words(date(2026, 11, 23), date(2026, 11, 28)) == "23\u00a0– 28\u00a0nov.\u00a02026, semaine 48"
    )
    assert span_words(date(2026, 11, 30), date(2026, 12, 5)).startswith("30\u00a0nov.\u00a0– 5\u00a0déc.")
    assert span_words(DAY, DAY) == "Mardi 24\u00a0novembre\u00a02026"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (TimeForm(at(9)), "purpose"),
        (TimeForm(at(9), 2, household_id="h"), "duration"),
        (TimeForm(at(9), household_id="h", travel_before_minutes=900), "travel_before_minutes"),
        (TimeForm(at(9), household_id="h", kind=AppointmentKind.LEAVE), "kind"),
        (TimeForm(at(9, day=date(2062, 1, 1)), household_id="h"), "day"),
        (TimeForm(at(9, day=date(2001, 1, 1)), household_id="h"), "day"),
    ],
)
def test_what_no_agenda_holds_is_refused_beside_its_field(form: TimeForm, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        kept_form(form, DAY)
    assert refused.value.field == field


def test_a_leave_needs_no_words_and_takes_whole_days() -> None:
    kept = kept_form(TimeForm(at(15), 1500, AppointmentKind.LEAVE, all_day=True), DAY)
    assert kept.starts_at == at(0)
    assert kept.duration_minutes == 2 * 24 * 60
