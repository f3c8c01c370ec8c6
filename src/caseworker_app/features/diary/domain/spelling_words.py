"""Words the association adds to its dictionary (« dictionnaire de l’association »): never underlined again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from caseworker_app.kernel.entries import one_line
from caseworker_app.kernel.errors import InvalidEntry

LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+(?:[’'.\-][^\W_]+)*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class SpellingWord:
    """A word of the dictionary of the association, with who added it and when."""

    id: str
    version: str
    word: str
    added_on: date
    worker_id: str


def checked_word(typed: str) -> str:
    """Return a word as it is kept: the apostrophe as it is printed. Raises InvalidEntry for no single word."""
    word = one_line(typed, LONGEST_WORD, "word").replace("'", "’")
    if not _WORD.fullmatch(word):
        raise InvalidEntry("Écrivez un seul mot, sans espace.", "word")
    return word
