"""Folded text: what search compares, so that `duboeuf` finds Dubœuf and `legoff` Le Goff."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
# Letters of every script stay: a name kept in Cyrillic or Arabic must be found too.
_NOT_WORD = re.compile(r"[\W_]+")
# The bytes of Western Europe, and what French writes besides: two signs of two letters, a thin space.
_WESTERN = "cp1252"
_IN_FRENCH = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("\u202f", " "))
_ANYTHING_ELSE = b"\x00"
# Names and headings come back again and again; pages of a diary do not, and would fill the memory.
_LONGEST_KEPT = 64


def fold(text: str) -> str:
    """Lower, strip accents, open ligatures; turn everything else that is not a letter or digit into spaces.

    Folding what is folded changes nothing.
    """
    return _fold_kept(text) if len(text) <= _LONGEST_KEPT else _fold(text)


def forget() -> None:
    """Empty the memory of folded names, when the file is locked or closed."""
    _fold_kept.cache_clear()
    _letters_kept.cache_clear()
    _name_kept.cache_clear()


def _fold(text: str) -> str:
    folded = _fold_western(text)
    if folded is not None:
        return folded
    for sign, letters in _IN_FRENCH:
        text = text.replace(sign, letters)
    return _fold_western(text) or _fold_any(text)


def _fold_western(text: str) -> str | None:
    """Fold a byte a letter, ten times quicker; None where it holds more than the letters of Western Europe."""
    try:
        letters_only = text.encode(_WESTERN).translate(_western_bytes())
    except UnicodeEncodeError:
        return None
    return None if _ANYTHING_ELSE in letters_only else b" ".join(letters_only.split()).decode("ascii")


@cache
def _western_bytes() -> bytes:
    """Return what each byte folds to: a letter, a digit, a space, or the mark of what is not one of them."""
    signs = (bytes([byte]).decode(_WESTERN, "replace") for byte in range(256))
    folded = ((_fold_any(sign) or " ").encode("ascii", "replace") for sign in signs)
    return b"".join(one if len(one) == 1 and one != b"?" else _ANYTHING_ELSE for one in folded)


def _fold_any(text: str) -> str:
    # Decomposed before and after: some capitals appear only in a sign taken apart.
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c)).translate(_LIGATURES)
    return _NOT_WORD.sub(" ", bare).strip()


_fold_kept = lru_cache(maxsize=65_536)(_fold)


def letters_of(text: str) -> str:
    """Return the folded letters and digits of a text without any space: every form of its words lies in them."""
    return _letters_kept(text) if len(text) <= _LONGEST_KEPT else _letters(text)


def _letters(text: str) -> str:
    return fold(text).replace(" ", "")


_letters_kept = lru_cache(maxsize=16_384)(_letters)


def fold_name(text: str) -> str:
    """Fold a name and add its joined forms.

    « Le Goff » gives `le goff legoff`, « N’Diaye » `n diaye ndiaye`.
    """
    return _name_kept(text) if len(text) <= _LONGEST_KEPT else _fold_name(text)


def _fold_name(text: str) -> str:
    folded = fold(text)
    if " " not in folded:
        return folded
    words = folded.split()
    joined = ["".join(words)]
    joined += [a + b for a, b in pairwise(words) if len(words) > 2]
    return " ".join(dict.fromkeys([*words, *joined]))


_name_kept = lru_cache(maxsize=16_384)(_fold_name)


def words_of(text: str) -> list[str]:
    """Return the folded words of what a person typed to search."""
    return fold(text).split()
