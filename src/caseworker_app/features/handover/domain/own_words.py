"""Words an association adds to the second check: to stop, or known to be harmless where it works."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.handover.domain.hits import HIT_KIND_LABELS, LISTED_KINDS, HitKind
from caseworker_app.features.handover.domain.phrase_forms import Part, Phrase
from caseworker_app.features.handover.domain.phrases import words_in
from caseworker_app.kernel.entries import one_line
from caseworker_app.kernel.errors import InvalidEntry

LONGEST_PHRASE, LONGEST_REASON, MOST_WORDS, SHORTEST_STEM = 80, 300, 6, 4
_TYPED = re.compile(r"[\w\s’'.\-]+\*?")
# The kinds a word may be put under: the others are numbers and names, which no list tells.
OWN_KINDS = {kind: HIT_KIND_LABELS[kind] for kind in LISTED_KINDS}


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word or phrase of the association: `kind` says what it tells of, `reason` why it is there.

    `harmless`: where it stands, what the check finds of that kind is not shown; else the word itself is.
    """

    id: str
    version: str
    phrase: str
    kind: HitKind
    harmless: bool
    reason: str
    added_on: date
    worker_id: str


@dataclass(frozen=True, slots=True)
class NewOwnWord:
    """A word about to be added or changed."""

    phrase: str
    kind: HitKind
    harmless: bool
    reason: str


def checked_own_word(new: NewOwnWord) -> NewOwnWord:
    """Return a word clean. Raises InvalidEntry: nothing to read, too many words, no reason, no listed kind."""
    phrase = one_line(new.phrase, LONGEST_PHRASE, "phrase")
    reason = one_line(new.reason, LONGEST_REASON, "reason")
    if not _TYPED.fullmatch(phrase) or not words_in(phrase):
        raise InvalidEntry(
            "Écrivez un mot ou quelques mots, sans ponctuation\u202f; une étoile à la fin pour tous ceux qui "
            "commencent ainsi.",
            "phrase",
        )
    if len(words_in(phrase)) > MOST_WORDS:
        raise InvalidEntry(f"Écrivez {MOST_WORDS} mots au plus.", "phrase")
    if phrase.endswith("*") and len(words_in(phrase)[-1].folded) < SHORTEST_STEM:
        raise InvalidEntry(f"Avant l’étoile, il faut au moins {SHORTEST_STEM} lettres.", "phrase")
    if new.kind not in OWN_KINDS:
        raise InvalidEntry("Choisissez de quoi ce mot parle.", "kind")
    if not reason:
        raise InvalidEntry("Dites pourquoi\u00a0: vos collègues liront cette raison.", "reason")
    return NewOwnWord(phrase, new.kind, new.harmless, reason)


def phrase_of(word: OwnWord) -> Phrase:
    """Return the phrase the check looks for: whole words, the last one begun where a star ends it."""
    folded = [each.folded for each in words_in(word.phrase)]
    parts = [Part(frozenset((each,))) for each in folded]
    if word.phrase.endswith("*"):
        parts[-1] = Part(stems=(folded[-1],))
    return tuple(parts)
