"""Finding phrases in a text, all of them in one reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from caseworker_app.features.handover.domain.phrase_forms import Part, Phrase
from caseworker_app.kernel.folding import fold

T = TypeVar("T")

GAP = 3
_SHORTEST_STEM = 3
_MOST_PAIRS = 500
# With the accents that some machines write apart from their letter.
_RUN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_INITIALS = re.compile(r"(?<!\w)(?:[A-Z]\.){2,}(?:[A-Z](?!\w))?|(?<!\w)(?:[A-Z]\.)+[A-Z](?!\w)")
_SENTENCE_END = re.compile(r"[.!?…;]+(?=\s|$)|\n\s*\n")
# After an abbreviation the sentence goes on: « M. Untel », « appt. 3 ».
_ABBREVIATED = frozenset(
    "m mr mme mlle dr me pr st ste appt apt bat bt bd av tel n no nb cf ex env rdv dde trib hosp".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, folded; `start` and `end`: its characters there; `sentence`: its number.

    `capitals`: the word in capitals when it is written so, empty otherwise.
    """

    folded: str
    start: int
    end: int
    sentence: int
    capitals: str = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase said from word `first` to word `last`, both in it."""

    first: int
    last: int
    rule: T


class Phrasebook(Generic[T]):
    """Phrases by the way they begin; a text is read once for all of them."""

    def __init__(self) -> None:
        """Hold none yet."""
        # By its first word: the part that must come next (None: any may), what remains, what it means.
        self._by_word: defaultdict[str, list[tuple[Part | None, Phrase, T]]] = defaultdict(list)
        self._by_stem: defaultdict[str, list[tuple[Part | None, Phrase, T]]] = defaultdict(list)
        # How long the stems are that begin so: most words begin like none, and are told by one look.
        self._stem_lengths: defaultdict[str, set[int]] = defaultdict(set)
        # « la », « est », « se » begin hundreds: those are kept by their second word too.
        self._by_two: defaultdict[str, defaultdict[str, list[tuple[Phrase, T]]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def add(self, phrase: Phrase, rule: T) -> None:
        """Add a phrase.

        Raises ValueError when it begins with a gap, with any word, or with a stem of fewer than 3 letters.
        """
        first, rest = phrase[0], phrase[1:]
        if first.gap or first.any_word or any(len(stem) < _SHORTEST_STEM for stem in first.stems):
            raise ValueError(phrase)
        needed = None if not rest or rest[0].loose else rest[0]
        by_two = (
            needed is not None and not needed.stems and len(first.exact) * len(needed.exact) <= _MOST_PAIRS
        )
        for word in first.exact:
            if by_two and needed is not None:
                for second in needed.exact:
                    self._by_two[word][second].append((rest, rule))
            else:
                self._by_word[word].append((needed, rest, rule))
        for stem in first.stems:
            self._by_stem[stem].append((needed, rest, rule))
            self._stem_lengths[stem[:_SHORTEST_STEM]].add(len(stem))
        if first.optional:
            self.add(rest, rule)

    def find(self, words: list[Word]) -> Iterator[Found[T]]:
        """Yield every phrase said, wherever it begins, each at its longest."""
        count = len(words)
        for index, word in enumerate(words):
            if not self._may_begin(word):
                continue
            following = words[index + 1] if index + 1 < count else None
            for rest, rule in self._beginning(word, following):
                last = _last(rest, words, index)
                if last >= 0:
                    yield Found(index, last, rule)

    def _may_begin(self, word: Word) -> bool:
        """Say whether some phrase may begin with a word: most begin none, and this costs less than looking."""
        folded = word.folded
        return (
            folded in self._by_word
            or folded in self._by_two
            or folded[:_SHORTEST_STEM] in self._stem_lengths
            or bool(word.capitals and (word.capitals in self._by_word or word.capitals in self._by_two))
        )

    def _beginning(self, word: Word, following: Word | None) -> Iterator[tuple[Phrase, T]]:
        """Yield what remains of each phrase that a word may begin before the next one, with its rule."""
        for needed, rest, rule in self._of_first(word):
            if needed is None or (following is not None and _takes(needed, following)):
                yield rest, rule
        if following is None:
            return
        for first in (word.folded, word.capitals):
            if first and (seconds := self._by_two.get(first)) is not None:
                yield from seconds.get(following.folded, ())
                if following.capitals:
                    yield from seconds.get(following.capitals, ())

    def _of_first(self, word: Word) -> Iterator[tuple[Part | None, Phrase, T]]:
        folded = word.folded
        yield from self._by_word.get(folded, ())
        if word.capitals:
            yield from self._by_word.get(word.capitals, ())
        for length in self._stem_lengths.get(folded[:_SHORTEST_STEM], ()):
            if length <= len(folded):
                yield from self._by_stem.get(folded[:length], ())

    def single_words(self) -> Iterator[tuple[str, T, bool]]:
        """Yield the phrases of one word: the word or its stem, its rule, whether it is a stem."""
        for book, is_stem in ((self._by_word, False), (self._by_stem, True)):
            for word, entries in book.items():
                yield from ((word, rule, is_stem) for _, rest, rule in entries if not rest)


def words_in(text: str) -> list[Word]:
    """Return the words of a text in order, folded; « A.A.H. » is one word, « l’hôpital » two."""
    ends = _sentence_ends(text)
    initials = {match.start(): match.end() for match in _INITIALS.finditer(text)}
    words: list[Word] = []
    sentence = skip_to = 0
    for match in _RUN.finditer(text):
        start, end = match.span()
        if start < skip_to:
            continue
        if start in initials:
            end = skip_to = initials[start]
        while sentence < len(ends) and ends[sentence] <= start:
            sentence += 1
        letters = text[start:end].replace(".", "")
        capitals = letters if letters.isupper() else ""
        words += (Word(part, start, end, sentence, capitals) for part in fold(letters).split())
    return words


def _sentence_ends(text: str) -> list[int]:
    ends = []
    for match in _SENTENCE_END.finditer(text):
        before = re.search(r"[^\W_]+$", text[: match.start()][-12:])
        if match.group() != "." or before is None or fold(before.group()) not in _ABBREVIATED:
            ends.append(match.end())
    return ends


def _last(parts: Phrase, words: list[Word], at: int) -> int:
    """Return the word a phrase ends on whose first words end `at`; -1 when the text does not say it."""
    if not parts:
        return at
    part, rest = parts[0], parts[1:]
    if part.gap:
        return _after_gap(rest, words, at)
    following = at + 1
    if following < len(words) and _takes(part, words[following]):
        last = _last(rest, words, following)
        if last >= 0:
            return last
    return _last(rest, words, at) if part.optional else -1


def _after_gap(rest: Phrase, words: list[Word], at: int) -> int:
    for skipped in range(GAP + 1):
        here = at + skipped
        if here >= len(words) or words[here].sentence != words[at].sentence:
            return -1
        last = _last(rest, words, here)
        if last >= 0 and words[last].sentence == words[at].sentence:
            return last
    return -1


def _takes(part: Part, word: Word) -> bool:
    if word.folded in part.exact:
        return True
    if part.stems and word.folded.startswith(part.stems):
        return True
    return (bool(word.capitals) and word.capitals in part.exact) or part.any_word
