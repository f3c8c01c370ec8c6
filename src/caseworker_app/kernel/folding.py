"""Folded text: what search compares, so that `duboeuf` finds Dubœuf and `legoff` Le Goff."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_LIGATURES = {
    "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t",
}  # fmt: skip
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
# Letters of every script stay: a name kept in Cyrillic or Arabic must be found too.
_NOT_WORD = re.compile(r"[\W_]+")
# Accents, which are all that French needs taken off; the joiner among them (U+034F) is none.
_LATIN_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
# Letters that may bear other marks: neither Latin nor punctuation, quotes and currencies.
_OTHER_SCRIPT = re.compile("[^\x00-\u02ff\u2000-\u20cf]")
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


def _fold(text: str) -> str:
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    # Decomposed before and after: some capitals appear only in a sign taken apart.
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], _LATIN_MARKS.sub("", bare))
    if _OTHER_SCRIPT.search(bare):
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare).strip()


_fold_kept = lru_cache(maxsize=65_536)(_fold)


def fold_name(text: str) -> str:
    """Fold a name and add its joined forms.

    « Le Goff » gives `le goff legoff`, « N’Diaye » `n diaye ndiaye`.
    """
    words = fold(text).split()
    joined = ["".join(words)] if len(words) > 1 else []
    joined += [a + b for a, b in pairwise(words) if len(words) > 2]
    return " ".join(dict.fromkeys([*words, *joined]))


def words_of(text: str) -> list[str]:
    """Return the folded words of what a person typed to search."""
    return fold(text).split()
