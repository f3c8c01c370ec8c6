"""Invented people: names that try spellings, ages that hold together, phones kept for fiction."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from caseworker_app.features.demonstration.domain.vocabulary import last_names, words
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    LegalProtection,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Reading,
    Relation,
)

# Ranges that ARCEP keeps for fiction, ten thousand numbers each, mobile first. The first hundred mobile
# numbers are left to the households written by hand.
PHONE_RANGES = ("063998", "026191", "035301", "046571", "053649", "019900")
RESERVED_PHONES = 100
NOTE = "Ménage inventé pour la démonstration."
_MOST_PHONES = 10_000 * len(PHONE_RANGES) - RESERVED_PHONES


def invent_household(rng: Random, index: int, size: int, today: date) -> NewHousehold:
    """Return an invented household of `size` people; `index` gives it a phone that no other one has."""
    members = tuple(_members(rng, size, today))
    return NewHousehold(
        members,
        (invent_address(rng, today),),
        tuple(_contacts(rng, index, members[0])),
        visit_instructions=_visit_instructions(rng),
        note=NOTE,
    )


def invent_address(rng: Random, today: date) -> NewAddress:
    """Return an address of an invented town."""
    places = words("places")
    postal_code, town = rng.choice(places["towns"])
    number = f"{rng.randint(1, 180)}{' bis' if rng.random() < 0.06 else ''}"
    street = f"{number} {rng.choice(places['street_kinds'])} {rng.choice(places['street_names'])}"
    complement = rng.choice(places["complements"]) if rng.random() < 0.6 else None
    return NewAddress(street, complement, postal_code, town, today - timedelta(days=rng.randint(60, 5000)))


def fiction_phone(index: int) -> str:
    """Return the phone number of household `index`: distinct up to about sixty thousand households."""
    number = RESERVED_PHONES + index % _MOST_PHONES
    return f"{PHONE_RANGES[number // 10_000]}{_scattered(number % 10_000, number // 10_000):04d}"


def short_name(member: NewMember) -> str:
    """Return « Mme Dubœuf », as a diary names somebody."""
    return ("M." if member.civility is Civility.MR else "Mme") + "\u00a0" + member.last_name


def _scattered(number: int, series: int) -> int:
    # 7 919 and the length of what is scattered share no divisor: every number comes up once.
    if series:
        return number * 7_919 % 10_000
    return RESERVED_PHONES + (number - RESERVED_PHONES) * 7_919 % (10_000 - RESERVED_PHONES)


def _members(rng: Random, size: int, today: date) -> Iterator[NewMember]:
    civility = rng.choice((Civility.MR, Civility.MRS))
    last_name = _last_name(rng)
    age = rng.randint(19, 88) if size < 3 else rng.randint(22, 56)
    language = rng.choice(words("people")["languages"]) if rng.random() < 0.14 else None
    yield NewMember(
        last_name,
        _first_name(rng, civility),
        civility,
        birth_name=_last_name(rng) if civility is Civility.MRS and rng.random() < 0.3 else None,
        birth_date=_born(rng, age, today) if rng.random() < 0.96 else None,
        legal_protection=rng.choice(tuple(LegalProtection)) if rng.random() < 0.03 else None,
        language=language,
        interpreter_needed=language is not None and rng.random() < 0.5,
        reading=rng.choice(tuple(Reading)) if language else None,
    )
    children = size - 1
    if children and rng.random() < 0.55:
        children -= 1
        yield _partner(rng, civility, last_name, age, today)
    for _ in range(children):
        yield _child(rng, last_name, age, today)


def _partner(rng: Random, civility: Civility, last_name: str, age: int, today: date) -> NewMember:
    other = Civility.MRS if civility is Civility.MR else Civility.MR
    name = last_name if rng.random() < 0.6 else _last_name(rng)
    born = _born(rng, max(18, age + rng.randint(-8, 8)), today)
    return NewMember(name, _first_name(rng, other), other, birth_date=born, relation=Relation.PARTNER)


def _child(rng: Random, last_name: str, age: int, today: date) -> NewMember:
    first_name = _first_name(rng, rng.choice((Civility.MR, Civility.MRS)))
    born = _born(rng, rng.randint(0, max(1, min(24, age - 18))), today)
    return NewMember(last_name, first_name, birth_date=born, relation=Relation.CHILD)


def _last_name(rng: Random) -> str:
    name = rng.choice(last_names())
    return f"{name}-{rng.choice(last_names())}" if " " not in name and rng.random() < 0.05 else name


def _first_name(rng: Random, civility: Civility) -> str:
    name: str = rng.choice(words("people")["men" if civility is Civility.MR else "women"])
    return name


def _born(rng: Random, age: int, today: date) -> date:
    return today - timedelta(days=round(age * 365.25) + rng.randint(1, 360))


def _contacts(rng: Random, index: int, member: NewMember) -> Iterator[NewContact]:
    if index % 10 != 9:
        safe = rng.random() < 0.8
        when = rng.choice(
            ("SMS seulement", "après 17\u00a0h", "le matin", "jamais de message vocal", None, None, None)
        )
        yield NewContact(ContactKind.PHONE, fiction_phone(index), safe=safe, instructions=when, member=0)
    if rng.random() < 0.35:
        name = _ascii(f"{member.first_name}.{member.last_name}")
        yield NewContact(ContactKind.EMAIL, f"{name}.{index}@courriel.example", member=0)


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("ı", "i").replace("ł", "l"))
    return "".join(c for c in plain if c.isascii() and (c.isalnum() or c in ".-"))


def _visit_instructions(rng: Random) -> str | None:
    if rng.random() >= 0.25:
        return None
    code = f"{rng.randint(10, 99)}{rng.choice('AB')}{rng.randint(10, 99)}"
    texts = (
        f"Code {code} à l’entrée.",
        "Sonner deux fois.",
        "Petit chien, gentil.",
        "Ascenseur en panne, 4e étage.",
    )
    return rng.choice(texts)
