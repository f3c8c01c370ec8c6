"""Phones: whatever people write, one number is kept one way, and found by any beginning of it."""

from __future__ import annotations

from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.phones import format_phone, parse_phone, query_digits, search_digits

# Numbers kept for fiction (ARCEP): 06 39 98 xx xx, and 02 61 91 xx xx and its like.
FICTION = st.builds(
    lambda start, rest: f"{start}{rest:04d}",
    st.sampled_from(["063998", "019900", "026191", "035301", "046571", "053649"]),
    st.integers(0, 9999),
)
DIGITS = st.characters(min_codepoint=ord("0"), max_codepoint=ord("9"))
SEPARATORS = st.sampled_from(["", " ", ".", "-", "/", "\u00a0", "\u202f", "  ", "\u2011", " . "])


@pytest.mark.parametrize(
    "text",
    [
        "0639981247",
        "06 39 98 12 47",
        "06.39.98.12.47",
        "06-39-98-12-47",
        "06/39/98/12/47",
        "06\u00a039\u00a098\u00a012\u00a047",
        "06\u202f39\u202f98\u202f12\u202f47",
        "06 399 812 47",
        "+33 6 39 98 12 47",
        "+33639981247",
        "+33 (0)6 39 98 12 47",
        "+33(0)639981247",
        "+33 06 39 98 12 47",
        "0033 6 39 98 12 47",
        "0033 (0) 6 39 98 12 47",
        "33639981247",
        "639981247",
        "6 39 98 12 47",
        "'0639981247",
        " 0639981247\n",
        "\u202a+33 6 39 98 12 47\u202c",
        "(06) 39 98 12 47",
        "06_39_98_12_47",
    ],
)
def test_every_french_form_is_one_number(text: str) -> None:
    assert parse_phone(text) == "+33639981247"


@pytest.mark.parametrize(
    ("national", "kept"),
    [
        ("0262 91 23 45", "+262262912345"),
        ("0263 00 12 34", "+262263001234"),
        ("0692 12 34 56", "+262692123456"),
        ("0693 12 34 56", "+262693123456"),
        ("0269 61 12 34", "+262269611234"),
        ("0639 01 23 45", "+262639012345"),
        ("0590 12 34 56", "+590590123456"),
        ("0690 12 34 56", "+590690123456"),
        ("0691 23 45 67", "+590691234567"),
        ("0594 12 34 56", "+594594123456"),
        ("0694 12 34 56", "+594694123456"),
        ("0596 12 34 56", "+596596123456"),
        ("0696 12 34 56", "+596696123456"),
        ("0697 12 34 56", "+596697123456"),
        ("0591 12 34 56", "+33591123456"),
        ("0976 21 23 45", "+33976212345"),
        ("0800 12 34 56", "+33800123456"),
    ],
)
def test_overseas_numbers_have_their_own_country_code(national: str, kept: str) -> None:
    assert parse_phone(national) == kept


@st.composite
def overseas(draw: st.DrawFn) -> tuple[str, str]:
    """A country code with nine digits that `phonenumbers` holds valid for a fixed or mobile line there."""
    region, code = draw(
        st.sampled_from([("RE", "262"), ("YT", "262"), ("GP", "590"), ("GF", "594"), ("MQ", "596")])
    )
    metadata: Any = phonenumbers.PhoneMetadata.metadata_for_region(region)
    line = draw(st.sampled_from([metadata.fixed_line, metadata.mobile]))
    return code, draw(st.from_regex(line.national_number_pattern, fullmatch=True, alphabet=DIGITS))


@given(overseas())
def test_a_number_of_overseas_is_one_however_it_is_written(number: tuple[str, str]) -> None:
    code, national = number
    forms = [
        f"0{national}",
        national,
        f"+{code}{national}",
        f"00{code} {national}",
        f"+{code} (0){national}",
        code + national,
    ]
    kept = {parse_phone(form) for form in forms}
    # 08 and 09 know no place: the plan shares them.
    assert kept == {f"+{'33' if national[0] in '89' else code}{national}"}
    assert format_phone(kept.pop()).replace("\u00a0", "") == f"0{national}"


