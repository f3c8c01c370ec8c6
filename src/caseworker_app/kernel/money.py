"""Money: whole cents, never floats."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from caseworker_app.kernel.errors import InvalidEntry

# Signed 64-bit storage allows more; beyond a hundred million euros a household's amount is a typing mistake.
MAX_CENTS = 10_000_000_000

_CENT = Decimal("0.01")
_NOT_AN_AMOUNT = "Ce montant n’est pas lisible\u00a0: écrivez-le comme 1\u202f234,56."
# Longer is no amount, whatever it holds.
_LONGEST = 100

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000'’]")
_MINUS_SIGNS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
_EURO = r"(?:€|eur(?:os?)?)?"
_WRITTEN = re.compile(
    rf"{_EURO}(?P<sign>[+-]?){_EURO}(?P<plain>[\d.,]+){_EURO}"
    rf"|{_EURO}(?P<after>[\d.,]*\d){_EURO}-{_EURO}"
    rf"|{_EURO}\({_EURO}(?P<enclosed>[\d.,]+){_EURO}\){_EURO}",
    re.ASCII | re.IGNORECASE,
)
_ONE_MARK = re.compile(r"\d+(?:[.,]\d*)?|[.,]\d+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d*)?|\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)


def parse_cents(text: str) -> int:
    """Read an amount as French people type it (« 1 234,56 € ») and return cents, rounded half up.

    Accepts any spaces in thousands, `,` or `.` before decimals, the other one in thousands (`1.234,56`,
    `1,234.56`, `1.234.567`), a leading or trailing minus sign or parentheses, and a euro sign at either end.
    A single mark always stands before decimals: `1.234` is 1,23 €. Raises InvalidEntry for anything else, and
    beyond a hundred million euros.
    """
    written = (
        _WRITTEN.fullmatch(_SPACES.sub("", text.strip()).translate(_MINUS_SIGNS))
        if len(text) <= _LONGEST
        else None
    )
    if written is None:
        raise InvalidEntry(_NOT_AN_AMOUNT)
    cents = cents_from_euros(_euros(written["plain"] or written["after"] or written["enclosed"]))
    return cents if written["plain"] and written["sign"] != "-" else -cents


def cents_from_euros(euros: Decimal) -> int:
    """Turn an amount in euros into cents, rounded half up.

    Raises InvalidEntry beyond a hundred million euros.
    """
    if not euros.is_finite() or abs(euros) > MAX_CENTS // 100:
        raise InvalidEntry("Ce montant est trop grand\u00a0: vérifiez le nombre de chiffres.")
    return int(euros.quantize(_CENT, ROUND_HALF_UP).scaleb(2))


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
    # Adding nought turns minus nought into nought.
    text = f"{points + 0:,}".replace(",", "\u202f").replace(".", ",").replace("-", "\u2212")
    return f"{text}\u00a0%"


def _euros(number: str) -> Decimal:
    """Read digits with their marks; one that comes back, or stands before another kind, is for thousands."""
    if _ONE_MARK.fullmatch(number):
        return Decimal(number.replace(",", "."))
    if not _GROUPED.fullmatch(number):
        raise InvalidEntry(_NOT_AN_AMOUNT)
    last = number[max(number.rfind(","), number.rfind("."))]
    if number.count(last) > 1:
        return Decimal(number.replace(last, ""))
    return Decimal(number.replace("." if last == "," else ",", "").replace(",", "."))
