"""Tables of the procedures room and the only SQL on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Date, Text

from caseworker_app.features.procedures.domain.checklist import PROGRAM_CHECKLISTS, Checklist, Checklists
from caseworker_app.features.procedures.domain.edition import ChecklistEdition, checklist_of
from caseworker_app.features.procedures.domain.procedure import PaperNote, Procedure
from caseworker_app.storage.declarations import Merge, SearchKind, declare, field
from caseworker_app.storage.rows import Mapper

checklist_edition = declare(
    "checklist_edition",
    field("checklist", Text, required=True, merge=Merge.APPEND_ONLY),
    field("starts_on", Date, required=True, merge=Merge.APPEND_ONLY),
    field("content", Text, required=True, merge=Merge.APPEND_ONLY),
    household=None,
)

procedure = declare(
    "procedure",
    field("checklist", Text, required=True),
    field("label", Text, required=True),
    field("edition_id", Text, references="checklist_edition"),
    field("listed_on", Date, required=True),
    field("started_on", Date, required=True),
    field("due_on", Date),
    field("filed_on", Date),
    field("ended_on", Date),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("worker_id", Text, required=True, references="worker"),
    household="household_id",
)

paper_note = declare(
    "procedure_paper",
    field("procedure_id", Text, required=True, references="procedure"),
    field("paper", Text, required=True),
    field("member_id", Text, references="household_member"),
    field("state", Text, required=True),
    field("attachment_id", Text, references="attachment"),
    field("dated_on", Date),
    field("until", Date),
    field("noted_on", Date, required=True),
    field("worker_id", Text, required=True, references="worker"),
    household="household_id",
    indexes=("procedure_id", "attachment_id"),
)

procedures = Mapper(procedure, Procedure)
paper_notes = Mapper(paper_note, PaperNote)
editions = Mapper(checklist_edition, ChecklistEdition)

_OF = procedures.lookup(
    "household_id",
    order_by=(
        procedure.c.ended_on.is_not(None),
        procedure.c.filed_on.is_not(None),
        procedure.c.started_on.desc(),
        procedure.c.id.desc(),
    ),
)
_NOTES_OF = paper_notes.lookup("household_id", order_by=(paper_note.c.id,))
_NOTES_IN = paper_notes.lookup("procedure_id", order_by=(paper_note.c.id,))
_EDITIONS = editions.lookup(order_by=(checklist_edition.c.starts_on, checklist_edition.c.id))
_OPEN = """
    SELECT DISTINCT household_id FROM procedure
    WHERE filed_on IS NULL AND ended_on IS NULL AND household_id IN (SELECT value FROM json_each(:ids))
"""


def procedures_of(connection: Connection, household_id: str) -> list[Procedure]:
    """Return the procedures of a household: those open first, the newest first."""
    return _OF(connection, household_id)


def notes_of(connection: Connection, household_id: str) -> list[PaperNote]:
    """Return what was noted of the papers of a household, in the order it was."""
    return _NOTES_OF(connection, household_id)


def notes_in(connection: Connection, procedure_id: str) -> list[PaperNote]:
    """Return what was noted of the papers of one procedure, in the order it was."""
    return _NOTES_IN(connection, procedure_id)


def checklists(connection: Connection) -> Checklists:
    """Return every version of the lists: the program's, and those the association wrote, oldest first."""
    found = tuple(_checklist_of(each) for each in _EDITIONS(connection))
    return Checklists(found) if found else PROGRAM_CHECKLISTS


def households_with_open(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Return which of these households have a procedure whose papers are being brought together."""
    raw: Any = connection.connection.driver_connection
    return [str(row[0]) for row in raw.execute(_OPEN, {"ids": json.dumps(list(ids))}).fetchall()]


@lru_cache(maxsize=128)
def _checklist_of(edition: ChecklistEdition) -> Checklist:
    # A version never changes: it is read once.
    return checklist_of(edition)
