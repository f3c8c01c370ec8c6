"""Spelling in French: Hunspell on the dictionary shipped, in whatever process it is called.

Loading takes a tenth of a second, a suggestion up to four, neither giving way to other threads: the window calls
these functions in another process (`ui_kit.tasks.compute`).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from caseworker_app.kernel.paths import resources

LANGUAGE = "fr"
MOST_SUGGESTIONS = 6
# Words that are none: addresses, placeholders, what holds a digit.
_SKIPPED = re.compile(r"\S*@\S*|(?:https?://|www\.)\S+|\{[^{}\n]*\}|\S*\d\S*")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[’']", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word of a text to look at: its characters, from `start` to `end`, without what is elided before it."""

    word: str
    start: int
    end: int


def words_of_text(text: str) -> list[TypedWord]:
    """Return the words of a text worth looking at: no number, address, acronym, or single letter."""
    hidden = _SKIPPED.sub(lambda found: " " * len(found[0]), text)
    found = []
    for match in _WORD.finditer(hidden):
        word, start = match[0], match.start()
        if (elided := _ELISION.match(word)) is not None and elided.end() < len(word):
            word, start = word[elided.end() :], start + elided.end()
        if len(word) > 1 and not word.isupper():
            found.append(TypedWord(word.replace("'", "’"), start, match.end()))
    return found


def misspelt(_progress: object, words: Iterable[str]) -> tuple[str, ...]:
    """Return which of some words the dictionary does not have; a compound of words it has is one it has."""
    book = _dictionary()
    if book is None:
        return ()
    return tuple(
        word for word in words if not (book.spell(word) or all(book.spell(part) for part in word.split("-")))
    )


def suggestions(_progress: object, word: str) -> tuple[str, ...]:
    """Return the words somebody may have meant, likeliest first, at most six."""
    book = _dictionary()
    return () if book is None else tuple(book.suggest(word)[:MOST_SUGGESTIONS])


@cache
def _dictionary() -> Any:
    """Return the dictionary, None where it cannot be loaded: a PC without spelling still writes."""
    # Late: most processes never look a word up.
    try:
        from hunspell import Hunspell
    except ImportError:
        logging.getLogger(__name__).warning("spelling is off: its library does not load")
        return None
    # UTF-8 has Windows take paths of any alphabet and length.
    folder = str(resources() / "dictionaries" / LANGUAGE)
    return Hunspell(LANGUAGE, hunspell_data_dir=folder, system_encoding="UTF-8")
