"""French typography, applied by one function to every text shown or printed, never by hand."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNITS = "m²|m2|mois|jours?|ans?|min|mm|cm|km|kg|kWh|points?|personnes?|enfants?|adultes?"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\w)'(?=\w)|(?<=\w)'"), "’"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{NO_BREAK}"),
    (re.compile(r"[ \u00a0\u202f]*»"), f"{NO_BREAK}»"),
    (re.compile(r"(?<=\S)[ \u00a0]:(?=\s|$)"), f"{NO_BREAK}:"),
    (re.compile(r"(?<=\S)[ \u00a0]([;!?])"), NARROW + r"\1"),
    (re.compile(r"(?<=\d)[ \u00a0]([€%])"), NO_BREAK + r"\1"),
    (re.compile(r"(?<![\d/])(\d{1,3}) (?=\d{3}(?:[  ,.\u00a0\u202f;)]|$))"), r"\1" + NARROW),
    (re.compile(r"\b(n°|N°|M\.|Mme|MM\.|Mmes|p\.|art\.|L\.|R\.|D\.|Page|page) (?=\S)"), r"\1" + NO_BREAK),
    (re.compile(rf"(\d|1er) (?=(?:{_MONTHS}|{_UNITS})\b)"), r"\1" + NO_BREAK),
    (re.compile(rf"\b({_MONTHS}) (?=\d{{4}}\b)"), r"\1" + NO_BREAK),
    (re.compile(r"(\d) h (?=\d)"), r"\1" + f"{NO_BREAK}h{NO_BREAK}"),
    (re.compile(r"(\d) h\b"), r"\1" + f"{NO_BREAK}h"),
    (re.compile(r" –(?= )"), f"{NO_BREAK}–"),
)


def typeset(text: str) -> str:
    """Return the text with French apostrophes and no-break spaces; applying it twice changes nothing."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """Write « 0 visite », « 1 visite », « 2 visites » (French: zero and one take the singular)."""
    word = singular if abs(count) < 2 else (plural_form or f"{singular}s")
    return f"{count}{NO_BREAK}{word}"


def join_words(words: list[str]) -> str:
    """Join as a person would: « a », « a et b », « a, b et c »."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}" if words else ""


def sort_key(text: str) -> str:
    """Return a key that sorts French names accent-blind and case-blind."""
    from caseworker_app.kernel.folding import fold

    return fold(text)
