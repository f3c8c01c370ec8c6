"""What a follow-up file (« dossier de suivi ») may hold, and the usual choices of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.kernel.errors import NotFound


class FollowUpSection(StrEnum):
    """A section of a follow-up file, in the order of printing."""

    PEOPLE = "people"
    PATH = "path"
    HOUSING = "housing"
    REFERRALS = "referrals"
    MEASURES = "measures"
    ORIENTATIONS = "orientations"
    PROCEDURES = "procedures"
    GOALS = "goals"
    AUTONOMY = "autonomy"
    BUDGET = "budget"
    DIARY = "diary"
    DOCUMENTS = "documents"
    CONSENTS = "consents"


FOLLOW_UP_SECTION_LABELS = {
    FollowUpSection.PEOPLE: "Le ménage",
    FollowUpSection.PATH: "Parcours depuis l’entrée",
    FollowUpSection.HOUSING: "Logement et loyer",
    FollowUpSection.REFERRALS: "Demandes reçues",
    FollowUpSection.MEASURES: "Mesures d’accompagnement",
    FollowUpSection.ORIENTATIONS: "Orientations vers des partenaires",
    FollowUpSection.PROCEDURES: "Démarches et pièces demandées",
    FollowUpSection.GOALS: "Objectifs et étapes",
    FollowUpSection.AUTONOMY: "Autonomie",
    FollowUpSection.BUDGET: "Budget",
    FollowUpSection.DIARY: "Journal des visites et des appels",
    FollowUpSection.DOCUMENTS: "Documents transmis",
    FollowUpSection.CONSENTS: "Accords de partage",
}
EVERY_SECTION = frozenset(FollowUpSection)


@dataclass(frozen=True, slots=True)
class FollowUpPreset:
    """A usual choice of sections.

    `one_page`: the synthesis, on one page whatever there is. `writings`: with what is declared *interne* (the
    zones of the diary, notes, observations, health and children); without it, dates and facts only.
    """

    code: str
    title: str
    sections: frozenset[FollowUpSection]
    one_page: bool = False
    writings: bool = True


COMPLETE = FollowUpPreset("complet", "Dossier complet", EVERY_SECTION)
SYNTHESIS = FollowUpPreset("synthese", "Synthèse d’une page", EVERY_SECTION, one_page=True)
DIARY_ONLY = FollowUpPreset(
    "journal", "Journal des visites et des appels", frozenset({FollowUpSection.DIARY})
)
BUDGET_AND_HOUSING = FollowUpPreset(
    "budget-logement", "Budget et logement", frozenset({FollowUpSection.HOUSING, FollowUpSection.BUDGET})
)
WITHOUT_WRITINGS = FollowUpPreset(
    "sans-ecrits-internes", "Sans les écrits internes", EVERY_SECTION, writings=False
)
FOLLOW_UP_PRESETS = (COMPLETE, SYNTHESIS, DIARY_ONLY, BUDGET_AND_HOUSING, WITHOUT_WRITINGS)


def chosen_sections(sections: frozenset[FollowUpSection], *, writings: bool) -> FollowUpPreset:
    """Return the preset that holds just these sections, else a choice of one's own."""
    for preset in FOLLOW_UP_PRESETS:
        if not preset.one_page and (preset.sections, preset.writings) == (sections, writings):
            return preset
    return FollowUpPreset("choix", "Parties choisies", sections, writings=writings)


def preset_of(code: str) -> FollowUpPreset:
    """Return a preset by its code. Raises NotFound with the presets there are."""
    for preset in FOLLOW_UP_PRESETS:
        if preset.code == code:
            return preset
    known = ", ".join(preset.code for preset in FOLLOW_UP_PRESETS)
    raise NotFound(f"«\u00a0{code}\u00a0» n’est pas un choix de parties\u00a0: choisissez parmi {known}.")
