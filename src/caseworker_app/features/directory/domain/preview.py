"""What stands beside the list: one household, without opening it."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.dossier.domain.figures import KeyFigure, key_figures
from caseworker_app.features.dossier.domain.header import Fact, header_of
from caseworker_app.features.dossier.domain.next_steps import NextStep, next_steps
from caseworker_app.features.dossier.domain.overview import Overview, Sign, Tone, one_line
from caseworker_app.features.dossier.domain.thread_diary import first_text
from caseworker_app.features.dossier.domain.when import short_day
from caseworker_app.kernel.french import plural

# Characters of the last visit shown beside the list.
PREVIEW_TEXT = 220


@dataclass(frozen=True, slots=True)
class PreviewFact:
    """A fact of the preview: its label, the answer, and a detail or a sign under it."""

    label: str
    answer: str
    detail: str | Sign = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of a household beside the list; texts of the last visit are *interne*."""

    household_id: str
    name: str
    initials: str
    caption: str
    protected: bool
    facts: tuple[PreviewFact, ...]
    figures: tuple[KeyFigure, ...]
    next_step: NextStep | None
    visit_title: str
    visit_text: str


def preview_of(overview: Overview) -> Preview:
    """Return the preview of a household; where it lives and how it is reached are masked under protection."""
    header = header_of(overview)
    household = overview.dossier.people.household
    masked = Sign("Ouvrez le dossier pour le lire", Tone.CONFIDENTIAL, "shield-lock")
    housing = Fact("Adresse masquée", masked) if header.protected else header.housing
    contact = Fact("Coordonnées masquées", masked) if header.protected else header.contact
    visit = next((entry for entry in overview.dossier.entries if entry.held), None)
    return Preview(
        household.id,
        header.name,
        header.initials,
        f"{_persons(overview)} · n°\u00a0{header.reference}",
        header.protected,
        tuple(
            PreviewFact(label, fact.answer, fact.detail)
            for label, fact in (
                ("Logement", housing),
                ("Joindre", contact),
                ("Mesure", header.measure),
                ("Suivi", header.follower),
            )
        ),
        tuple(f for f in key_figures(overview)[:3] if f.explanation is not None),
        next(iter(next_steps(overview)), None),
        "" if visit is None else f"Dernière visite, {short_day(visit.started_at.date(), overview.day)}",
        "" if visit is None else one_line(first_text(visit), PREVIEW_TEXT),
    )


def _persons(overview: Overview) -> str:
    return plural(len(overview.dossier.people.members), "personne")
