"""When the next call is: the days of a rhythm, a call nobody answered, a day agreed for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caseworker_app.features.veille.domain.contact import (
    HEARD,
    NewContact,
    Outcome,
    WatchContact,
    Way,
    checked_contact,
    kind_of,
    outcomes_of,
    standing_of,
    way_of,
)
from caseworker_app.features.veille.domain.rhythm import (
    MOST,
    Retry,
    Rhythm,
    Standing,
    Unit,
    checked_rhythm,
    due_on,
    due_words,
    rhythm_words,
)
from caseworker_app.features.veille.domain.watch import Near, checked_near
from caseworker_app.kernel.errors import InvalidEntry

DAY = date(2026, 11, 24)
RETRY = Retry(1, 3)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    unit = draw(st.sampled_from(Unit))
    every = draw(st.integers(1, MOST[unit]))
    weekday = draw(st.none() | st.integers(0, 6)) if unit is Unit.WEEKS else None
    rhythm = Rhythm(draw(days), every, unit, weekday)
    until = draw(st.none() | st.integers(0, 900))
    if until is None:
        return rhythm
    return Rhythm(rhythm.starts_on, every, unit, weekday, rhythm.first + timedelta(until))


def made(outcome: Outcome, day: date, key: str = "a", again: date | None = None) -> WatchContact:
    way = way_of(outcome, Way.CALL)
    return WatchContact(key, "v", "h", "w", "e", day, way, outcome, None, None, again, "c")


@given(rhythms(), days)
def test_the_next_day_is_the_first_of_the_rhythm_after(rhythm: Rhythm, day: date) -> None:
    found = rhythm.after(day)
    if found is None:
        assert rhythm.until is not None
        return
    assert found > day
    assert found >= rhythm.first
    assert (found - rhythm.first).days % rhythm.period == 0
    assert found == rhythm.first or found - timedelta(rhythm.period) <= day
    assert rhythm.weekday is None or found.weekday() == rhythm.weekday
    assert rhythm.until is None or found <= rhythm.until


@given(rhythms())
def test_the_first_call_is_due_from_the_start_and_stays_due(rhythm: Rhythm) -> None:
    assert due_on(rhythm, Standing(), RETRY) == rhythm.first
    assert 0 <= (rhythm.first - rhythm.starts_on).days < 7


@given(rhythms(), days, st.integers(0, 9), st.integers(1, 5), st.integers(1, 9))
def test_a_call_nobody_answered_comes_again_sooner_and_never_later_than_the_rhythm(
    rhythm: Rhythm, day: date, tries: int, most: int, again: int
) -> None:
    assume(day >= rhythm.starts_on)
    retry = Retry(again, most)
    coming, due = rhythm.after(day), due_on(rhythm, Standing(day, None, tries), retry)
    if 0 < tries < most:
        assert due == min(filter(None, (coming, day + timedelta(again))))
    else:
        assert due == coming


@given(rhythms(), days, st.integers(1, 300), st.integers(0, 5))
def test_a_day_agreed_for_goes_before_the_rhythm(rhythm: Rhythm, day: date, ahead: int, tries: int) -> None:
    agreed = day + timedelta(ahead)
    assert due_on(rhythm, Standing(day, agreed, tries), RETRY) == agreed


@given(st.lists(st.tuples(st.sampled_from(Outcome), st.integers(0, 40)), max_size=12), st.randoms())
def test_what_was_done_tells_the_same_in_any_order(past: list[tuple[Outcome, int]], chance) -> None:
    contacts = [made(outcome, DAY + timedelta(n), str(place)) for place, (outcome, n) in enumerate(past)]
    told = standing_of(contacts)
    chance.shuffle(contacts)
    assert standing_of(contacts) == told
    heard = [each.held_on for each in contacts if each.outcome in HEARD]
    after = [each for each in contacts if not heard or each.held_on > max(heard)]
    assert told.tries == len(after)
    assert told.last_on == max((each.held_on for each in contacts), default=None)


def test_every_outcome_has_its_key_its_way_and_its_kind_of_entry() -> None:
    for way in Way:
        assert sorted(outcomes_of(way)) == sorted(Outcome)
        for outcome in Outcome:
            assert kind_of(outcome, way_of(outcome, way))


@pytest.mark.parametrize(
    ("rhythm", "field"),
    [
        (Rhythm(DAY, 0, Unit.WEEKS), "every"),
        (Rhythm(DAY, 27, Unit.WEEKS), "every"),
        (Rhythm(DAY, 61, Unit.DAYS), "every"),
        (Rhythm(DAY, 2, Unit.DAYS, 3), "weekday"),
        (Rhythm(DAY, 2, Unit.WEEKS, 7), "weekday"),
        (Rhythm(DAY, 1, Unit.WEEKS, 0, DAY), "until"),
        (Rhythm(DAY, 1, Unit.WEEKS, 0, None, -1), "at_minutes"),
        (Rhythm(DAY, 1, Unit.WEEKS, 0, None, 24 * 60), "at_minutes"),
    ],
)
def test_a_rhythm_nobody_can_keep_is_refused_beside_its_field(rhythm: Rhythm, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_rhythm(rhythm)
    assert refused.value.field == field


@given(rhythms())
def test_any_other_rhythm_is_kept_and_told(rhythm: Rhythm) -> None:
    assert checked_rhythm(rhythm) == rhythm
    assert rhythm_words(rhythm)


def test_rhythms_and_days_in_words() -> None:
    assert rhythm_words(Rhythm(DAY, 1, Unit.WEEKS, 0)) == "chaque lundi"
    assert rhythm_words(Rhythm(DAY, 2, Unit.WEEKS)) == "toutes les 2\u00a0semaines, le mardi"
    assert rhythm_words(Rhythm(DAY, 1, Unit.DAYS)) == "chaque jour"
    assert rhythm_words(Rhythm(DAY, 3, Unit.DAYS, None, date(2026, 12, 31))) == (
        "tous les 3\u00a0jours, jusqu’au 31/12/2026"
    )
    assert rhythm_words(Rhythm(DAY, 1, Unit.WEEKS, 1, None, 600)) == "chaque mardi vers 10\u00a0h"
    assert rhythm_words(Rhythm(DAY, 1, Unit.DAYS, None, date(2026, 12, 31), 575)) == (
        "chaque jour vers 9\u00a0h\u00a035, jusqu’au 31/12/2026"
    )
    told = {n: due_words(DAY + timedelta(n), DAY) for n in (-2, -1, 0, 1, 2, 7)}
    assert [told[n][0] for n in told] == [
        "en retard de 2\u00a0jours", "en retard de 1\u00a0jour", "aujourd’hui", "demain", "jeudi", "le 01/12/2026",
    ]  # fmt: skip
    assert due_words(None, DAY) == ("rythme terminé", "warn")


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewContact(Outcome.ANSWERED, DAY + timedelta(1)), "held_on"),
        (NewContact(Outcome.ANSWERED, DAY - timedelta(9)), "held_on"),
        (NewContact(Outcome.ANSWERED, DAY, again_on=DAY), "again_on"),
        (NewContact(Outcome.ANSWERED, DAY, again_on=DAY + timedelta(400)), "again_on"),
        (NewContact(Outcome.ANSWERED, DAY, asked=("gold",)), "asked"),
        (NewContact(Outcome.ANSWERED, DAY, done=("errands", "gold")), "done"),
    ],
)
def test_a_call_that_cannot_be_is_refused_beside_its_field(new: NewContact, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_contact(new, DAY - timedelta(7), frozenset({"errands"}), DAY)
    assert refused.value.field == field


def test_somebody_near_has_a_name_and_a_number_that_can_be_read() -> None:
    kept = checked_near(Near("  Paul   Essai ", "0639981234", "voisin"))
    assert (kept.name, kept.phone) == ("Paul Essai", "+33639981234")
    for near, field in ((Near(None, "06 39 98 12 34"), "near_name"), (Near("P", "12"), "near_phone")):
        with pytest.raises(InvalidEntry) as refused:
            checked_near(near)
        assert refused.value.field == field
