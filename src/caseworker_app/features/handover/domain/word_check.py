"""The second check (« seconde vérification »): words of a text written for outside that should not leave.

It shows, it does not decide: each find is changed or kept knowingly by a person. It is narrow on purpose,
so that what it shows is worth reading; it does not replace reading the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.parameters import all_dated

TABLE = "word_check"


class HitKind(StrEnum):
    """What a find is about."""

    HEALTH = "health"
    JUSTICE = "justice"
    ORIGIN = "origin"
    RELIGION = "religion"
    OPINIONS = "opinions"
    VIOLENCE = "violence"
    FAMILY = "family"
    MONEY = "money"
    IDENTITY_NUMBER = "identity_number"
    BANK = "bank"
    CHILD = "child"
    OTHER_PERSON = "other_person"
    PROTECTED = "protected"


HIT_KIND_LABELS = {
    HitKind.HEALTH: "santé",
    HitKind.JUSTICE: "justice",
    HitKind.ORIGIN: "origine",
    HitKind.RELIGION: "religion",
    HitKind.OPINIONS: "opinions",
    HitKind.VIOLENCE: "violence",
    HitKind.FAMILY: "vie familiale",
    HitKind.MONEY: "budget et autres créanciers",
    HitKind.IDENTITY_NUMBER: "numéro de sécurité sociale",
    HitKind.BANK: "coordonnées bancaires",
    HitKind.CHILD: "prénom d’un enfant",
    HitKind.OTHER_PERSON: "nom d’une autre personne",
    HitKind.PROTECTED: "adresse ou téléphone d’un ménage protégé",
}
_LISTED = (
    HitKind.HEALTH, HitKind.JUSTICE, HitKind.ORIGIN, HitKind.RELIGION, HitKind.OPINIONS, HitKind.VIOLENCE,
    HitKind.FAMILY, HitKind.MONEY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Names the check knows.

    `expected`: names a review may hold (the adults of the household, the worker, the landlord's people);
    `children` and `others`: first names it should not; `hidden`: phones (digits) and streets of a protected
    household.
    """

    expected: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordHit:
    """A find: `place` is the key of the text, `start` and `end` its characters there.

    `key` names the find whatever is typed around it: what is kept knowingly is remembered by it.
    """

    place: str
    start: int
    end: int
    excerpt: str
    kind: HitKind

    @property
    def key(self) -> str:
        """The name of the find."""
        return f"{self.kind}|{self.place}|{fold(self.excerpt)}"

    @property
    def reason(self) -> str:
        """Why it is shown, as a sentence."""
        about = HIT_KIND_LABELS[self.kind]
        return f"«\u00a0{self.excerpt}\u00a0»\u00a0: {about}, à changer ou à garder en connaissance de cause."


def check_words(place: str, text: str, people: KnownPeople, day: date) -> tuple[WordHit, ...]:
    """Return the finds in a text, in order; where two overlap, the longer one."""
    found = sorted(_finds(text, people, day), key=lambda find: (find[0], -find[1]))
    hits: list[WordHit] = []
    for start, end, kind in found:
        if not hits or start >= hits[-1].end:
            hits.append(WordHit(place, start, end, text[start:end], kind))
    return tuple(hits)


def hidden_spans(text: str, hidden: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where a text tells places and phones to hide, in order, none over another.

    Whatever else is found there: a longer find of another kind must not leave an address in clear.
    """
    folded, places = _folded(text)
    found = sorted(
        (start, end) for start, end, _ in _hidden(text, folded, places, KnownPeople(hidden=hidden))
    )
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


_Find = tuple[int, int, HitKind]


def _finds(text: str, people: KnownPeople, day: date) -> Iterator[_Find]:
    folded, places = _folded(text)
    for kind in _LISTED:
        words, acronyms, harmless = _patterns(kind, day)
        spared = [match.span() for match in harmless.finditer(folded)]
        for match in words.finditer(folded):
            if not any(start <= match.start() and match.end() <= end for start, end in spared):
                yield places[match.start()], places[match.end() - 1] + 1, kind
        for match in acronyms.finditer(text):
            yield match.start(), match.end(), kind
    yield from _numbers(text)
    yield from _names(text, people, day)
    yield from _hidden(text, folded, places, people)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text folded character by character, with the place each folded character comes from."""
    letters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        for letter in fold(character) or " ":
            letters.append(letter)
            places.append(index)
    return "".join(letters), places


@cache
def _patterns(kind: HitKind, day: date) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words: list[str] = []
    harmless: list[str] = []
    for row in all_dated(TABLE, kind.value, day):
        words += row.value["words"]
        harmless += row.value["harmless"]
    acronyms = [word for word in words if word.isupper()]
    return (
        _phrases(word for word in words if not word.isupper()),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, acronyms)) or '(?!)'})\b"),
        _phrases(harmless),
    )


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    # Longest first: « juge des enfants » before « juge ».
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(_phrase(phrase) for phrase in ordered) or '(?!)'})\b")


def _phrase(phrase: str) -> str:
    return r" +".join(
        re.escape(w.removesuffix("*")) + (r"\w*" if w.endswith("*") else "") for w in phrase.split()
    )


# Numbers: a social-security number, an account, a card.

