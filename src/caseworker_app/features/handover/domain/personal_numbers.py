"""Numbers that should not leave: social-security number (NIR), accounts, cards, other files' numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseworker_app.features.handover.domain.hits import Find, HitKind

# Between two digits: spaces of every kind, line breaks, dots, dashes.
_GAP = r"[\s.\-\u2010-\u2014/]{0,3}"
_NIR = re.compile(
    rf"(?<![\dA-Za-z])[1-478]{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}[\dABab](?:{_GAP}\d){{6}}(?:{_GAP}\d{_GAP}\d)?(?!\d)"
)
_IBAN = re.compile(
    rf"(?<![A-Za-z0-9])[A-Za-z]{{2}}{_GAP}\d{_GAP}\d(?:{_GAP}[A-Za-z0-9]){{11,30}}(?![A-Za-z0-9])"
)
_RIB = re.compile(rf"(?<!\w)\d{{5}}{_GAP}\d{{5}}{_GAP}(?:[A-Za-z0-9]{_GAP}){{11}}\d{{2}}(?!\w)")
_CARD = re.compile(rf"(?<![\w+])\d{{4}}(?:{_GAP}\d{{4}}){{2}}{_GAP}\d{{4}}(?!{_GAP}\d)")
_NAMED_ACCOUNT = re.compile(
    r"\b(?:compte|cpte)\s+(?:bancaire\s+)?(?:n\s?[°ºo]|num[ée]ro)\s*:?\s*([A-Za-z0-9][A-Za-z0-9 ]{6,}\d)",
    re.IGNORECASE,
)
# A key typed wrong does not make it nobody's account, when a word before says what it is.
_NAMED_RIB = re.compile(
    rf"\b(?:rib|compte|cpte|bancaire|virement|pr[ée]l[èe]vement)\b[^\d\n.!?;]{{0,24}}(\d{{5}}{_GAP}\d{{5}}{_GAP}[A-Za-z0-9]{{11}}{_GAP}\d{{2}})(?!\w)",
    re.IGNORECASE,
)
_BIC = re.compile(r"\b(?:BIC|Bic|bic|SWIFT|swift)\b\s*:?\s*([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
# A car's plate since 2009 (« AB-123-CD », without I, O, U): who owns it is found by it.
_PLATE = re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}[\s-]\d{3}[\s-][A-HJ-NP-TV-Z]{2}(?![\w-])")
_NAMED_CODE = re.compile(
    r"\b(?:code\s+(?:secret|confidentiel|carte|de\s+(?:la\s+|sa\s+)?carte|cb)|cryptogramme|cvv|mot\s+de\s+passe)\s*:?\s*(\S*\d\S*)",
    re.IGNORECASE,
)
_NAMED_FILE = re.compile(
    r"\b(?:allocataire|alloc|matricule|caf|msa|fiscal|spi|[ée]tranger|agdref|passeport|identit[ée]|cni|assur[ée]|s[ée]cu|"
    r"s[ée]curit[ée]\s+sociale|nir|ss|permis|p[ôo]le\s+emploi|france\s+travail)\b[^\d\n.!?;]{0,24}?"
    r"(?<!\d)(\d(?:[\s.]?[\dA-Z]){5,14})(?![\d,])",
    re.IGNORECASE,
)
_SHORTEST_IBAN, _FRENCH_IBAN = 15, 27


def personal_numbers(text: str) -> Iterator[Find]:
    """Yield the numbers of a text that are somebody's own, by their keys or by the word before them."""
    for match in _IBAN.finditer(text):
        if (end := _iban_end(match)) is not None:
            yield Find(match.start(), end, HitKind.BANK)
    for pattern, kind, holds in (
        (_RIB, HitKind.BANK, _is_rib),
        (_CARD, HitKind.BANK, _is_card),
        (_NIR, HitKind.IDENTITY_NUMBER, _is_nir),
    ):
        for match in pattern.finditer(text):
            if holds(match.group()):
                yield Find(match.start(), match.end(), kind)
    for pattern, kind in (
        (_NAMED_ACCOUNT, HitKind.BANK),
        (_NAMED_RIB, HitKind.BANK),
        (_BIC, HitKind.BANK),
        (_NAMED_CODE, HitKind.BANK),
        (_NAMED_FILE, HitKind.IDENTITY_NUMBER),
    ):
        yield from (Find(match.start(1), match.end(1), kind) for match in pattern.finditer(text))
    yield from (Find(match.start(), match.end(), HitKind.IDENTITY_NUMBER) for match in _PLATE.finditer(text))


def _bare(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text).upper()


def _iban_end(match: re.Match[str]) -> int | None:
    """Return where an account ends whose letters may run into the next words; one typed with a slip is one too."""
    from stdnum import iban

    text, start = match.string, match.start()
    slip = None
    for end in range(start + 15, match.end() + 1):
        if text[end - 1].isalnum() and not text[end : end + 1].isalnum():
            bare = _bare(text[start:end])
            if len(bare) >= _SHORTEST_IBAN and iban.is_valid(bare):
                return end
            if bare.startswith("FR") and len(bare) == _FRENCH_IBAN and bare[4:14].isdigit():
                slip = end
    return slip


def _is_rib(text: str) -> bool:
    """Say whether a French account in its old form (« RIB ») has the right key (clé RIB, modulo 97)."""
    values = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
    return int(_bare(text).translate(values)) % 97 == 0


def _is_card(text: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(_bare(text)))


def _is_nir(text: str) -> bool:
    """Say whether it is a social-security number by its key; one whose key is missing or mistyped is one too.

    The month is then an ordinary one, so that the reference of a file is not taken for a person's number.
    """
    from stdnum.fr import nir

    bare = _bare(text)
    if nir.is_valid(bare):
        return True
    return bare[3:5].isdigit() and 1 <= int(bare[3:5]) <= 12 and bare[5:7] != "00"
