"""What the overview of a household is made of, and the small values its parts share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from caseworker_app.features.dossier.domain.file import Dossier
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.procedures.domain.procedure import Procedure
from caseworker_app.features.referrals.domain.referral import Referral
from caseworker_app.features.referrals.domain.stages import Progress
from caseworker_app.features.veille.domain.file import WatchFile


class Tone(StrEnum):
    """How a thing is to be taken, from what is late to what is done."""

    LATE = "danger"
    DUE = "warn"
    DONE = "ok"
    PLAIN = "muted"
    NEWS = "accent"
    CONFIDENTIAL = "note"


@dataclass(frozen=True, slots=True)
class Sign:
    """A state in words with its tone; `icon` names an icon where the tone's own is not the right one."""

    words: str
    tone: Tone = Tone.PLAIN
    icon: str = ""


@dataclass(frozen=True, slots=True)
class SentDocument:
    """A document that left the house, as the register tells it."""

    id: str
    number: str
    title: str
    recipient: str
    made_on: date
    pages: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A dossier with its rent account, and by their keys the names of workers and kinds of measures.

    `restricted`: its data may only be kept and read (« limitation du traitement »).
    """

    dossier: Dossier
    rent: RentStatement | None = None
    workers: Mapping[str, str] = field(default_factory=dict)
    short_kinds: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[SentDocument, ...] = ()
    restricted: bool = False
    referrals: tuple[tuple[Referral, Progress], ...] = ()
    procedures: tuple[Procedure, ...] = ()
    watches: tuple[WatchFile, ...] = ()

    @property
    def day(self) -> date:
        """The day everything is seen from."""
        return self.dossier.day

    @property
    def household_id(self) -> str:
        """The household's id."""
        return self.dossier.people.household.id

    def measure_name(self, kind_code: str, kind_label: str) -> str:
        """Return how a kind of measure is called where room is short."""
        return self.short_kinds.get(kind_code, kind_label)


def one_line(text: str, most: int = 160) -> str:
    """Return a text on one line, cut after a word with an ellipsis beyond `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most + 1].rsplit(" ", 1)[0].rstrip(" ,;:.")[:most] + "…"
