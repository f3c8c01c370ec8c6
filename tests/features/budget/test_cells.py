"""Cells of the sheet: which line they belong to, what typing does to the lines, amounts there and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.features.budget.domain.cells import (
    AmountChange,
    LineKey,
    changed_lines,
    keyed,
    read_cell,
    read_persons,
    write_cell,
)
from caseworker_app.features.budget.domain.sheet import NewLine
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.money import MAX_CENTS, format_amount, format_euros

NOVEMBER = date(2026, 11, 1)
ORDER = ["net_wage", "apl", "rent", "loan_repayment", "food"]
LINES = (NewLine("net_wage", 600_00, "aide à domicile"), NewLine("rent", 468_20), NewLine("food", 300_00))
AMOUNTS = st.integers(min_value=0, max_value=MAX_CENTS)


def change(line: LineKey, before: int | None, after: int | None) -> AmountChange:
    return AmountChange(NOVEMBER, line, before, after)


@settings(deadline=None)
@given(AMOUNTS)
def test_an_amount_written_for_excel_is_read_back(cents: int) -> None:
    assert read_cell(write_cell(cents)) == cents


@settings(deadline=None)
@given(AMOUNTS)
def test_an_amount_shown_is_read_back_with_its_spaces_and_its_euro(cents: int) -> None:
    assert read_cell(format_euros(cents)) == cents
    assert read_cell(format_amount(cents).replace("\u202f", " ")) == cents


@settings(deadline=None)
@given(st.text(max_size=30))
def test_what_is_typed_is_an_amount_nothing_or_refused_with_a_sentence(text: str) -> None:
    cents, sentence = None, ""
    try:
        cents = read_cell(text)
    except InvalidEntry as error:
        sentence = error.sentence
    assert sentence.endswith(".") or (cents is None) == (not text.strip())
    assert cents is None or 0 <= cents <= MAX_CENTS


def test_a_minus_is_refused_but_where_the_line_is_deducted() -> None:
    with pytest.raises(InvalidEntry, match="positif"):
        read_cell("-49,32")
    assert read_cell("\u221249,32", deducted=True) == read_cell("49,32", deducted=True) == 49_32


def test_persons_are_read_in_hundredths() -> None:
    assert (read_persons("3"), read_persons(" 2,5 "), read_persons("0.25")) == (300, 250, 25)
    for text in ("", "trois", "1e9", "2,555", "-1", "123"):
        with pytest.raises(InvalidEntry):
            read_persons(text)


def test_equal_lines_are_told_apart_by_their_rank() -> None:
    two = (NewLine("loan_repayment", 85_00), NewLine("loan_repayment", 142_75))
    keys = list(keyed(two))
    assert [key.rank for key in keys] == [0, 1]
    assert len({key.code for key in keys}) == 2
    assert changed_lines(two, [change(keys[1], 142_75, 100_00)], ORDER) == (
        two[0],
        NewLine("loan_repayment", 100_00),
    )


def test_typing_changes_adds_and_takes_away() -> None:
    wage = next(iter(keyed(LINES)))
    made = changed_lines(
        LINES,
        [
            change(wage, 600_00, 620_00),
            change(LineKey("apl", paid_by_third_party=True), None, 437_00),
            change(LineKey("food"), 300_00, None),
        ],
        ORDER,
    )
    assert made == (
        NewLine("net_wage", 620_00, "aide à domicile"),
        NewLine("apl", 437_00, paid_by_third_party=True),
        NewLine("rent", 468_20),
    )


def test_a_cell_that_no_longer_holds_what_was_seen_is_not_written_over() -> None:
    assert changed_lines(LINES, [change(LineKey("rent"), 470_00, 480_00)], ORDER) is None
    assert changed_lines(LINES, [change(LineKey("food"), None, 1)], ORDER) is None


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(ORDER), AMOUNTS, min_size=1))
def test_cells_emptied_and_filled_again_give_the_same_lines(amounts: dict[str, int]) -> None:
    lines = tuple(LineKey(code).line(amounts[code]) for code in ORDER if code in amounts)
    first = LineKey(lines[0].category)
    without = changed_lines(lines, [change(first, lines[0].amount_cents, None)], ORDER)
    assert without is not None
    assert changed_lines(without, [change(first, None, lines[0].amount_cents)], ORDER) == lines
