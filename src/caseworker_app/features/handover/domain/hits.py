"""A find of the second check: what it is about, where it stands, why it is shown and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.kernel.folding import fold


class HitKind(StrEnum):
    """What a find is about."""

    HEALTH = "health"
    JUSTICE = "justice"
    ORIGIN = "origin"
    RELIGION = "religion"
    OPINIONS = "opinions"
    VIOLENCE = "violence"
    SEXUALITY = "sexuality"
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
    HitKind.SEXUALITY: "vie ou orientation sexuelle",
    HitKind.FAMILY: "vie familiale",
    HitKind.MONEY: "budget et autres créanciers",
    HitKind.IDENTITY_NUMBER: "numéro personnel",
    HitKind.BANK: "coordonnées bancaires",
    HitKind.CHILD: "prénom d’un enfant",
    HitKind.OTHER_PERSON: "nom ou coordonnées d’une autre personne",
    HitKind.PROTECTED: "adresse ou téléphone d’un ménage protégé",
}
# What the table of words tells of; the others are numbers and names.
LISTED_KINDS = (
    HitKind.HEALTH, HitKind.JUSTICE, HitKind.ORIGIN, HitKind.RELIGION, HitKind.OPINIONS, HitKind.VIOLENCE,
    HitKind.SEXUALITY, HitKind.FAMILY, HitKind.MONEY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Names the check knows.

    `expected`: names a review may hold (the adults of the household, the worker, the landlord's people);
    `children` and `others`: first names it should not; `hidden`: phones (digits) and streets of a protected
    household; `reachable`: phones (digits after the zero) and e-mails that are no other person's.
    """

    expected: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    reachable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Find:
    """Characters `start` to `end` of a text and what they are about."""

    start: int
    end: int
    kind: HitKind


@dataclass(frozen=True, slots=True)
class WordHit:
    """A find: `place` is the key of the text, `start` and `end` its characters there.

    `key` names the find whatever is typed around it: what is kept knowingly is remembered by it. `advice`:
    what to write instead, a sentence.
    """

    place: str
    start: int
    end: int
    excerpt: str
    kind: HitKind
    advice: str = ""

    @property
    def key(self) -> str:
        """The name of the find."""
        return f"{self.kind}|{self.place}|{fold(self.excerpt)}"

    @property
    def reason(self) -> str:
        """Why it is shown, as a sentence."""
        about = HIT_KIND_LABELS[self.kind]
        return f"«\u00a0{self.excerpt}\u00a0»\u00a0: {about}, à changer ou à garder en connaissance de cause."
