"""What is taken out of a copy of the data because it is somebody else's (RGPD art. 15.4), and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class RedactionReason(StrEnum):
    """Why a passage is taken out."""

    OTHER_HOUSEHOLD = "other_household"
    THIRD_PERSON = "third_person"
    THIRD_CONTACT = "third_contact"
    OTHER_MEMBER = "other_member"
    AFTER_LEAVING = "after_leaving"
    PROTECTED = "protected"
    RIGHTS = "rights"


REDACTION_LABELS = {
    RedactionReason.OTHER_HOUSEHOLD: "autre ménage",
    RedactionReason.THIRD_PERSON: "tierce personne",
    RedactionReason.THIRD_CONTACT: "coordonnée d’un tiers",
    RedactionReason.OTHER_MEMBER: "autre personne du ménage",
    RedactionReason.AFTER_LEAVING: "après le départ",
    RedactionReason.PROTECTED: "protection",
    RedactionReason.RIGHTS: "droits d’un tiers",
}
REDACTION_SENTENCES = {
    RedactionReason.OTHER_HOUSEHOLD: "le nom d’une personne ou d’un dossier d’un autre ménage.",
    RedactionReason.THIRD_PERSON: "le nom d’une personne qui n’est pas de votre ménage.",
    RedactionReason.THIRD_CONTACT: "un téléphone, un courriel ou une adresse qui n’est pas à vous.",
    RedactionReason.OTHER_MEMBER: "ce qui concerne une autre personne de votre ménage, qui peut le demander elle-même.",
    RedactionReason.AFTER_LEAVING: "ce qui a été écrit après votre départ du ménage.",
    RedactionReason.PROTECTED: "un lieu ou un numéro qui ne doit figurer sur aucun papier, par sécurité.",
    RedactionReason.RIGHTS: "ce qui porterait atteinte aux droits ou à la sécurité d’une autre personne.",
}


@dataclass(frozen=True, slots=True)
class Redaction:
    """A passage taken out: `place` is the key of the text, `start` and `end` its characters there.

    `locked`: nobody may put it back (what would tell where somebody else is, or another household's file).
    """

    place: str
    start: int
    end: int
    reason: RedactionReason
    locked: bool = False


def marker(reason: RedactionReason) -> str:
    """Return what stands in the place of a passage."""
    return f"[retiré\u00a0: {REDACTION_LABELS[reason]}]"


def redacted(text: str, redactions: Iterable[Redaction]) -> str:
    """Return a text without some of its passages, each replaced by its reason; overlapping ones become one."""
    spans = _together(redactions)
    for start, end, reason in reversed(spans):
        text = f"{text[:start]}{marker(reason)}{text[end:]}"
    return text


def by_place(redactions: Iterable[Redaction]) -> dict[str, list[Redaction]]:
    """Return redactions by the text they are in."""
    found: dict[str, list[Redaction]] = {}
    for each in redactions:
        found.setdefault(each.place, []).append(each)
    return found


def with_locked(chosen: Sequence[Redaction], proposed: Sequence[Redaction]) -> tuple[Redaction, ...]:
    """Return what a person chose to take out, and what nobody may put back."""
    missing = [each for each in proposed if each.locked and each not in chosen]
    return (*chosen, *missing)


def _together(redactions: Iterable[Redaction]) -> list[tuple[int, int, RedactionReason]]:
    spans: list[tuple[int, int, RedactionReason]] = []
    for each in sorted(redactions, key=lambda r: (r.start, -r.end)):
        if spans and each.start < spans[-1][1]:
            start, end, reason = spans[-1]
            spans[-1] = (start, max(end, each.end), reason)
        else:
            spans.append((each.start, each.end, each.reason))
    return spans
