"""Partners whose name is nearly what was typed: a slip of the keys must not make somebody write a body twice."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from caseworker_app.features.partners.domain.partner import Partner
from caseworker_app.kernel.folding import fold

# Shorter words have too many neighbours; a long one may hold two slips.
_SHORTEST, _LONG = 4, 8


def near_partners(partners: Iterable[Partner], words: str, most: int) -> list[Partner]:
    """Return a few partners whose name or town holds each word typed but for a slip or two, the nearest first.

    A letter missing, added, changed or swapped; the last word typed may be the beginning of one. Words of three letters
    or less are taken as typed.
    """
    typed = fold(words).split()
    found = []
    for each in partners:
        known = fold(f"{each.name} {each.city or ''}").split()
        slips = [_slips(word, known, unfinished=word is typed[-1]) for word in typed]
        if typed and all(count is not None for count in slips):
            found.append((sum(count or 0 for count in slips), each.name, each.id, each))
    return [each for *_rank, each in sorted(found, key=lambda rank: rank[:3])[:most]]


def _slips(word: str, known: list[str], *, unfinished: bool) -> int | None:
    """Return how many slips separate a word from the nearest known one, None when too many."""
    most = 0 if len(word) < _SHORTEST else 1 if len(word) < _LONG else 2
    counts = [OSA.distance(word, other, score_cutoff=most) for other in known]
    if unfinished:
        counts += [OSA.distance(word, other[: len(word)], score_cutoff=most) for other in known]
    best = min(counts, default=most + 1)
    return best if best <= most else None
