"""Categories, definitions, debts, and what turns one month's lines into another's."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.budget.domain import debts, residual
from caseworker_app.features.budget.domain.categories import HousingPart, Section, categories_on
from caseworker_app.features.budget.domain.debts import DebtStage, NewDebt, Payoff, payoff
from caseworker_app.features.budget.domain.sheet import (
    BudgetLine,
    NewLine,
    NewMonth,
    as_new,
    check_month,
    line_changes,
)
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.kernel.money import MAX_CENTS

TODAY = date(2026, 11, 24)
NOVEMBER = date(2026, 11, 1)
CATEGORIES = categories_on(TODAY)

new_lines = st.builds(
    NewLine,
    st.sampled_from([each.code for each in CATEGORIES.all]),
    st.integers(0, 3000),
    st.sampled_from([None, "CAF"]),
)


def stored(lines: list[NewLine]) -> list[BudgetLine]:
    return [
        BudgetLine(
            f"id{position}",
            "v",
            "h",
            NOVEMBER,
            position,
            CATEGORIES.get(line.category).section,
            **asdict(line),
        )
        for position, line in enumerate(lines)
    ]


def test_every_category_has_its_place() -> None:
    assert len({each.code for each in CATEGORIES.all}) == len(CATEGORIES.all)
    assert all(CATEGORIES.group_label(each.group) for each in CATEGORIES.all)
    assert {each.code for each in CATEGORIES.all if each.housing is HousingPart.AID} == {"apl", "alf", "als"}
    assert not any(each.constrained for each in CATEGORIES.of(Section.INCOME))
    assert [each.code for each in CATEGORIES.all if each.deducted] == ["rls"]


def test_an_unknown_category_is_refused() -> None:
    with pytest.raises(InvalidEntry):
        CATEGORIES.get("lottery")


def test_definitions_start_with_the_usual_one_and_name_their_source() -> None:
    found = residual.definitions_on(TODAY)
    assert found[0] == residual.default_definition(TODAY)
    assert {each.days for each in found} == {Decimal(30), Decimal("30.42")}
    assert all(each.source and not each.verified for each in found)
    with pytest.raises(NotFound):
        residual.definition("astrology")


def test_sixty_euros_a_month_settle_the_arrears_in_august() -> None:
    assert payoff(529_96, 60_00, date(2026, 12, 1)) == Payoff(9, date(2027, 8, 1))
    assert payoff(529_96, 40_00, date(2026, 12, 1)) == Payoff(14, date(2028, 1, 1))


@pytest.mark.parametrize(("remaining", "monthly"), [(0, 60_00), (529_96, None), (529_96, 0), (MAX_CENTS, 1)])
def test_some_debts_have_no_end_to_tell(remaining: int, monthly: int | None) -> None:
    assert payoff(remaining, monthly, NOVEMBER) is None


@given(remaining=st.integers(1, MAX_CENTS), monthly=st.integers(1, MAX_CENTS))
def test_the_payments_cover_the_debt_and_one_less_would_not(remaining: int, monthly: int) -> None:
    found = payoff(remaining, monthly, NOVEMBER)
    if found is None:
        assert remaining > 1200 * monthly
    else:
        assert (found.payments - 1) * monthly < remaining <= found.payments * monthly


def test_debts_follow_the_nomenclature() -> None:
    families = list(dict.fromkeys(kind.family for kind in debts.debt_kinds(TODAY)))
    assert families == ["Dettes financières", "Dettes de charges courantes", "Autres dettes"]
    assert {kind.code for kind in debts.debt_kinds(TODAY) if kind.housing} == {
        "rent", "condominium_fees", "security_deposit",
    }  # fmt: skip


@pytest.mark.parametrize(
    "new",
    [
        NewDebt("h", "astrology", 100),
        NewDebt("h", "rent", -1),
        NewDebt("h", "rent", 100, monthly_cents=-1),
        NewDebt("h", "rent", MAX_CENTS + 1),
        NewDebt("h", "rent", 100, first_unpaid_on=date(2027, 1, 1)),
        NewDebt("h", "rent", 100, stage=DebtStage.SETTLED),
    ],
)
def test_debts_that_cannot_be_are_refused(new: NewDebt) -> None:
    with pytest.raises(InvalidEntry):
        debts.check_debt(new, TODAY)


@pytest.mark.parametrize(
    "new",
    [
        NewMonth("h", date(2026, 11, 2), (NewLine("rent", 1),)),
        NewMonth("h", date(2011, 11, 1), (NewLine("rent", 1),)),
        NewMonth("h", date(2027, 12, 1), (NewLine("rent", 1),)),
        NewMonth("h", NOVEMBER, ()),
        NewMonth("h", NOVEMBER, (NewLine("rent", 1),) * 201),
        NewMonth("h", NOVEMBER, (NewLine("rent", -1),)),
        NewMonth("h", NOVEMBER, (NewLine("rent", MAX_CENTS + 1),)),
        NewMonth("h", NOVEMBER, (NewLine("rent", 1, "x" * 121),)),
        NewMonth("h", NOVEMBER, (NewLine("lottery", 1),)),
        NewMonth("h", NOVEMBER, (NewLine("rent", 1),), 0),
        NewMonth("h", NOVEMBER, (NewLine("rent_plan", 1, debt_id="d"), NewLine("rent_plan", 2, debt_id="d"))),
    ],
)
def test_months_that_cannot_be_are_refused(new: NewMonth) -> None:
    with pytest.raises(InvalidEntry):
        check_month(new, TODAY)


def test_a_month_with_an_unknown_definition_is_refused() -> None:
    with pytest.raises(NotFound):
        check_month(NewMonth("h", NOVEMBER, (NewLine("rent", 1),), residual_definition="astrology"), TODAY)


@given(before=st.lists(new_lines, max_size=12), after=st.lists(new_lines, max_size=12))
def test_applying_the_changes_gives_the_lines_wanted(before: list[NewLine], after: list[NewLine]) -> None:
    existing = stored(before)
    changes = line_changes(existing, tuple(after))
    moved = dict(changes.moved)
    kept = {moved.get(e.id, e.position): as_new(e) for e in existing if e.id not in changes.removed}
    assert {**kept, **dict(changes.added)} == dict(enumerate(after))
    assert len(kept) + len(changes.added) == len(after)


@given(lines=st.lists(new_lines, max_size=12), data=st.data())
def test_lines_only_moved_are_neither_removed_nor_added(lines: list[NewLine], data: st.DataObject) -> None:
    changes = line_changes(stored(lines), tuple(data.draw(st.permutations(lines))))
    assert (changes.removed, changes.added) == ((), ())
