"""Finding phrases in a text, all of them in one reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, NamedTuple, TypeVar

from caseworker_app.features.handover.domain.phrase_forms import Part, Phrase
from caseworker_app.kernel.folding import fold

T = TypeVar("T")

GAP = 3
_SHORTEST_STEM = 3
_MOST_PAIRS = 2_000
# With the accents that some machines write apart from their letter.
_RUN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_INITIALS = re.compile(r"(?<!\w)(?:[A-Z]\.){2,}(?:[A-Z](?!\w))?|(?<!\w)(?:[A-Z]\.)+[A-Z](?!\w)")
_SENTENCE_END = re.compile(r"[.!?…;]+(?=\s|$)|\n\s*\n")
# After an abbreviation the sentence goes on: « M. Untel », « appt. 3 ».
_ABBREVIATED = frozenset(
    "m mr mme mlle dr me pr st ste appt apt bat bt bd av tel n no nb cf ex env rdv dde trib hosp".split()  # noqa: SIM905
)


class Word(NamedTuple):
    """A word of a text, folded; `start` and `end`: its characters there; `sentence`: its number.

    `capitals`: the word in capitals when it is written so, `#` for a number in digits, empty otherwise. `stem`: how
    it is kept among the beginnings of words.
    """

    folded: str
    start: int
    end: int
    sentence: int
    capitals: str
    stem: str


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase said from word `first` to word `last`, both in it."""

    first: int
    last: int
    rule: T


@dataclass(slots=True)
class _Starts(Generic[T]):
    """The phrases one word may begin, by what must follow it: « la », « est », « se » begin hundreds.

    `second`: by the very next word, or by the three letters a stem begins with. `beyond`: the same for the first word
    after a gap. `others`: the part that must come next (None: any may). Each with what remains and what it means.
    """

    second: dict[str, list[tuple[Phrase, T]]] = field(default_factory=dict)
    beyond: dict[str, list[tuple[Phrase, T]]] = field(default_factory=dict)
    others: list[tuple[Part | None, Phrase, T]] = field(default_factory=list)

    def add(self, rest: Phrase, rule: T, firsts: int) -> None:
        """Add a phrase by what follows its first word, which is one of so many (`firsts`)."""
        if rest and rest[0].optional and not rest[0].any_word:
            self.add((replace(rest[0], optional=False), *rest[1:]), rule, firsts)
            self.add(rest[1:], rule, firsts)
        elif rest and not rest[0].loose and _few(rest[0], firsts):
            _keep(self.second, rest[0], (rest, rule))
        elif len(rest) > 1 and rest[0].gap and not rest[1].loose and _few(rest[1], firsts):
            _keep(self.beyond, rest[1], (rest[1:], rule))
        else:
            self.others.append((None if not rest or rest[0].loose else rest[0], rest, rule))


def _few(part: Part, firsts: int) -> bool:
    """Say whether the words of a part are few enough to keep a phrase by each of them."""
    long_stems = all(len(stem) >= _SHORTEST_STEM for stem in part.stems)
    return long_stems and (len(part.exact) + len(part.stems)) * firsts <= _MOST_PAIRS


def _keep(book: dict[str, list[tuple[Phrase, T]]], part: Part, entry: tuple[Phrase, T]) -> None:
    for key in {*part.exact, *(_stem_key(stem) for stem in part.stems)}:
        book.setdefault(key, []).append(entry)


def _stem_key(word: str) -> str:
    return word[:_SHORTEST_STEM] + "*"


