"""The call sheet of a day, read to be printed: each household on it leaves a line in the log of accesses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.features.veille.domain.call_sheet import CallSheet, call_sheet
from caseworker_app.features.veille.domain.listed import View, Wanted
from caseworker_app.features.veille.service.reading import list_watches, open_watch_file
from caseworker_app.kernel.clock import today
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.encrypted_file import EncryptedFile

CODE = "feuille-d-appels"
Render = Callable[[CallSheet, Identity], bytes]


def print_call_sheet(
    file: EncryptedFile, who: Who, day: date, out: Path, render: Render, worker_id: str | None = None
) -> CallSheet:
    """Write what somebody (by default whoever asks) is to call and visit on a day as a PDF at `out`.

    Return what it says. Households nothing of which may go out are not on it. Raises NotFound, NotAllowed,
    PlaceNotWritable.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    caller = worker_id or who.worker_id
    kept = file.accesses.kept_inside
    with file.reading() as connection:
        names = {each.id: each.name for each in team.list_workers(connection, who)}
        found = list_watches(connection, who, Wanted(view=View.TO_DO, worker_id=caller), day).lines
        files = [
            open_watch_file(connection, who, each.id, day) for each in found if each.household_id not in kept
        ]
        identity = identity_of(team.the_association(connection, who))
    sheet = call_sheet(day, names.get(caller, who.name), files, today(file.clock))
    write_atomically(render(sheet, identity), out)
    for each in files:
        file.accesses.note(who.worker_id, AccessKind.PRINTED, each.watch.household_id, CODE)
    return sheet
