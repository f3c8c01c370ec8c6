"""What the name of a column says: whose data it is, and which of our fields.

The patterns are in `heading_rules`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from caseworker_app.features.intake.domain.heading_rules import (
    CAMEL,
    CO_HOLDER,
    DEPENDANT,
    FIELD_RULES,
    HOLDER_WORDS,
    IGNORED,
    INITIALS,
    LONG_BRACKET,
    NUMBER,
    ONE_CHILD,
    OTHERS,
    WITHHELD_RULES,
)
from caseworker_app.kernel.folding import fold


class Owner(StrEnum):
    """Whose data a column holds."""

    HOLDER = "holder"
    CO_HOLDER = "co_holder"
    DEPENDANT = "dependant"
    OTHER = "other"


# Fields that are never kept, with the reason shown in the report.
WITHHELD = {
    "key": "clé de chiffrement ou mot de passe\u00a0: jamais gardé, retirez-le aussi du fichier",
    "nir": "numéro de sécurité sociale\u00a0: la loi en réserve l’usage, il n’est pas repris",
    "bank": "coordonnées bancaires\u00a0: elles ne sont pas reprises",
    "health": "santé ou handicap\u00a0: donnée sensible, elle n’est pas reprise",
    "origin": "origine ou nationalité\u00a0: donnée sensible, elle n’est pas reprise",
    "justice": "violences ou justice\u00a0: donnée sensible, elle n’est pas reprise",
}


@dataclass(frozen=True)
class Heading:
    """A column name understood. `rank` is the number of the dependant (1-based), 0 for anybody else."""

    owner: Owner
    field: str
    rank: int = 0

    @property
    def key(self) -> str:
        """Return our name of the column in reports: `last_name`, `dependant_2_birth_date`."""
        if self.owner is Owner.HOLDER:
            return self.field
        return f"{self.owner}_{self.rank}_{self.field}" if self.rank else f"{self.owner}_{self.field}"


@lru_cache(maxsize=4096)
def read_heading(name: str) -> Heading | None:
    """Return what a column name says, None when nothing we use; withheld fields have owner OTHER."""
    words = _fold_heading(name)
    withheld = next((name for name, pattern in WITHHELD_RULES if pattern.search(words)), None)
    if withheld:
        return Heading(Owner.OTHER, withheld)
    owner, rank, rest = _owner(words)
    if owner is Owner.OTHER or IGNORED.search(rest):
        return None
    field = _field(rest)
    if field is None and rest != words:
        # « Locataire », « Co-titulaire », « Enfant 1 »: the name of that person.
        field = "last_name" if not rest else _external(rest, words)
    if field == "last_name" and owner in (Owner.CO_HOLDER, Owner.DEPENDANT) and not rest:
        field = "full_name"
    return Heading(owner, field, rank) if field else None


def knows(name: str) -> bool:
    """Say whether a text is the name of a column we understand (used to find the header line)."""
    heading = read_heading(name)
    # A sentence of a code list may speak of health; the name of a column says it in a few words.
    return heading is not None and (heading.owner is not Owner.OTHER or len(fold(name).split()) <= 4)


def is_set_aside(name: str) -> bool:
    """Say whether a column is understood as not ours (a referent's mail): never guess it by content."""
    words = _fold_heading(name)
    return bool(OTHERS.search(words) or IGNORED.search(words))


def _fold_heading(name: str) -> str:
    name = LONG_BRACKET.sub(" ", name).replace("*", " ").replace("_", " ")
    name = INITIALS.sub(lambda match: match[0].replace(".", ""), name)
    return fold(CAMEL.sub(" ", name))


def _owner(words: str) -> tuple[Owner, int, str]:
    """Return whose column it is, the dependant's number, and the words left once the owner is taken out."""
    if match := DEPENDANT.search(words):
        rest = " ".join(f"{words[: match.start()]} {words[match.end() :]}".split())
        return Owner.DEPENDANT, int(match[1] or match[2]), _without_links(rest)
    if ONE_CHILD.search(words):
        rest = re.sub(r"\b(?:de l |de |du |d )?(?:enfant|ayant droit)\b", "", words)
        return Owner.DEPENDANT, 1, _without_links(rest)
    if match := CO_HOLDER.search(words):
        rest = " ".join(f"{words[: match.start()]} {words[match.end() :]}".split())
        return Owner.CO_HOLDER, 0, _without_links(rest)
    if OTHERS.search(words):
        return Owner.OTHER, 0, words
    rest = " ".join(HOLDER_WORDS.sub(" ", words).split())
    if rest in {"", "s", "e"} and words:
        return Owner.HOLDER, 0, ""
    return Owner.HOLDER, 0, _without_links(rest) if rest != words else words


def _without_links(rest: str) -> str:
    return re.sub(r"(?:\s(?:du|de|des|de la|de l|d|n|s))+$|^(?:du|de|des|d)\s", "", rest).strip()


def _field(rest: str) -> str | None:
    return next((field for field, pattern in FIELD_RULES if pattern.search(rest)), None)


def _external(rest: str, words: str) -> str | None:
    """Read « Réf. locataire », « Code client »: the number others give the person."""
    return "external_reference" if NUMBER.match(rest) or NUMBER.match(words) else None
