"""A line of the log of accesses in words, and what one asks of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from caseworker_app.features.handover.domain.follow_up_sections import FOLLOW_UP_PRESETS
from caseworker_app.features.handover.domain.kinds import EVERY_KIND
from caseworker_app.features.households.domain import HouseholdSummary
from caseworker_app.features.measures.domain.indicators import FIGURES_CODE, FIGURES_TITLE
from caseworker_app.features.team.domain import RIGHT_LABELS, Right
from caseworker_app.kernel.dates import add_months, format_date
from caseworker_app.kernel.french import plural
from caseworker_app.storage.access_log import EXTRACT, AccessKind, AccessLine

KIND_LABELS = {
    AccessKind.UNLOCKED: "Ouverture du fichier",
    AccessKind.OPENED: "Dossier consulté",
    AccessKind.PRINTED: "Document imprimé ou enregistré",
    AccessKind.EXPORTED: "Liste ou pièce sortie",
    AccessKind.REFUSED: "Accès refusé",
    AccessKind.ARCHIVED: "Archive",
    AccessKind.ERASED: "Dossier effacé",
    AccessKind.PURGED: "Lignes anciennes supprimées",
}
UNKNOWN_WORKER, UNKNOWN_HOUSEHOLD = "personne inconnue de ce fichier", "dossier supprimé"
# Lines read at once.
PAGE = 100


class Span(StrEnum):
    """The periods one looks at."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"


SPAN_LABELS = {
    Span.TODAY: "Aujourd’hui",
    Span.WEEK: "7 derniers jours",
    Span.MONTH: "Depuis un mois",
    Span.ALL: "Tout le journal",
}


def since(span: Span, day: date) -> date | None:
    """Return the first day of a period that ends on `day`, None for the whole log."""
    return {
        Span.TODAY: day,
        Span.WEEK: day - timedelta(days=6),
        Span.MONTH: add_months(day, -1),
        Span.ALL: None,
    }[span]


@dataclass(frozen=True, slots=True)
class AccessQuery:
    """What one asks: a person, the words of a household (never kept), a kind, a period, lines older than `before`."""

    worker_id: str | None = None
    household_words: str = ""
    kind: AccessKind | None = None
    span: Span = Span.MONTH
    before: int | None = None


@dataclass(frozen=True, slots=True)
class ShownAccess:
    """One line in words; `at` is on the office's wall, `household_id` empty when it is about none."""

    number: int
    at: datetime
    worker: str
    kind: AccessKind
    household_id: str
    household: str
    detail: str

    @property
    def title(self) -> str:
        """Return « Dossier consulté », or what was printed."""
        return f"{KIND_LABELS[self.kind]}\u00a0: {self.detail}" if self.detail else KIND_LABELS[self.kind]

    @property
    def icon(self) -> str:
        """Return the icon of its kind."""
        return _ICONS[self.kind]

    @property
    def when(self) -> str:
        """Return « 24/11/2026, 14 h 05 »."""
        return f"{format_date(self.at.date())}, {self.at.hour}\u00a0h\u00a0{self.at.minute:02d}"


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Some lines, newest first; `more`: there are older ones."""

    lines: tuple[ShownAccess, ...]
    more: bool = False


def shown(
    line: AccessLine, workers: Mapping[str, str], households: Mapping[str, HouseholdSummary]
) -> ShownAccess:
    """Return a line in words; a household erased since keeps no name here either."""
    kind = AccessKind(line.kind)
    household = households.get(line.household_id or "")
    name = f"{household.name} ({household.reference})" if household else UNKNOWN_HOUSEHOLD
    worker = "Passerelle" if kind is AccessKind.PURGED else workers.get(line.worker_id, UNKNOWN_WORKER)
    return ShownAccess(
        line.number,
        datetime.fromisoformat(line.made_at).astimezone(),
        worker,
        kind,
        line.household_id or "",
        name if line.household_id else "",
        detail_words(kind, line.detail),
    )


def detail_words(kind: AccessKind, detail: str) -> str:
    """Return the code of a line in words."""
    if kind is AccessKind.REFUSED:
        return RIGHT_LABELS[Right(detail)] if detail in {right.value for right in Right} else detail
    if kind is AccessKind.EXPORTED:
        return _taken_out(detail)
    if kind in (AccessKind.ARCHIVED, AccessKind.ERASED):
        return _RETENTION.get(detail, detail)
    if kind is AccessKind.PURGED:
        return f"jusqu’à la ligne {detail}"
    if kind is AccessKind.OPENED and detail == EXTRACT:
        return "extrait lu dans une recherche"
    return _TITLES.get(detail, detail)


def _taken_out(detail: str) -> str:
    if detail in _PIECES:
        return _PIECES[detail]
    form, _, count = detail.partition(":")
    return f"liste de {plural(int(count), 'ménage')} ({form})" if count.isdecimal() else detail


_ICONS = {
    AccessKind.UNLOCKED: "lock",
    AccessKind.OPENED: "user",
    AccessKind.PRINTED: "file-text",
    AccessKind.EXPORTED: "file-text",
    AccessKind.REFUSED: "ban",
    AccessKind.ARCHIVED: "file-lock",
    AccessKind.ERASED: "trash",
    AccessKind.PURGED: "history",
}
_RETENTION = {
    "in": "dossier archivé",
    "out": "dossier sorti de l’archive",
    "erased": "définitivement",
    "anonymised": "ne compte plus que sans nom",
    "member_erased": "une personne du ménage",
}
_PIECES = {
    "attachment": "copie d’une pièce",
    FIGURES_CODE: FIGURES_TITLE,
    "attachment-copy": "pièce ouverte dans un autre programme",
}
_TITLES = (
    {kind.code: kind.title for kind in EVERY_KIND}
    | {FIGURES_CODE: FIGURES_TITLE}
    | {
        preset.code: f"dossier de suivi, {preset.title[:1].lower()}{preset.title[1:]}"
        for preset in FOLLOW_UP_PRESETS
    }
)
