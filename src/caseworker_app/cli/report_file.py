"""The file where `import` writes its report: whether it may lie there, and writing it whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.pdf.writing import PlaceNotWritable, write_atomically


def check_place(report: Path | None, list_path: Path, data: Path) -> None:
    """Refuse, before anything is imported, a place where a report would do harm or cannot be.

    Raises CaseworkerError.
    """
    if report is None:
        return
    place = report.absolute()
    if place.is_dir() or not place.parent.is_dir():
        raise CaseworkerError(
            f"Le rapport ne peut pas être écrit dans «\u00a0{report}\u00a0»\u00a0:"
            " donnez un nom de fichier dans un dossier qui existe."
        )
    if data in place.parents or _is_same(place, list_path):
        raise CaseworkerError(
            f"Le rapport écraserait des données dans «\u00a0{report}\u00a0»\u00a0:"
            " choisissez un autre endroit."
        )


def write_report(report: Path, value: dict[str, Any]) -> None:
    """Write the report of an import, for this person only: it holds names.

    Raises CaseworkerError when it cannot be written; the import stays.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    try:
        write_atomically(text.encode(errors="replace"), report)
    except PlaceNotWritable as error:
        raise CaseworkerError(
            f"L’import est fait, mais son rapport n’a pas pu être écrit. {error.sentence}"
        ) from error


def _is_same(place: Path, list_path: Path) -> bool:
    try:
        return place.samefile(list_path)
    except OSError:
        return False
