"""The faces of printed pages, Source Sans Pro, read from the package that ships them with their licence."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "SourceSansPro"
BOLD = "SourceSansPro-Semibold"
ITALIC = "SourceSansPro-Italic"

_FILES = {
    REGULAR: "SourceSansPro-Regular.ttf",
    BOLD: "SourceSansPro-Semibold.ttf",
    ITALIC: "SourceSansPro-It.ttf",
}

# What stands for a character the faces cannot draw: an empty box, so that the reader sees the gap.
REPLACEMENT = "\u2610"

# Categories that print nothing: controls, formats, surrogates, private use, unassigned.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Breaks and spaces a person pastes unknowingly, and hyphens the faces lack.
_PLAINER = str.maketrans(
    {"\t": " ", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n"}
    | {"\u2010": "-", "\u2011": "-"}
)


def _register() -> None:
    folder = Path(str(files("font_source_sans_pro"))) / "files"
    for name, file in _FILES.items():
        registerFont(TTFont(name, str(folder / file)))


_register()


@cache
def _widths(face: str) -> dict[int, float]:
    """Return the advance of each character of a face, in thousandths of the size."""
    drawn = getFont(face).face
    return {code: drawn.charWidths.get(code, drawn.defaultWidth) for code in drawn.charToGlyph}


@cache
def _missing_in_italic() -> frozenset[int]:
    """Return the characters the upright face draws and the italic does not (Cyrillic, Greek)."""
    return frozenset(_widths(REGULAR)) - frozenset(_widths(ITALIC))


def text_width(text: str, face: str, size: float) -> float:
    """Return the width of a printable text, in points."""
    widths = _widths(face)
    return sum([widths.get(ord(c), 0.0) for c in text]) * size / 1000


def drawable(text: str, face: str) -> str:
    """Return the face that draws the whole text: the upright one where the italic lacks a letter."""
    if face == ITALIC and not text.isascii() and not _missing_in_italic().isdisjoint(map(ord, text)):
        return REGULAR
    return face


def printable(text: str) -> str:
    """Return the text with only characters the faces can draw; line breaks are kept, controls dropped.

    A letter the faces lack gives way to its plain form where Unicode knows one (« ﬁ » -> « fi »),
    otherwise to an empty box.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_PLAINER))
    known = _widths(REGULAR)
    if all(ord(c) in known or c == "\n" for c in text):
        return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNPRINTABLE)
    return "".join(_drawn(c, known) for c in text)


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text, on one line, the cut shown by « … »."""
    text = " ".join(text.splitlines())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def shorten_to_width(text: str, face: str, size: float, width: float) -> str:
    """Return the beginning of a text that fits `width` points on one line, the cut shown by « … »."""
    if text_width(text, face, size) <= width:
        return text
    room, widths, kept = width - text_width("…", face, size), _widths(face), 0
    while room >= 0:
        room -= widths.get(ord(text[kept]), 0.0) * size / 1000
        kept += 1
    return text[: kept - 1].rstrip() + "…"


def _drawn(character: str, known: dict[int, float]) -> str:
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category in _UNPRINTABLE or (category == "Mn" and ord(character) not in known):
        return ""
    if ord(character) in known:
        return character
    plain = unicodedata.normalize("NFKD", character)
    kept = "".join(c for c in plain if ord(c) in known)
    return kept if kept and not kept.isspace() else " " if category == "Zs" else REPLACEMENT
