"""Measures: dates, lengths, overlaps, renewals that follow on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.measures.domain.measure import (
    Agreement,
    Intensity,
    MeasureFile,
    MeasureKind,
    NewAgreement,
    NewMeasure,
    SupportMeasure,
    check_agreement,
    check_dates,
    check_end,
    check_length,
    check_no_overlap,
    check_renewal,
    check_still_runs,
    check_under_agreement,
    check_within_agreement,
    longest_end,
    planned_end,
    running_first,
)
from caseworker_app.features.measures.domain.shown_measures import (
    ShownMeasures,
    follow_facts,
    frame_facts,
    length_hint,
    time_left,
)
from caseworker_app.features.measures.domain.terms import first_end
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.errors import InvalidEntry

TODAY = date(2026, 11, 24)
MASP = MeasureKind("masp_1", "MASP 1", "MASP 1", "CASF", 12, 48, "", True)
ASLL = MeasureKind("asll", "ASLL", "ASLL", "FSL", 6, None, "", True)
some_day = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def measure(**changed: Any) -> SupportMeasure:
    values: dict[str, Any] = {
        "id": "m", "version": "v", "household_id": "h", "kind_code": "asll", "kind_label": "ASLL",
        "agreement_id": None, "prescriber": None, "lead_worker_id": "w", "intensity": Intensity.MEDIUM,
        "visits_per_month": 2, "starts_on": date(2026, 6, 1), "planned_end_on": date(2026, 11, 30),
        "ended_on": None, "exit_reason_code": None, "exit_reason_label": None, "destination": None,
    }  # fmt: skip
    return SupportMeasure(**{**values, **changed})


@given(some_day, st.integers(1, 60))
def test_so_many_months_end_the_day_before_the_same_day(day: date, months: int) -> None:
    end = planned_end(day, months)
    assert end is not None
    assert day <= end == add_months(day, months) - timedelta(days=1)


def test_a_kind_without_length_has_no_planned_end() -> None:
    assert planned_end(TODAY, None) is None
    assert measure(planned_end_on=None).days_left(TODAY) is None
    assert not measure(planned_end_on=None).ends_soon(TODAY, 1000)


@pytest.mark.parametrize(
    ("changed", "end", "field"),
    [
        ({"starts_on": date(2028, 1, 1)}, None, "starts_on"),
        ({"starts_on": date(1026, 6, 1)}, None, "starts_on"),
        ({}, date(2026, 5, 31), "planned_end_on"),
        ({}, date(2206, 5, 31), "planned_end_on"),
        ({"ended_on": date(2026, 5, 31), "exit_reason_code": "moved"}, None, "ended_on"),
        ({"ended_on": date(2026, 7, 1)}, None, "exit_reason_code"),
        ({"exit_reason_code": "moved"}, None, "exit_reason_code"),
    ],
)
def test_impossible_dates_are_refused(changed: dict[str, Any], end: date | None, field: str) -> None:
    values: dict[str, Any] = {"household_id": "h", "kind_code": "asll", "starts_on": date(2026, 6, 1)}
    with pytest.raises(InvalidEntry) as refused:
        check_dates(NewMeasure(**{**values, **changed}), end, TODAY)
    assert refused.value.field == field


def test_a_masp_lasts_four_years_at_most() -> None:
    check_length(MASP, date(2026, 1, 1), date(2029, 12, 31))
    with pytest.raises(InvalidEntry) as refused:
        check_length(MASP, date(2026, 1, 1), date(2030, 1, 1))
    assert refused.value.sentence == "MASP 1\u00a0: 48\u00a0mois au plus en tout, soit jusqu’au 31/12/2029."
    check_length(ASLL, date(2026, 1, 1), date(2040, 1, 1))


def test_two_measures_of_one_kind_do_not_run_together() -> None:
    with pytest.raises(InvalidEntry):
        check_no_overlap(ASLL, date(2026, 12, 15), None, [measure()])
    check_no_overlap(MASP, date(2026, 12, 15), None, [measure()])
    ended = measure(ended_on=date(2026, 11, 30))
    check_no_overlap(ASLL, date(2026, 12, 1), None, [ended])
    with pytest.raises(InvalidEntry):
        check_no_overlap(ASLL, date(2026, 11, 30), None, [ended])
    check_no_overlap(ASLL, date(2025, 1, 1), date(2025, 6, 30), [measure()])


@given(some_day, st.integers(0, 900), some_day, st.integers(0, 900))
def test_overlap_is_refused_exactly_where_a_day_is_shared(
    start: date, length: int, other_start: date, other_length: int
) -> None:
    end, other_end = start + timedelta(days=length), other_start + timedelta(days=other_length)
    others = [measure(starts_on=other_start, planned_end_on=None, ended_on=other_end)]
    if max(start, other_start) <= min(end, other_end):
        with pytest.raises(InvalidEntry):
            check_no_overlap(ASLL, start, end, others)
    else:
        check_no_overlap(ASLL, start, end, others)


def test_a_measure_past_its_planned_end_still_runs_and_is_overdue() -> None:
    late = measure(planned_end_on=date(2026, 11, 20))
    assert late.runs_on(TODAY)
    assert late.days_left(TODAY) == -4
    assert late.ends_soon(TODAY, 0)


def test_a_measure_ends_soon_on_the_last_day_of_the_delay() -> None:
    assert measure().ends_soon(TODAY, 6)
    assert not measure().ends_soon(TODAY, 5)
    assert not measure(ended_on=TODAY - timedelta(days=1)).ends_soon(TODAY, 60)


@pytest.mark.parametrize(
    ("changed", "start", "end"),
    [
        ({}, date(2026, 12, 2), date(2027, 5, 31)),
        ({}, date(2026, 11, 30), date(2027, 5, 31)),
        ({}, date(2026, 12, 1), date(2026, 11, 30)),
        ({}, date(2026, 12, 1), date(2207, 5, 31)),
        ({"ended_on": date(2026, 11, 1)}, date(2026, 12, 1), date(2027, 5, 31)),
        ({"planned_end_on": None}, date(2026, 5, 1), date(2027, 5, 31)),
    ],
)
def test_a_renewal_follows_on(changed: dict[str, Any], start: date, end: date) -> None:
    check_renewal(measure(), date(2026, 12, 1), date(2027, 5, 31))
    with pytest.raises(InvalidEntry):
        check_renewal(measure(**changed), start, end)


@pytest.mark.parametrize("day", [date(2026, 5, 31), date(2028, 1, 1)])
def test_an_impossible_end_is_refused(day: date) -> None:
    check_end(measure(), TODAY, TODAY)
    with pytest.raises(InvalidEntry):
        check_end(measure(), day, TODAY)
    with pytest.raises(InvalidEntry):
        check_end(measure(ended_on=TODAY), TODAY, TODAY)


def test_a_measure_starts_within_its_agreement() -> None:
    agreement = Agreement(
        "a", "v", "AVDL 2026", None, "DDETS", date(2026, 1, 1), date(2026, 12, 31), 30, 12, 4_200_000
    )
    check_under_agreement(agreement, date(2026, 12, 31))
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(InvalidEntry):
            check_under_agreement(agreement, day)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": " "},
        {"ends_on": date(2025, 12, 31)},
        {"ends_on": date(2206, 12, 31)},
        {"starts_on": date(1026, 1, 1)},
        {"starts_on": date(9999, 1, 1)},
        {"quota_new": -1},
        {"grant_cents": -1},
    ],
)
def test_an_impossible_agreement_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(InvalidEntry):
        check_agreement(NewAgreement(**{"name": "AVDL 2026", "starts_on": date(2026, 1, 1), **changed}))


def test_the_measure_that_runs_comes_first() -> None:
    old = measure(id="1", starts_on=date(2020, 1, 1))
    ended = measure(id="2", ended_on=date(2026, 7, 1))
    assert [m.id for m in running_first([ended, old], TODAY)] == ["1", "2"]


def test_a_limit_nobody_verified_binds_nobody() -> None:
    doubtful = replace(MASP, verified=False)
    assert longest_end(doubtful, date(2026, 1, 1)) is None
    check_length(doubtful, date(2026, 1, 1), date(2040, 1, 1))
    assert length_hint(doubtful).replace("\u00a0", " ").endswith("48 mois au plus en tout, à vérifier.")


@given(some_day, st.integers(-30, 900), st.integers(-30, 900))
def test_a_measure_never_outlives_its_agreement(start: date, agreed: int, planned: int) -> None:
    ends, planned_on = start + timedelta(agreed), start + timedelta(planned)
    agreement = Agreement("a", "", "Essai", None, None, start - timedelta(400), ends, None, None, None)
    if planned_on > ends:
        with pytest.raises(InvalidEntry) as refused:
            check_within_agreement(agreement, planned_on, "to_date")
        assert refused.value.field == "to_date"
    else:
        check_within_agreement(agreement, planned_on, "to_date")
    check_within_agreement(None, planned_on, "to_date")
    proposed = first_end(ASLL, start, agreement, None)
    assert proposed is not None
    usual = planned_end(start, ASLL.default_months)
    assert proposed == (usual if ends < start or usual is None else min(usual, ends))


def test_an_ended_measure_changes_no_more() -> None:
    ended = measure(ended_on=date(2026, 11, 20))
    with pytest.raises(InvalidEntry):
        check_still_runs(ended, TODAY, "worker_id")
    check_still_runs(measure(ended_on=TODAY), TODAY, "worker_id")
    check_still_runs(measure(), TODAY, "worker_id")


@pytest.mark.parametrize(
    ("changed", "told", "tone"),
    [
        ({"planned_end_on": date(2026, 11, 30)}, "6 jours restants", "warn"),
        ({"planned_end_on": date(2026, 11, 25)}, "1 jour restant", "warn"),
        ({"planned_end_on": TODAY}, "Fin prévue aujourd’hui", "danger"),
        ({"planned_end_on": date(2026, 11, 20)}, "Fin prévue dépassée de 4 jours", "danger"),
        ({"planned_end_on": date(2027, 6, 30)}, "218 jours restants", "ok"),
        ({"planned_end_on": None}, "Sans terme", "muted"),
        ({"starts_on": date(2026, 12, 1)}, "Commence le 01/12/2026", "accent"),
        ({"ended_on": date(2026, 12, 4)}, "Se termine le 04/12/2026", "warn"),
    ],
)
def test_what_is_left_is_told(changed: dict[str, Any], told: str, tone: str) -> None:
    found = time_left(measure(**changed), TODAY)
    assert (found[0].replace("\u00a0", " "), found[1]) == (told, tone)


def test_a_basis_not_verified_is_said_to_be_so() -> None:
    file = MeasureFile(measure(), (), None)
    for kind, said in ((MASP, MASP.basis), (replace(MASP, verified=False), f"{MASP.basis} (non vérifié)")):
        shown = ShownMeasures("h", TODAY, (file,), {file.measure.id: kind}, (), ())
        assert dict(frame_facts(shown, file))["Cadre"] == said


def test_visits_held_are_counted_since_the_measure_started() -> None:
    held = [date(2026, 11, 20), date(2026, 11, 2), date(2026, 10, 30)]
    file = MeasureFile(measure(starts_on=date(2026, 6, 1)), (), None)
    shown = ShownMeasures("h", TODAY, (file,), {}, (), ())
    told = dict(follow_facts(shown, file, held))["Tenues"]
    assert told.replace("\u00a0", " ") == "2 rencontres ce mois-ci, 1 en octobre 2026"
    begun = MeasureFile(measure(starts_on=date(2026, 11, 10)), (), None)
    told = dict(follow_facts(shown, begun, held))["Tenues"]
    assert told.replace("\u00a0", " ") == "1 rencontre ce mois-ci"
