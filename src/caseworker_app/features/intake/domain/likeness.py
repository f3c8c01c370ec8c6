"""Whether two records are one person, how likely, and why, in words a caseworker can check.

Neither a phone nor an address makes one person: families share both. A name with a birth date does; a name
alone only when nothing else is known. Father and son bear one name, twins one birth date: both stay two
people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from caseworker_app.features.intake.domain.names import has_lost_letters
from caseworker_app.kernel.folding import fold, letters_of
from caseworker_app.kernel.phones import format_phone

SAME, NEAR, UNKNOWN, DIFFERENT = 3, 2, 1, 0


class Person(NamedTuple):
    """What is compared of one person: E.164 numbers, lower-case e-mails, None for an unknown date."""

    last_name: str
    first_name: str
    birth_date: date | None
    contacts: tuple[str, ...]
    lease_reference: str
    address: str
    civility: str = ""


@dataclass(frozen=True)
class Likeness:
    """How likely (percents) two records are one person, and why.

    `same_person` False: two people of one household probably, or twins; to be looked at, never merged by
    itself.
    """

    likelihood: int
    why: tuple[str, ...]
    same_person: bool = True


class _Names(NamedTuple):
    last: int
    first: int
    why: tuple[str, ...]


class Letters(NamedTuple):
    """The bare letters of both names of somebody, and the words of those written in several, which may share one."""

    last: str
    first: str
    words: frozenset[str] | None = None


def letters(person: Person) -> Letters | None:
    """Return the letters of both names; None where comparing them takes more than letters and words."""
    if has_lost_letters(person.last_name) or has_lost_letters(person.first_name):
        return None
    last, first = fold(person.last_name), fold(person.first_name)
    if not last:
        return None
    if " " not in last and " " not in first:
        return Letters(last, first)
    words = frozenset((*last.split(), *first.split()))
    return Letters(last.replace(" ", ""), first.replace(" ", ""), words)


def strangers(
    ours: Person, theirs: Person, our_letters: Letters | None, their_letters: Letters | None
) -> bool:
    """Say at once that `compare` will find nothing: so it is with most who meet.

    Without a shared contact, lease or address, a name alone tells nothing where both live or are reached somewhere
    else, nor does a birth date where no name comes within two letters, nor shares a word of several (see
    `_names_alone`, `_by_letters`, `_partial`). Of two born on different days, only the same lease makes one household
    of people so differently called.
    """
    if ours.birth_date is None or theirs.birth_date is None:
        return _apart(ours, theirs) and not _may_link(ours, theirs)
    if our_letters is None or their_letters is None:
        return False
    if _may_be_called_alike(our_letters, their_letters):
        return False
    if ours.birth_date != theirs.birth_date:
        return not _share_lease(ours, theirs)
    return not _may_link(ours, theirs)


def _may_be_called_alike(ours: Letters, theirs: Letters) -> bool:
    """Say whether our last name comes within two letters of one of theirs, or names of several words share one."""
    last = ours.last
    return (
        OSA.distance(last, theirs.last, score_cutoff=2) <= 2
        or OSA.distance(last, theirs.first, score_cutoff=2) <= 2
        or _share_a_word(ours, theirs)
    )


def _share_a_word(ours: Letters, theirs: Letters) -> bool:
    """Say whether names of which one at least is made of several words have one in common."""
    if ours.words is None:
        return theirs.words is not None and (ours.last in theirs.words or ours.first in theirs.words)
    return not ours.words.isdisjoint(theirs.words if theirs.words is not None else theirs[:2])


def _apart(ours: Person, theirs: Person) -> bool:
    """Say whether both are known to live, or to be reached, somewhere."""
    return bool((ours.address and theirs.address) or (ours.contacts and theirs.contacts))


def _may_link(ours: Person, theirs: Person) -> bool:
    if ours.address and ours.address == theirs.address:
        return True
    return _share_lease(ours, theirs) or any(contact in theirs.contacts for contact in ours.contacts)


def _share_lease(ours: Person, theirs: Person) -> bool:
    return bool(ours.lease_reference) and (
        lease_stem(ours.lease_reference) == lease_stem(theirs.lease_reference)
    )


def compare(ours: Person, theirs: Person, today: date) -> Likeness | None:  # noqa: PLR0911 (a way out a reason)
    """Compare two people; None when nothing suggests that they are one person or one household."""
    birth = _birth_relation(ours.birth_date, theirs.birth_date)
    links = _links(ours, theirs)
    if birth == DIFFERENT and not links:
        return None
    names = _names(ours.last_name, ours.first_name, theirs.last_name, theirs.first_name)
    likelihood = _likelihood(birth, names, bool(links), ours, theirs)
    if likelihood >= 70:
        why = (*names.why, *_birth_reason(birth, ours.birth_date, theirs.birth_date), *links)
        if birth == SAME and ours.birth_date and _is_minor(ours.birth_date, today):
            # A child of separated parents rightly belongs to two households.
            return Likeness(likelihood, ("un même enfant dans deux ménages", *why), same_person=False)
        return Likeness(likelihood, why)
    if birth == SAME and names.last >= NEAR and _alike(ours.first_name, theirs.first_name):
        # Twins, or one person under two first names: only people can tell.
        return Likeness(65, (*names.why, "même date de naissance", *links), same_person=False)
    if links and names.last >= NEAR:
        return Likeness(60, ("même ménage probable", *links), same_person=False)
    if any(link.startswith("même référence") for link in links):
        return Likeness(60, ("même ménage probable", *links), same_person=False)
    return None


def _alike(ours: str, theirs: str) -> bool:
    return fuzz.ratio(fold(ours), fold(theirs)) >= 65


def _is_minor(birth: date, today: date) -> bool:
    return (today.year - birth.year, today.month, today.day) < (18, birth.month, birth.day)


def _likelihood(birth: int, names: _Names, linked: bool, ours: Person, theirs: Person) -> int:
    both = names.last >= NEAR and names.first >= NEAR
    if birth == SAME:
        return _same_birth(names, linked, ours, theirs)
    if birth == DIFFERENT or (names.first == NEAR and _other_sex(ours, theirs)):
        return 0
    if birth == NEAR:
        # Without a link, two people of one name born in one year are more often two people.
        return (92 if linked else 75 if _swapped(ours.birth_date, theirs.birth_date) else 0) if both else 0
    if both:
        return 93 if linked else _names_alone(names, ours, theirs)
    if names.last >= NEAR and names.first == UNKNOWN and linked:
        return 80
    return 0


def _other_sex(ours: Person, theirs: Person) -> bool:
    """Say whether two close first names are a man’s and a woman’s: « Michel » and « Michèle », a couple."""
    if ours.civility and theirs.civility:
        return ours.civility != theirs.civility
    short, long = sorted((fold(ours.first_name), fold(theirs.first_name)), key=len)
    return long in {short + "e", short + "le", short + "ne", short + "que"} or (
        short.endswith("c") and long == short[:-1] + "que"
    )


def _same_birth(names: _Names, linked: bool, ours: Person, theirs: Person) -> int:
    if names.last >= NEAR and names.first >= NEAR:
        return 99 if names.last == names.first == SAME else 95
    if names.last >= NEAR and names.first == UNKNOWN:
        return 85
    return 85 if names.first == SAME and linked else 0


def _names_alone(names: _Names, ours: Person, theirs: Person) -> int:
    """Same names and no birth date on one side at least: one person only if nothing known says otherwise."""
    return 72 if names.last == names.first == SAME and not _apart(ours, theirs) else 0


def _birth_relation(ours: date | None, theirs: date | None) -> int:
    if ours is None or theirs is None:
        return UNKNOWN
    if ours == theirs:
        return SAME
    if ours.year == theirs.year:
        if _swapped(ours, theirs):
            return NEAR
        one_digit = sum(a != b for a, b in zip(ours.isoformat(), theirs.isoformat(), strict=True)) == 1
        return NEAR if one_digit else DIFFERENT
    same_day = (ours.month, ours.day) == (theirs.month, theirs.day)
    return NEAR if same_day and abs(ours.year - theirs.year) <= 2 else DIFFERENT


def _swapped(ours: date | None, theirs: date | None) -> bool:
    if ours is None or theirs is None or ours.year != theirs.year:
        return False
    return (ours.day, ours.month) == (theirs.month, theirs.day)


def _birth_reason(birth: int, ours: date | None, theirs: date | None) -> tuple[str, ...]:
    if birth == SAME:
        return ("même date de naissance",)
    if birth != NEAR or ours is None or theirs is None:
        return ()
    if _swapped(ours, theirs):
        return ("jour et mois de naissance inversés",)
    return (f"dates de naissance proches\u00a0: {ours:%d/%m/%Y} / {theirs:%d/%m/%Y}",)


def _links(ours: Person, theirs: Person) -> tuple[str, ...]:
    """Return what the two records share besides names and birth."""
    links = [_contact_reason(value) for value in ours.contacts if value in theirs.contacts]
    if ours.lease_reference and theirs.lease_reference:
        if fold(ours.lease_reference) == fold(theirs.lease_reference):
            links.append("même référence de bail")
        elif lease_stem(ours.lease_reference) == lease_stem(theirs.lease_reference):
            links.append(
                f"références de bail proches\u00a0: {theirs.lease_reference} / {ours.lease_reference}"
            )
    if ours.address and ours.address == theirs.address:
        links.append("même adresse")
    return tuple(links)


@lru_cache(maxsize=65_536)
def _contact_reason(value: str) -> str:
    return f"même e-mail {value}" if "@" in value else f"même téléphone {format_phone(value)}"


@lru_cache(maxsize=65_536)
def lease_stem(reference: str) -> str:
    """Return a lease reference without the letter some programs add to a renewed line (`21.000295A`)."""
    folded = fold(reference)
    return folded[:-1] if len(folded) > 4 and folded[-1].isalpha() and folded[-2].isdigit() else folded


def _names(our_last: str, our_first: str, their_last: str, their_first: str) -> _Names:
    last, last_why = _word(our_last, their_last, "nom")
    first, first_why = _word(our_first, their_first, "prénom")
    if last >= NEAR and first >= NEAR:
        why = tuple(filter(None, (last_why, first_why)))
        return _Names(last, first, why or ("même nom et même prénom",))
    if our_first and their_first and last < SAME:
        crossed = min(_word(our_last, their_first, "nom")[0], _word(our_first, their_last, "nom")[0])
        if crossed >= NEAR:
            return _Names(crossed, crossed, ("nom et prénom inversés",))
    if last >= NEAR:
        return _Names(last, first, (last_why or "même nom", *_first_reason(first, our_first, their_first)))
    if first == SAME:
        return _Names(last, first, (f"même prénom, noms différents\u00a0: {their_last} / {our_last}",))
    return _Names(last, first, ())


def _first_reason(first: int, ours: str, theirs: str) -> tuple[str, ...]:
    if first == UNKNOWN:
        return ("prénom absent d’un côté",)
    return (f"prénoms voisins\u00a0: {theirs} / {ours}",)


@lru_cache(maxsize=65_536)
def _word(ours: str, theirs: str, what: str) -> tuple[int, str]:
    """Compare two family names or two first names; the text says how they differ, empty when they do not."""
    ours_folded, theirs_folded = fold(ours), fold(theirs)
    if not ours_folded or not theirs_folded:
        return UNKNOWN, ""
    if has_lost_letters(ours) or has_lost_letters(theirs):
        return _with_lost_letters(ours, theirs)
    if near := _by_letters(ours, theirs, what):
        return near
    if (
        " " in ours_folded
        or " " in theirs_folded
        or (what == "prénom" and ours_folded[0] == theirs_folded[0])
    ):
        return _partial(ours, theirs, what)
    return DIFFERENT, ""


def _by_letters(ours: str, theirs: str, what: str) -> tuple[int, str] | None:
    """Compare names without their spaces: the same, or one letter apart (two where eight or more)."""
    bare, other = letters_of(ours), letters_of(theirs)
    if bare == other:
        return SAME, _writing(ours, theirs, what)
    shorter = min(len(bare), len(other))
    if shorter >= 4 and abs(len(bare) - len(other)) <= 2:
        distance = OSA.distance(bare, other, score_cutoff=2)
        if distance == 1:
            return NEAR, f"une lettre d’écart\u00a0: {theirs} / {ours}"
        if distance == 2 and shorter >= 8:
            return NEAR, f"deux lettres d’écart\u00a0: {theirs} / {ours}"
    return None


def _writing(ours: str, theirs: str, what: str) -> str:
    if ours.casefold() == theirs.casefold():
        return ""
    letters = (
        "".join(c for c in ours.casefold() if c.isalpha()),
        "".join(c for c in theirs.casefold() if c.isalpha()),
    )
    return (
        f"{what} écrit autrement\u00a0: {theirs} / {ours}"
        if letters[0] == letters[1]
        else f"{what} écrit sans accent"
    )


def _with_lost_letters(ours: str, theirs: str) -> tuple[int, str]:
    """Compare letter by letter, a lost one standing for any one or two others."""
    import re

    damaged, whole = (ours, theirs) if has_lost_letters(ours) else (theirs, ours)
    pieces = [re.escape(fold(piece)) for piece in re.split(r"[?\ufffd¿]+", damaged)]
    if fold(damaged) == fold(whole):
        return SAME, ""
    if re.fullmatch("[a-z ]{1,3}".join(pieces), fold(whole)):
        return NEAR, f"{whole} écrit {damaged}"
    return DIFFERENT, ""


def _partial(ours: str, theirs: str, what: str) -> tuple[int, str]:
    """Compare compound names (« Jean-Pierre » / « Jean ») and shortened ones (« Alex » / « Alexandre », « J.
    »).
    """
    words, others = fold(ours).split(), fold(theirs).split()
    shorter, longer = sorted((words, others), key=len)
    if len(longer) > len(shorter) and set(shorter) <= set(longer) and len("".join(shorter)) >= 4:
        return NEAR, f"{what} composé\u00a0: {theirs} / {ours}"
    if what == "prénom" and len(shorter) == 1:
        short, long = sorted((words[0], others[0]), key=len)
        if len(short) == 1 and long.startswith(short):
            return UNKNOWN, ""
        if len(short) >= 3 and len(long) >= len(short) + 3 and long.startswith(short):
            return NEAR, f"prénom abrégé\u00a0: {theirs} / {ours}"
    return DIFFERENT, ""
