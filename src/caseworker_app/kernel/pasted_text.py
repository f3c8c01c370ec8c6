"""Text pasted from a word processor or a mail, made plain: its lists keep a dash, its tables a bar, no word is lost."""

from __future__ import annotations

import re
import unicodedata

# What ends a line: that of Windows, a manual line or page break of a word processor, Unicode's own.
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What parts a mark from its words: a tab, or the row of no-break spaces a web page of a word processor has for it.
_GAP = r"(?:\t+|\u00a0{2,}[ \u00a0]*)"
# Bullets, those of symbol fonts (private use) included; a plain letter or dash is one only before a gap.
_BULLET = re.compile(
    r"^[ \t\u00a0]*(?:[•·▪■▫□◦○●❖➢➤➔✓✔‣∙⁃◆◇\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d][ \t\u00a0]*"
    rf"|[-–—o§üØv]{_GAP})"
)
_NUMBER = re.compile(rf"^[ \t\u00a0]*((?:\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,4}})[.)]){_GAP}")
# What a cell ends with in some tables, and a tab between two columns.
_COLUMNS = re.compile(r"[ \u00a0]*[\t\x07]+[ \u00a0]*")
_BLANKS = re.compile(r"\n{3,}")
_DASH, _BAR = "– ", " | "
_NO_BREAK_HYPHEN = "\u2011"


def plain_text(pasted: str) -> str:
    """Return what was pasted as lines of plain text.

    Lists begin with « – » or keep their number, columns are parted by « | »; hidden marks (soft hyphens, fields, joints
    of no width) go. Applying it twice changes nothing.
    """
    text = _LINE_ENDS.sub("\n", pasted).replace(_NO_BREAK_HYPHEN, "-")
    lines = [_line(line) for line in text.split("\n")]
    return _BLANKS.sub("\n\n", "\n".join(lines))


def pasted_line(pasted: str) -> str:
    """Return what was pasted on one line: its lines and columns parted by a space, no word lost."""
    return " ".join(plain_text(pasted).replace(_BAR, " ").split("\n")).strip()


def _line(line: str) -> str:
    line = unicodedata.normalize("NFC", "".join(each for each in line if _is_seen(each)))
    if (bullet := _BULLET.match(line)) is not None:
        return (_DASH + _columns(line[bullet.end() :])).rstrip()
    if (number := _NUMBER.match(line)) is not None:
        return f"{number[1]} {_columns(line[number.end() :])}".rstrip()
    return _columns(line) if "\t" in line or "\x07" in line else line.rstrip()


def _columns(line: str) -> str:
    return _COLUMNS.sub(_BAR, line.strip("\t\x07 \u00a0")).rstrip()


def _is_seen(character: str) -> bool:
    # Cc, Cf, Cs: control and format characters, halves of a pair that no file can hold; \ufffc: a picture's place.
    return character in "\t\x07" or (
        character != "\ufffc" and unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
