"""What `import` and `undo-import` answer."""

from __future__ import annotations

from typing import Any

from caseworker_app.features.intake.domain.deciding import Counts
from caseworker_app.features.intake.domain.duplicates import Duplicate
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.proposal import Problem
from caseworker_app.features.intake.domain.rows import row_words
from caseworker_app.features.intake.service.importing import ImportReport, ImportUndone
from caseworker_app.kernel.french import plural

# Beyond this, a terminal shows how many are left; the report holds them all.
SHOWN = 20


def import_text(report: ImportReport) -> str:
    """Return what an import did, or would do, with its first problems and duplicates."""
    lines = [_summary(report.counts, dry_run=report.dry_run)]
    lines += _first([_problem(problem, report.plan) for problem in report.plan.problems])
    lines += _first([_duplicate(duplicate, report) for duplicate in report.plan.duplicates])
    return "\n".join(lines)


def undone_json(undone: ImportUndone) -> dict[str, Any]:
    """Return which import was undone and which households stay."""
    return {"import": undone.run_id, "file": undone.file_name, "kept": list(undone.kept_references)}


def undone_text(undone: ImportUndone) -> str:
    """Return the same in a sentence."""
    sentence = f"Import de «\u00a0{undone.file_name}\u00a0» annulé."
    if not undone.kept_references:
        return sentence
    return f"{sentence} Gardés, car modifiés depuis\u00a0: {', '.join(undone.kept_references)}."


def _summary(counts: Counts, *, dry_run: bool) -> str:
    begun = "Essai sans rien écrire\u00a0: " if dry_run else ""
    parts = (
        (counts.created, "créée", "créées"),
        (counts.merged, "ajoutée à un dossier connu", "ajoutées à un dossier connu"),
        (counts.skipped, "écartée (doublon)", "écartées (doublons)"),
        (counts.in_error, "en erreur", "en erreur"),
    )
    told = ", ".join(plural(number, one, many) for number, one, many in parts)
    return f"{begun}{plural(counts.rows, 'ligne lue', 'lignes lues')}\u00a0: {told}."


def _problem(problem: Problem, plan: ImportPlan) -> str:
    where = f", {problem.column}" if problem.column else ""
    return f"  {row_words(plan, problem.row)}{where}\u00a0: {problem.message}"


def _duplicate(duplicate: Duplicate, report: ImportReport) -> str:
    known = duplicate.reference or report.references.get(duplicate.other_row or 0)
    whom = known or (row_words(report.plan, duplicate.other_row) if duplicate.other_row else "déjà connu")
    return f"  {row_words(report.plan, duplicate.row)}\u00a0: doublon probable de {whom} ({', '.join(duplicate.why)})"


def _first(lines: list[str]) -> list[str]:
    left = len(lines) - SHOWN
    return lines if left <= 0 else [*lines[:SHOWN], f"  … et {left} de plus (--report les donne tous)."]
