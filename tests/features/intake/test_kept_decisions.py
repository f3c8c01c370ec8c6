"""Decisions kept with an import come back the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.intake.domain.decision import Action, Decision
from caseworker_app.features.intake.domain.kept_decisions import read_decisions, write_decisions


def test_rows_that_follow_one_another_are_kept_in_few_words() -> None:
    decisions = [Decision(row, Action.SKIP, "household") for row in range(2, 40_002)]
    assert len(write_decisions(decisions)) < 60
    assert len(write_decisions([Decision(row, Action.CREATE) for row in range(2, 40_002)])) < 60


def test_a_merge_keeps_its_target() -> None:
    kept = [
        Decision(2, Action.CREATE),
        Decision(3, Action.MERGE, household_id="h"),
        Decision(5, Action.MERGE, other_row=2),
        Decision(6, Action.MERGE, dwelling_id="d"),
    ]
    assert list(read_decisions(write_decisions(kept), [2, 3, 5, 6])) == kept


@given(st.dictionaries(st.integers(1, 300), st.sampled_from(Action)))
def test_every_action_comes_back(actions: dict[int, Action]) -> None:
    rows = sorted(actions)
    decisions = [
        Decision(row, actions[row], other_row=1 if actions[row] is Action.MERGE else None) for row in rows
    ]
    assert list(read_decisions(write_decisions(decisions), rows)) == decisions
