"""How the bytes of a text file become letters: cheap sure rules first, a bounded guess last.

Landlords' programs write cp1252, UTF-8 with or without mark, UTF-16, and sometimes the code pages of DOS and
of old Macintosh. A French list is never read as an Asian code page: those are not even tried.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from caseworker_app.sheets import refusals
from caseworker_app.sheets.refusals import UnreadableFile

_SAMPLE = 300_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1252", "mac-roman", "cp850")
# What the last resort may choose from: the alphabets of Europe only.
_EUROPEAN = [
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1257",
    "iso8859_2",
    "iso8859_5",
    "iso8859_7",
    "iso8859_9",
]

_COMMON = frozenset("éèêëàâçùûüôöîïœæÉÈÊËÀÂÇÙÛÔÎÏŒ")
_PLAUSIBLE = frozenset("áíóúñãõäßÁÍÓÚÑÄÖÜåøÅØžšŽŠýÿ°²³€«»’‘“”–—…·•§\u00a0½¼×±µº")
_MISPLACED = re.compile(r"[a-z][À-ÖØ-ÞŒŠŽŸ]|[^\W\d_][†‡‰ƒ¬∂∑∏π∫ΩÆ╔╚═║│┤▒░▓]|[†‡‰ƒ¤¬±°][a-z]")

_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_MOJIBAKE_MARK = re.compile("[ÃÂ][\u0080-\u00bf\u0152-\u2122]|â€|Å“")
_NON_ASCII_RUN = re.compile(r"[^\x00-\x7f]+")


def decode(name: str, raw: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding (`utf-8`, `utf-8-sig`, `utf-16`, `cp1252`…).

    Letters written twice through UTF-8 (« NoÃ«l ») are put right. Raises UnreadableFile when the bytes are no
    text.
    """
    text, encoding = _decode(name, raw)
    # The plain searches are some fifty times faster than the pattern, and nearly always say no.
    if any(mark in text for mark in ("Ã", "Â", "â€", "Å“")) and _MOJIBAKE_MARK.search(text):
        text = _NON_ASCII_RUN.sub(_undo_double_encoding, text)
    return text, encoding


def _decode(name: str, raw: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace"), encoding
    if wide := _unmarked_utf16(raw):
        return raw.decode(wide, errors="replace"), wide
    _refuse_binary(name, raw)
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(raw[:_SAMPLE]):
        return raw.decode("utf-8", errors="passerelle-cp1252"), "utf-8"
    return _single_byte(raw)


def _unmarked_utf16(raw: bytes) -> str | None:
    """Recognise UTF-16 without its mark: every other byte of Latin text is NUL."""
    sample = raw[:20_000]
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 8:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else None


def _refuse_binary(name: str, raw: bytes) -> None:
    """Refuse what is no text. A few NULs are borne (old exports have them); control characters hardly."""
    sample = raw[:200_000]
    nuls = sample.count(0)
    if nuls == len(sample):
        raise UnreadableFile(name, refusals.EMPTY)
    if nuls > 0.25 * len(sample) or len(_CONTROL.findall(sample)) > 0.04 * len(sample) + 8:
        raise UnreadableFile(name, refusals.BINARY)


def _is_damaged_utf8(sample: bytes) -> bool:
    """Say whether nearly all letters beyond ASCII are good UTF-8, only some bytes being wrong."""
    wrong = sample.decode("utf-8", errors="replace").count("\ufffd")
    good = len(re.findall(rb"[\xc3-\xc5\xe2][\x80-\xbf]", sample))
    return good >= 5 * wrong


def _single_byte(raw: bytes) -> tuple[str, str]:
    """Choose among the code pages French programs used, by how French the letters beyond ASCII look."""
    letters = b"\n".join(re.findall(rb"[\x20-\x7e]?[\x80-\xff]+[\x20-\x7e]?", raw[:_SAMPLE]))
    scores = {name: _frenchness(letters.decode(name, errors="replace")) for name in _SINGLE_BYTE}
    best = max(_SINGLE_BYTE, key=lambda name: scores[name])
    if scores[best] < 0:
        best = _last_resort(raw[:_SAMPLE]) or "cp1252"
    # The five bytes cp1252 leaves undefined are kept as the control characters Latin-1 makes of them.
    return raw.decode(best, errors="passerelle-latin1"), best


def _frenchness(text: str) -> float:
    """Score decoded letters: French ones up, odd signs down, capitals amid small letters down."""
    score = 0.0
    for character, times in Counter(text).items():
        if character >= "\x80":
            score += times * (2 if character in _COMMON else 0.5 if character in _PLAUSIBLE else -2)
    return score - 3 * len(_MISPLACED.findall(text))


def _last_resort(sample: bytes) -> str | None:
    """Ask charset-normalizer, allowed the alphabets of Europe only (a Polish or Turkish list)."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:100_000], cp_isolation=_EUROPEAN).best()
    return best.encoding if best else None


def _undo_double_encoding(match: re.Match[str]) -> str:
    try:
        return match[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return match[0]


def _wrong_byte_as(encoding: str, error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode(encoding, errors="replace"), error.end


codecs.register_error("passerelle-cp1252", lambda error: _wrong_byte_as("cp1252", error))
codecs.register_error("passerelle-latin1", lambda error: _wrong_byte_as("latin-1", error))
