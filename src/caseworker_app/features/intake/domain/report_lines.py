"""What an import did with each row of the list, in words: the report as people read it and save it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.features.households.domain import household_name
from caseworker_app.features.intake.domain.decision import Action, Decision
from caseworker_app.features.intake.domain.duplicates import Duplicate
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.proposal import ERROR, Problem
from caseworker_app.features.intake.domain.rows import place_of


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    JOINED = "joined"
    LEFT = "left"
    REFUSED = "refused"


OUTCOME_LABELS = {
    Outcome.CREATED: "Créée",
    Outcome.JOINED: "Réunie",
    Outcome.LEFT: "Laissée de côté",
    Outcome.REFUSED: "Non importée",
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A row of the list: `number` as a spreadsheet shows it, `sheet` where several were read.

    `who`: the household, dwelling or body it tells of; `reference`: the household's, where known; `remark`: why
    it was left or refused, or what deserves a look in a row that was imported.
    """

    row: int
    number: str
    sheet: str
    who: str
    outcome: Outcome
    reference: str
    remark: str

    @property
    def imported(self) -> bool:
        """Say whether the row entered the file."""
        return self.outcome in (Outcome.CREATED, Outcome.JOINED)


def report_lines(
    plan: ImportPlan, decisions: Iterable[Decision], references: Mapping[int, str]
) -> tuple[ReportLine, ...]:
    """Return every row of a list with what became of it, in the order of the list."""
    problems: dict[int, list[Problem]] = {}
    for problem in plan.problems:
        problems.setdefault(problem.row, []).append(problem)
    best = {duplicate.row: duplicate for duplicate in reversed(plan.duplicates)}
    names, titles = dict(_names(plan)), dict(_titles(plan))
    lines: list[ReportLine] = []
    for decision in decisions:
        who, rows = names.get(decision.row, ("", (decision.row,)))
        reference = references.get(decision.row, "")
        for row in rows:
            outcome = _outcome(decision, row)
            why = _why(decision, best.get(decision.row), plan) if not _enters(outcome) else ""
            remark = " ".join(filter(None, (why, _told(problems.get(row, ())))))
            lines.append(ReportLine(row, *numbered(row, plan.sheets), who, outcome, reference, remark))
    told = {line.row for line in lines}
    for row, found in problems.items():
        if row not in told and any(problem.severity == ERROR for problem in found):
            lines.append(
                ReportLine(
                    row, *numbered(row, plan.sheets), titles.get(row, ""), Outcome.REFUSED, "", _told(found)
                )
            )
            told.add(row)
    lines += [
        ReportLine(
            row,
            *numbered(row, plan.sheets),
            titles.get(row, ""),
            Outcome.LEFT,
            "",
            "Écartée à votre demande.",
        )
        for row in plan.skipped_rows
        if row not in told
    ]
    return tuple(sorted(lines, key=lambda line: line.row))


def numbered(row: int, sheets: Sequence[str]) -> tuple[str, str]:
    """Return the number of a row as its spreadsheet shows it, and its sheet where several were read."""
    sheet, number = place_of(row)
    return str(number), sheets[sheet] if len(sheets) > 1 and sheet < len(sheets) else ""


def row_number(plan: ImportPlan, row: int) -> str:
    """Return « 12 », or « 12 (Claire) » where several sheets were read."""
    number, sheet = numbered(row, plan.sheets)
    return f"{number} ({sheet})" if sheet else number


def _names(plan: ImportPlan) -> Iterator[tuple[int, tuple[str, tuple[int, ...]]]]:
    for household in plan.households:
        yield household.row, (household_name(household.household.members), household.rows)
    for dwelling in plan.dwellings:
        words = (dwelling.reference, dwelling.street or dwelling.residence, dwelling.city)
        yield dwelling.row, (", ".join(filter(None, words)), (dwelling.row,))
    for body in plan.bodies:
        yield body.row, (body.partner.name, body.rows)


def _titles(plan: ImportPlan) -> Iterator[tuple[int, str]]:
    """Yield who the rows that were not imported are about, as the list writes it."""
    fields = ("full_name", "last_name", "first_name", "body_name", "dwelling_reference", "street")
    indexes = [m.index for field in fields for m in plan.matching.matches if m.heading.key == field][:2]
    for row in plan.rows_to_check:
        yield row.number, " ".join(filter(None, (row.cells[index] for index in indexes)))[:80]


def _outcome(decision: Decision, row: int) -> Outcome:
    if decision.action is Action.SKIP:
        return Outcome.LEFT
    joined = decision.action is Action.MERGE or row != decision.row
    return Outcome.JOINED if joined else Outcome.CREATED


def _enters(outcome: Outcome) -> bool:
    return outcome in (Outcome.CREATED, Outcome.JOINED)


def _why(decision: Decision, duplicate: Duplicate | None, plan: ImportPlan) -> str:
    if duplicate is None:
        return "Écartée à votre demande."
    why = ", ".join(duplicate.why)
    if duplicate.other_row is not None:
        return f"Déjà à la ligne {row_number(plan, duplicate.other_row)}\u00a0: {why}."
    known = f" (n°\u00a0{duplicate.reference})" if duplicate.reference else ""
    return f"Déjà connue{known}\u00a0: {why}."


def _told(problems: Iterable[Problem]) -> str:
    """Return the sentences of the problems of a row, each with its column and value."""
    return " ".join(_sentence(problem) for problem in problems)


def _sentence(problem: Problem) -> str:
    place = ", ".join(
        filter(None, (problem.column, f"«\u00a0{problem.value}\u00a0»" if problem.value else ""))
    )
    return f"{place}\u00a0: {problem.message}" if place else problem.message
