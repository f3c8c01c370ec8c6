"""Money is whole cents, read in every French form and written in one."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.money import (
    MAX_CENTS,
    cents_from_euros,
    format_amount,
    format_euros,
    format_percent,
    parse_cents,
)

CENTS = st.integers(-MAX_CENTS, MAX_CENTS)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1\u202f234,56\u00a0€", 123456),
        ("1 234,56 €", 123456),
        ("1234,56", 123456),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1.234.567,8", 123456780),
        ("1.234.567", 123456700),
        ("12'345.60", 1234560),
        ("12’345,60", 1234560),
        ("12", 1200),
        ("12,", 1200),
        (",5", 50),
        (".5", 50),
        ("0", 0),
        ("-0", 0),
        ("+12,30", 1230),
        ("-12,30", -1230),
        ("\u221212,30 €", -1230),
        ("\u201312,30", -1230),
        ("12,30-", -1230),
        ("12,30 € -", -1230),
        ("(12,30)", -1230),
        ("(12,30 €)", -1230),
        ("(12,30) €", -1230),
        ("€ 12,30", 1230),
        ("- 12,30 €", -1230),
        ("12,30 EUR", 1230),
        ("12 euros", 1200),
        ("  12,30\n", 1230),
        ("12,345", 1235),
        ("12,344", 1234),
        ("-12,345", -1235),
        ("0,004", 0),
        ("0,00499999999999999999999999999999999999", 0),
        ("412.345", 41235),
        ("100000000", MAX_CENTS),
    ],
)
def test_every_form_people_write_is_read(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "€",
        "-",
        "()",
        ".",
        ",",
        "-,",
        "douze",
        "12€50",
        "12 €€",
        "--12",
        "-12-",
        "+12-",
        "(-12)",
        "((12))",
        "(12",
        "12)",
        "12,-",
        "1,2,3",
        "1.23,4.5",
        "1.2,34",
        "1.23.456",
        "12\n34",
        "12/34",
        "1e5",
        "1E5",
        "NaN",
        "Infinity",
        "0x12",
        "12 %",
        "١٢",
        "²",
        "=1+1",
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidEntry, match="lisible"):
        parse_cents(text)


@pytest.mark.parametrize("text", ["100000000,01", "-100000000,01", "9" * 60, "06 39 98 12 47"])
def test_too_large_an_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidEntry, match="trop grand"):
        parse_cents(text)


def test_an_endless_cell_is_refused_at_once() -> None:
    with pytest.raises(InvalidEntry):
        parse_cents("1" * 400_000)


@given(st.text(max_size=130))
def test_nothing_typed_raises_anything_but_invalid_entry(text: str) -> None:
    try:
        cents = parse_cents(text)
    except InvalidEntry:
        return
    assert type(cents) is int
    assert abs(cents) <= MAX_CENTS


@given(st.text(alphabet="0123456789.,-+()€ ' \u00a0\u202f", max_size=14))
def test_nothing_like_an_amount_raises_anything_but_invalid_entry(text: str) -> None:
    with suppress(InvalidEntry):
        assert type(parse_cents(text)) is int


@given(CENTS)
def test_what_is_written_is_read_back(cents: int) -> None:
    assert parse_cents(format_euros(cents)) == cents
    assert parse_cents(format_amount(cents)) == cents
    assert parse_cents(format_euros(cents, sign=True)) == cents


@given(CENTS)
def test_thousands_marks_change_nothing(cents: int) -> None:
    english = f"{Decimal(cents) / 100:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert parse_cents(english) == parse_cents(german) == cents


@given(st.integers(0, MAX_CENTS))
def test_the_forms_of_a_debit_agree(cents: int) -> None:
    bare = format_amount(cents)
    assert parse_cents(f"-{bare}") == parse_cents(f"{bare}-") == parse_cents(f"({bare})") == -cents


@given(st.decimals("-1000000", "1000000", places=5))
def test_cents_are_rounded_half_away_from_zero(euros: Decimal) -> None:
    cents = cents_from_euros(euros)
    assert type(cents) is int
    assert abs(euros * 100 - cents) <= Decimal("0.5")
    assert cents_from_euros(-euros) == -cents
    assert parse_cents(f"{euros:f}") == cents


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+50", "100000000.01"])
def test_no_impossible_number_becomes_money(text: str) -> None:
    with pytest.raises(InvalidEntry):
        cents_from_euros(Decimal(text))


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0,00\u00a0€"),
        (5, "0,05\u00a0€"),
        (-5, "\u22120,05\u00a0€"),
        (123450, "1\u202f234,50\u00a0€"),
        (-1234567890, "\u221212\u202f345\u202f678,90\u00a0€"),
    ],
)
def test_euros_are_written_the_french_way(cents: int, text: str) -> None:
    assert format_euros(cents) == text
    assert format_amount(cents) == text[:-2]


def test_a_sign_is_written_where_it_is_asked_for() -> None:
    assert format_euros(1200, sign=True) == "+12,00\u00a0€"
    assert format_euros(0, sign=True) == "0,00\u00a0€"
    assert format_euros(-1200, sign=True) == "\u221212,00\u00a0€"


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        ("0.252", "25,2\u00a0%"),
        ("0.25250", "25,3\u00a0%"),
        ("1", "100,0\u00a0%"),
        ("-0.125", "\u221212,5\u00a0%"),
        ("-0.0001", "0,0\u00a0%"),
        ("12.345", "1\u202f234,5\u00a0%"),
    ],
)
def test_a_ratio_is_written_in_percents(ratio: str, text: str) -> None:
    assert format_percent(Decimal(ratio)) == text
