"""How hard a passphrase (« phrase secrète ») is to guess, told while it is typed: the lower of two judgements.

zxcvbn knows what people choose (lists of passwords, keyboards, dates, repeats) but no French: to it « cerise » is six
letters of chance. Our own count takes each word for one of a list of 4,000. What either finds easy is easy.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from caseworker_app.kernel.folding import fold

# Bits an attacker with a word list gains nothing on: about 4,000 common words, 10 digits, 32 signs.
_BITS_OF_WORD = 12.0
_BITS_OF_LETTER = 4.7
_BITS_OF_DIGIT = 3.3
_BITS_OF_SIGN = 5.0
_KNOWN = frozenset(
    [
        "azerty",
        "qwerty",
        "azertyuiop",
        "motdepasse",
        "password",
        "passe",
        "secret",
        "bonjour",
        "soleil",
        "admin",
        "administrateur",
        "passerelle",
        "association",
        "logement",
        "social",
        "menage",
        "phrase",
        "secrete",
        "phrasesecrete",
        "loulou",
        "doudou",
        "marseille",
        "paris",
        "france",
    ]
)
# zxcvbn's time grows with the cube of the length: what is longer is judged by its two ends.
_LOOKED_AT = 40
_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]+|_+")


@dataclass(frozen=True, slots=True)
class Strength:
    """A judgement: `share` of the bar (0 to 100), the word for it, its tone, and whether it may be kept."""

    share: int
    words: str
    tone: str
    enough: bool


def bits(passphrase: str, *, known: tuple[str, ...] = ()) -> float:
    """Estimate the bits of a passphrase; `known` are words an attacker would try first (association, worker)."""
    return min(bits_of_words(passphrase, known=known), bits_of_habits(passphrase, known=known))


def warm_up() -> None:
    """Read zxcvbn's lists (50 ms, once) before the first letter is typed."""
    import zxcvbn  # noqa: F401


def bits_of_habits(passphrase: str, *, known: tuple[str, ...] = ()) -> float:
    """Estimate the bits of a passphrase by zxcvbn: how soon somebody who knows people's habits has it.

    Accents are dropped: its lists have none. The beginning or the end of a long one is never harder than the whole.
    """
    from zxcvbn import zxcvbn
    from zxcvbn.matching import RANKED_DICTIONARIES

    if not passphrase:
        return 0.0
    bare = "".join(c for c in unicodedata.normalize("NFD", passphrase) if not unicodedata.combining(c))
    told = [folded for text in known if (folded := fold(text))]
    names = [*told, *(word for text in told for word in text.split())]
    ends = {bare[:_LOOKED_AT], bare[-_LOOKED_AT:]}
    found = max(float(zxcvbn(end, user_inputs=names)["guesses_log10"]) for end in ends)
    # It keeps what it was told for the life of the process.
    RANKED_DICTIONARIES.pop("user_inputs", None)
    return found / math.log10(2)


def bits_of_words(passphrase: str, *, known: tuple[str, ...] = ()) -> float:
    """Estimate the bits of a passphrase by its pieces: words of a list, digits, signs."""
    obvious = _KNOWN | {word for text in known for word in fold(text).split()}
    seen: set[str] = set()
    total = 0.0
    for piece in _PIECE.findall(passphrase):
        folded = fold(piece) or piece
        if folded not in seen and not _is_run(folded):
            total += 1.0 if folded in obvious else _bits_of(piece)
        seen.add(folded)
    return total


def judge(passphrase: str, *, known: tuple[str, ...] = ()) -> Strength:
    """Judge a passphrase: 36 bits at least to be kept (at 0.3 s a guess, centuries for one machine)."""
    found = bits(passphrase, known=known)
    share = max(4, min(100, round(found / 60 * 100))) if passphrase else 0
    if not passphrase:
        return Strength(0, "", "muted", enough=False)
    if found < 24:
        return Strength(share, "Facile à deviner", "danger", enough=False)
    if found < 36:
        return Strength(share, "Encore trop courte", "warn", enough=False)
    if found < 48:
        return Strength(share, "Correcte", "accent", enough=True)
    return Strength(share, "Solide", "ok", enough=True)


def _bits_of(piece: str) -> float:
    if piece[0].isdigit():
        # A year or a birth date is tried as such.
        return min(len(piece) * _BITS_OF_DIGIT, 7.0) if len(piece) == 4 else len(piece) * _BITS_OF_DIGIT
    if piece[0].isalpha():
        # Capitals inside a word add a little; a long word is still one word of a list.
        inside = sum(1 for letter in piece[1:] if letter.isupper())
        return min(len(set(piece)) * _BITS_OF_LETTER, _BITS_OF_WORD + max(0, len(piece) - 8)) + min(inside, 3)
    return len(set(piece)) * _BITS_OF_SIGN


def _is_run(piece: str) -> bool:
    """Say whether a piece repeats or follows on: `aaaa`, `1234`, `4321`, `abcd`."""
    if len(piece) < 3:
        return len(set(piece)) == 1 and len(piece) > 1
    steps = {ord(b) - ord(a) for a, b in pairwise(piece)}
    return len(steps) == 1 and abs(steps.pop()) <= 1
