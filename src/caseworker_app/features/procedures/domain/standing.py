"""How each paper of a procedure stands on a day, and which pieces already kept could serve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.features.attachments.domain.attachment import Attachment
from caseworker_app.features.procedures.domain.checklist import TABLE, Checklist, Checklists, Paper, Validity
from caseworker_app.features.procedures.domain.procedure import Noted, PaperKey, PaperNote, Procedure
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.parameters import dated


class PaperState(StrEnum):
    """How a paper stands."""

    RECEIVED = "received"
    ENDING = "ending"
    EXPIRED = "expired"
    MISSING = "missing"
    NOT_CONCERNED = "not_concerned"


STATE_LABELS = {
    PaperState.RECEIVED: "Reçue",
    PaperState.ENDING: "Reçue, expire bientôt",
    PaperState.EXPIRED: "Expirée",
    PaperState.MISSING: "Manquante",
    PaperState.NOT_CONCERNED: "Non concernée",
}
HELD = (PaperState.RECEIVED, PaperState.ENDING)
TO_BRING = (PaperState.MISSING, PaperState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A piece already kept that would do.

    `until`: the last day it is good, None: no end known; `written`: the end written on it, where somebody noted it.
    """

    attachment: Attachment
    dated_on: date | None
    until: date | None
    written: date | None = None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of a procedure on a day: for whom, how it stands, what was received of it.

    `listed`: the list asks for it; else it was received under another version, or of somebody who left.
    """

    key: PaperKey
    paper: Paper
    member: str
    state: PaperState
    until: date | None
    notes: tuple[PaperNote, ...] = ()
    listed: bool = True
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A procedure with its lines on a day; `newer`: another version of its list is in force."""

    procedure: Procedure
    checklist: Checklist
    lines: tuple[PaperLine, ...]
    newer: bool = False

    @property
    def asked(self) -> tuple[PaperLine, ...]:
        """The lines that count: the list asks for them and they concern the household."""
        return tuple(
            each for each in self.lines if each.listed and each.state is not PaperState.NOT_CONCERNED
        )

    @property
    def held(self) -> int:
        """Return how many papers asked for are there and good."""
        return sum(each.state in HELD for each in self.asked)

    @property
    def to_bring(self) -> tuple[PaperLine, ...]:
        """The lines still to be brought: missing, or expired."""
        return tuple(each for each in self.asked if each.state in TO_BRING)

    @property
    def ending(self) -> tuple[PaperLine, ...]:
        """The lines whose paper ends soon."""
        return tuple(each for each in self.asked if each.state is PaperState.ENDING)


# The adults of a household, the reference person first: id and full name.
Adults = Sequence[tuple[str, str]]


def standing(
    procedure: Procedure,
    lists: Checklists,
    notes: Iterable[PaperNote],
    adults: Adults,
    names: Mapping[str, str],
    day: date,
) -> Standing:
    """Return a procedure with its lines; `names`: of everybody who lives or lived there, by id."""
    checklist = lists.version(procedure.checklist, procedure.edition_id, procedure.listed_on)
    current = lists.current(procedure.checklist, day)
    newer = procedure.open and current is not None and current.papers != checklist.papers
    by_key: dict[PaperKey, list[PaperNote]] = {}
    for note in notes:
        by_key.setdefault(note.key, []).append(note)
    on = procedure.judged_on(day)
    keys = _keys(checklist, adults)
    lines = [_line(key, checklist.paper(key.paper), by_key.pop(key, ()), names, on) for key in keys]
    rest = [
        replace(_line(key, lists.paper(key.paper, day), found, names, on), listed=False)
        for key, found in by_key.items()
    ]
    return Standing(procedure, checklist, (*lines, *rest), newer)


