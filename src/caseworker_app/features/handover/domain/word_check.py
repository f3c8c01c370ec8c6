"""The second check (« seconde vérification »): words of a text written for outside that should not leave.

It shows, it does not decide: each find is changed or kept knowingly by a person. It reads words, not meaning:
its rates are told in docs/second-check, and it does not replace reading the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from caseworker_app.features.handover.domain.hits import Find, HitKind, KnownPeople, WordHit
from caseworker_app.features.handover.domain.other_people import other_people
from caseworker_app.features.handover.domain.own_words import OwnWord
from caseworker_app.features.handover.domain.personal_numbers import personal_numbers
from caseworker_app.features.handover.domain.phrase_forms import Part
from caseworker_app.features.handover.domain.phrases import Phrasebook, Word, words_in
from caseworker_app.features.handover.domain.sensitive_words import TABLE, lexicon, own_lexicon
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.parameters import dated

# Where two finds meet, the first of these is shown: health is graver than a budget.
_GRAVITY = {
    kind: rank
    for rank, kind in enumerate(
        (
            HitKind.PROTECTED, HitKind.BANK, HitKind.IDENTITY_NUMBER, HitKind.CHILD, HitKind.VIOLENCE, HitKind.HEALTH,
            HitKind.JUSTICE, HitKind.SEXUALITY, HitKind.RELIGION, HitKind.OPINIONS, HitKind.ORIGIN,
            HitKind.OTHER_PERSON, HitKind.FAMILY, HitKind.MONEY,
        )
    )
}  # fmt: skip
_WORD_START = re.compile(r"\b\w")


def check_words(
    place: str, text: str, people: KnownPeople, day: date, own: tuple[OwnWord, ...] = ()
) -> tuple[WordHit, ...]:
    """Return the finds in a text, in order, none over another: the graver first, then the earlier, then the longer.

    What another one tells besides is still shown, from where the first ends. `own`: words of the association.
    """
    shown: list[Find] = []
    for find in sorted(_finds(text, people, day, own), key=_graver):
        if (left := _left_of(find, shown, text)) is not None:
            shown.append(left)
    advice = dated(TABLE, "advice", day).value if shown else {}
    return tuple(
        WordHit(
            place, each.start, each.end, text[each.start : each.end], each.kind, advice.get(each.kind, "")
        )
        for each in sorted(shown, key=lambda find: find.start)
    )


def _graver(find: Find) -> tuple[int, int, int]:
    return _GRAVITY[find.kind], find.start, -find.end


def _left_of(find: Find, shown: list[Find], text: str) -> Find | None:
    """Return what is left of a find beside those shown: it, its end, or nothing when its last word is shown."""
    over = [other for other in shown if other.start < find.end and find.start < other.end]
    start, same = find.start, False
    for other in sorted(over, key=lambda each: each.start):
        if start < other.end:
            start, same = _next_word(text, other.end), same or other.kind is find.kind
    overlapped = any(start < other.end for other in over)
    return None if start >= find.end or overlapped or same else Find(start, find.end, find.kind)


def _next_word(text: str, after: int) -> int:
    found = _WORD_START.search(text, after)
    return found.start() if found else len(text)


def hidden_spans(text: str, hidden: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where a text tells places and phones to hide, in order, none over another.

    Whatever else is found there: a longer find of another kind must not leave an address in clear.
    """
    spans: list[tuple[int, int]] = []
    for find in sorted(_hidden(text, words_in(text), hidden), key=lambda find: find.start):
        if spans and find.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(find.end, spans[-1][1]))
        else:
            spans.append((find.start, find.end))
    return spans


def _finds(text: str, people: KnownPeople, day: date, own: tuple[OwnWord, ...]) -> Iterator[Find]:
    """Yield what is found, but the names of the household that are words too (« Mme Lallemand »)."""
    names = {word for name in people.expected for word in name.split() if word[:1].isupper()}
    for find in _every_find(text, people, day, own):
        if text[find.start : find.end] not in names:
            yield find


def _every_find(text: str, people: KnownPeople, day: date, own: tuple[OwnWord, ...]) -> Iterator[Find]:
    words = words_in(text)
    yield from lexicon(day).finds(words, own_lexicon(own))
    yield from personal_numbers(text)
    yield from other_people(text, people, day)
    yield from _hidden(text, words, people.hidden)


def _hidden(text: str, words: list[Word], hidden: tuple[str, ...]) -> Iterator[Find]:
    """Yield the home and phones of a protected household."""
    places: Phrasebook[None] = Phrasebook()
    for each in hidden:
        if each.isdigit():
            separated = "".join(rf"[\s\u00a0.\-()]*{digit}" for digit in each)
            pattern = re.compile(r"(?:\+33|0033|0)" + separated)
            yield from (Find(m.start(), m.end(), HitKind.PROTECTED) for m in pattern.finditer(text))
        elif folded := fold(each).split():
            places.add(tuple(Part(frozenset((word,))) for word in folded), None)
    for find in places.find(words):
        yield Find(words[find.first].start, words[find.last].end, HitKind.PROTECTED)
