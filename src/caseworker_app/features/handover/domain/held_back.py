"""One line of what stays in the association when a review leaves: what, how much, why, where to look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.kernel.french import plural


class WithheldKind(StrEnum):
    """Why something is held back: what a screen draws an icon for."""

    ANALYSIS = "analysis"
    SAID = "said"
    OBSERVED = "observed"
    NOTES = "notes"
    INSTRUCTIONS = "instructions"
    HEALTH = "health"
    CHILDREN = "children"
    OTHER_GOALS = "other_goals"
    OTHER_CREDITORS = "other_creditors"
    BUDGET = "budget"
    LEGAL_PROTECTION = "legal_protection"
    MEASURE = "measure"
    ROOMS = "rooms"
    PROTECTED = "protected"
    NOT_AGREED = "not_agreed"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something held back: `label` reads « Analyse des visites, 2 textes », `reason` why.

    `page`: where to look (diary, budget, goals, people, housing, measures, consents, document); `entry_ids`: the diary
    entries concerned, newest first.
    """

    kind: WithheldKind
    title: str
    count: int
    unit: str
    reason: str
    page: str
    entry_ids: tuple[str, ...] = ()
    units: str | None = None

    @property
    def label(self) -> str:
        """Return the title with its count, or the title alone when nothing is counted."""
        return f"{self.title}, {plural(self.count, self.unit, self.units)}" if self.unit else self.title


# Title, what is counted, why, where to look: the words a person reads beside the preview.
_WORDS: dict[WithheldKind, tuple[str, str, str, str]] = {
    WithheldKind.ANALYSIS: ("Analyse des visites", "texte", "marqués internes par leur auteur", "diary"),
    WithheldKind.SAID: ("Paroles du ménage", "texte", "notées telles quelles, jamais transmises", "diary"),
    WithheldKind.OBSERVED: (
        "Constats des visites",
        "texte",
        "seuls les faits marqués proposables peuvent partir",
        "diary",
    ),
    WithheldKind.NOTES: ("Notes, appels et échanges", "texte", "internes, jamais transmis", "diary"),
    WithheldKind.INSTRUCTIONS: (
        "Consignes et notes du dossier",
        "texte",
        "internes, jamais transmises",
        "people",
    ),
    WithheldKind.HEALTH: ("Santé", "mention", "jamais transmise à un bailleur", "goals"),
    WithheldKind.CHILDREN: ("Enfants", "mention", "hors de la finalité logement", "goals"),
    WithheldKind.OTHER_GOALS: (
        "Autres domaines et objectifs",
        "ligne",
        "hors de la finalité logement",
        "goals",
    ),
    WithheldKind.OTHER_CREDITORS: ("Autres créanciers", "ligne", "jamais transmis à un bailleur", "budget"),
    WithheldKind.BUDGET: ("Budget détaillé", "ligne", "au-delà du paiement du loyer", "budget"),
    WithheldKind.LEGAL_PROTECTION: (
        "Protection juridique",
        "mention",
        "jamais transmise à un bailleur",
        "people",
    ),
    WithheldKind.MEASURE: (
        "Nature de la mesure",
        "mesure",
        "sans rapport avec le logement pour un bailleur",
        "measures",
    ),
    WithheldKind.ROOMS: ("État des pièces", "observation", "non marquées partageables", "diary"),
}


def held_back(kind: WithheldKind, count: int, entry_ids: tuple[str, ...] = ()) -> tuple[Withheld, ...]:
    """Return what is held back of a kind, as one line; nothing when there is none of it."""
    if count == 0:
        return ()
    title, unit, reason, page = _WORDS[kind]
    return (Withheld(kind, title, count, unit, reason, page, entry_ids),)


def masked_home() -> Withheld:
    """Return the line of a protected household: its address and phones stay out of every print."""
    reason = "ménage protégé\u00a0: l’adresse et les téléphones sont masqués"
    return Withheld(WithheldKind.PROTECTED, "Adresse et téléphones", 0, "", reason, "people")


def not_agreed(topic_label: str, count: int) -> Withheld:
    """Return the line of a topic the household has not agreed to share with this landlord."""
    title = topic_label[:1].upper() + topic_label[1:]
    reason = "pas d’accord du ménage en cours avec ce bailleur sur ce sujet"
    unit = "élément" if count else ""
    return Withheld(WithheldKind.NOT_AGREED, title, count, unit, reason, "consents")


def taken_out(count: int) -> tuple[Withheld, ...]:
    """Return the line of what the writer left out of this review."""
    if count == 0:
        return ()
    return (
        Withheld(
            WithheldKind.TAKEN_OUT,
            "Éléments proposables",
            count,
            "élément",
            "non retenus pour ce bilan",
            "document",
        ),
    )
