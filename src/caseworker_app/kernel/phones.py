"""Phone numbers in any form people write them, kept as E.164 (« +33639981247 », « +262262… » overseas)."""

from __future__ import annotations

import re

from caseworker_app.kernel.errors import InvalidEntry

# Invisible direction marks come with numbers copied from address books.
_PUNCTUATION = re.compile(
    r"[\s.\-/()_\u00b7\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
)
_FRENCH = re.compile(r"(?:\+|00)?(33|262|590|594|596)0?([1-9][0-9]{8})|0?([1-9][0-9]{8})")
_COUNTRIES = ("33", "262", "590", "594", "596")
# « 0031 » is the end of a household's reference long before it is the beginning of a Dutch number.
_SHORT_NUMBER = re.compile(r"00[0-9]{2}")
_BARE = re.compile(r"\+?[0-9]+")

# The French plan is one: an overseas number is dialled like any other (0262…), but has its own country code.
# First digits after the 0, from the metadata of `phonenumbers`; 0639 98 is kept for fiction, everywhere.
_OVERSEAS = re.compile(
    r"(?P<_262>26[29]|263[01]|268[89]|69[23]|639(?!98)|7092|7093[5-7])"
    r"|(?P<_590>590|5987|69[01]|7090)"
    r"|(?P<_594>594|5988|694|7093[0-3])"
    r"|(?P<_596>596|5989|69[67]|7091)"
)
_UNREADABLE = (
    "Ce numéro de téléphone n’est pas lisible\u00a0: il faut 10 chiffres, ou + et l’indicatif du pays."
)


def parse_phone(text: str) -> str:
    """Return the number in E.164.

    French numbers are read in every usual form: `06 39 98 12 47`, `06.39…`, `+33 6…`, `0033 6…`, `+33 (0)6…`,
    and nine digits when a spreadsheet ate the leading zero; overseas ones too, `0262…` and `+262 262…` alike.
    Numbers that know no place (08, 09) are kept under +33. Foreign numbers need their `+` or `00` prefix.
    Raises InvalidEntry for anything else.
    """
    digits = _PUNCTUATION.sub("", text.strip().removeprefix("'"))
    if match := _FRENCH.fullmatch(digits):
        return _french(match[1], match[2] or match[3])
    if _BARE.fullmatch(digits) and digits.startswith(("+", "00")) and not digits.startswith(("+33", "0033")):
        return _foreign(digits)
    raise InvalidEntry(_UNREADABLE)


def format_phone(number: str) -> str:
    """Write « 06 39 98 12 47 » (no-break spaces), or the international form of a foreign number."""
    digits = _national_digits(number)
    if digits is None:
        return number
    return "\u00a0".join(digits[i : i + 2] for i in range(0, 10, 2))


def search_digits(number: str) -> str:
    """Return what search indexes: for France national digits with and without the zero, else bare digits."""
    digits = _national_digits(number)
    return number.lstrip("+") if digits is None else f"{digits} {digits[1:]}"


def query_digits(text: str) -> str | None:
    """Return the digits of a search that looks like a phone number or its beginning, else None.

    `06 39`, `+33 6 39`, `0033639` all become `0639`. Digits in groups that begin neither with 0 nor + are a
    phone number only when they are nine or have a country's code: `2026-0417` is a reference, and `0031` the
    end of one.
    """
    digits = _PUNCTUATION.sub("", text)
    if not re.fullmatch(r"\+?[0-9]{4,}", digits) or _SHORT_NUMBER.fullmatch(digits):
        return None
    if match := _FRENCH.fullmatch(digits):
        return f"0{match[2]}" if match[2] else f"0{match[3]}" if digits.startswith("0") else digits
    if not digits.startswith(("+", "0")):
        return digits if digits == text.strip() else None
    beginning = _beginning(digits)
    return beginning if len(beginning) > 1 else None


def _beginning(digits: str) -> str:
    for country in _COUNTRIES:
        for prefix in (f"+{country}", f"00{country}"):
            if digits.startswith(prefix):
                return "0" + digits.removeprefix(prefix).removeprefix("0")
    return digits.removeprefix("+").removeprefix("00")


def _french(country: str | None, national: str) -> str:
    """Put nine digits under the country code of their place. Raises InvalidEntry when told another."""
    place = _OVERSEAS.match(national)
    own = place.lastgroup.removeprefix("_") if place and place.lastgroup else "33"
    if country in (None, "33", own) or national[0] in "89":
        return f"+{own}{national}"
    raise InvalidEntry(_UNREADABLE)


def _national_digits(number: str) -> str | None:
    """Return the ten digits dialled in France for an E.164 number, None when it is foreign."""
    match = _FRENCH.fullmatch(number)
    return f"0{match[2]}" if match and match[2] and number.startswith("+") else None


def _foreign(digits: str) -> str:
    # Imported here: its metadata is large, and nearly every number of the field is French.
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits.removeprefix("+").removeprefix("00"))
    except phonenumbers.NumberParseException as error:
        raise InvalidEntry(
            "Ce numéro étranger n’est pas lisible\u00a0: vérifiez l’indicatif du pays."
        ) from error
    if not phonenumbers.is_possible_number(number):
        raise InvalidEntry("Ce numéro étranger n’a pas le bon nombre de chiffres.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
