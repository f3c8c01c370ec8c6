"""The figures of a month and how they explain themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.budget.domain.categories import Section, categories_on
from caseworker_app.features.budget.domain.indicators import NOT_COMPUTABLE, indicators
from caseworker_app.features.budget.domain.sheet import BudgetLine, BudgetMonth, BudgetSheet
from caseworker_app.kernel.money import format_percent

NOVEMBER = date(2026, 11, 1)
CATEGORIES = categories_on(NOVEMBER)
WORKED_EXAMPLE = [
    ("net_wage", 600_00), ("activity_bonus", 350_25), ("rsa", 11_31), ("apl", 437_00),
    ("family_allowance", 152_24), ("asf", 401_55),
    ("rent", 468_20), ("rls", 49_32), ("service_charges", 124_60), ("home_insurance", 14_90),
    ("electricity", 71_50), ("water", 38_00), ("phone_internet", 47_98),
    ("public_transport", 73_20), ("fuel", 80_00), ("canteen", 52_40), ("childcare", 30_00),
    ("rent_plan", 60_00), ("loan_repayment", 142_75), ("loan_repayment", 85_00), ("benefit_repayment", 48_00),
    ("food", 460_00), ("hygiene", 67_00), ("clothing", 60_00), ("leisure", 40_00),
]  # fmt: skip

amounts = st.lists(
    st.tuples(st.sampled_from([each.code for each in CATEGORIES.all]), st.integers(0, 500_000)), max_size=25
)


def a_sheet(lines: list[tuple[str, int]], persons: int = 300, definition: str = "persons_30") -> BudgetSheet:
    month = BudgetMonth("m", "v", "h", NOVEMBER, persons, definition, None)
    return BudgetSheet(
        month,
        tuple(
            BudgetLine(
                str(i),
                "v",
                "h",
                NOVEMBER,
                i,
                CATEGORIES.get(code).section,
                code,
                None,
                None,
                cents,
                False,
                None,
            )
            for i, (code, cents) in enumerate(lines)
        ),
        (),
    )


def test_the_worked_example_gives_the_figures_of_the_design() -> None:
    found = indicators(a_sheet(WORKED_EXAMPLE))
    assert found.income.value == 1_952_35
    assert found.constrained.value == 1_287_21
    assert found.residual.value == 665_14
    assert found.residual_per_day.value == 7_39
    assert found.balance.value == 38_14
    assert format_percent(found.net_ratio.value or Decimal(0)) == "7,0\u00a0%"
    assert format_percent(found.gross_ratio.value or Decimal(0)) == "35,9\u00a0%"


def test_each_figure_writes_its_formula() -> None:
    found = indicators(a_sheet(WORKED_EXAMPLE))
    assert found.residual.formula == "1\u202f952,35 − 1\u202f287,21 = 665,14"
    assert found.residual_per_day.formula == "665,14 ÷ 3 ÷ 30 = 7,39\u00a0€"
    assert found.net_ratio.formula == "(543,48 − 437,00) ÷ 1\u202f515,35 = 7,0\u00a0%"
    assert found.gross_ratio.formula == "543,48 ÷ 1\u202f515,35 = 35,9\u00a0%"


def test_each_figure_shows_the_lines_behind_and_its_authority() -> None:
    found = indicators(a_sheet(WORKED_EXAMPLE))
    assert [len(term.lines) for term in found.residual.terms] == [6, 15]
    assert [term.text for term in found.residual_per_day.terms[2:]] == ["3", "30"]
    assert {line.category for line in found.net_ratio.terms[0].lines} == {"rent", "rls", "service_charges"}
    assert found.net_ratio.source == "arrêté du 10 mars 2011, CCH art. R*441-3-1"
    assert found.net_ratio.source_date == date(2011, 3, 10)
    assert found.net_ratio.verified
    assert not found.residual.verified
    assert "remboursements compris" in found.residual.definition


def test_repayments_are_in_or_out_as_the_definition_says() -> None:
    without = a_sheet(WORKED_EXAMPLE, definition="persons_30_without_repayments")
    assert indicators(without).residual.value == 665_14 + 335_75
    assert indicators(without).constrained.value == 1_287_21 - 335_75
    assert indicators(without).expenses.value == indicators(a_sheet(WORKED_EXAMPLE)).expenses.value


def test_another_divisor_gives_another_day() -> None:
    assert indicators(a_sheet(WORKED_EXAMPLE, definition="persons_30_42")).residual_per_day.value == 7_29


def test_a_child_in_alternating_custody_counts_for_half() -> None:
    found = indicators(a_sheet(WORKED_EXAMPLE, persons=250)).residual_per_day
    assert found.value == 8_87
    assert found.formula == "665,14 ÷ 2,5 ÷ 30 = 8,87\u00a0€"


@pytest.mark.parametrize("lines", [[], [("rent", 500_00)], [("apl", 300_00), ("rent", 500_00)]])
def test_without_income_the_ratio_is_not_computable(lines: list[tuple[str, int]]) -> None:
    found = indicators(a_sheet(lines))
    for ratio in (found.net_ratio, found.gross_ratio):
        assert ratio.value is None
        assert ratio.formula.endswith(NOT_COMPUTABLE)
        assert ratio.reason


@pytest.mark.parametrize(
    ("lines", "net", "gross"),
    [
        ([("rsa", 600_00)], None, None),
        ([("rsa", 600_00), ("rent", 0)], "0,0\u00a0%", "0,0\u00a0%"),
        ([("rsa", 600_00), ("apl", 210_00)], None, None),
        ([("rsa", 600_00), ("apl", 210_00), ("service_charges", 60_00)], None, "10,0\u00a0%"),
    ],
)
def test_a_forgotten_rent_gives_no_ratio_rather_than_a_wrong_one(lines, net, gross) -> None:
    found = indicators(a_sheet(lines))
    for told, expected in ((found.net_ratio, net), (found.gross_ratio, gross)):
        assert (
            (told.value and format_percent(told.value)) == expected
            if expected != "0,0\u00a0%"
            else told.value == 0
        )
        assert bool(told.reason) is (expected is None)


def test_a_negative_residual_income_is_shown_as_it_is() -> None:
    found = indicators(a_sheet([("rsa", 100_00), ("rent", 400_00)], persons=100))
    assert (found.residual.value, found.residual_per_day.value) == (-300_00, -10_00)
    assert "−" in found.residual.formula.split("=")[1]


@given(lines=amounts, persons=st.integers(50, 1200))
def test_figures_agree_with_each_other(lines: list[tuple[str, int]], persons: int) -> None:
    sheet = a_sheet(lines, persons)
    found = indicators(sheet)
    assert found.balance.value == (found.income.value or 0) - (found.expenses.value or 0)
    assert found.residual.value == (found.income.value or 0) - (found.constrained.value or 0)
    a_day = Decimal(found.residual_per_day.value or 0) * sheet.month.persons * 30
    assert abs(a_day - (found.residual.value or 0)) <= sheet.month.persons * 30 / 2
    assert set(found.income.lines) == set(sheet.of(Section.INCOME))


@given(lines=amounts)
def test_the_ratio_is_exact_and_never_counts_aid_twice(lines: list[tuple[str, int]]) -> None:
    found = indicators(a_sheet(lines))
    resources = sum(
        c for code, c in lines if CATEGORIES.get(code).section is Section.INCOME and code not in AID
    )
    aid = sum(cents for code, cents in lines if code in AID)
    cost = found.net_ratio.terms[0]
    if resources == 0 or not cost.lines or cost.amount < aid:
        assert found.net_ratio.value is None
        return
    net, gross = found.net_ratio.value, found.gross_ratio.value
    assert net is not None
    assert gross is not None
    assert abs((gross - net) * resources - aid) < Decimal("0.000001")


@given(lines=amounts, data=st.data())
def test_the_order_of_lines_changes_nothing(lines: list[tuple[str, int]], data: st.DataObject) -> None:
    sheet = a_sheet(lines)
    shuffled = replace(sheet, lines=tuple(data.draw(st.permutations(sheet.lines))))
    assert indicators(sheet).residual.value == indicators(shuffled).residual.value
    assert indicators(sheet).net_ratio.formula == indicators(shuffled).net_ratio.formula


AID = ("apl", "alf", "als")
