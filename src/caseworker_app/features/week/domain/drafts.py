"""What was begun and not confirmed (« brouillons »): which form, of whom, since when, and where it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from caseworker_app.features.week.domain.due import Place
from caseworker_app.kernel.dates import format_short_date
from caseworker_app.kernel.french import plural

_NB = "\u00a0"
# The page that the quick note opens over: it has no route of its own.
NOTE = "note"

_FORMS: Mapping[str, tuple[str, Place]] = {
    "visit": ("Visite", Place("visit")),
    "review": ("Bilan intermédiaire", Place("document")),
    NOTE: ("Note rapide", Place(NOTE)),
    "reading": ("Relecture", Place("dossier", "diary")),
    "goals": ("Objectifs", Place("dossier", "goals")),
    "composition": ("Composition", Place("dossier", "composition")),
    "measure": ("Mesure", Place("dossier", "measure")),
    "housing": ("Logement", Place("dossier", "housing")),
    "budget": ("Budget", Place("dossier", "budget")),
    "pieces": ("Pièces", Place("dossier", "attachments")),
}


@dataclass(frozen=True, slots=True)
class LeftDraft:
    """A draft left: `key` in the file of drafts, `words` typed, the instant it was last kept (UTC)."""

    key: str
    household_id: str
    form: str
    place: Place
    words: int
    saved_at: datetime


def left_drafts(drafts: Iterable[tuple[str, str | None, Mapping[str, Any], str]]) -> list[LeftDraft]:
    """Return the drafts of households that have a place to go on, from their key, household, content and instant."""
    found = []
    for key, household_id, content, saved_at in drafts:
        form = _FORMS.get(key.partition(":")[0])
        words = count_words(content)
        if form is not None and household_id and words:
            instant = datetime.fromisoformat(saved_at).astimezone(UTC)
            found.append(LeftDraft(key, household_id, *form, words, instant))
    return found


def count_words(content: Any) -> int:
    """Return how many words were typed, in sentences only: a code or a date is no text."""
    if isinstance(content, str):
        return len(content.split()) if " " in content.strip() else 0
    if isinstance(content, Mapping):
        return sum(map(count_words, content.values()))
    return sum(map(count_words, content)) if isinstance(content, list | tuple) else 0


def since_words(saved_at: datetime, now: datetime) -> str:
    """Return « il y a 8 min », « il y a 3 h », « hier », « le 12 nov. » (both instants in the same zone)."""
    minutes = max(0, int((now - saved_at).total_seconds() // 60))
    if minutes < 60:
        return f"il y a {minutes}{_NB}min" if minutes else "à l’instant"
    days = (now.date() - saved_at.date()).days
    if days == 0:
        return f"il y a {minutes // 60}{_NB}h"
    return "hier" if days == 1 else f"le {format_short_date(saved_at.date())}"


def typed_words(draft: LeftDraft) -> str:
    """Return « 143 mots »."""
    return plural(draft.words, "mot")
