"""One line of what stays in the association when a review leaves: what, how much, why, where to look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.kernel.french import capital, plural


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

    `page`: where to look (diary, budget, goals, people, housing, measures, consents, document);
    `entry_ids`: the diary entries concerned, newest first.
    """

    kind: WithheldKind
    title: str
    count: int
    unit: str
    reason: str
    page: str
    entry_ids: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the title with its count, or the title alone when nothing is counted."""
        return f"{self.title}, {plural(self.count, self.unit)}" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class _Words:
    """What a person reads beside the preview; `reasons`: why, where there are several."""

    title: str
    unit: str
    reason: str
    reasons: str
    page: str


_WORDS: dict[WithheldKind, _Words] = {
    WithheldKind.ANALYSIS: _Words(
        "Analyse des visites",
        "texte",
        "marqué interne par son auteur",
        "marqués internes par leur auteur",
        "diary",
    ),
    WithheldKind.SAID: _Words(
        "Paroles du ménage",
        "texte",
        "noté tel quel, jamais transmis",
        "notés tels quels, jamais transmis",
        "diary",
    ),
    WithheldKind.OBSERVED: _Words(
        "Constats des visites",
        "texte",
        "interne, hors les faits marqués proposables",
        "internes, hors les faits marqués proposables",
        "diary",
    ),
    WithheldKind.NOTES: _Words(
        "Notes, appels et échanges", "texte", "interne, jamais transmis", "internes, jamais transmis", "diary"
    ),
    WithheldKind.INSTRUCTIONS: _Words(
        "Consignes et notes du dossier",
        "texte",
        "interne, jamais transmis",
        "internes, jamais transmis",
        "people",
    ),
    WithheldKind.HEALTH: _Words(
        "Santé", "mention", "jamais transmise à un bailleur", "jamais transmises à un bailleur", "goals"
    ),
    WithheldKind.CHILDREN: _Words(
        "Enfants", "mention", "hors de la finalité logement", "hors de la finalité logement", "goals"
    ),
    WithheldKind.OTHER_GOALS: _Words(
        "Autres domaines et objectifs",
        "ligne",
        "hors de la finalité logement",
        "hors de la finalité logement",
        "goals",
    ),
    WithheldKind.OTHER_CREDITORS: _Words(
        "Autres créanciers",
        "ligne",
        "jamais transmise à un bailleur",
        "jamais transmises à un bailleur",
        "budget",
    ),
    WithheldKind.BUDGET: _Words(
        "Budget détaillé", "ligne", "au-delà du paiement du loyer", "au-delà du paiement du loyer", "budget"
    ),
    WithheldKind.LEGAL_PROTECTION: _Words(
        "Protection juridique",
        "mention",
        "jamais transmise à un bailleur",
        "jamais transmises à un bailleur",
        "people",
    ),
    WithheldKind.MEASURE: _Words(
        "Nature de la mesure", "", "sans rapport avec le logement pour un bailleur", "", "measures"
    ),
    WithheldKind.ROOMS: _Words(
        "État des pièces", "observation", "non marquée partageable", "non marquées partageables", "diary"
    ),
}


def held_back(kind: WithheldKind, count: int, entry_ids: tuple[str, ...] = ()) -> tuple[Withheld, ...]:
    """Return what is held back of a kind, as one line; nothing when there is none of it."""
    if count == 0:
        return ()
    words = _WORDS[kind]
    reason = words.reason if count == 1 else words.reasons
    return (Withheld(kind, words.title, count, words.unit, reason, words.page, entry_ids),)


def masked_home() -> Withheld:
    """Return the line of a protected household: its address and phones stay out of every print."""
    reason = "ménage protégé\u00a0: l’adresse et les téléphones sont masqués"
    return Withheld(WithheldKind.PROTECTED, "Adresse et téléphones", 0, "", reason, "people")


def not_agreed(topic_label: str, count: int) -> Withheld:
    """Return the line of a topic the household has not agreed to share with this landlord."""
    title = capital(topic_label)
    reason = "pas d’accord du ménage en cours avec ce bailleur sur ce sujet"
    unit = "élément" if count else ""
    return Withheld(WithheldKind.NOT_AGREED, title, count, unit, reason, "consents")


def taken_out(count: int) -> tuple[Withheld, ...]:
    """Return the line of what the writer left out of this review."""
    if count == 0:
        return ()
    reason = "non retenu pour ce bilan" if count == 1 else "non retenus pour ce bilan"
    title = "Autres faits proposables"
    return (Withheld(WithheldKind.TAKEN_OUT, title, count, "élément", reason, "document"),)
