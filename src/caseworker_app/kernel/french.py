"""French typography, applied by one function to every text shown or printed, never by hand."""

from __future__ import annotations

import re

from caseworker_app.kernel.folding import fold

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNITS = "m²|m2|mois|jours?|ans?|min|mm|cm|km|kg|kWh|points?|personnes?|enfants?|adultes?"

# Only these two could break an address; the other rules ask for a space, which no address holds.
_APOSTROPHE, _ELLIPSIS = r"(?<=\w)'", r"\.\.\."
_ADDRESS = r"(?:https?://|www\.)[^\s«»]+|(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
_KEPT_ADDRESS = re.compile(
    rf"(?P<address>{_ADDRESS})|(?P<apostrophe>{_APOSTROPHE})|{_ELLIPSIS}", re.IGNORECASE
)
_LOOKS_LIKE_ADDRESS = re.compile(r"@|://|www\.", re.IGNORECASE)

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{NO_BREAK}"),
    (re.compile(r"[ \u00a0\u202f]*»"), f"{NO_BREAK}»"),
    (re.compile(r"(?<=\S)[ \u00a0]:(?=\s|$)"), f"{NO_BREAK}:"),
    (re.compile(r"(?<=\S)[ \u00a0]([;!?])"), NARROW + r"\1"),
    (re.compile(r"(?<=\d)[ \u00a0]([€%])"), NO_BREAK + r"\1"),
    (re.compile(r"(?<![\d/])(\d{1,3}) (?=\d{3}(?:[\s,.;)]|$))"), r"\1" + NARROW),
    (re.compile(r"\b(n°|N°|M\.|Mme|MM\.|Mmes|art\.|L\.|R\.|D\.) (?=\S)"), r"\1" + NO_BREAK),
    (re.compile(r"\b(p\.|[Pp]ages?) (?=\d)"), r"\1" + NO_BREAK),
    (re.compile(rf"(\d|1er) (?=(?:{_MONTHS}|{_UNITS})\b)"), r"\1" + NO_BREAK),
    (re.compile(rf"\b({_MONTHS}) (?=\d{{4}}\b)"), r"\1" + NO_BREAK),
    (re.compile(r"(\d) h (?=\d)"), r"\1" + f"{NO_BREAK}h{NO_BREAK}"),
    (re.compile(r"(\d) h\b"), r"\1" + f"{NO_BREAK}h"),
    (re.compile(r" –(?= )"), f"{NO_BREAK}–"),
)


def typeset(text: str) -> str:
    """Return the text with French apostrophes, ellipses and no-break spaces.

    Applying it twice changes nothing. Letters and digits stay as they are, so do web and e-mail addresses.
    """
    text = _typeset_marks(text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def capital(words: str) -> str:
    """Return words with a capital at their head, the rest as written: « référent·e » gives « Référent·e »."""
    return words[:1].upper() + words[1:]


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """Write « 0 visite », « 1 visite », « 1 200 visites » (French: zero and one take the singular)."""
    word = singular if abs(count) < 2 else (plural_form or f"{singular}s")
    number = f"{count:,}".replace(",", NARROW).replace("-", "\u2212")
    return f"{number}{NO_BREAK}{word}"


def in_sentence(words: str) -> str:
    """Return words as they stand inside a sentence: « Conseillère » begins small there, « CESF » does not."""
    return words[:1].lower() + words[1:] if not words[1:2].isupper() else words


def join_words(words: list[str]) -> str:
    """Join as a person would: « a », « a et b », « a, b et c »."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}" if words else ""


def after_de(noun: str) -> str:
    """Put « de » before a noun or a name as French does: « du ménage », « des voisins », « de Mme Marchal »."""
    for article, joined in (("le ", "du "), ("les ", "des ")):
        if noun.startswith(article):
            return joined + noun.removeprefix(article)
    return f"d’{noun}" if fold(noun)[:1] in tuple("aeiou") else f"de {noun}"


def sort_key(text: str) -> str:
    """Return a key that sorts French names accent-blind and case-blind, « N’Diaye » being one word."""
    return fold(text.replace("'", "").replace("’", ""))


def _typeset_marks(text: str) -> str:
    if "'" not in text and "..." not in text:
        return text
    if _LOOKS_LIKE_ADDRESS.search(text):
        return _KEPT_ADDRESS.sub(_mark_outside_address, text)
    return re.sub(_ELLIPSIS, "…", re.sub(_APOSTROPHE, "’", text))


def _mark_outside_address(found: re.Match[str]) -> str:
    return found["address"] or ("’" if found["apostrophe"] else "…")