def with_proposals(
    of: Standing, kept: Sequence[Attachment], notes: Sequence[PaperNote], adults: Adults, day: date
) -> Standing:
    """Return a procedure whose lines to bring also say which pieces kept would do.

    First those already used for the same paper and person; then those whose caption or name says what they are,
    unless it names another adult. One that is no longer good is never proposed. `notes`: of all its procedures.
    """
    if not of.procedure.open:
        return of
    lines = tuple(
        replace(each, proposals=tuple(_proposals(each, kept, notes, adults, day)))
        if each.listed and each.state in TO_BRING
        else each
        for each in of.lines
    )
    return replace(of, lines=lines)


def _keys(checklist: Checklist, adults: Adults) -> list[PaperKey]:
    keys = []
    for paper in checklist.papers:
        members = [key for key, _name in adults] if paper.per_adult else []
        keys += [PaperKey(paper.code, member) for member in members] or [PaperKey(paper.code)]
    return keys


def _line(
    key: PaperKey, paper: Paper | None, notes: Sequence[PaperNote], names: Mapping[str, str], day: date
) -> PaperLine:
    paper = paper or Paper(key.paper, key.paper)
    state, until = _state(paper, notes, day)
    return PaperLine(key, paper, names.get(key.member_id or "", ""), state, until, tuple(notes))


def _state(paper: Paper, notes: Sequence[PaperNote], day: date) -> tuple[PaperState, date | None]:
    received = [each for each in notes if each.state is Noted.RECEIVED]
    if not received:
        return (PaperState.NOT_CONCERNED if notes else PaperState.MISSING), None
    ends = [paper.good_until(each.dated_on, each.until) for each in received]
    known = [each for each in ends if each is not None]
    # A newer one takes the place of an older one; one without any end is good.
    until = max(known) if len(known) == len(ends) else None
    if until is None:
        return PaperState.RECEIVED, None
    if until < day:
        return PaperState.EXPIRED, until
    soon = until <= day + timedelta(int(dated(TABLE, "expiring_days", day).value))
    return (PaperState.ENDING if soon else PaperState.RECEIVED), until


def _proposals(
    line: PaperLine, kept: Sequence[Attachment], notes: Sequence[PaperNote], adults: Adults, day: date
) -> list[Proposal]:
    used = {each.attachment_id: each for each in notes if each.attachment_id and each.key == line.key}
    here = {each.attachment_id for each in line.notes}
    mine, told = [], []
    for attachment in kept:
        if attachment.id in here:
            continue
        if (before := used.get(attachment.id)) is not None:
            mine.append(_proposal(line.paper, attachment, before.dated_on, before.until))
        elif _says(attachment, line, adults):
            told.append(_proposal(line.paper, attachment, attachment.dated_on, None))
    return [each for each in (*mine, *told) if each.until is None or each.until >= day]


def _proposal(paper: Paper, attachment: Attachment, dated_on: date | None, until: date | None) -> Proposal:
    # Undated, a paper cannot be younger than the day it was added.
    day = dated_on or attachment.added_on
    lasts = paper.validity in (Validity.MONTHS, Validity.TAX_YEAR)
    return Proposal(attachment, day if lasts else dated_on, paper.good_until(day, until), until)


def _says(attachment: Attachment, line: PaperLine, adults: Adults) -> bool:
    said = " " + _words(" ".join((attachment.caption or "", attachment.name))) + " "
    wanted = line.paper.words or (line.paper.label,)
    if not any(f" {_words(each)} " in said for each in wanted):
        return False
    others = [name for key, name in adults if key != line.key.member_id]
    own = next((name for key, name in adults if key == line.key.member_id), "")
    named = [name for name in others if _first_name(name) and f" {_first_name(name)} " in said]
    return not (line.key.member_id and named and _first_name(own) not in said)


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _first_name(name: str) -> str:
    """Return the first name of « Mme Élodie Marchal », folded; empty where only one word is known."""
    words = [each for each in _words(name).split() if each not in ("mme", "m")]
    return words[0] if len(words) > 1 else ""
