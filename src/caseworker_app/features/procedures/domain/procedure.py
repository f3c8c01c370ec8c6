"""A procedure of a household (« démarche ») and what was noted of each of its papers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.errors import InvalidEntry


class Noted(StrEnum):
    """What a person noted of a paper; without a note it is missing."""

    RECEIVED = "received"
    NOT_CONCERNED = "not_concerned"


NOTED_LABELS = {Noted.RECEIVED: "reçue", Noted.NOT_CONCERNED: "non concernée"}


@dataclass(frozen=True, slots=True)
class NewProcedure:
    """A procedure about to be written; `due_on`: to be handed in by, `filed_on`: handed in on (« déposée »)."""

    checklist: str
    started_on: date
    due_on: date | None = None
    filed_on: date | None = None
    ended_on: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as kept.

    `label`: of its list on that day; `edition_id` and `listed_on`: the version of the list it asks by (an edition of
    the association, else the program's own on that day).
    """

    id: str
    version: str
    household_id: str
    checklist: str
    label: str
    edition_id: str | None
    listed_on: date
    started_on: date
    due_on: date | None
    filed_on: date | None
    ended_on: date | None
    note: str | None
    worker_id: str

    @property
    def open(self) -> bool:
        """Say whether its papers are still being brought together."""
        return self.filed_on is None and self.ended_on is None

    def judged_on(self, day: date) -> date:
        """Return the day its papers are looked at: once handed in, they need not be good any longer."""
        return min(each for each in (day, self.filed_on, self.ended_on) if each is not None)


@dataclass(frozen=True, slots=True)
class PaperNote:
    """What was noted of a paper (« pièce reçue »), of one adult or of the household.

    `attachment_id`: the piece kept, None: seen, no copy; `dated_on`: its date, `until`: the end written on it.
    """

    id: str
    version: str
    household_id: str
    procedure_id: str
    paper: str
    member_id: str | None
    state: Noted
    attachment_id: str | None
    dated_on: date | None
    until: date | None
    noted_on: date
    worker_id: str

    @property
    def key(self) -> PaperKey:
        """Return the line it belongs to."""
        return PaperKey(self.paper, self.member_id)


@dataclass(frozen=True, slots=True)
class PaperKey:
    """A line of a procedure: a paper, and the adult it is of where each brings one."""

    paper: str
    member_id: str | None = None


def checked_procedure(new: NewProcedure, today: date) -> NewProcedure:
    """Return a procedure as kept. Raises InvalidEntry for days to come or out of order."""
    for field, day in (
        ("started_on", new.started_on),
        ("filed_on", new.filed_on),
        ("ended_on", new.ended_on),
    ):
        if day is not None and day > today:
            raise InvalidEntry("Ce jour n’est pas encore passé.", field)
    for field in ("due_on", "filed_on", "ended_on"):
        day = getattr(new, field)
        if day is not None and day < new.started_on:
            raise InvalidEntry("Ce jour vient avant le début de la démarche.", field)
    return replace(new, note=paragraphs(new.note, "note"))


def check_paper_days(dated_on: date | None, until: date | None, today: date) -> None:
    """Refuse a paper dated in the future, or that ends before its date. Raises InvalidEntry."""
    if dated_on is not None and dated_on > today:
        raise InvalidEntry("La date de la pièce est à venir\u00a0: vérifiez-la.", "dated_on")
    if dated_on is not None and until is not None and until < dated_on:
        raise InvalidEntry("La fin de validité vient avant la date de la pièce.", "until")