class Phrasebook(Generic[T]):
    """Phrases by the way they begin; a text is read once for all of them."""

    def __init__(self) -> None:
        """Hold none yet."""
        self._by_word: dict[str, _Starts[T]] = {}
        self._by_stem: dict[str, _Starts[T]] = {}
        # How long the stems are that begin so: most words begin like none, and are told by one look.
        self._stem_lengths: defaultdict[str, set[int]] = defaultdict(set)

    def add(self, phrase: Phrase, rule: T) -> None:
        """Add a phrase.

        Raises ValueError when it begins with a gap, with any word, or with a stem of fewer than 3 letters.
        """
        first, rest = phrase[0], phrase[1:]
        if first.gap or first.any_word or any(len(stem) < _SHORTEST_STEM for stem in first.stems):
            raise ValueError(phrase)
        firsts = len(first.exact) + len(first.stems)
        for word in first.exact:
            self._by_word.setdefault(word, _Starts()).add(rest, rule, firsts)
        for stem in first.stems:
            self._by_stem.setdefault(stem, _Starts()).add(rest, rule, firsts)
            self._stem_lengths[_stem_key(stem)].add(len(stem))
        if first.optional:
            self.add(rest, rule)

    def find(self, words: list[Word]) -> Iterator[Found[T]]:
        """Yield every phrase said, wherever it begins."""
        by_word, lengths = self._by_word, self._stem_lengths
        if not by_word and not lengths:
            return
        for index, word in enumerate(words):
            folded = word.folded
            if (starts := by_word.get(folded)) is not None:
                yield from _said(starts, words, index)
            if word.capitals and (starts := by_word.get(word.capitals)) is not None:
                yield from _said(starts, words, index)
            for length in lengths.get(word.stem, ()):
                if (starts := self._by_stem.get(folded[:length])) is not None and length <= len(folded):
                    yield from _said(starts, words, index)

    def says(self, words: list[Word]) -> bool:
        """Say whether some phrase is said."""
        return next(self.find(words), None) is not None

    def single_words(self) -> Iterator[tuple[str, T, bool]]:
        """Yield the phrases of one word: the word or its stem, its rule, whether it is a stem."""
        for book, is_stem in ((self._by_word, False), (self._by_stem, True)):
            for word, starts in book.items():
                yield from ((word, rule, is_stem) for _, rest, rule in starts.others if not rest)


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
        capitals = letters if letters.isupper() else "#" * letters.isdigit()
        words += [
            Word(part, start, end, sentence, capitals, _stem_key(part)) for part in fold(letters).split()
        ]
    return words


def _sentence_ends(text: str) -> list[int]:
    ends = []
    for match in _SENTENCE_END.finditer(text):
        before = re.search(r"[^\W_]+$", text[: match.start()][-12:])
        if match.group() != "." or before is None or fold(before.group()) not in _ABBREVIATED:
            ends.append(match.end())
    return ends


def _said(starts: _Starts[T], words: list[Word], index: int) -> Iterator[Found[T]]:
    """Yield the phrases said whose first word, at `index`, is one of these starts."""
    following = words[index + 1] if index + 1 < len(words) else None
    for needed, rest, rule in starts.others:
        if needed is None or (following is not None and _takes(needed, following)):
            last = _last(rest, words, index)
            if last >= 0:
                yield Found(index, last, rule)
    if following is None:
        return
    if starts.second:
        for key in _keys(following):
            for rest, rule in starts.second.get(key, ()):
                last = _last(rest, words, index)
                if last >= 0:
                    yield Found(index, last, rule)
    if starts.beyond:
        yield from _said_beyond(starts.beyond, words, index)


def _said_beyond(
    beyond: Mapping[str, Sequence[tuple[Phrase, T]]], words: list[Word], index: int
) -> Iterator[Found[T]]:
    """Yield the phrases said that go on after a gap, each at the first place it does."""
    done: set[int] = set()
    sentence = words[index].sentence
    for here in range(index + 1, min(index + GAP + 2, len(words))):
        if words[here].sentence != sentence:
            return
        for key in _keys(words[here]):
            for entry in beyond.get(key, ()):
                if id(entry) in done:
                    continue
                last = _last(entry[0], words, here - 1)
                if last >= 0 and words[last].sentence == sentence:
                    done.add(id(entry))
                    yield Found(index, last, entry[1])


def _keys(word: Word) -> tuple[str, ...]:
    """Return what a word may be kept by: itself, its capitals, the stems that begin like it."""
    return (word.folded, word.stem, word.capitals) if word.capitals else (word.folded, word.stem)


def _last(parts: Phrase, words: list[Word], at: int) -> int:
    """Return the word a phrase ends on whose first words end `at`; -1 when the text does not say it."""
    for number, part in enumerate(parts):
        if part.gap:
            return _after_gap(parts[number + 1 :], words, at)
        following = at + 1
        taken = following < len(words) and _takes(part, words[following])
        if part.optional:
            last = _last(parts[number + 1 :], words, following) if taken else -1
            if last >= 0:
                return last
        elif taken:
            at = following
        else:
            return -1
    return at


def _after_gap(rest: Phrase, words: list[Word], at: int) -> int:
    sentence = words[at].sentence
    needed = None if not rest or rest[0].loose else rest[0]
    for here in range(at, min(at + GAP + 1, len(words))):
        if words[here].sentence != sentence:
            return -1
        if needed is not None and (here + 1 >= len(words) or not _takes(needed, words[here + 1])):
            continue
        last = _last(rest, words, here)
        if last >= 0 and words[last].sentence == sentence:
            return last
    return -1


def _takes(part: Part, word: Word) -> bool:
    exact, stems = part.exact, part.stems
    if word.folded in exact or (stems and word.folded.startswith(stems)):
        return True
    return (word.capitals in exact) if word.capitals and exact else not exact and part.any_word
