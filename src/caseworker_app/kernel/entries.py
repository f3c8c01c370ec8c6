"""Text as it was typed or pasted, made clean before it is kept: the same rule for every room."""

from __future__ import annotations

import unicodedata

from caseworker_app.kernel.errors import InvalidEntry

# A whole page of a report has about 3,000 characters.
MAX_PARAGRAPHS = 20_000

# Tabs stand in pasted tables. Joiners change how some scripts are written; the other invisible characters
# only make equal names differ.
_KEPT = "\t\u200c\u200d"


def one_line(text: str, most: int, field: str) -> str:
    """Return `text` on one line: composed (NFC), spaces made single, invisible characters dropped.

    Raises InvalidEntry, on `field`, beyond `most` characters.
    """
    line = " ".join(text.split())
    if not (line.isascii() and line.isprintable()):
        line = " ".join(_visible(line).split())
    if len(line) > most:
        raise InvalidEntry(f"Ce texte est trop long\u00a0: {most} caractères au plus.", field)
    return line


def optional_line(text: str | None, most: int, field: str) -> str | None:
    """Return `one_line`, None when nothing is left. Raises InvalidEntry."""
    return one_line(text, most, field) or None if text else None


def paragraphs(text: str | None, field: str) -> str | None:
    """Return a longer text with `\\n` at line ends, without invisible characters; None when nothing is left.

    Raises InvalidEntry, on `field`, beyond 20,000 characters.
    """
    if not text:
        return None
    clean = "\n".join(_visible(line).rstrip() for line in text.splitlines()).strip()
    if len(clean) > MAX_PARAGRAPHS:
        raise InvalidEntry("Ce texte est trop long\u00a0: 20\u202f000 caractères au plus.", field)
    return clean or None


def _visible(text: str) -> str:
    if not text.isprintable():
        text = "".join(c for c in text if _is_kept(c))
    return unicodedata.normalize("NFC", text)


def _is_kept(character: str) -> bool:
    # Cc, Cf, Cs: control and format characters, halves of a pair that no file can hold.
    return character in _KEPT or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
