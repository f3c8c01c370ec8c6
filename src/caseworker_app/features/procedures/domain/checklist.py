"""The lists of papers by procedure (« listes de pièces »): the program's, dated, and the association's own versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from caseworker_app.features.attachments.domain.attachment import AttachmentKind
from caseworker_app.kernel.dates import add_months, end_of_month
from caseworker_app.kernel.french import typeset
from caseworker_app.kernel.parameters import all_dated, dated

TABLE = "procedures"


class Validity(StrEnum):
    """How long a paper is good once received."""

    NONE = "none"
    MONTHS = "months"
    UNTIL = "until"
    TAX_YEAR = "tax_year"


VALIDITY_LABELS = {
    Validity.NONE: "sans limite",
    Validity.MONTHS: "mois",
    Validity.UNTIL: "date de fin",
    Validity.TAX_YEAR: "année fiscale",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper asked for (« pièce demandée »).

    `months`: how long it is good after its date, for `Validity.MONTHS`; `per_adult`: one for each adult;
    `hint`: what the household is told of it; `words`: what names one among the pieces already kept.
    """

    code: str
    label: str
    kind: AttachmentKind = AttachmentKind.PROOF
    validity: Validity = Validity.NONE
    months: int | None = None
    per_adult: bool = False
    hint: str = ""
    words: tuple[str, ...] = ()

    def good_until(self, dated_on: date | None, until: date | None) -> date | None:
        """Return the last day a paper of this date is good, None: no end known; an end written on it goes first."""
        if until is not None or dated_on is None:
            return until
        if self.validity is Validity.MONTHS and self.months:
            return add_months(dated_on, self.months)
        return _tax_year_end(dated_on) if self.validity is Validity.TAX_YEAR else None


@dataclass(frozen=True, slots=True)
class Checklist:
    """One version of a list; `since`: the day it holds from; `edition_id`: None for the program's own wording.

    `retired`: no longer proposed, kept for the procedures begun on it.
    """

    code: str
    label: str
    papers: tuple[Paper, ...]
    since: date
    edition_id: str | None = None
    retired: bool = False

    def paper(self, code: str) -> Paper | None:
        """Return a paper by its code, None where the list does not ask for it."""
        return next((each for each in self.papers if each.code == code), None)


@dataclass(frozen=True, slots=True)
class Checklists:
    """Every version a file knows: the program's, and the association's, oldest first."""

    editions: tuple[Checklist, ...] = ()

    def on(self, day: date) -> list[Checklist]:
        """Return the lists to choose from on a day, in the order of the program, then the association's own."""
        own = {each.code: each for each in self.editions if each.since <= day}
        shipped = program_checklists(day)
        known = {each.code for each in shipped}
        lists = [own.get(each.code, each) for each in shipped]
        lists += [each for code, each in own.items() if code not in known]
        return [each for each in lists if not each.retired]

    def current(self, code: str, day: date) -> Checklist | None:
        """Return the version in force on a day, a list that is no longer proposed included; None where unknown."""
        found = [each for each in self.editions if each.code == code and each.since <= day]
        return found[-1] if found else _shipped(code, day)

    def version(self, code: str, edition_id: str | None, day: date) -> Checklist:
        """Return the version a procedure was begun on: an edition, or the program's own on a day.

        One this program does not know asks for nothing: what was received is still shown.
        """
        if edition_id is None:
            found = _shipped(code, day)
        else:
            found = next((each for each in self.editions if each.edition_id == edition_id), None)
        return found or Checklist(code, code, (), day)

    def paper(self, code: str, day: date) -> Paper:
        """Return a paper by its code, whichever list asks for it; one nobody knows is called by its code."""
        for each in reversed(self.editions):
            if (found := each.paper(code)) is not None:
                return found
        return program_papers(day).get(code) or Paper(code, code)

    def versions_of(self, code: str) -> int:
        """Return how many versions of a list the association wrote."""
        return sum(each.code == code for each in self.editions)


# Of a file whose association wrote none.
PROGRAM_CHECKLISTS = Checklists()


def program_papers(day: date) -> dict[str, Paper]:
    """Return the papers of the program's lists on a day, by code."""
    return {row.value["code"]: paper_from(row.value) for row in all_dated(TABLE, "paper", day)}


def program_checklists(day: date) -> list[Checklist]:
    """Return the program's own lists on a day, in the order of the dated table."""
    papers = program_papers(day)
    return [
        Checklist(
            row.value["code"], typeset(row.value["label"]),
            tuple(papers[code] for code in row.value["papers"]), row.start,
        )
        for row in all_dated(TABLE, "checklist", day)
    ]  # fmt: skip


def paper_from(value: Mapping[str, Any]) -> Paper:
    """Return a paper as a table, or the content of an edition, holds it."""
    return Paper(
        str(value["code"]),
        typeset(str(value["label"])),
        AttachmentKind(value.get("kind", AttachmentKind.PROOF)),
        Validity(value.get("validity", Validity.NONE)),
        value.get("months"),
        bool(value.get("per_adult", False)),
        typeset(str(value.get("hint", ""))),
        tuple(str(each) for each in value.get("words", ())),
    )


def every_paper(lists: Iterable[Checklist]) -> dict[str, Paper]:
    """Return the papers of some lists, by code."""
    return {paper.code: paper for each in lists for paper in each.papers}


def _shipped(code: str, day: date) -> Checklist | None:
    return next((each for each in program_checklists(day) if each.code == code), None)


def _tax_year_end(dated_on: date) -> date:
    months = dated(TABLE, "tax_year", dated_on).value
    year = dated_on.year + (1 if dated_on.month >= months["first_month"] else 0)
    return end_of_month(date(year, months["last_month"], 1))
