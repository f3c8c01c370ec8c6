"""A record read in part is never saved over whole: a form opened on a full one keeps what nobody typed."""

from __future__ import annotations

from typing import Any

import pytest

from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.side_form import SideForm
from tests.whole_records import home_forms, other_forms, side_forms
from tests.whole_records.world import Case, World, changed_cells, save, type_in

SIDE_FORMS = {**side_forms.CASES, **home_forms.CASES}
CASES = {**SIDE_FORMS, **other_forms.CASES}
_CASES = [pytest.param(case, id=name) for name, case in CASES.items()]


@pytest.mark.parametrize("case", _CASES)
def test_saved_as_it_was_opened_nothing_changes(world: World, case: Case) -> None:
    opened = case.open(world)
    world.keep(opened.form)
    assert world.empty_columns(case.table, opened.row_id) == case.empty, "the record is not whole"
    before = world.cells()
    save(world, opened)
    changed = changed_cells(before, world.cells())
    assert changed <= {(case.table, opened.row_id, column) for column in case.renewed}


@pytest.mark.parametrize("case", _CASES)
def test_one_field_typed_changes_that_field_alone(world: World, case: Case) -> None:
    opened = case.open(world)
    world.keep(opened.form)
    before = world.cells()
    type_in(opened, case.typed)
    save(world, opened)
    changed = changed_cells(before, world.cells())
    wanted = {(case.table, opened.row_id, column) for column in case.changed}
    assert wanted <= changed <= wanted | {(case.table, opened.row_id, column) for column in case.renewed}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in SIDE_FORMS.items()])
def test_a_choice_no_longer_offered_stays(world: World, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that left its table, a colleague who left the team: what was chosen is kept all the same."""
    offered = SideForm.choice

    def nothing_offered(
        form: SideForm, key: str, label: str, _labels: object, *rest: Any, **more: Any
    ) -> Choice:
        return offered(form, key, label, {}, *rest, **more)

    monkeypatch.setattr(SideForm, "choice", nothing_offered)
    opened = case.open(world)
    world.keep(opened.form)
    before = world.cells()
    save(world, opened)
    changed = changed_cells(before, world.cells())
    assert changed <= {(case.table, opened.row_id, column) for column in case.renewed}
