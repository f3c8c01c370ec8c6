"""Days in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.dossier.domain.when import (
    due_words,
    duration_words,
    from_today,
    late_words,
    moment_words,
    of_month,
    short_day,
)

TODAY = date(2026, 11, 24)
NB = "\u00a0"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "aujourd’hui"),
        (1, "demain"),
        (-1, "hier"),
        (13, f"dans 13{NB}jours"),
        (21, f"dans 3{NB}semaines"),
        (62, f"dans 8{NB}semaines"),
        (63, f"dans 2{NB}mois"),
        (-34, f"il y a 34{NB}jours"),
        (-90, f"il y a 3{NB}mois"),
        (-800, f"il y a 2{NB}ans"),
    ],
)
def test_a_day_is_told_from_today(days: int, words: str) -> None:
    assert from_today(TODAY + timedelta(days=days), TODAY) == words


@given(st.integers(min_value=1, max_value=20_000))
def test_no_span_is_told_as_nothing(days: int) -> None:
    for words in (from_today(TODAY + timedelta(days), TODAY), late_words(TODAY, TODAY + timedelta(days))):
        assert f" 0{NB}" not in f" {words}"


def test_lateness_is_in_words() -> None:
    assert due_words(date(2026, 11, 15), TODAY) == f"9{NB}jours de retard"
    assert due_words(TODAY, TODAY) == "Aujourd’hui"
    assert due_words(date(2026, 12, 17), TODAY) == f"Avant le 17{NB}déc."


def test_the_year_stands_only_where_it_is_another() -> None:
    assert short_day(date(2027, 2, 17), TODAY) == f"17{NB}févr.{NB}2027"


def test_a_meeting_has_its_weekday_within_a_week() -> None:
    assert (
        moment_words(datetime.fromisoformat("2026-11-26T09:30"), TODAY) == f"Jeudi 26{NB}nov. à 9{NB}h{NB}30"
    )
    assert moment_words(datetime.fromisoformat("2026-12-07T16:00"), TODAY) == f"Le 7{NB}déc. à 16{NB}h{NB}00"
    assert moment_words(datetime.fromisoformat("2026-11-24T14:00"), TODAY) == f"Aujourd’hui à 14{NB}h{NB}00"


def test_hours_and_months_as_they_are_said() -> None:
    assert duration_words(50) == f"50{NB}min"
    assert duration_words(65) == f"1{NB}h{NB}05"
    assert of_month(date(2026, 10, 1)) == f"d’octobre{NB}2026"
    assert of_month(date(2026, 11, 1)) == f"de novembre{NB}2026"
