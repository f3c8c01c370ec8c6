"""The sheet's rows, what is supposed, and when a debt is settled: pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.features.budget.domain.categories import Section, categories_on
from caseworker_app.features.budget.domain.cells import LineKey
from caseworker_app.features.budget.domain.debts import Debt, DebtStage
from caseworker_app.features.budget.domain.explaining import courses, readings
from caseworker_app.features.budget.domain.indicators import balance
from caseworker_app.features.budget.domain.layout import (
    FOLDED_FROM,
    Part,
    RowKind,
    first_folds,
    part_of,
    sheet_rows,
    usual_rows,
)
from caseworker_app.features.budget.domain.outlook import debt_outlook, housing_debt
from caseworker_app.features.budget.domain.sheet import BudgetLine, BudgetMonth, BudgetSheet, NewLine
from caseworker_app.features.budget.domain.workbook import (
    WhatIf,
    changes_of,
    free_key,
    next_month,
    reachable,
    removal,
    rows_of,
    shown_months,
    suppose,
    supposed_sheet,
    what_if_changes,
    with_changes,
    workbook,
)

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
TODAY = date(2026, 11, 24)
CATEGORIES = categories_on(TODAY)
DEBT = Debt(
    "debt", "v", "home", "rent", "Habitat", 1_086_96, 529_96, date(2026, 11, 2), None, None,
    DebtStage.REPAYMENT_PLAN, enforceable=False, note=None,
)  # fmt: skip
LINES = (
    NewLine("net_wage", 600_00),
    NewLine("apl", 437_00, paid_by_third_party=True),
    NewLine("rent", 468_20),
    NewLine("rls", 49_32),
    NewLine("phone_internet", 47_98),
    NewLine("rent_plan", 60_00, debt_id="debt"),
    NewLine("food", 300_00),
)


def sheet(month: date, lines: tuple[NewLine, ...], debts: tuple[Debt, ...] = (DEBT,)) -> BudgetSheet:
    made = tuple(
        BudgetLine(
            f"{month}-{n}", "v", "home", month, n, CATEGORIES.get(x.category).section, x.category, x.label,
            x.member_id, x.amount_cents, x.paid_by_third_party, x.debt_id,
        )
        for n, x in enumerate(lines)
    )  # fmt: skip
    head = BudgetMonth(f"{month}", "v", "home", month, 300, "persons_30", None)
    return BudgetSheet(head, made, debts)


BOOK = workbook("home", [sheet(OCTOBER, LINES[:3]), sheet(NOVEMBER, LINES)], [DEBT], {"m": "Solène"})


def test_bands_groups_lines_and_total_stand_in_order() -> None:
    rows = sheet_rows([LINES[:3], LINES], CATEGORIES, naming=BOOK.naming)
    told = [(row.kind, row.label, row.amounts) for row in rows]
    assert told == [
        (RowKind.BAND, "Ressources", (1_037_00, 1_037_00)),
        (RowKind.LINE, "Salaire net", (600_00, 600_00)),
        (RowKind.LINE, "APL", (437_00, 437_00)),
        (RowKind.BAND, "Charges contraintes", (468_20, 466_86)),
        (RowKind.GROUP, "Logement", (468_20, 418_88)),
        (RowKind.LINE, "Loyer", (468_20, 468_20)),
        (RowKind.LINE, "Réduction de loyer de solidarité", (None, -49_32)),
        (RowKind.LINE, "Téléphone, internet", (None, 47_98)),
        (RowKind.BAND, "Dettes et remboursements", (0, 60_00)),
        (RowKind.LINE, "Plan d’apurement du loyer", (None, 60_00)),
        (RowKind.BAND, "Vie courante", (0, 300_00)),
        (RowKind.LINE, "Alimentation", (None, 300_00)),
        (RowKind.TOTAL, "Solde du mois", (568_80, 210_14)),
    ]
    assert rows[4].detail == "2\u00a0lignes"
    assert rows[9].detail == "reste 529,96\u00a0€"


def test_a_folded_group_keeps_its_total_and_hides_its_lines() -> None:
    rows = sheet_rows([LINES], CATEGORIES, folded=frozenset({"group:housing", "band:living"}))
    labels = [row.label for row in rows]
    assert "Logement" in labels
    assert "Loyer" not in labels
    assert "Alimentation" not in labels
    assert next(row for row in rows if row.label == "Vie courante").detail == "1\u00a0ligne"


def test_a_month_without_budget_shows_nothing_not_nought() -> None:
    rows = sheet_rows([None, LINES], CATEGORIES)
    assert all(row.amounts[0] is None for row in rows)


def test_rows_kept_wait_for_their_amount() -> None:
    rows = sheet_rows([None], CATEGORIES, kept=usual_rows(CATEGORIES))
    lines = [row for row in rows if row.kind is RowKind.LINE]
    assert len(lines) == len(CATEGORIES.usual)
    assert all(row.amounts == (None,) for row in lines)


def test_only_a_long_sheet_opens_folded() -> None:
    assert first_folds([LINES], CATEGORIES) == frozenset()
    many = tuple(NewLine("loan_repayment", n, f"crédit {n}") for n in range(FOLDED_FROM))
    assert "group:housing" in first_folds([LINES, many], CATEGORIES)


AMOUNTS = st.dictionaries(
    st.sampled_from([category.code for category in CATEGORIES.all]), st.integers(0, 5_000_00), min_size=1
)


@settings(deadline=None)
@given(AMOUNTS)
def test_the_bands_make_the_balance_that_the_indicator_gives(amounts: dict[str, int]) -> None:
    lines = tuple(LineKey(code).line(cents) for code, cents in amounts.items())
    rows = sheet_rows([lines], CATEGORIES)
    bands = {row.code: row.amounts[0] or 0 for row in rows if row.kind is RowKind.BAND}
    left = bands[f"band:{Part.INCOME}"] - sum(
        bands[f"band:{part}"] for part in Part if part is not Part.INCOME
    )
    assert rows[-1].amounts == (left,)
    assert balance(sheet(NOVEMBER, lines)).value == left


def test_every_category_has_a_band() -> None:
    for category in CATEGORIES.all:
        assert (part_of(category) is Part.INCOME) == (category.section is Section.INCOME)


def test_three_months_stand_side_by_side_and_the_supposed_beside_them() -> None:
    assert shown_months(date(2026, 1, 1)) == (date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1))
    what_if = suppose(WhatIf(NOVEMBER), {LineKey("rent_plan", debt_id="debt"): 40_00})
    plan = next(row for row in rows_of(BOOK, NOVEMBER, what_if, frozenset()) if row.label.startswith("Plan"))
    assert plan.amounts == (None, None, 60_00, 40_00)


def test_what_is_supposed_changes_its_own_figures_and_nothing_of_the_month() -> None:
    key = LineKey("rent_plan", debt_id="debt")
    what_if = suppose(WhatIf(NOVEMBER), {key: 40_00})
    assert [(c.line, c.before, c.after) for c in what_if_changes(BOOK, what_if)] == [(key, 60_00, 40_00)]
    real, other = BOOK.sheet(NOVEMBER), supposed_sheet(BOOK, what_if)
    assert real is not None
    assert other is not None
    told = {each.key: each for each in readings(real, None, other)}
    assert (told["balance"].value, told["balance"].supposed) == ("210,14\u00a0€", "230,14\u00a0€")
    assert (told["debt"].moved, told["debt"].supposed) == ("9\u00a0mois", "14\u00a0mois")
    assert told["debt"].value == "août\u00a02027"
    assert told["ratio"].supposed == ""


def test_supposing_what_is_already_so_supposes_nothing() -> None:
    same = suppose(WhatIf(NOVEMBER), {LineKey("food"): 300_00})
    assert what_if_changes(BOOK, same) == ()
    assert supposed_sheet(BOOK, same) is None
    assert supposed_sheet(BOOK, None) is None


def test_what_is_typed_shows_before_it_is_written() -> None:
    changes = changes_of(BOOK, {(NOVEMBER, LineKey("food")): 310_00, (NOVEMBER, LineKey("rent")): 468_20})
    assert len(changes) == 1
    after = with_changes(BOOK, changes)
    assert with_changes(after, changes_of(after, {(DECEMBER, LineKey("rsa")): 1})).latest == DECEMBER
    told = after.sheet(NOVEMBER)
    assert told is not None
    assert balance(told).value == 200_14


def test_a_line_is_taken_out_of_months_and_a_new_one_finds_its_rank() -> None:
    assert {change.month for change in removal(BOOK, LineKey("rent"), (OCTOBER, NOVEMBER, DECEMBER))} == {
        OCTOBER,
        NOVEMBER,
    }
    assert free_key(BOOK, LineKey("rent"), NOVEMBER).rank == 1
    assert free_key(BOOK, LineKey("water"), NOVEMBER).rank == 0


def test_the_month_to_begin_follows_the_newest() -> None:
    assert next_month(BOOK, TODAY) == DECEMBER
    assert reachable(BOOK, TODAY) == (OCTOBER, DECEMBER)
    assert next_month(workbook("home", []), TODAY) == NOVEMBER


def test_the_plan_repays_the_only_rent_debt_even_when_the_line_does_not_name_it() -> None:
    lines = (*LINES[:5], NewLine("rent_plan", 40_00))
    outlook = housing_debt(sheet(NOVEMBER, lines))
    assert outlook is not None
    assert outlook.payoff is not None
    assert (outlook.monthly_cents, outlook.payoff.payments) == (40_00, 14)
    assert outlook.payoff.last_month == date(2028, 1, 1)
    # Of two debts, which one the plan repays cannot be guessed.
    other = replace(DEBT, id="other", remaining_cents=10_00)
    both = housing_debt(sheet(NOVEMBER, lines, (DEBT, other)))
    assert both is not None
    assert both.monthly_cents == 0


def test_a_debt_without_a_budget_goes_at_its_own_pace() -> None:
    outlook = debt_outlook(None, replace(DEBT, monthly_cents=100_00))
    assert outlook.payoff is not None
    assert outlook.payoff.payments == 6
    assert outlook.first_month == DECEMBER


def test_no_debt_of_rent_says_so_and_one_unpaid_warns() -> None:
    none = {each.key: each for each in readings(sheet(NOVEMBER, LINES, ()))}
    assert (none["debt"].value, none["debt"].explanation) == ("Aucune", None)
    unpaid = {each.key: each for each in readings(sheet(NOVEMBER, LINES[:5]))}
    assert (unpaid["debt"].value, unpaid["debt"].better) == ("529,96\u00a0€", False)


def test_figures_say_how_they_moved() -> None:
    charges = NewLine("service_charges", 60_00)
    before = sheet(OCTOBER, (*LINES, charges))
    now = sheet(NOVEMBER, (*LINES[:6], charges, NewLine("food", 290_00)))
    told = {each.key: each for each in readings(now, before)}
    assert (told["balance"].moved, told["balance"].better) == ("+10,00\u00a0€ en un mois", True)
    assert (told["ratio"].moved, told["ratio"].better) == ("comme le mois d’avant", None)


def test_a_course_has_a_point_a_month_and_none_where_nothing_is_computable() -> None:
    without_income = sheet(OCTOBER, (NewLine("rent", 1),))
    whole = sheet(NOVEMBER, (*LINES, NewLine("service_charges", 60_00)))
    told = {each.key: each for each in courses([without_income, whole])}
    assert [point.value for point in told["ratio"].points] == [None, 70]
    assert [point.words for point in told["balance"].points] == ["\u22120,01\u00a0€", "150,14\u00a0€"]
