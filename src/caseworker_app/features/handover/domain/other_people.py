"""Names of people who are not of the household, by their title, their tie or a list of names; phones and e-mails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from caseworker_app.features.handover.domain.hits import Find, HitKind, KnownPeople
from caseworker_app.features.handover.domain.sensitive_words import NAMES_TABLE, TABLE
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.parameters import all_dated

# With the accents that some machines write apart from their letter.
_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_NAME_WORD = re.compile(rf"{_LETTERS}(?:[’'\-]{_LETTERS})*")
_ELISION = re.compile(r"^(?:[LDldCcSsNnJjMmTt]|[Qq]u)[’'](?=\w)")
_OPENING = frozenset(".!?…:;•»«(/-–—")
_SHORTENED = frozenset(
    (
        "M", "MM", "Mr", "Mrs", "Mme", "Mmes", "Mlle", "Dr", "Pr", "Me", "St", "Ste", "m", "mr", "mme",
        "mlle", "dr",
    )
)  # fmt: skip
_DASHES = r"\-\u2010-\u2014"
_PHONE = re.compile(
    rf"(?<![\d+])(?<!\d{{3}}[\s.])(?:\+33|0033|0)[\s.()/{_DASHES}]*[1-9](?:[\s./{_DASHES}]{{0,2}}\d){{8}}(?!\d|[\s.]\d{{3}})"
)
# Begun at the start of a word only and never taken back: a page without spaces is still read in one go.
_MAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]++\s?@\s?[\w\-]+(?:\.[\w\-]+)+")
_TITLES = frozenset(
    (
        "m", "mr", "mme", "mmes", "mlle", "mrs", "monsieur", "messieurs", "madame", "mesdames",
        "mademoiselle", "dr", "docteur", "pr", "professeur", "famille", "epoux",
    )
)  # fmt: skip
_MASTERS = frozenset(("Me", "Maître", "ME"))
# Shown with the name; of the others the name is enough, the word before may be shown for what it tells.
_SHOWN_TITLES = frozenset(
    (
        "m", "mr", "mme", "mmes", "mlle", "monsieur", "madame", "mademoiselle", "famille",
    )
)  # fmt: skip
_LONGEST_ACRONYM = 5
_COMPANY = frozenset(
    (
        "chez", "avec", "voir", "appelle", "appeler", "rappeler", "contacter", "prevenir", "joindre",
    )
)  # fmt: skip
_PARTICLES = frozenset(
    (
        "de", "du", "des", "d", "el", "al", "ben", "bent", "bin", "ould", "le", "la", "van", "von", "da",
        "dos", "di",
    )
)  # fmt: skip
_ARTICLES = frozenset(
    (
        "le", "la", "les", "un", "une", "du", "des", "l", "au", "aux", "ce", "cette", "ces",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """The lists names are known by, folded; `ordinary`: first names that are words too (« Rose », « Pierre »)."""

    first: frozenset[str]
    ordinary: frozenset[str]
    last: frozenset[str]
    nobody: frozenset[str]
    kinship: frozenset[str]
    places: frozenset[str]
    # Every word after which somebody may be named: titles, ties (the last word of « assistante sociale »), « chez ».
    announcing: frozenset[str]


class _Word(NamedTuple):
    """A word as written, without its elision, and folded; `opens`: it begins a sentence."""

    raw: str
    folded: str
    start: int
    end: int
    opens: bool

    @property
    def capital(self) -> bool:
        return self.raw[:1].isupper()

    @property
    def initial(self) -> bool:
        return len(self.raw) == 1


@lru_cache(maxsize=2)
def names_of(day: date) -> Names:
    """Return the lists in force on a day; read at the first check only."""

    def listed(table: str, key: str) -> frozenset[str]:
        return frozenset(word for row in all_dated(table, key, day) for word in row.value["words"])

    kinship = listed(TABLE, "kinship")
    ties = frozenset(each.split()[-1] for each in kinship)
    return Names(
        listed(NAMES_TABLE, "first_names"),
        listed(NAMES_TABLE, "ordinary_first_names"),
        listed(NAMES_TABLE, "last_names"),
        listed(NAMES_TABLE, "nobody"),
        kinship,
        listed(TABLE, "places"),
        _TITLES | _COMPANY | kinship | ties | {fold(each) for each in _MASTERS},
    )


def other_people(text: str, people: KnownPeople, day: date) -> Iterator[Find]:
    """Yield names, phones and e-mails of a text that are not the household's nor the worker's."""
    expected = _name_words(people.expected)
    words = list(_words(text))
    yield from _known(words, people, expected)
    finder = _Finder(words, expected, names_of(day))
    for index in range(len(words)):
        if (last := finder.person_at(index)) >= 0:
            first = index + (
                words[index].folded not in _SHOWN_TITLES and last > index and finder.announces(index)
            )
            yield Find(words[first].start, words[last].end, HitKind.OTHER_PERSON)
    yield from _reached_at(text, people.reachable)


def _words(text: str) -> Iterator[_Word]:
    previous = ""
    for match in _NAME_WORD.finditer(text):
        written = match.group()
        elided = _ELISION.match(written) if "’" in written or "'" in written else None
        start = match.start() + (elided.end() if elided else 0)
        raw = text[start : match.end()]
        # « M. Untel » goes on after its full stop.
        opens = previous not in _SHORTENED and _opens(text[max(0, match.start() - 4) : match.start()])
        yield _Word(raw, fold(raw), start, match.end(), match.start() == 0 or opens)
        previous = raw


def _opens(before: str) -> bool:
    """Say whether a word begins a sentence or a line, by the few signs before it."""
    signs = before.rstrip()
    return signs[-1:] in _OPENING or "\n" in before[len(signs) :]


def _known(words: list[_Word], people: KnownPeople, expected: set[str]) -> Iterator[Find]:
    for names, kind in ((people.children, HitKind.CHILD), (people.others, HitKind.OTHER_PERSON)):
        unwanted = {fold(name) for name in names if name} - expected
        for word in words:
            # A first name is written with a capital: « la chambre rose » is no child.
            if word.capital and (word.folded in unwanted):
                yield Find(word.start, word.end, kind)


class _Finder:
    """Reads the words of a text for people; each rule answers the last word of the name, -1 for nobody."""

    def __init__(self, words: list[_Word], expected: set[str], names: Names) -> None:
        self._words, self._expected, self._names = words, expected, names

    def person_at(self, index: int) -> int:
        word = self._words[index]
        if (after := self._named_after(index)) >= 0:
            return after
        if word.folded in self._expected or word.folded in self._names.nobody or word.initial:
            return -1
        if self._is_first_name(index) or self._is_family(index):
            return self._whole_name(index)
        return -1

    def _named_after(self, index: int) -> int:
        """Return the end of the name a title, a tie or « chez » announces."""
        word, following = self._words[index], index + 1
        if word.folded not in self._names.announcing or following >= len(self._words):
            return -1
        tied = self._tied(index)
        if not (tied or word.folded in _COMPANY):
            return -1
        named = self._words[following]
        if named.folded in _PARTICLES and following + 1 < len(self._words):
            named = self._words[following + 1] if named.capital else named
        if not self._close(index) or named.initial or self._ours(following):
            return -1
        known = named.folded in self._names.first or named.folded in self._names.last
        by_list = known and not self._ordinary(named)
        if by_list or (tied and named.capital and self._may_name(named)):
            return self._whole_name(following)
        return -1

    def _tied(self, index: int) -> bool:
        """Say whether a word is a title or a tie: « Mme », « Me », « sœur », « assistante sociale »."""
        word = self._words[index]
        title = (word.folded in _TITLES and word.raw != "m") or word.raw in _MASTERS
        return title or word.folded in self._names.kinship or self._double_kin(index)

    def announces(self, index: int) -> bool:
        """Say whether a name is found by the word before it, and begins after it."""
        return self._named_after(index) >= 0

    def _double_kin(self, index: int) -> bool:
        return (
            index > 0
            and f"{self._words[index - 1].folded} {self._words[index].folded}" in self._names.kinship
        )

    def _close(self, index: int) -> bool:
        """Say whether nothing but a space, a full stop or a comma stands after a word."""
        return self._words[index + 1].start - self._words[index].end <= 3 and not self._words[index + 1].opens

    def _may_name(self, word: _Word) -> bool:
        listed = word.folded in self._names.first or word.folded in self._names.last
        acronym = word.raw.isupper() and len(word.raw) <= _LONGEST_ACRONYM and not listed
        return not acronym and word.folded not in self._names.nobody and word.folded not in _ARTICLES

    def _ordinary(self, word: _Word) -> bool:
        return not word.capital and (word.folded in self._names.ordinary or word.folded in self._names.nobody)

    def _ours(self, index: int) -> bool:
        """Say whether a name that begins here is the household's, the worker's or the landlord's."""
        end = self._whole_name(index)
        return any(set(word.folded.split()) & self._expected for word in self._words[index : end + 1])

    def _is_first_name(self, index: int) -> bool:
        word = self._words[index]
        parts = word.folded.split()
        if not word.capital or not parts or parts[0] not in self._names.first or self._in_place(index):
            return False
        if parts[0] in self._names.places:
            return False
        if len(parts) == 1 and parts[0] in self._names.ordinary:
            before = self._words[index - 1].folded if index else ""
            return not word.opens and before not in _ARTICLES
        return not self._ours(index)

    def _is_family(self, index: int) -> bool:
        """« Les Garnier du dessus »."""
        word = self._words[index]
        before = self._words[index - 1].folded if index else ""
        plural = before == "les" and word.capital and word.folded in self._names.last
        return plural and word.folded not in self._names.ordinary and not self._in_place(index)

    def _in_place(self, index: int) -> bool:
        """Say whether a capital belongs to a street, a school, a body: « rue du Général-Leclerc »."""
        for back in range(1, 5):
            if index - back < 0:
                return False
            word = self._words[index - back]
            if word.folded.split()[-1:] and word.folded.split()[-1] in self._names.places:
                return True
            if not word.capital and word.folded not in _PARTICLES | _ARTICLES | {"a"}:
                return False
            if self._words[index - back + 1].opens:
                return False
        return False

    def _whole_name(self, index: int) -> int:
        """Return the last word of a name: capitals that follow, particles between two."""
        last = index
        for at in range(index + 1, min(index + 4, len(self._words))):
            word = self._words[at]
            if word.opens or word.start - self._words[at - 1].end > 1:
                break
            if word.capital:
                last = at
            elif word.folded not in _PARTICLES:
                break
        return last


def _reached_at(text: str, reachable: Iterable[str]) -> Iterator[Find]:
    known = {each.casefold() for each in reachable}
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group())[-9:]
        if digits not in known:
            yield Find(match.start(), match.end(), HitKind.OTHER_PERSON)
    for match in _MAIL.finditer(text):
        if match.group().replace(" ", "").casefold() not in known:
            yield Find(match.start(), match.end(), HitKind.OTHER_PERSON)


def _name_words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in fold(name).split()} - _PARTICLES - _TITLES
