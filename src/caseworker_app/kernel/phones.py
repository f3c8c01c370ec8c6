"""Phone numbers in any form people write them, kept as E.164 (« +33639981247 »)."""

from __future__ import annotations

import re

from caseworker_app.kernel.errors import InvalidEntry

_PUNCTUATION = re.compile(r"[\s.\-/()\u00a0\u202f\u2011_]+")
_FRENCH = re.compile(r"(?:\+33|0033|33)?0?([1-9]\d{8})")


def parse_phone(text: str) -> str:
    """Return the number in E.164.

    French numbers are read in every usual form: `06 39 98 12 47`, `06.39…`, `+33 6…`, `0033 6…`, `+33 (0)6…`, and
    nine digits when a spreadsheet ate the leading zero. Foreign numbers need their `+` or `00` prefix.
    Raises InvalidEntry for anything else.
    """
    digits = _PUNCTUATION.sub("", text.strip().removeprefix("'"))
    if match := _FRENCH.fullmatch(digits):
        return f"+33{match[1]}"
    if digits.startswith(("+", "00")) and not digits.startswith(("+33", "0033")):
        return _foreign(digits)
    raise InvalidEntry("Ce numéro de téléphone n’est pas lisible\u00a0: il faut 10 chiffres, ou + et l’indicatif du pays.")


def format_phone(number: str) -> str:
    """Write « 06 39 98 12 47 » (no-break spaces), or the international form of a foreign number."""
    if number.startswith("+33") and len(number) == 12:
        national = "0" + number[3:]
        return "\u00a0".join(national[i : i + 2] for i in range(0, 10, 2))
    return number


def search_digits(number: str) -> str:
    """Return what search indexes: national digits for France, with and without the zero; bare digits elsewhere."""
    return f"0{number[3:]} {number[3:]}" if number.startswith("+33") else number.lstrip("+")


def query_digits(text: str) -> str | None:
    """Return the digits of a search that looks like a phone number or its beginning, else None.

    `06 39`, `+33 6 39`, `0033639` all become `0639`.
    """
    digits = _PUNCTUATION.sub("", text)
    if not re.fullmatch(r"\+?\d{4,}", digits):
        return None
    for prefix in ("+33", "0033"):
        if digits.startswith(prefix):
            return "0" + digits.removeprefix(prefix).lstrip("0")
    return digits.lstrip("+")


def _foreign(digits: str) -> str:
    # Imported here: its metadata is large, and nearly every number of the field is French.
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits.removeprefix("+").removeprefix("00"))
    except phonenumbers.NumberParseException as error:
        raise InvalidEntry("Ce numéro étranger n’est pas lisible\u00a0: vérifiez l’indicatif du pays.") from error
    if not phonenumbers.is_possible_number(number):
        raise InvalidEntry("Ce numéro étranger n’a pas le bon nombre de chiffres.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
