"""Which of their columns is which of ours: by name, checked by content; by content alone where safe.

A column is never guessed silently: each match carries its confidence (`sure`, `probable`), and what was left
out is listed with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.intake.domain.content import Profile
from caseworker_app.features.intake.domain.headings import (
    WITHHELD,
    Heading,
    Owner,
    is_set_aside,
    read_heading,
)
from caseworker_app.kernel.folding import fold

SURE, PROBABLE = "sure", "probable"

# Fields that may be fed by several columns, in the order of the file.
SEVERAL = frozenset(
    {
        "phone",
        "mobile_phone",
        "home_phone",
        "work_phone",
        "email",
        "remarks",
        "address_complement",
        "building",
        "diary",
        "note_text",
        "asked_statement",
        "debt",
        "body_phone",
        "body_service",
        "body_theme",
        "body_description",
        "contact_phone",
    }
)
# What the content of a field must look like; the second figure is the share (percents) under which a name is
# doubted.
_EXPECTED: dict[str, tuple[str, ...]] = {
    "birth_date": ("date", "integer"),
    "entry_date": ("date", "integer"),
    "exit_date": ("date", "integer"),
    "email": ("email",),
    "phone": ("phone", "phone_without_zero"),
    "mobile_phone": ("phone", "phone_without_zero"),
    "home_phone": ("phone", "phone_without_zero"),
    "work_phone": ("phone", "phone_without_zero"),
    "postal_code": ("postal_code", "integer"),
    "rent": ("amount",),
    "rent_with_charges": ("amount",),
    "service_charges": ("amount",),
    "housing_benefit": ("amount",),
    "balance": ("amount",),
    "living_area": ("amount",),
    "occupants": ("integer", "composition"),
    "children": ("integer",),
    "adults": ("integer",),
    "rooms": ("integer", "typology"),
    "construction_year": ("integer",),
    "dwelling_count": ("integer",),
    "typology": ("typology", "integer"),
    "civility": ("civility",),
    "last_name": ("words",),
    "first_name": ("words",),
    "full_name": ("words",),
    "birth_name": ("words",),
    "city": ("words",),
    "postal_city": ("words",),
    "street": ("words",),
}
# Names so short or so general that the content alone tells whether they mean this.
_DOUBTFUL = frozenset({"typology", "civility", "occupants", "children", "adults", "dwelling_count", "rooms"})
_DOUBTFUL_NAMES = frozenset(
    {"entree", "fin", "sortie", "depart", "naissance", "contact", "date fin", "debut"}
)
# Kinds that cannot be mistaken for another.
_DEFINITE = ("email", "date", "phone", "siret", "typology", "named")


OwnFields = Callable[[str], str | None]


def _no_own_fields(_name: str) -> None:
    return None


_NO_OWN_FIELDS: OwnFields = _no_own_fields


@dataclass(frozen=True)
class ColumnMatch:
    """One of our fields and the column it is read from. `ours` is unique; `index` is 0-based."""

    ours: str
    theirs: str
    index: int
    heading: Heading
    confidence: str


@dataclass(frozen=True)
class LeftOut:
    """A column that is not imported, and why (a French phrase); `index` is 0-based."""

    theirs: str
    why: str
    withheld: bool = False
    index: int = -1


@dataclass(frozen=True)
class Matching:
    """The columns of a list, understood or left out."""

    matches: tuple[ColumnMatch, ...]
    left_out: tuple[LeftOut, ...]

    def fields(self) -> frozenset[str]:
        """Return the fields found for the holder of the household."""
        return frozenset(m.heading.field for m in self.matches if m.heading.owner is Owner.HOLDER)

    def columns(self) -> dict[str, str]:
        """Return `{ours: theirs}`, as the import report shows it."""
        return {match.ours: match.theirs for match in self.matches}


def match_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], today: date, own: OwnFields = _NO_OWN_FIELDS
) -> Matching:
    """Match the columns of a list; `rows` are its cells, `today` bounds what can be a birth date.

    `own`: the fields of a kind of list that the others know nothing of, by the name of a column.
    """
    profiles = [Profile(row[index] for row in rows) for index in range(len(header))]
    found: dict[int, tuple[Heading, str]] = {}
    left_out: list[LeftOut] = []
    guessed: set[int] = set()
    for index, name in enumerate(header):
        heading, why = _by_name(name, profiles[index], own)
        if heading is not None:
            found[index] = heading, _confidence(heading, profiles[index])
        elif why is not None:
            left_out.append(LeftOut(name, why, why in WITHHELD.values(), index))
        elif not is_set_aside(name) and (guess := _by_content(profiles[index], today)):
            found[index] = Heading(Owner.HOLDER, guess), PROBABLE
            guessed.add(index)
    kept, doubles = _one_each(header, found, profiles, guessed)
    kept = _settle_names(kept, profiles)
    used = {index for index, _, _ in kept}
    left_out += [LeftOut(header[i], "une autre colonne dit déjà la même chose", index=i) for i in doubles]
    told = {entry.theirs for entry in left_out}
    left_out += [
        LeftOut(name, "vide" if not profiles[i].filled else "non utilisée", index=i)
        for i, name in enumerate(header)
        if i not in used and name not in told
    ]
    return Matching(named(header, kept), tuple(left_out))


def _by_name(name: str, profile: Profile, own: OwnFields) -> tuple[Heading | None, str | None]:
    """Return what the name says unless the content contradicts it, else a reason; None: says nothing."""
    heading = read_heading(name)
    for kind in ("nir", "key"):
        if profile.share(kind) >= 50 and profile.filled:
            return None, WITHHELD[kind]
    withheld = heading is not None and heading.owner is Owner.OTHER
    if not withheld and profile.filled and (field := own(name)):
        return Heading(Owner.HOLDER, field), None
    if heading is None or heading.owner is Owner.OTHER:
        return None, WITHHELD[heading.field] if heading else None
    if not profile.filled:
        return None, None
    if heading.field == "last_name" and "nom" not in fold(name).split() and _is_code(profile):
        # « Locataire » may hold the tenant's number; « Nom » never does, whatever is typed there.
        return Heading(heading.owner, "external_reference"), None
    return (
        (None, "son contenu ne correspond pas à son titre")
        if _contradicted(name, heading, profile)
        else (heading, None)
    )


def _contradicted(name: str, heading: Heading, profile: Profile) -> bool:
    expected = _EXPECTED.get(heading.field)
    if expected is None:
        # References and free text: only something unmistakably else is refused.
        return heading.field.endswith("reference") and profile.share("email", "date", "named") >= 60
    own = profile.share(*expected)
    if fold(name) in _DOUBTFUL_NAMES:
        return profile.share(expected[0]) < 50
    if heading.field in _DOUBTFUL:
        return own < 50
    others = [kind for kind in _DEFINITE if kind not in expected and not _compatible(heading.field, kind)]
    return own < 20 and profile.share(*others) >= 60


def _is_code(profile: Profile) -> bool:
    return profile.share("code") >= 60 and profile.share("words") < 40


def _compatible(field: str, kind: str) -> bool:
    return (kind == "named" and field.endswith("name")) or (kind == "phone" and field.endswith("phone"))


def _confidence(heading: Heading, profile: Profile) -> str:
    expected = _EXPECTED.get(heading.field)
    return SURE if expected is None or profile.share(*expected) >= 80 else PROBABLE


def _by_content(profile: Profile, today: date) -> str | None:
    """Name a column nobody named, only where its values leave no doubt."""
    if profile.filled < 3:
        return None
    if profile.share("email") >= 80:
        return "email"
    if profile.share("phone") >= 80:
        return "phone"
    if profile.share("named") >= 70 and profile.distinct > profile.filled // 3:
        return "full_name"
    if profile.share("typology") >= 90:
        return "typology"
    return "birth_date" if profile.looks_like_births(today) else None


def _one_each(
    header: Sequence[str],
    found: dict[int, tuple[Heading, str]],
    profiles: list[Profile],
    guessed: set[int],
) -> tuple[list[tuple[int, Heading, str]], list[int]]:
    """Keep one column for each field (the fullest named one), several where a field bears it."""
    groups: dict[str, list[int]] = {}
    for index, (heading, _) in found.items():
        groups.setdefault(heading.key, []).append(index)
    kept: list[tuple[int, Heading, str]] = []
    doubles: list[int] = []
    for indexes in groups.values():
        heading = found[indexes[0]][0]
        named = [i for i in indexes if i not in guessed] or indexes
        if heading.field in SEVERAL:
            chosen = named
        else:
            # « Adresse logement » before « Adresse de correspondance »: the dwelling is what the list is
            # about.
            chosen = [max(named, key=lambda i: (_about_dwelling(header[i]), profiles[i].filled, -i))]
        kept += [(i, *found[i]) for i in chosen]
        doubles += [i for i in indexes if i not in chosen]
    return sorted(kept, key=lambda entry: entry[0]), sorted(doubles)


def _about_dwelling(name: str) -> int:
    words = fold(name).split()
    if any(
        word in {"correspondance", "courrier", "envoi", "expedition", "facturation", "postale"}
        for word in words
    ):
        return -1
    return int(any(word.startswith(("log", "lgt")) for word in words))


def _settle_names(
    kept: list[tuple[int, Heading, str]], profiles: list[Profile]
) -> list[tuple[int, Heading, str]]:
    """Decide whether « Nom locataire » holds a family name or the whole name; drop what says it twice."""
    fields = {heading.field for _, heading, _ in kept if heading.owner is Owner.HOLDER}
    settled = []
    for index, heading, confidence in kept:
        if heading.owner is not Owner.HOLDER:
            settled.append((index, heading, confidence))
        elif heading.field == "full_name" and {"last_name", "first_name"} <= fields:
            continue
        elif heading.field == "birth_name" and not fields & {"last_name", "full_name"}:
            settled.append((index, Heading(Owner.HOLDER, "last_name"), confidence))
        elif (
            heading.field == "last_name"
            and not fields & {"first_name", "full_name"}
            and _whole_names(profiles[index])
        ):
            settled.append((index, Heading(Owner.HOLDER, "full_name"), confidence))
        else:
            settled.append((index, heading, confidence))
    return settled


def _whole_names(profile: Profile) -> bool:
    return profile.share("named") >= 30 or profile.share("two_words") >= 50


def named(header: Sequence[str], kept: list[tuple[int, Heading, str]]) -> tuple[ColumnMatch, ...]:
    """Return the matches under names that are unique: a second column of one field ends in `_2`."""
    counts: dict[str, int] = {}
    matches = []
    for index, heading, confidence in kept:
        count = counts[heading.key] = counts.get(heading.key, 0) + 1
        ours = heading.key if count == 1 else f"{heading.key}_{count}"
        matches.append(ColumnMatch(ours, header[index], index, heading, confidence))
    return tuple(matches)