@given(FICTION, SEPARATORS, st.sampled_from(["0", "+33", "0033", "+33(0)", "33", "", "'0"]))
def test_what_is_read_is_written_back(national: str, separator: str, start: str) -> None:
    pairs = separator.join([national[1], *(national[i : i + 2] for i in range(2, 10, 2))])
    number = parse_phone(start + separator + pairs if start != "'0" else start + pairs)
    assert number == f"+33{national[1:]}"
    assert parse_phone(format_phone(number)) == number
    assert parse_phone(number) == number


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("+32 470 12 34 56", "+32470123456"),
        ("0032 470 12 34 56", "+32470123456"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+213 551 23 45 67", "+213551234567"),
        ("+1 202-555-0143", "+12025550143"),
    ],
)
def test_foreign_numbers_keep_their_country(text: str, kept: str) -> None:
    assert parse_phone(text) == kept
    assert parse_phone(format_phone(kept)) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "00",
        "0",
        "néant",
        "06 39 98 12",
        "06 39 98 12 478",
        "+33 6 39 98 12",
        "+33 0 39 98 12 47",
        "+262 1 39 98 12 47",
        "+590 6 39 98 12 47",
        "+999 12345678",
        "+32",
        "+1 800 FLOWERS",
        "+32 470 12 34 56 poste 3",
        "06 39 98 12 47 / 06 39 98 12 48",
        "06 39 98 12 4l",
        "6,3998E+08",
        "٠٦٣٩٩٨١٢٤٧",
        "a@b.example",
        "1" * 400,
        "+" * 9,
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidEntry, match="numéro"):
        parse_phone(text)


@given(st.text(max_size=40) | st.text(alphabet="+0123456789 ().-/", max_size=24))
def test_nothing_typed_raises_anything_but_invalid_entry(text: str) -> None:
    try:
        number = parse_phone(text)
    except InvalidEntry:
        return
    assert number.startswith("+")
    assert number[1:].isdigit()
    assert parse_phone(number) == number
    assert format_phone(number)


def test_numbers_are_written_in_pairs() -> None:
    assert format_phone("+33639981247") == "06\u00a039\u00a098\u00a012\u00a047"
    assert format_phone("+262262912345") == "02\u00a062\u00a091\u00a023\u00a045"
    assert format_phone("+32470123456") == "+32470123456"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("06 39", "0639"),
        ("0639", "0639"),
        ("+33 6 39", "0639"),
        ("+33 (0)6 39", "0639"),
        ("0033639", "0639"),
        ("+262 262 91", "026291"),
        ("00596 696 12", "069612"),
        ("639981247", "639981247"),
        ("6 39 98 12 47", "639981247"),
        ("33639981247", "0639981247"),
        ("262692123456", "0692123456"),
        ("+32 470 12", "3247012"),
        ("0032 470 12", "3247012"),
        ("59100", "59100"),
        ("2026", "2026"),
        ("2026-0417", None),
        ("0033", None),
        ("0031", None),
        ("00316", "316"),
        ("639", None),
        ("14 rue", None),
        ("Marchadier", None),
        ("", None),
        ("²²²²", None),
        ("٠٦٣٩", None),
    ],
)
def test_a_search_that_looks_like_a_phone_is_one(typed: str, digits: str | None) -> None:
    assert query_digits(typed) == digits


@given(FICTION | overseas().map(lambda number: f"0{number[1]}"), st.integers(3, 9), SEPARATORS)
def test_a_number_is_found_by_any_beginning(national: str, length: int, separator: str) -> None:
    number = parse_phone(national)
    country = number[1:-9]
    indexed = search_digits(number).split()
    for start in (f"0{separator}", f"+{country}{separator}", f"00{country}{separator}", f"+33{separator}"):
        digits = query_digits(start + national[1 : 1 + length])
        assert digits is not None
        assert any(word.startswith(digits) for word in indexed)


@given(st.text(max_size=30) | st.text(alphabet="+0123456789 ().-/", max_size=20))
def test_no_search_fails(text: str) -> None:
    digits = query_digits(text)
    assert digits is None or (digits.isascii() and digits.isdigit())
