"""The report of an import saved: a workbook with a summary and every row, or plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from caseworker_app.features.intake.domain.deciding import Counts
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.report_lines import OUTCOME_LABELS, ReportLine
from caseworker_app.features.intake.domain.wording import match_words
from caseworker_app.kernel.errors import CaseworkerError

_ROWS = ("Ligne", "Feuille", "Qui", "Ce qui a été fait", "Dossier", "Pourquoi, à regarder")
_WIDTHS = (10, 18, 36, 18, 16, 90)


class ReportNotWritten(CaseworkerError):
    """The report could not be written where it was asked for."""

    def __init__(self, name: str) -> None:
        """Name the file, and say what to do."""
        super().__init__(
            f"Le rapport «\u00a0{name}\u00a0» n’a pas pu être enregistré\u00a0: fermez-le s’il est ouvert dans le"
            " tableur, ou choisissez un autre dossier."
        )


def write_report(
    _progress: object, path: Path, file_name: str, plan: ImportPlan, counts: Counts,
    lines: Iterable[ReportLine], data: bytes,
) -> None:  # fmt: skip
    """Write the report to a file, as its ending says; made to run in another process. Raises ReportNotWritten."""
    try:
        if path.suffix == ".json":
            path.write_bytes(data)
        else:
            path.write_bytes(_workbook(file_name, plan, counts, lines))
    except OSError as error:
        raise ReportNotWritten(path.name) from error


def _workbook(file_name: str, plan: ImportPlan, counts: Counts, lines: Iterable[ReportLine]) -> bytes:
    # A slow library, needed only here.
    from xlsxwriter import Workbook

    # Texts come from others' lists: what looks like a formula or an address must stay text.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    made = BytesIO()
    with Workbook(made, options) as workbook:
        bold = workbook.add_format({"bold": True})
        _write_summary(workbook.add_worksheet("Résumé"), bold, file_name, plan, counts)
        _write_lines(workbook.add_worksheet("Lignes"), bold, lines)
        _write_columns(workbook.add_worksheet("Colonnes"), bold, plan)
    return made.getvalue()


def _write_summary(sheet: Any, bold: Any, file_name: str, plan: ImportPlan, counts: Counts) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 40)
    rows: list[tuple[str, str | int]] = [
        ("Liste importée", file_name),
        ("Feuille", plan.sheet_name or ""),
        ("Lignes de la liste", counts.rows),
        ("Créées", counts.created),
        ("Réunies à un dossier", counts.merged),
        ("Laissées de côté", counts.skipped),
        ("En erreur, non importées", counts.in_error),
    ]
    for number, (label, value) in enumerate(rows):
        sheet.write(number, 0, label, bold)
        sheet.write(number, 1, value)


def _write_lines(sheet: Any, bold: Any, lines: Iterable[ReportLine]) -> None:
    _write_titles(sheet, bold, _ROWS, _WIDTHS)
    number = 0
    for number, line in enumerate(lines, 1):
        cells = (line.number, line.sheet, line.who, OUTCOME_LABELS[line.outcome], line.reference, line.remark)
        for column, words in enumerate(cells):
            sheet.write_string(number, column, words)
    sheet.autofilter(0, 0, number, len(_ROWS) - 1)
    sheet.freeze_panes(1, 0)


def _write_columns(sheet: Any, bold: Any, plan: ImportPlan) -> None:
    _write_titles(sheet, bold, ("Votre colonne", "Dans Passerelle"), (36, 60))
    pairs = [(match.theirs, match_words(match)) for match in plan.matching.matches]
    pairs += [(left.theirs, f"non reprise\u00a0: {left.why}") for left in plan.matching.left_out]
    for number, (theirs, ours) in enumerate(pairs, 1):
        sheet.write_string(number, 0, theirs)
        sheet.write_string(number, 1, ours)


def _write_titles(sheet: Any, bold: Any, titles: Sequence[str], widths: Sequence[int]) -> None:
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, bold)
