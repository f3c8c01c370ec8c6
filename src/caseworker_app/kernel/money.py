"""Money: whole cents, never floats."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from caseworker_app.kernel.errors import InvalidEntry

# Signed 64-bit storage allows more; beyond a hundred million euros a household's amount is a typing mistake.
MAX_CENTS = 10_000_000_000

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_AMOUNT = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")


def parse_cents(text: str) -> int:
    """Read an amount as French people type it (« 1 234,56 € ») and return cents, rounded half up.

    Accepts any spaces in thousands, `,` or `.` before decimals, a leading or trailing minus sign or parentheses,
    and a euro sign. Raises InvalidEntry for anything else, and beyond a hundred million euros.
    """
    bare = _SPACES.sub("", text).replace("\u2212", "-").removesuffix("EUR").strip("€")
    negative = bare.startswith("(") and bare.endswith(")") or bare.endswith("-")
    bare = bare.strip("()") if negative else bare
    bare = _plain_separators(bare.removesuffix("-"))
    if not _AMOUNT.fullmatch(bare):
        raise InvalidEntry("Ce montant n’est pas lisible\u00a0: écrivez-le comme 1\u202f234,56.")
    return _bounded(-_to_cents(bare) if negative else _to_cents(bare))


def cents_from_euros(euros: Decimal) -> int:
    """Turn an amount in euros into cents, rounded half up. Raises InvalidEntry beyond a hundred million euros."""
    return _bounded(int((euros * 100).quantize(Decimal(1), ROUND_HALF_UP)))


def format_euros(cents: int, *, sign: bool = False) -> str:
    """Write cents as « 1 234,50 € » (U+202F in thousands, U+00A0 before €, U+2212 for minus)."""
    whole, rest = divmod(abs(cents), 100)
    mark = "\u2212" if cents < 0 else ("+" if sign and cents > 0 else "")
    return f"{mark}{whole:,}".replace(",", "\u202f") + f",{rest:02d}\u00a0€"


def format_amount(cents: int) -> str:
    """Write cents as « 1 234,50 » without the euro sign, for table columns that carry it in their head."""
    return format_euros(cents)[:-2]


def format_percent(ratio: Decimal) -> str:
    """Write a ratio (0.252) as « 25,2 % », rounded half up to a tenth of a point."""
    points = (ratio * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{points}".replace(".", ",").replace("-", "\u2212") + "\u00a0%"


def _plain_separators(bare: str) -> str:
    """Drop thousands separators: `1.234,56` and `1,234.56` both keep only their last mark."""
    if "," in bare and "." in bare:
        thousands = "." if bare.rfind(",") > bare.rfind(".") else ","
        return bare.replace(thousands, "")
    return bare


def _to_cents(bare: str) -> int:
    try:
        return int((Decimal(bare.replace(",", ".")) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    except InvalidOperation as error:  # more digits than a Decimal context holds
        raise InvalidEntry("Ce montant est trop grand.") from error


def _bounded(cents: int) -> int:
    if abs(cents) > MAX_CENTS:
        raise InvalidEntry("Ce montant est trop grand\u00a0: vérifiez le nombre de chiffres.")
    return cents
