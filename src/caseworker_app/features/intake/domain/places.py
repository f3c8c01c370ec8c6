"""Addresses put together from their pieces, and the key under which two spellings of one address meet."""

from __future__ import annotations

import re
from functools import lru_cache

from caseworker_app.kernel.folding import fold

_STREET_KINDS = {
    "r": "rue",
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "boul": "boulevard",
    "pl": "place",
    "imp": "impasse",
    "all": "allee",
    "che": "chemin",
    "chem": "chemin",
    "ch": "chemin",
    "rte": "route",
    "qu": "quai",
    "q": "quai",
    "sq": "square",
    "pass": "passage",
    "pas": "passage",
    "res": "residence",
    "lot": "lotissement",
    "ham": "hameau",
    "fg": "faubourg",
    "fbg": "faubourg",
    "crs": "cours",
    "trav": "traverse",
    "mte": "montee",
    "rpt": "rond point",
    "gal": "general",
    "gle": "general",
    "mal": "marechal",
    "cdt": "commandant",
    "col": "colonel",
    "cap": "capitaine",
    "cne": "capitaine",
    "dr": "docteur",
    "pdt": "president",
    "prof": "professeur",
    "st": "saint",
    "ste": "sainte",
    "bat": "batiment",
    "n": "",
}
_SMALL_WORDS = frozenset(
    {"de", "du", "des", "la", "le", "les", "l", "d", "a", "au", "aux", "et", "en", "sur", "sous"}
)
_NUMBER = re.compile(r"(\d+)\s*(bis|ter|quater|[a-f]|t|q)?\b\s*(.*)")
_REPETITIONS = {"b": "bis", "t": "ter", "q": "quater"}
_LOOKS_LIKE_STREET = re.compile(
    r"\d+\s*(?:bis|ter|[a-d])?,?\s+(?:rue|r|avenue|av|ave|boulevard|bd|place|pl|impasse|imp|allee|all"
    r"|chemin|che|ch|route|rte"
    r"|quai|cours|square|passage)\b",
    re.IGNORECASE,
)


def street_line(number: str, repetition: str, kind: str, name: str) -> str:
    """Write « 2 bis RUE TURGOT » from the four columns a register keeps; `R` and `AV` are written whole."""
    number = re.sub(r"[.,]0+$", "", number)
    whole = _STREET_KINDS.get(fold(kind))
    kind = whole.upper() if whole and kind.isupper() else whole or kind
    if fold(name).startswith(fold(kind)):
        kind = ""
    return " ".join(part for part in (number, repetition, kind, name) if part)


def looks_like_street(text: str) -> bool:
    """Say whether a text that stands elsewhere is in fact a street with its number."""
    return bool(_LOOKS_LIKE_STREET.match(text))


def inside_line(building: str, staircase: str, floor: str, door: str) -> str:
    """Write « Bât. A, esc. 2, étage 3, porte 12 » from what is given; no word twice."""
    floor = "RDC" if floor.upper() in {"RC", "RDC", "RDCH"} else floor
    pieces = (
        _labelled("Bât.", building, ("bat", "imm", "ens", "res", "tour")),
        _labelled("esc.", staircase, ("esc",)),
        floor if floor == "RDC" else _labelled("étage", floor, ("et", "niv", "rez")),
        _labelled("porte", door, ("porte", "app", "apt", "log", "lgt")),
    )
    return ", ".join(filter(None, pieces))


def _labelled(label: str, value: str, already: tuple[str, ...]) -> str:
    if value:
        value = re.sub(r"(?<=\d)[.,]0+$", "", value)
    if not value or (value == "0" and label != "étage"):
        return ""
    # A word of more than a letter or a number names itself: « LE MAIL I ».
    return (
        value if fold(value).startswith(already) or (len(value) > 4 and " " in value) else f"{label} {value}"
    )


@lru_cache(maxsize=65_536)
def address_key(street: str, postal_code: str, city: str) -> str:
    """Return the key of an address: one for « 27 BIS R. DE L'EGLISE » and « 27B rue de l’Église »."""
    folded = fold(street)
    if not folded:
        return ""
    words = []
    if match := _NUMBER.match(folded):
        repetition = match[2] or ""
        words = [match[1] + _REPETITIONS.get(repetition, repetition)]
        folded = match[3]
    words += [_STREET_KINDS.get(word, word) for word in folded.split() if word not in _SMALL_WORDS]
    return f"{postal_code or fold(city)}|{' '.join(filter(None, words))}"
