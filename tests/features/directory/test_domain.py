"""Rows of the list, the short form, the name a household is listed under."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.directory.domain import (
    Alert,
    HouseholdForm,
    alert_of,
    household_from,
    listed_name,
    people_words,
)
from caseworker_app.features.households.domain import (
    Civility,
    NewMember,
    Relation,
    household_name,
    sort_name,
    with_reference_person,
)
from caseworker_app.features.households.domain.typed import parse_birth
from caseworker_app.features.measures.domain.measure import Intensity, SupportMeasure
from caseworker_app.kernel.errors import InvalidEntry

TODAY = date(2026, 11, 24)


def measure(end: date | None, start: date = date(2026, 1, 1)) -> SupportMeasure:
    return SupportMeasure(
        "m", "", "h", "asll", "ASLL", None, None, "w", Intensity.MEDIUM, 2, start, end, None, None, None, None
    )


@pytest.mark.parametrize(
    ("running", "last_contact", "alert"),
    [
        (None, None, Alert.NOT_FOLLOWED),
        (measure(date(2026, 11, 23)), TODAY, Alert.OVERDUE),
        (measure(date(2026, 11, 24)), TODAY, Alert.ENDING),
        (measure(TODAY + timedelta(60)), TODAY, Alert.ENDING),
        (measure(TODAY + timedelta(61)), TODAY, Alert.UP_TO_DATE),
        (measure(date(2026, 12, 1)), TODAY - timedelta(31), Alert.SILENT),
        (measure(None), TODAY - timedelta(30), Alert.UP_TO_DATE),
        (measure(None, start=TODAY - timedelta(10)), None, Alert.UP_TO_DATE),
        (measure(None, start=TODAY - timedelta(31)), None, Alert.SILENT),
    ],
)
def test_the_alert_is_true_of_its_row(
    running: SupportMeasure | None, last_contact: date | None, alert: Alert
) -> None:
    assert alert_of(running, last_contact, TODAY) is alert


def test_people_are_counted_in_words() -> None:
    assert people_words(1, 2) == "1\u00a0adulte, 2\u00a0enfants"
    assert people_words(2, 0) == "2\u00a0adultes"
    assert people_words(0, 1) == "1\u00a0enfant"


@pytest.mark.parametrize(
    ("members", "title"),
    [
        ((NewMember("Marchadier", "Solène", Civility.MRS),), "Marchadier, Solène"),
        ((NewMember("de La Tour", "Apolline", Civility.MRS),), "de La Tour, Apolline"),
        ((NewMember("O’Brien", "Sœurette"), NewMember("O’Brien", "Gaël", relation=Relation.PARTNER)),
         "O’Brien, Sœurette et Gaël"),
        ((NewMember("Marchal", "Élodie"), NewMember("Kaboré", "Ali", relation=Relation.PARTNER)),
         "Marchal, Élodie et Ali Kaboré"),
        ((NewMember("Kowal"),), "Kowal"),
    ],
)  # fmt: skip
def test_the_list_puts_first_what_it_sorts_by(members: tuple[NewMember, ...], title: str) -> None:
    whole = with_reference_person(members)
    assert listed_name(household_name(whole), sort_name(whole)) == title


NAMES = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll"]), min_size=1, max_size=12)


@given(NAMES, NAMES)
def test_a_listed_name_loses_nobody(last: str, first: str) -> None:
    whole = with_reference_person([NewMember(last, first)])
    title = listed_name(household_name(whole), sort_name(whole))
    assert sorted(title.replace(",", "").split()) == sorted([last, first])


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("14/03/1992", date(1992, 3, 14)),
        ("14 3 92", date(1992, 3, 14)),
        ("14031992", date(1992, 3, 14)),
        ("1.2.09", date(2009, 2, 1)),
    ],
)
def test_a_birth_date_is_read_as_it_is_typed(typed: str, day: date) -> None:
    assert parse_birth(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["31/02/1987", "en mars", "1992", "14/03/19925", "٣/٣/١٩٩٢"])
def test_another_birth_date_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        parse_birth(typed, TODAY)
    assert refused.value.field == "birth_date"


@given(st.dates(date(1927, 1, 1), TODAY))
def test_every_living_birth_date_is_read_back(day: date) -> None:
    assert parse_birth(f"{day:%d/%m/%Y}", TODAY) == day
    assert parse_birth(f"{day:%d%m%y}", TODAY) == day


def test_the_short_form_keeps_only_what_is_typed() -> None:
    household = household_from(HouseholdForm("Kowal"), TODAY)
    assert (household.members[0].last_name, household.addresses, household.contacts) == ("Kowal", (), ())


def test_a_phone_that_cannot_be_read_is_refused_beside_its_field() -> None:
    with pytest.raises(InvalidEntry) as refused:
        household_from(HouseholdForm("Kowal", phone="12"), TODAY)
    assert refused.value.field == "phone"
