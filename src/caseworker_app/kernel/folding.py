"""Folded text: what search compares, so that `duboeuf` finds Dubœuf and `legoff` Le Goff."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i"}
)
# Letters of every script stay: a name kept in Cyrillic or Arabic must be found too.
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower, strip accents, open ligatures, and turn everything else that is not a letter or digit into spaces."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    text = text.lower().translate(_LIGATURES)
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare).strip()


def fold_name(text: str) -> str:
    """Fold a name and add its joined forms: « Le Goff » gives `le goff legoff`, « N’Diaye » `n diaye ndiaye`."""
    words = fold(text).split()
    joined = ["".join(words)] if len(words) > 1 else []
    joined += [a + b for a, b in zip(words, words[1:], strict=False) if len(words) > 2]
    return " ".join(dict.fromkeys([*words, *joined]))


def words_of(text: str) -> list[str]:
    """Return the folded words of what a person typed to search."""
    return fold(text).split()
