"""Cells as people fill them, read or refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caseworker_app.features.intake.domain import values
from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.money import format_euros

TODAY = date(2026, 11, 22)
MESSY = st.text(
    alphabet=st.sampled_from("0123456789 /.-,;:€+TF()abcDéÉ'@\u00a0\x00") | st.characters(), max_size=40
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/02/1982", date(1982, 2, 1)),
        ("1/2/1982", date(1982, 2, 1)),
        ("01-02-1982", date(1982, 2, 1)),
        ("01.02.1982", date(1982, 2, 1)),
        ("01 02 1982", date(1982, 2, 1)),
        ("1982-02-01", date(1982, 2, 1)),
        ("1982.02.01", date(1982, 2, 1)),
        ("1982-02-01 00:00:00.0", date(1982, 2, 1)),
        ("1982-02-01T00:00:00", date(1982, 2, 1)),
        ("01/02/1982 00:00", date(1982, 2, 1)),
        ("01/02/82", date(1982, 2, 1)),
        ("01/02/05", date(2005, 2, 1)),
        ("01/02/27", date(2027, 2, 1)),
        ("01/02/28", date(1928, 2, 1)),
        ("29983", date(1982, 2, 1)),
        ("29983.0", date(1982, 2, 1)),
        ("01021982", date(1982, 2, 1)),
        ("19820201", date(1982, 2, 1)),
        ("1er février 1982", date(1982, 2, 1)),
        ("lundi 1er février 1982", date(1982, 2, 1)),
        ("12 août 1982", date(1982, 8, 12)),
        ("12 sept. 1982", date(1982, 9, 12)),
        ("29/02/2020", date(2020, 2, 29)),
    ],
)
def test_dates_in_every_form(text: str, day: date) -> None:
    assert values.parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("29/02/2018", values.NO_SUCH_DAY),
        ("31/02/1980", values.NO_SUCH_DAY),
        ("12/25/1980", values.NO_SUCH_DAY),
        ("00/05/1980", values.NO_SUCH_DAY),
        ("1982", values.YEAR_ONLY),
        ("hier", values.NOT_A_DATE),
        ("12 jui 1980", values.NOT_A_DATE),
        ("01/02/198", values.NOT_A_DATE),
    ],
)
def test_dates_refused_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        values.parse_date(text, TODAY)
    assert refusal.value.sentence == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("23/11/2026", values.FUTURE_BIRTH),
        ("01/01/2050", values.FUTURE_BIRTH),
        ("30/12/1899", values.TOO_OLD),
        ("01/01/1900", values.TOO_OLD),
    ],
)
def test_births_that_cannot_be(text: str, sentence: str) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        values.parse_birth_date(text, TODAY)
    assert refusal.value.sentence == sentence


def test_a_two_digit_birth_year_is_never_ahead() -> None:
    assert values.parse_birth_date("12/03/27", TODAY) == date(1927, 3, 12)
    assert values.parse_birth_date("22/11/26", TODAY) == TODAY


def test_american_dates_only_where_the_column_is() -> None:
    assert values.parse_date("12/25/1980", TODAY, month_first=True) == date(1980, 12, 25)


@given(st.dates(date(1907, 1, 1), TODAY))
def test_a_written_birth_date_is_read_back(day: date) -> None:
    assert values.parse_birth_date(format_date(day), TODAY) == day
    assert values.parse_birth_date(day.isoformat(), TODAY) == day
    assert values.parse_birth_date(format_long_date(day, weekday=True), TODAY) == day


@given(st.integers(-10_000_000_000, 10_000_000_000))
def test_a_written_amount_is_read_back(cents: int) -> None:
    assert values.parse_amount(format_euros(cents)) == cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1 234,56 €", 123456),
        ("526,25", 52625),
        ("0.3", 30),
        ("12,00 D", 1200),
        ("12,00 C", -1200),
        ("(45,00)", -4500),
    ],
)
def test_amounts(text: str, cents: int) -> None:
    assert values.parse_amount(text) == cents


def test_a_letter_among_digits_is_no_amount() -> None:
    with pytest.raises(InvalidEntry):
        values.parse_amount("5l2,30")


@pytest.mark.parametrize(
    ("text", "numbers", "wrong"),
    [
        ("06 39 98 12 47", [("+33639981247", None)], []),
        ("639981247", [("+33639981247", None)], []),
        ("0033 639981247", [("+33639981247", None)], []),
        ("06.39.98.12.47 / 02 61 91 00 01", [("+33639981247", None), ("+33261910001", None)], []),
        ("0639981247, 071234567", [("+33639981247", None)], ["071234567"]),
        ("0639981247 (fille)", [("+33639981247", "fille")], []),
        ("0639981247 ou 0639981248", [("+33639981247", None), ("+33639981248", None)], []),
        ("0639981247 0639981248", [("+33639981247", None), ("+33639981248", None)], []),
        ("6,39981E+08", [], ["6,39981E+08"]),
        ("+32 475 12 34 56", [("+32475123456", None)], []),
        ("abc", [], ["abc"]),
        ("néant", [], []),
    ],
)
def test_phones(text: str, numbers: list[tuple[str, str | None]], wrong: list[str]) -> None:
    assert values.parse_phones(text) == (numbers, wrong)


def test_emails() -> None:
    assert values.parse_emails("Awa@Mail.example") == ["awa@mail.example"]
    assert values.parse_emails("a@b.example ; c@d.example") == ["a@b.example", "c@d.example"]
    assert values.parse_emails("sans") == []
    with pytest.raises(InvalidEntry):
        values.parse_emails("awa@mail")


def test_places() -> None:
    assert values.parse_postal_code("1000") == "01000"
    assert values.parse_postal_code("34 000") == "34000"
    assert values.parse_postal_code("34000.0") == "34000"
    assert values.parse_city("TOULOUSE CEDEX 9") == "TOULOUSE"
    assert values.split_postal_city("08300 RETHEL") == ("08300", "RETHEL")
    assert values.split_postal_city("Sète") == (None, "Sète")
    with pytest.raises(InvalidEntry):
        values.parse_postal_code("99000")


@pytest.mark.parametrize(
    ("text", "typology"),
    [
        ("T3", "T3"),
        ("F3", "T3"),
        ("3 pièces", "T3"),
        ("Type 3", "T3"),
        ("3.0", "T3"),
        ("T1 bis", "T1 bis"),
        ("T1'", "T1 bis"),
        ("T6 et plus", "T6"),
        ("studio", "Studio"),
    ],
)
def test_typologies(text: str, typology: str) -> None:
    assert values.parse_typology(text) == typology


def test_areas_in_tenths_are_told_from_square_metres() -> None:
    assert values.parse_area("65,4") == 654
    assert values.parse_area("1184.0", 3) == 1184
    assert values.parse_area("73.0", 3) == 730
    assert values.parse_area("260", 1) == 260
    with pytest.raises(InvalidEntry):
        values.parse_area("2")


@pytest.mark.parametrize("text", ["néant", "SANS", "-", "--", "NC", "n/c", "0000000000", "00/00/0000", "?"])
def test_words_for_nothing(text: str) -> None:
    assert values.is_nothing(text)


@pytest.mark.parametrize("text", ["0", "0,00", "Sanson", "Nana", "A"])
def test_short_values_are_not_nothing(text: str) -> None:
    assert not values.is_nothing(text)


PARSERS: list[Callable[[str], object]] = [
    lambda text: values.parse_date(text, TODAY),
    lambda text: values.parse_birth_date(text, TODAY),
    lambda text: values.parse_past_date(text, TODAY, month_first=True),
    values.parse_amount,
    values.parse_emails,
    values.parse_postal_code,
    values.split_postal_city,
    values.parse_typology,
    values.parse_count,
    values.parse_area,
    lambda text: values.parse_year(text, TODAY),
]


@pytest.mark.parametrize("parser", PARSERS)
@given(text=MESSY)
@example(text="²³/01/2000")
@example(text="٠١/٠٢/١٩٨٠")
@example(text="9" * 40)
def test_parsers_raise_nothing_but_invalid_entry(parser: Callable[[str], object], text: str) -> None:
    try:
        parser(text)
    except InvalidEntry as error:
        assert error.sentence  # noqa: PT017 - any other exception is what this test is about


@given(MESSY)
def test_phones_never_raise_and_lose_no_digit_group(text: str) -> None:
    numbers, wrong = values.parse_phones(text)
    assert all(number.startswith("+") for number, _ in numbers)
    assert numbers or wrong or values.is_nothing(text) or not any(c.isdigit() for c in text)


@given(st.text(max_size=500))
def test_a_shortened_value_shows_on_one_line(text: str) -> None:
    short = values.shorten(text)
    assert len(short) <= 60
    assert short.isprintable()
