"""An evaluation while it is made: keys, domains asked, drafts, and what is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.goals.domain.autonomy import (
    LADDER,
    DomainLevel,
    Evaluation,
    EvaluationWithLevels,
    Level,
    View,
)
from caseworker_app.features.goals.domain.evaluating import (
    CAPS,
    CHOICES,
    EvaluationSheet,
    ViewSheet,
    blank_sheet,
    correction,
    domains_asked,
    level_of_key,
    new_evaluations,
    sheet_content,
    sheet_from_content,
    sheet_of,
)
from caseworker_app.features.goals.domain.grid import grid_on

DAY = date(2026, 11, 24)
GRID = grid_on(DAY)
CODES = [domain.code for domain in GRID.domains]
SHEETS = st.builds(
    ViewSheet,
    st.dictionaries(st.sampled_from(CODES), st.sampled_from(Level)),
    st.dictionaries(st.sampled_from(CODES), st.text(max_size=20)),
    st.text(max_size=40),
)
VIEWS = st.dictionaries(st.sampled_from(View), SHEETS)


@pytest.mark.parametrize("keys", ["12345", "&é\"'("])
def test_digits_choose_levels_with_or_without_shift_on_a_french_keyboard(keys: str) -> None:
    assert [level_of_key(key) for key in keys] == list(LADDER)


def test_every_choice_has_a_digit_and_other_keys_choose_nothing() -> None:
    assert set(CAPS) == set(CHOICES)
    assert {level_of_key(key) for key in CAPS.values()} == set(CHOICES)
    assert level_of_key("À") is Level.NOT_ASSESSED
    assert level_of_key("c") is None


@given(VIEWS, st.text(max_size=12), st.sampled_from(View))
def test_a_draft_comes_back_as_it_was_typed(views: dict[View, ViewSheet], day: str, view: View) -> None:
    sheet = EvaluationSheet(day, view, views, "e1", "v1")
    assert sheet_from_content(orjson.loads(orjson.dumps(sheet_content(sheet)))) == sheet


@given(st.recursive(st.none() | st.text(max_size=8) | st.integers(), lambda x: st.dictionaries(st.text(), x)))
def test_a_draft_of_another_version_is_never_refused(broken: Any) -> None:
    content = broken if isinstance(broken, dict) else {"views": broken, "view": broken, "day": broken}
    assert sheet_from_content({**content, "views": {"worker": broken}}).view in View


def test_domains_of_the_measure_come_first_with_those_evaluated_once() -> None:
    own = Evaluation("e", "v", "h", DAY, View.WORKER, GRID.version, None)
    held = EvaluationWithLevels(own, (DomainLevel("l", "v", "h", "e", "health", Level.STABLE, None),), GRID)
    asked, others = domains_asked(GRID, "masp_1", [held])
    assert [domain.code for domain in asked] == [
        "rent_payment", "budget", "debts", "energy_water", "paperwork", "rights", "health",
    ]  # fmt: skip
    assert {domain.code for domain in (*asked, *others)} == set(CODES)


def test_both_views_are_recorded_when_both_said_something() -> None:
    worker = ViewSheet({"budget": Level.STABLE}, {"debts": "Courriers triés"}, "")
    household = ViewSheet({"budget": Level.FRAGILE})
    sheet = EvaluationSheet("", View.WORKER, {View.WORKER: worker, View.HOUSEHOLD: household})
    by_view = {each.view: each for each in new_evaluations(sheet, "h", DAY, ["budget", "rights"])}
    assert set(by_view) == set(View)
    said = {each.domain: (each.level, each.observation) for each in by_view[View.WORKER].levels}
    assert said == {
        "budget": (Level.STABLE, None),
        "rights": (Level.NOT_ASSESSED, None),
        "debts": (Level.NOT_ASSESSED, "Courriers triés"),
    }


def test_a_view_left_empty_is_not_recorded_and_an_empty_sheet_stays_refusable() -> None:
    sheet = blank_sheet("", View.HOUSEHOLD).with_view(View.WORKER, ViewSheet({"budget": Level.STABLE}))
    assert [each.view for each in new_evaluations(sheet, "h", DAY, [])] == [View.WORKER]
    assert [each.view for each in new_evaluations(blank_sheet("", View.HOUSEHOLD), "h", DAY, [])] == [
        View.HOUSEHOLD
    ]
    assert sheet.said
    assert not blank_sheet("", View.WORKER).said


def test_a_correction_names_what_the_sheet_holds() -> None:
    own = Evaluation("e", "v9", "h", DAY, View.HOUSEHOLD, GRID.version, "Calme")
    rows = (DomainLevel("l", "v", "h", "e", "budget", Level.STABLE, "Tient ses comptes"),)
    sheet = sheet_of(EvaluationWithLevels(own, rows, GRID), "24/11/2026")
    assert (sheet.view, sheet.evaluation_id, sheet.version) == (View.HOUSEHOLD, "e", "v9")
    corrected = correction(sheet, date(2026, 11, 20))
    assert (corrected.evaluated_on, corrected.note) == (date(2026, 11, 20), "Calme")
    assert [(each.domain, each.level, each.observation) for each in corrected.levels] == [
        ("budget", Level.STABLE, "Tient ses comptes")
    ]
