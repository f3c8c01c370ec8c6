"""The blank sheet handed to those who refer households, whose answers are then read in by the imports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from caseworker_app.features.referrals.domain.sheet import NOTE, TITLE, sheet_questions
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.sheets.form import blank_form
from caseworker_app.storage.connection import Connection


def write_blank_sheet(connection: Connection, who: Who, out: Path, day: date) -> Path:
    """Write the blank sheet (XLSX) under the name of the association; nothing of any household is in it.

    Raises PlaceNotWritable, NotAllowed.
    """
    who.require(Right.READ_FILES)
    name = team.the_association(connection, who).name
    write_atomically(blank_form(f"{TITLE}, pour {name}", NOTE, sheet_questions(day)), out)
    return out
