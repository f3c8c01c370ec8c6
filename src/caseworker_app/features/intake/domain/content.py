"""What the values of a column look like, whatever its name: dates, phones, e-mails, amounts, people…"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

_SAMPLE = 300

_SEPARATED_DATE = r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?:[ T]\d{1,2}:\d{2}.*)?"
_MONTH_NAME = r"(?:\d{1,2}|1er)[ -][^\W\d_]{3,9}\.?[ -]\d{2,4}"
_CIVILITY = (
    r"(?:m|mr|mme|mlle|mle|melle|monsieur|madame|mademoiselle|mm|mmes|h|f|homme|femme|masculin|feminin|m/mme)"
)

_KINDS: dict[str, re.Pattern[str]] = {
    "email": re.compile(r"[^@\s;,]+@[^@\s;,]+\.[a-z]{2,}", re.IGNORECASE),
    "date": re.compile(f"(?:{_SEPARATED_DATE}|{_MONTH_NAME})", re.IGNORECASE),
    "phone": re.compile(r"(?:(?:\+|00)\d{2}[\s.\-]?(?:\(0\))?|0)\d(?:[\s.\-/]?\d{2}){4}\b.*"),
    "phone_without_zero": re.compile(r"[1-9]\d{8}"),
    "postal_code": re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8])\s?\d{3}"),
    "integer": re.compile(r"-?\d+(?:[.,]0+)?"),
    "amount": re.compile(
        r"[-+(\u2212]?\d[\d\s\u00a0\u202f.']*(?:,\d+)?\s*(?:€|EUR|euros?)?\)?-?", re.IGNORECASE
    ),
    # « 1A+2E »: adults and children.
    "composition": re.compile(
        r"\d{1,2}\s*a(?:d(?:ultes?)?\.?)?\s*(?:(?:[+/,&-]|et)?\s*\d{1,2}\s*e(?:nf(?:ants?)?\.?)?)?",
        re.IGNORECASE,
    ),
    "typology": re.compile(
        r"(?:[TF]\s?\d\d?\s?(?:bis|')?|studio|chambre|\d\s?pi[eè]ces?)(?:\s.*)?", re.IGNORECASE
    ),
    "civility": re.compile(rf"{_CIVILITY}\.?(?:\s*(?:ou|et|/|&)\s*{_CIVILITY}\.?)?", re.IGNORECASE),
    "named": re.compile(
        r"(?:m\.?|mr\.?|mme|mlle|melle|monsieur|madame|mademoiselle|m\. (?:et|ou) mme|famille)\s+\S+.*",
        re.IGNORECASE,
    ),
    # 32 bytes in base 64 or in hexadecimal: the key of somebody else's file.
    "key": re.compile(r"(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/_-]{43}=|[0-9a-fA-F]{64}|-----BEGIN .*"),
    "siret": re.compile(r"\d{14}|\d{3} ?\d{3} ?\d{3} ?\d{5}"),
    # 13 or 15 digits shaped as a social security number: sex, year, month, department.
    "nir": re.compile(
        r"[12]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?",
        re.IGNORECASE,
    ),
    "code": re.compile(r"[A-Z]{0,4}[-/. ]?\d[\dA-Z./\- ]{2,}", re.IGNORECASE),
    "words": re.compile(r"(?=.*[^\W\d_]{2})[^@]*"),
    "two_words": re.compile(r"[^\W\d_][\w'’.\-?]+(?:\s+[^\W\d_][\w'’.\-?]*)+"),
}
_YEAR = re.compile(r"(?<!\d)(1[89]\d{2}|20\d{2})(?!\d)")


class Profile:
    """Shares (0 to 100, whole percents) of the filled cells of a column that look like each kind of value."""

    def __init__(self, values: Iterable[str]) -> None:
        """Look at the first 300 filled cells."""
        sample = []
        for value in values:
            if value:
                sample.append(value)
                if len(sample) == _SAMPLE:
                    break
        self.filled = len(sample)
        self._counts: Counter[str] = Counter()
        distinct = Counter(sample)
        for value, times in distinct.items():
            for kind, pattern in _KINDS.items():
                if pattern.fullmatch(value[:200]):
                    self._counts[kind] += times
        self._years = [int(match[1]) for value in sample if (match := _YEAR.search(value))]
        self.distinct = len(distinct)

    def share(self, *kinds: str) -> int:
        """Return the largest share among the kinds, in percents; 0 for an empty column."""
        return max(self._counts[kind] for kind in kinds) * 100 // self.filled if self.filled else 0

    def looks_like_births(self, today: date) -> bool:
        """Say whether the dates can only be births: all over 16 years ago, spread over 25 at least."""
        if self.share("date") < 90 or len(self._years) < max(5, self.filled * 9 // 10):
            return False
        return max(self._years) <= today.year - 16 and max(self._years) - min(self._years) >= 25
