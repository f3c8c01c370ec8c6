"""Inventing: dates that hold on any day, phones that ring at one place, sentences in good French."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.demonstration.domain.case_people import born
from caseworker_app.features.demonstration.domain.chance import ENTRY_COUNTS, SIZES, chance, falls_due
from caseworker_app.features.demonstration.domain.landlord_list import landlord_list
from caseworker_app.features.demonstration.domain.moments import Calendar
from caseworker_app.features.demonstration.domain.people import fiction_phone, invent_household
from caseworker_app.features.demonstration.domain.vocabulary import sentences
from caseworker_app.features.households.domain import check_household
from caseworker_app.kernel.dates import age_on
from caseworker_app.kernel.phones import parse_phone

DAYS = st.dates(date(2026, 1, 1), date(2040, 12, 31))


@given(DAYS)
def test_the_fifth_of_the_anchor_is_past(today: date) -> None:
    calendar = Calendar(today)
    assert calendar.day("m/5") < today
    assert (today - calendar.anchor).days <= 37


@given(DAYS, st.integers(-400, 400))
def test_a_working_day_is_never_a_week_end_and_keeps_its_side_of_today(today: date, days: int) -> None:
    found = Calendar(today).day(f"today{days:+d}~")
    told = today + timedelta(days=days)
    assert found.weekday() <= 4
    assert found <= told if told <= today else found >= told


def test_dates_in_texts_are_written_out() -> None:
    calendar = Calendar(date(2026, 11, 24))
    assert calendar.told("vu le {m-6/12}, et le {m-1}") == "vu le 12\u00a0mai, et le 1er\u00a0octobre"
    assert calendar.told("depuis {month m-4}") == "depuis juillet"


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a relative date"):
        Calendar(date(2026, 11, 24)).day("hier")


@given(DAYS, st.integers(0, 100), st.sampled_from(["01-01", "03-14", "12-31"]))
def test_people_have_the_age_told(today: date, age: int, birthday: str) -> None:
    assert age_on(born(Calendar(today), age, birthday), today) == age


def test_a_phone_rings_at_one_place() -> None:
    phones = [fiction_phone(index) for index in range(55_000)]
    assert len(set(phones)) == len(phones)
    assert all(parse_phone(phone) for phone in phones[::997])
    assert not [phone for phone in phones if phone.startswith("06399800")], "kept for the cases"


@given(st.integers(0, 2**32), st.integers(1, 7))
def test_invented_households_can_be(seed: int, size: int) -> None:
    today = date(2026, 11, 24)
    new = invent_household(chance(seed), 3, size, today)
    check_household(new, today)
    assert len(new.members) == size


def test_averages_are_those_of_the_bench() -> None:
    assert sum(SIZES) == 3 * len(SIZES)
    assert sum(ENTRY_COUNTS) == 10 * len(ENTRY_COUNTS)


@given(st.integers(1, 50), st.integers(50, 60), st.integers(1, 40))
def test_a_share_is_exact(part: int, whole: int, times: int) -> None:
    assert sum(falls_due(index, part, whole) for index in range(whole * times)) == part * times


def test_sentences_join_articles_and_take_capitals() -> None:
    pool = sentences(1)
    every = [
        text
        for part in (pool.observed, pool.said, pool.analysis, pool.contact)
        for one in part
        for text in one
    ]
    assert not [text for text in every if " de le " in text or " de les " in text]
    assert all(text.removeprefix("«\u00a0")[0].isupper() or text.startswith("{name}") for text in every)
    assert sentences(2) != pool


def test_a_landlords_list_is_what_landlords_send() -> None:
    text = landlord_list(date(2026, 11, 24), 7)
    lines = text.decode("cp1252").split("\r\n")
    assert lines[3].startswith("N° bail;Civilité;Nom locataire")
    assert lines[-2].startswith("TOTAL;")
    assert {line.count(";") for line in lines[:-1]} == {16}
    assert text == landlord_list(date(2026, 11, 24), 7)
