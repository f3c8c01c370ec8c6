"""The association's own lists of papers while they are written: one paper a line, each save a new version."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.features.procedures.domain.checklist import (
    VALIDITY_LABELS,
    Checklist,
    Paper,
    Validity,
    paper_from,
)
from caseworker_app.kernel.entries import one_line
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import typeset

MAX_LABEL, MAX_HINT = 120, 160
MOST_PAPERS = 40
LONGEST_MONTHS = 120
HOW = (
    "Une pièce par ligne, dans l’ordre où elle sera montrée et imprimée. Après son nom, séparés par des"
    " points-virgules si vous en avez besoin\u00a0: par adulte, et une validité (3 mois, date de fin ou année fiscale)."
    " Entre parenthèses, ce que le ménage doit savoir."
)
_PER_ADULT = "par adulte"


@dataclass(frozen=True, slots=True)
class ChecklistEdition:
    """A row of the file: one version of one list, never changed afterwards; `content`: JSON."""

    id: str
    version: str
    checklist: str
    starts_on: date
    content: str


@dataclass(frozen=True, slots=True)
class ChecklistDraft:
    """A list about to be recorded; `code`: of the one it replaces, empty for a new one."""

    code: str
    label: str
    papers: tuple[Paper, ...]
    retired: bool = False


def papers_text(papers: Sequence[Paper]) -> str:
    """Return papers as they are typed, a line each."""
    return "\n".join(_line(each) for each in papers)


def papers_read(text: str, before: Sequence[Paper], known: Sequence[Paper] = ()) -> tuple[Paper, ...]:
    """Return the papers typed, empty lines left out.

    One that keeps its name, or its place among lines whose names changed, stays the same paper (`before`), so that
    what was received of it is still received; one that another list already asks for is that one (`known`).
    Raises InvalidEntry, on `papers`, naming the line.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    typed = [_read(number, line) for number, line in lines]
    return tuple(_recognised(typed, before, known))


def checked_draft(
    draft: ChecklistDraft, others: Sequence[Checklist], before: Checklist | None
) -> ChecklistDraft:
    """Return a list as it is recorded, its code set.

    Raises InvalidEntry for no name, one that another list has, no paper, too many, one asked for twice, and for
    an edition that changes nothing.
    """
    label = one_line(draft.label, MAX_LABEL, "label")
    if not label:
        raise InvalidEntry("Donnez un nom à la démarche.", "label")
    if any(fold(each.label) == fold(label) and each.code != draft.code for each in others):
        raise InvalidEntry("Une autre démarche porte déjà ce nom\u00a0: changez l’un des deux.", "label")
    if not 1 <= len(draft.papers) <= MOST_PAPERS:
        raise InvalidEntry(f"Une liste demande de 1 à {MOST_PAPERS} pièces.", "papers")
    names = [fold(each.label) for each in draft.papers]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise InvalidEntry(
                f"«\u00a0{draft.papers[number].label}\u00a0» est demandée deux fois.", "papers"
            )
    tidy = replace(draft, code=draft.code or _free_code(label, others), label=label)
    if before is not None and (tidy.label, tidy.papers, tidy.retired) == (
        before.label,
        before.papers,
        before.retired,
    ):
        raise InvalidEntry("Rien n’a changé dans la liste.", "papers")
    return tidy


def content_of(draft: ChecklistDraft) -> str:
    """Return a list as the file keeps it."""
    papers = [
        {
            "code": p.code, "label": p.label, "kind": p.kind.value, "validity": p.validity.value, "months": p.months,
            "per_adult": p.per_adult, "hint": p.hint, "words": list(p.words),
        }
        for p in draft.papers
    ]  # fmt: skip
    return json.dumps({"label": draft.label, "retired": draft.retired, "papers": papers}, ensure_ascii=False)


def checklist_of(edition: ChecklistEdition) -> Checklist:
    """Return the version an edition is."""
    read = json.loads(edition.content)
    papers = tuple(paper_from(each) for each in read["papers"])
    return Checklist(
        edition.checklist, str(read["label"]), papers, edition.starts_on, edition.id, bool(read["retired"])
    )


def _free_code(label: str, others: Sequence[Checklist]) -> str:
    """Return the code of a new list: its first name, which stays readable where the version is not at hand."""
    taken = {each.code for each in others}
    code, number = label, 2
    while code in taken:
        code, number = f"{label} ({number})", number + 1
    return code


def _line(paper: Paper) -> str:
    name = f"{paper.label} ({paper.hint})" if paper.hint else paper.label
    good = f"{paper.months} mois" if paper.validity is Validity.MONTHS else VALIDITY_LABELS[paper.validity]
    told = [_PER_ADULT] if paper.per_adult else []
    told += [good] if paper.validity is not Validity.NONE else []
    return " ; ".join([name, *told])


def _read(number: int, line: str) -> Paper:
    name, *told = (part.strip() for part in line.split(";"))
    label, _, hint = name.partition("(") if name.endswith(")") else (name, "", "")
    label = typeset(one_line(label, MAX_LABEL, "papers"))
    if not label:
        raise InvalidEntry(f"Ligne {number}\u00a0: écrivez le nom de la pièce.", "papers")
    paper = Paper(label, label, hint=typeset(one_line(hint.rstrip(")"), MAX_HINT, "papers")))
    for each in told:
        paper = _said(number, paper, fold(each)) if each else paper
    return paper


def _said(number: int, paper: Paper, words: str) -> Paper:
    if words == fold(_PER_ADULT):
        return replace(paper, per_adult=True)
    for validity in (Validity.NONE, Validity.UNTIL, Validity.TAX_YEAR):
        if words == fold(VALIDITY_LABELS[validity]):
            return replace(paper, validity=validity)
    figures, _, unit = words.partition(" ")
    if unit == "mois" and figures.isascii() and figures.isdigit() and 1 <= int(figures[:4]) <= LONGEST_MONTHS:
        return replace(paper, validity=Validity.MONTHS, months=int(figures))
    raise InvalidEntry(
        f"Ligne {number}\u00a0: après le nom, écrivez «\u00a0par adulte\u00a0», «\u00a03 mois\u00a0», "
        "«\u00a0date de fin\u00a0» ou «\u00a0année fiscale\u00a0».",
        "papers",
    )


def _recognised(typed: Sequence[Paper], before: Sequence[Paper], known: Sequence[Paper]) -> list[Paper]:
    names = {fold(each.label): each for each in (*known, *before)}
    same = {fold(each.label) for each in typed}
    found = []
    for place, paper in enumerate(typed):
        was = names.get(fold(paper.label))
        if was is None and place < len(before) and fold(before[place].label) not in same:
            was = before[place]
        if was is not None:
            paper = replace(paper, code=was.code, kind=was.kind, words=was.words)  # noqa: PLW2901
        found.append(paper)
    return found
