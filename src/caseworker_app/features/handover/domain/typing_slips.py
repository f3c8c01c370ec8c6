"""Words of the second check typed wrong: « hopitalisé », « alcolique », « lhopital », « depresion »."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from caseworker_app.features.handover.domain.hits import HitKind

# Shorter words have too many neighbours; a long one may hold two slips.
_SHORTEST, _LONG = 7, 11
_SHORTEST_STEM = 3
_VOWELS = "aeiouyh"
_ELIDED = "ldsnjmtc"


class SlipFinder:
    """Says of which kind a word is when it is a word of the table but for a slip or two of typing.

    A letter missing, added, changed or swapped; never the first one; two in words of 11 letters or more. Also an
    apostrophe left out (« lalcool »). Ordinary words of French that look like one are given, and are none.
    """

    def __init__(self, words: Iterable[tuple[str, HitKind, bool]], ordinary: Iterable[str]) -> None:
        """`words`: folded words of the table, their kind, whether they are the beginning of a word only."""
        self._exact: dict[str, HitKind] = {}
        self._stems: dict[str, HitKind] = {}
        self._words: defaultdict[str, list[str]] = defaultdict(list)
        self._beginnings: defaultdict[str, list[str]] = defaultdict(list)
        # The lengths of the stems that begin with the same letters: most words begin like none.
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)
        for word, kind, is_stem in words:
            (self._stems if is_stem else self._exact)[word] = kind
            if is_stem:
                self._lengths[word[:_SHORTEST_STEM]].add(len(word))
            if len(word) >= _SHORTEST - is_stem:
                for key in _keys(word):
                    (self._beginnings if is_stem else self._words)[key].append(word)
        self._ordinary = frozenset(ordinary)

    def kind_of(self, word: str) -> HitKind | None:
        """Return the kind of a folded word typed wrong, None when it is no such word or is typed right."""
        if len(word) < _SHORTEST - 1 or word in self._ordinary or self._known(word) or not word.isalpha():
            return None
        if word[0] in _ELIDED and word[1] in _VOWELS and (kind := self._known(word[1:])) is not None:
            return kind
        if len(word) < _SHORTEST:
            return None
        return self._near(word)

    def _known(self, word: str) -> HitKind | None:
        if (kind := self._exact.get(word)) is not None:
            return kind
        for length in sorted(self._lengths.get(word[:_SHORTEST_STEM], ()), reverse=True):
            if length <= len(word) and (kind := self._stems.get(word[:length])) is not None:
                return kind
        return None

    def _near(self, word: str) -> HitKind | None:
        allowed = 2 if len(word) >= _LONG else 1
        for key in _keys(word):
            for target in self._words.get(key, ()):
                if abs(len(target) - len(word)) <= allowed and _close(word, target, allowed):
                    return self._exact[target]
            for stem in self._beginnings.get(key, ()):
                if _begins(word, stem):
                    return self._stems[stem]
        return None


def _keys(word: str) -> set[str]:
    """Return the first four letters of a word without its second, its third, or its fourth one.

    A word and the same with one slip past its first letter have one of them in common.
    """
    return {word[0] + word[2:4], word[:2] + word[3:4], word[:3]}


def _begins(word: str, stem: str) -> bool:
    """Say whether a word begins like a stem, but for one slip."""
    long = len(stem)
    # A letter added or missing moves the rest by one: two differences at most over the same length.
    if (apart := OSA.distance(word[:long], stem, score_cutoff=2)) <= 1:
        return True
    return apart == 2 and (_close(word[: long - 1], stem, 1) or _close(word[: long + 1], stem, 1))


def _close(word: str, target: str, allowed: int) -> bool:
    return OSA.distance(word, target, score_cutoff=allowed) <= allowed
