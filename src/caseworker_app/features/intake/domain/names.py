"""Names of people as lists write them: civilities, one column or two, two holders, particles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from caseworker_app.features.households.domain import Civility
from caseworker_app.kernel.folding import fold

LAST_FIRST, FIRST_LAST = "last_first", "first_last"

_CIVILITIES = {
    "m": Civility.MR,
    "mr": Civility.MR,
    "monsieur": Civility.MR,
    "h": Civility.MR,
    "homme": Civility.MR,
    "masculin": Civility.MR,
    "mme": Civility.MRS,
    "madame": Civility.MRS,
    "mlle": Civility.MRS,
    "melle": Civility.MRS,
    "mle": Civility.MRS,
    "mademoiselle": Civility.MRS,
    "f": Civility.MRS,
    "femme": Civility.MRS,
    "feminin": Civility.MRS,
    "mrs": Civility.MRS,
    "veuve": Civility.MRS,
    "vve": Civility.MRS,
}
_ONE = (
    r"(?:m\.|mr\.?|m|mme\.?|mmes|mlle\.?|melle\.?|mle|mademoiselle|monsieur|madame|mm\.?|messieurs|mesdames"
    r"|veuve|vve)"
)
_LEADING = re.compile(
    rf"\s*({_ONE}(?:\s*(?:ou|et|/|&|-|\+)\s*{_ONE}|\s+{_ONE})*)(?=[\s.]|$)\.?\s*", re.IGNORECASE
)
_GROUP = re.compile(
    r"\s*(?:(?:la\s+)?famille|fam\.|consorts?|succession|succ\.|indivision|hoirie|epoux|époux)\s+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s+(?:et|ou|&|\+)\s+|\s*/\s*|\s*;\s*|\n", re.IGNORECASE)
_PARTICLE_WORDS = (
    "le la les l de du des d da das do dos di del della der den van von vander el al ben bin ait abd abdel "
    "abou abu ould bou"
    " mac mc o n m saint st sainte ste san santa ter ten zu"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
# Given names frequent in France, folded: they only tell in which order a column writes names.
_GIVEN_WORDS = (
    "jean pierre michel andre philippe rene louis alain jacques bernard marcel daniel roger robert paul "
    "claude henri christian"
    " nicolas georges patrick francois gerard joseph christophe eric frederic laurent thierry stephane "
    "pascal david sebastien"
    " julien olivier didier guy bruno thomas alexandre kevin maxime antoine romain anthony guillaume "
    "jerome vincent franck"
    " mohamed mohammed ahmed ali karim rachid said youssef omar ibrahim ibrahima mamadou moussa abdoulaye "
    "mehdi hugo lucas leo"
    " gabriel arthur jules adam raphael nathan theo enzo ethan noah liam sacha yanis rayan samuel jose "
    "manuel antonio carlos"
    " marie jeanne francoise monique catherine nathalie isabelle jacqueline anne sylvie martine madeleine "
    "nicole suzanne helene"
    " christine marguerite denise louise christiane yvonne valerie sophie stephanie veronique celine "
    "chantal sandrine patricia"
    " brigitte germaine andree simone annie julie laura emilie aurelie caroline camille lea manon sarah "
    "chloe emma ines jade"
    " fatima fatou fatoumata aicha khadija aminata mariam maria ana rosa amelie charlotte elodie virginie "
    "laetitia karine"
    " severine audrey melanie jessica vanessa elise alice zoe lina eva louna anais agnes cecile claire "
    "therese odette genevieve"
    " yasmine nadia samira leila linh maelys noemie eloise gisele benoit loic remi gael emile yves serge "
    "gilles denis luc marc"
    " mathieu matthieu baptiste clement florian jeremy quentin simon valentin victor charles edouard "
    "etienne xavier yann"
)
_GIVEN = frozenset(_GIVEN_WORDS.split())
_LOST = re.compile(r"[\ufffd?¿](?=\w)|(?<=\w)[\ufffd?¿]")


@dataclass(frozen=True)
class PersonName:
    """A name cut up; `first_name` is empty where the list gives none."""

    last_name: str
    first_name: str
    civility: Civility | None = None


@lru_cache(maxsize=1_024)
def parse_civility(text: str) -> tuple[Civility | None, bool]:
    """Return the civility, and whether the cell names two or does not choose (« M. ou Mme »)."""
    found = [_CIVILITIES[word] for word in fold(text).split() if word in _CIVILITIES]
    if not found:
        return None, False
    return (found[0], False) if len(found) == 1 else (None, True)


def take_civility(text: str) -> tuple[str, Civility | None, str]:
    """Cut the civility off the beginning of a name; the last value is that of a couple, or empty."""
    text = _GROUP.sub("", text, count=1)
    match = _LEADING.match(text)
    if not match or match.end() == len(text):
        return text.strip(), None, ""
    civility, couple = parse_civility(match[1])
    return text[match.end() :].strip(), civility, match[1] if couple else ""


def has_lost_letters(text: str) -> bool:
    """Say whether letters were lost by some encoding on the way: « NGUY?N »."""
    return ("?" in text or "\ufffd" in text or "¿" in text) and bool(_LOST.search(text))


@lru_cache(maxsize=32_768)
def proper_first_name(text: str) -> str:
    """Write a first name given all in capitals or all small as a name: `JEAN-PIERRE` is Jean-Pierre."""
    text = " ".join(text.split())
    if not (text.isupper() or text.islower()):
        return text
    return re.sub(r"[^\W\d_]+", lambda match: match[0][0].upper() + match[0][1:].lower(), text)


@lru_cache(maxsize=32_768)
def proper_last_name(text: str) -> str:
    """Keep a family name as the list writes it, all small letters excepted: « fondue » is « Fondue »."""
    text = " ".join(text.split())
    return (
        re.sub(r"[^\W\d_]+", lambda match: match[0][0].upper() + match[0][1:], text)
        if text.islower()
        else text
    )


def split_people(text: str, order: str = LAST_FIRST, known_last_name: str = "") -> list[PersonName]:
    """Cut a whole name into one person or two (« M. et Mme DUPONT Jean et Marie »).

    `order` tells names that capitals do not; `known_last_name` is the holder's, when a co-holder is read.
    """
    bare, civility, couple = take_civility(text)
    parts = [part for part in _BETWEEN.split(bare) if part.strip()]
    if not parts:
        return []
    people = [_one_person(parts[0], order, known_last_name, civility)]
    for part in parts[1:2]:
        rest, second_civility, _ = take_civility(part)
        people.append(_second_person(rest, parts[0], people[0], order, second_civility))
    if couple and len(people) == 2 and not any(person.civility for person in people):
        civilities = [_CIVILITIES[word] for word in fold(couple).split() if word in _CIVILITIES]
        people = [PersonName(p.last_name, p.first_name, c) for p, c in zip(people, civilities, strict=False)]
    return [person for person in people if person.last_name]


def _one_person(text: str, order: str, known: str, civility: Civility | None) -> PersonName:
    last, first = split_name(text, order, known)
    if not last:
        last, first = first, ""
    return PersonName(proper_last_name(last), proper_first_name(first), civility)


def _second_person(
    text: str, first_part: str, first: PersonName, order: str, civility: Civility | None
) -> PersonName:
    words = text.split()
    same_case = len(words) == 1 and (not text.isupper() or first_part.isupper())
    if same_case and first.first_name:
        return PersonName(first.last_name, proper_first_name(text), civility)
    return _one_person(text, order, first.last_name, civility)


def split_name(text: str, order: str = LAST_FIRST, known_last_name: str = "") -> tuple[str, str]:
    """Cut one whole name into family name and first names: comma, what is known, capitals, `order`."""
    if text.count(",") == 1 and not text.endswith(","):
        last, first = text.split(",")
        return last.strip(), first.strip()
    words = text.replace(",", " ").split()
    if len(words) < 2:
        return " ".join(words), ""
    return _by_known(words, known_last_name) or _by_capitals(words) or _by_order(words, order)


def _by_known(words: list[str], known: str) -> tuple[str, str] | None:
    target = fold(known)
    if not target:
        return None
    for size in range(1, len(words)):
        if fold(" ".join(words[-size:])) == target:
            return " ".join(words[-size:]), " ".join(words[:-size])
        if fold(" ".join(words[:size])) == target:
            return " ".join(words[:size]), " ".join(words[size:])
    return None


def _is_capitals(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters)


def _by_capitals(words: list[str]) -> tuple[str, str] | None:
    capitals = [_is_capitals(word) for word in words]
    if all(capitals) or not any(capitals):
        return None
    start, end = capitals.index(True), len(capitals) - capitals[::-1].index(True)
    # « de LA TOUR Jean », « Jean D' ARTAGNAN »: particles before the capitals belong to them.
    while start and fold(words[start - 1]) in _PARTICLES:
        start -= 1
    first = words[:start] + words[end:]
    return (" ".join(words[start:end]), " ".join(first)) if first else None


def _by_order(words: list[str], order: str) -> tuple[str, str]:
    if order == FIRST_LAST:
        return " ".join(words[1:]), words[0]
    size = 1
    while size < len(words) - 1 and fold(words[size - 1]) in _PARTICLES:
        size += 1
    return " ".join(words[:size]), " ".join(words[size:])


def column_order(names: Iterable[tuple[str, str]], default: str = LAST_FIRST) -> str:
    """Return the order in which a column writes names, by vote; each comes with the holder's name.

    Capitals, the holder's own name and frequent given names vote; `default` holds where nothing tells.
    """
    votes = 0
    for text, known in names:
        words = take_civility(_BETWEEN.split(text)[0])[0].replace(",", " ").split()
        if len(words) < 2:
            continue
        cut = _by_known(words, known) or _by_capitals(words)
        if cut:
            votes += 1 if fold(words[0]) == fold(cut[0]).split(" ")[0] else -1
        else:
            votes += (fold(words[-1]) in _GIVEN) - (fold(words[0]) in _GIVEN)
    return default if votes == 0 else LAST_FIRST if votes > 0 else FIRST_LAST