_NIR = re.compile(
    r"(?<![\dA-Z])[1-478](?:[\s.]?\d{2}){2}[\s.]?(?:\d{2}|2[AB])(?:[\s.]?\d{3}){2}(?:[\s.]?\d{2})?(?!\d)"
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[\s\u00a0]?[A-Z0-9]{4}){3,7}(?:[\s\u00a0]?[A-Z0-9]{1,3})?(?![A-Za-z0-9])"
)
_RIB = re.compile(r"(?<!\w)\d{5}[\s\u00a0]?\d{5}[\s\u00a0]?[A-Z0-9]{11}[\s\u00a0]?\d{2}(?!\w)")
_CARD = re.compile(r"(?<![\w+])\d{4}(?:[\s\u00a0-]?\d{4}){3}(?![\s\u00a0-]?\d)")
_FRENCH_IBAN = 27


def _numbers(text: str) -> Iterator[_Find]:
    for pattern, kind, holds in (
        (_IBAN, HitKind.BANK, _is_iban),
        (_RIB, HitKind.BANK, _is_rib),
        (_CARD, HitKind.BANK, _is_card),
        (_NIR, HitKind.IDENTITY_NUMBER, _is_nir),
    ):
        for match in pattern.finditer(text):
            if holds(match.group()):
                yield match.start(), match.end(), kind


def _bare(text: str) -> str:
    return re.sub(r"[\s\u00a0.\-]", "", text)


def _is_iban(text: str) -> bool:
    """Say whether it is an account; a French one typed with a slip is one too."""
    from stdnum import iban

    bare = _bare(text)
    return iban.is_valid(bare) or (bare.startswith("FR") and len(bare) == _FRENCH_IBAN)


def _is_rib(text: str) -> bool:
    """Say whether a French account in its old form (« RIB ») has the right key (clé RIB, modulo 97)."""
    values = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
    return int(_bare(text).translate(values)) % 97 == 0


def _is_card(text: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(_bare(text)))


def _is_nir(text: str) -> bool:
    """Say whether it has the form of a social-security number; one whose key was typed wrong is one too."""
    from stdnum.fr import nir

    bare = _bare(text)
    return 1 <= int(bare[3:5]) <= 12 or bool(nir.is_valid(bare))


# Names.

_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w’'\-]*"
_TITLED = re.compile(
    rf"\b(?:M\.|MM\.|Mmes?|Mlle|Monsieur|Madame|Mademoiselle|Dr|Docteur|Me|Maître)[\s\u00a0]+((?:{_CAPITALISED}[\s\u00a0]?)+)"
)
_WORD = re.compile(r"[\w’'\-]+")


def _names(text: str, people: KnownPeople, day: date) -> Iterator[_Find]:
    expected = _name_words(people.expected)
    for match in _TITLED.finditer(text):
        if not set(fold(match[1]).split()) & expected:
            yield match.start(), match.start() + len(match.group().rstrip()), HitKind.OTHER_PERSON
    yield from _kin(text, expected, day)
    for names, kind in ((people.children, HitKind.CHILD), (people.others, HitKind.OTHER_PERSON)):
        unwanted = {fold(name) for name in names if name} - expected
        for match in _WORD.finditer(text):
            # A first name is written with a capital: « la chambre rose » is no child.
            if match.group()[0].isupper() and _same_name(match.group(), unwanted):
                yield match.start(), match.end(), kind


def _same_name(word: str, names: set[str]) -> bool:
    bare = re.sub(r"^[LDldCcSsNnJjMmQq][’']", "", word)
    return fold(word) in names or fold(bare) in names


def _kin(text: str, expected: set[str], day: date) -> Iterator[_Find]:
    for match in _kinship(day).finditer(text):
        if fold(match[1]) not in expected and fold(match[2].split()[0]) not in expected:
            yield match.start(2), match.start(2) + len(match[2].rstrip()), HitKind.OTHER_PERSON


@cache
def _kinship(day: date) -> re.Pattern[str]:
    words = [word for row in all_dated(TABLE, "kinship", day) for word in row.value]
    kin = "|".join(_spelled(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b((?i:{kin}))[\s\u00a0]+((?:{_CAPITALISED}[\s\u00a0]?)+)")


def _spelled(word: str) -> str:
    """Let a word of the list match its accented spelling (« soeur » finds « sœur », « pere » « père »)."""
    pattern = re.escape(word).replace(r"\ ", r"[\s\-]").replace("oe", "(?:œ|oe)")
    return pattern.replace("e", "[eéèê]").replace("i", "[iî]")


def _name_words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in fold(name).split()}


# A protected household's home and phones.


def _hidden(text: str, folded: str, places: list[int], people: KnownPeople) -> Iterator[_Find]:
    for hidden in people.hidden:
        if hidden.isdigit():
            pattern = re.compile(
                r"(?:\+33|0033|0)" + "".join(rf"[\s\u00a0.\-()]*{digit}" for digit in hidden)
            )
            yield from ((m.start(), m.end(), HitKind.PROTECTED) for m in pattern.finditer(text))
            continue
        for match in _phrases([fold(hidden)]).finditer(folded):
            yield places[match.start()], places[match.end() - 1] + 1, HitKind.PROTECTED
