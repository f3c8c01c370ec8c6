"""The sheet of a day, read to be printed: each household on it leaves a line in the log of accesses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from caseworker_app.features.agenda import store
from caseworker_app.features.agenda.domain.day_sheet import DaySheet, Phone, day_sheet
from caseworker_app.features.agenda.service.calendars import outgoing
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.clock import today
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.encrypted_file import EncryptedFile

CODE = "feuille-du-jour"
Render = Callable[[DaySheet, Identity], bytes]


def print_day_sheet(file: EncryptedFile, who: Who, day: date, out: Path, render: Render) -> DaySheet:
    """Write the sheet of one's own day as a PDF at `out`; return what it says.

    Households nothing of which may go out are not on it. Raises NotAllowed, PlaceNotWritable.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    with file.reading() as connection:
        times = [
            each
            for each in outgoing(connection, who, day, day, file.accesses.kept_inside)
            if day in each.days()
        ]
        ids = list(dict.fromkeys(each.household_id for each in times if each.household_id))
        phones = {key: [Phone(*row) for row in rows] for key, rows in store.phones(connection, ids).items()}
        instructions = store.visit_instructions(connection, ids)
        identity = identity_of(team.the_association(connection, who))
    sheet = day_sheet(day, who.name, times, phones, instructions, today(file.clock))
    write_atomically(render(sheet, identity), out)
    for household_id in ids:
        file.accesses.note(who.worker_id, AccessKind.PRINTED, household_id, CODE)
    return sheet
