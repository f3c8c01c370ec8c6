"""Words of the table that tell of health, justice, origin…, and the phrases in which they tell nothing of a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from caseworker_app.features.handover.domain.hits import LISTED_KINDS, Find, HitKind
from caseworker_app.features.handover.domain.own_words import OwnWord, phrase_of
from caseworker_app.features.handover.domain.phrase_forms import phrases_of
from caseworker_app.features.handover.domain.phrases import Found, Phrasebook, Word
from caseworker_app.features.handover.domain.typing_slips import SlipFinder
from caseworker_app.kernel.parameters import all_dated

TABLE, NAMES_TABLE = "word_check", "word_check_names"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a phrase means: its kind, and for a doubtful word the number of the words around that decide.

    `typed_wrong`: a word is known by it under a slip of typing too.
    """

    kind: HitKind
    doubt: int = -1
    typed_wrong: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful word is shown when its sentence says one of `companions` (if any), none of `contrary`."""

    companions: Phrasebook[None] | None
    contrary: Phrasebook[None]

    def told(self, sentence: list[Word]) -> bool:
        """Say whether such a word is worth showing in a sentence."""
        if self.contrary.says(sentence):
            return False
        return self.companions is None or self.companions.says(sentence)


@dataclass(slots=True)
class Lexicon:
    """The table read: what is shown, what is harmless, what decides, and how slips of typing are seen."""

    shown: Phrasebook[Rule] = field(default_factory=Phrasebook)
    harmless: Phrasebook[HitKind] = field(default_factory=Phrasebook)
    doubts: list[Doubt] = field(default_factory=list)
    slips: SlipFinder = field(default_factory=lambda: SlipFinder((), ()))

    def finds(self, words: list[Word], own: OwnLexicon) -> Iterator[Find]:
        """Yield what is shown of a text, in the order of its words, overlaps included.

        `own`: what the association adds; where it calls a word harmless, the table's finds of that kind are not shown.
        """
        found = [*self.shown.find(words), *self._slips(words)]
        told = {words[each.first].sentence for each in found} | {words[each.last].sentence for each in found}
        near = [word for word in words if word.sentence in told]
        books = (self.harmless, own.harmless)
        spared = [(near[e.first].start, near[e.last].end, e.rule) for book in books for e in book.find(near)]
        decided: dict[tuple[int, int], bool] = {}
        for each in found:
            find = Find(words[each.first].start, words[each.last].end, each.rule.kind)
            if not _is_spared(find, words[each.last].start, spared) and self._is_told(each, words, decided):
                yield find
        for stopped in own.shown.find(words):
            yield Find(words[stopped.first].start, words[stopped.last].end, stopped.rule)

    def _slips(self, words: list[Word]) -> Iterator[Found[Rule]]:
        for index, word in enumerate(words):
            if (kind := self.slips.kind_of(word.folded)) is not None:
                yield Found(index, index, Rule(kind))

    def _is_told(self, find: Found[Rule], words: list[Word], decided: dict[tuple[int, int], bool]) -> bool:
        """Say whether a find is worth showing; `decided`: what was said of the same doubt in the same sentence."""
        if find.rule.doubt < 0:
            return True
        doubt = (find.rule.doubt, words[find.first].sentence)
        if doubt not in decided:
            decided[doubt] = self.doubts[doubt[0]].told([word for word in words if word.sentence == doubt[1]])
        return decided[doubt]


def _is_spared(find: Find, last_word: int, spared: Iterable[tuple[int, int, HitKind]]) -> bool:
    """Say whether the last word of a find, its noun most often, lies in a harmless phrase of its kind."""
    return any(kind is find.kind and start <= last_word and find.end <= end for start, end, kind in spared)


@dataclass(frozen=True, slots=True)
class OwnLexicon:
    """The words of the association, read: those to stop, those that are harmless."""

    shown: Phrasebook[HitKind]
    harmless: Phrasebook[HitKind]


@lru_cache(maxsize=4)
def own_lexicon(words: tuple[OwnWord, ...]) -> OwnLexicon:
    """Return the words of the association as they are looked for."""
    made = OwnLexicon(Phrasebook(), Phrasebook())
    for word in words:
        (made.harmless if word.harmless else made.shown).add(phrase_of(word), word.kind)
    return made


@lru_cache(maxsize=2)
def lexicon(day: date) -> Lexicon:
    """Return the words in force on a day; read at the first check only, which takes a moment."""
    made = Lexicon()
    lists: dict[str, list[str]] = {}
    for row in all_dated(TABLE, "lists", day):
        lists.update(row.value)
    for kind in LISTED_KINDS:
        for row in all_dated(TABLE, kind.value, day):
            _add(made, kind, row.value, lists)
    made.slips = SlipFinder(
        (
            (word, rule.kind, is_stem)
            for word, rule, is_stem in made.shown.single_words()
            if rule.doubt < 0 and rule.typed_wrong
        ),
        (word for row in all_dated(NAMES_TABLE, "ordinary_words", day) for word in row.value["words"]),
    )
    return made


def _add(made: Lexicon, kind: HitKind, row: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> None:
    rule = Rule(kind, typed_wrong=row.get("typed_wrong", True))
    _fill(made.shown, row["words"], rule, lists)
    _fill(made.harmless, row["harmless"], kind, lists)
    for doubtful in row.get("doubtful", ()):
        _fill(made.shown, doubtful["words"], Rule(kind, len(made.doubts)), lists)
        companions: Phrasebook[None] = Phrasebook()
        contrary: Phrasebook[None] = Phrasebook()
        _fill(companions, doubtful["with"], None, lists)
        _fill(contrary, doubtful["without"], None, lists)
        made.doubts.append(Doubt(companions if doubtful["with"] else None, contrary))


def _fill(
    book: Phrasebook[Any], written: Iterable[str], rule: Any, lists: Mapping[str, Sequence[str]]
) -> None:
    for each in written:
        for phrase in phrases_of(each, lists):
            book.add(phrase, rule)
