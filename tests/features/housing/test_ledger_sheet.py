"""What is typed in the sheet of months, read as amounts and as lines of the account."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.housing.domain.ledger_sheet import (
    COLUMNS,
    cell_words,
    month_key,
    month_of_key,
    read_cell,
    typed_lines,
)
from caseworker_app.features.housing.domain.rent_account import RentEntryKind
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.errors import InvalidEntry
from tests.features.housing.test_rent_ledger import LEASE, OWN


@given(st.integers(1, 10_000_000))
def test_an_amount_shown_is_read_back(cents: int) -> None:
    assert read_cell(cell_words(cents)) == cents


@given(st.integers(-400, 400))
def test_a_month_has_one_key(months: int) -> None:
    month = add_months(date(2026, 11, 1), months)
    assert month_of_key(month_key(month)) == month


def test_an_empty_cell_is_nothing() -> None:
    assert (read_cell(""), read_cell("  "), cell_words(0), cell_words(0, always=True)) == (0, 0, "", "0,00")


@pytest.mark.parametrize("text", ["abc", "-5", "100 000,01"])
def test_what_no_cell_may_hold_is_refused(text: str) -> None:
    with pytest.raises(InvalidEntry):
        read_cell(text)


def test_cells_become_lines_of_the_account() -> None:
    typed = [("2026-11", "paid", "300"), ("2026-10", "benefit", ""), ("2026-10", "owed", "12")]
    lines = typed_lines(LEASE, OWN, typed)
    assert [(each.month, each.kind, each.amount_cents) for each in lines] == [
        (date(2026, 11, 1), RentEntryKind.PAID, 30_000),
        (date(2026, 10, 1), RentEntryKind.BENEFIT_PAID, 0),
    ]
    assert [column.key for column in COLUMNS if not column.typed] == ["correction", "owed"]
