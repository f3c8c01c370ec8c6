"""What is still to be brought, as the household reads it on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker_app.features.goals.domain.papers import PaperHead
from caseworker_app.features.procedures.domain.standing import PaperLine, PaperState, Standing
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural

MISSING_PAPERS = "pieces-a-apporter"
_NOTHING = (
    "Rien ne manque\u00a0: commencez une démarche dans l’onglet Démarches, ou passez aux pièces déjà reçues."
)


@dataclass(frozen=True, slots=True)
class ToBring:
    """A paper to bring: what it is called, for whom (empty: the household), and what the household must know."""

    label: str
    whom: str
    hint: str


@dataclass(frozen=True, slots=True)
class MissingPart:
    """What one procedure lacks: its name, by when, how many are there already, in words."""

    label: str
    due: str
    held: str
    papers: tuple[ToBring, ...]


@dataclass(frozen=True, slots=True)
class MissingPapers:
    """The list handed to the household (« pièces à apporter »)."""

    head: PaperHead
    parts: tuple[MissingPart, ...]


def missing_papers(head: PaperHead, standings: Sequence[Standing]) -> MissingPapers:
    """Return what the open procedures given lack. Raises InvalidEntry where nothing does."""
    parts = tuple(_part(each) for each in standings if each.procedure.open and each.to_bring)
    if not parts:
        raise InvalidEntry(_NOTHING, "papers")
    return MissingPapers(head, parts)


def _part(of: Standing) -> MissingPart:
    due = of.procedure.due_on
    held = f"{plural(of.held, 'pièce')} sur {len(of.asked)} déjà là" if of.held else ""
    return MissingPart(
        of.procedure.label,
        format_long_date(due) if due else "",
        held,
        tuple(_paper(each) for each in of.to_bring),
    )


def _paper(line: PaperLine) -> ToBring:
    hint = line.paper.hint
    if line.state is PaperState.EXPIRED and line.until is not None:
        old = f"celle que nous avons n’est plus valable depuis le {format_long_date(line.until)}"
        hint = f"{hint}\u202f; {old}" if hint else old
    return ToBring(line.paper.label, line.member, hint)
