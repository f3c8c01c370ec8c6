"""How a phrase of the second check is written in its table, and what it stands for.

Written without accents or capitals, a phrase is words with a space between. `mot*` also stands for what goes on
(« hospitalis* »), `mot+` for its feminine and plurals (« algerien+ »), `mots?` for « mot » and « mots »,
`(un|deux mots)` for one of several, `(un|deux)?` for one that may be missing, `<list>` for a word of a named list,
`#` for a number in digits, `_` for any word, `..` for up to three words of the same sentence; in capitals, a word
found in capitals only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a phrase: exact words, beginnings of words, or a gap; any word when it names none."""

    exact: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False

    @property
    def loose(self) -> bool:
        """Say whether the next word may be another one than those it names."""
        return self.gap or self.optional or self.any_word

    @property
    def any_word(self) -> bool:
        """Say whether any word will do."""
        return not self.exact and not self.stems and not self.gap


Phrase = tuple[Part, ...]
_ANY, _GAP = Part(), Part(gap=True)


def phrases_of(written: str, lists: Mapping[str, Sequence[str]]) -> Iterator[Phrase]:
    """Yield every phrase that a written one stands for. Raises ValueError when it cannot be read."""
    yield from _read(written, lists)


def _read(written: str, lists: Mapping[str, Sequence[str]]) -> Iterator[Phrase]:
    places = [list(_choices(item, lists)) for item in _cut(written, " ") if item]
    if not places:
        raise ValueError(written)
    for chosen in product(*places):
        yield tuple(part for parts in chosen for part in parts)


def _choices(item: str, lists: Mapping[str, Sequence[str]]) -> Iterator[Phrase]:
    """Yield what one place may hold: the words that stand alone together, then each of the longer ones."""
    optional = item.endswith(("_?", ")?", ">?"))
    bare = item[:-1] if optional else item
    if bare in ("_", ".."):
        yield (Part(optional=optional) if bare == "_" else _GAP,)
        return
    if bare.startswith("<"):
        choices: Sequence[str] = lists[bare.strip("<>")]
    else:
        choices = _cut(bare[1:-1], "|") if bare.startswith("(") else [bare]
    choices = [choice.strip() for choice in choices]
    alone = [choice for choice in choices if not any(sign in choice for sign in " (<_")]
    if alone:
        yield (_words(alone, optional=optional),)
    elif optional:
        yield ()
    for choice in choices:
        if choice not in alone:
            yield from _read(choice, lists)


def _words(choices: Sequence[str], *, optional: bool) -> Part:
    exact: set[str] = set()
    stems: list[str] = []
    for choice in choices:
        if choice.endswith("*"):
            stems.append(choice[:-1])
        elif choice.endswith("+"):
            exact.update(forms_of(choice[:-1]))
        elif choice.endswith("?"):
            exact.update((choice[:-1], choice[:-2]))
        else:
            exact.add(choice)
    if "" in exact or "" in stems:
        raise ValueError(choices)
    return Part(frozenset(exact), tuple(stems), optional)


def _cut(written: str, separator: str) -> list[str]:
    """Cut at a separator that stands outside brackets. Raises ValueError when they do not match."""
    pieces, depth = [""], 0
    for sign in written:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            raise ValueError(written)
        if sign == separator and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += sign
    if depth:
        raise ValueError(written)
    return pieces


# How a folded word takes its feminine and its plurals, by its end.
_ENDINGS = (
    ("eur", ("eur", "eurs", "euse", "euses")),
    ("eux", ("eux", "euse", "euses")),
    ("if", ("if", "ifs", "ive", "ives")),
    ("al", ("al", "ale", "ales", "aux", "als")),
    ("el", ("el", "elle", "els", "elles")),
    ("en", ("en", "enne", "ens", "ennes")),
    ("on", ("on", "onne", "ons", "onnes")),
    ("er", ("er", "ere", "ers", "eres")),
    ("et", ("et", "ette", "ets", "ettes", "ete", "etes")),
    ("e", ("e", "es", "ee", "ees")),
    ("s", ("s", "se", "ses")),
    ("x", ("x",)),
    ("", ("", "e", "s", "es")),
)


def forms_of(word: str) -> list[str]:
    """Return a folded word with its feminine and plurals, and those a careless hand gives it."""
    for ending, endings in _ENDINGS:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            return [stem + each for each in endings]
    raise AssertionError(word)
