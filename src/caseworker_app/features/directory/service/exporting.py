"""Exporting households as a list for a spreadsheet: asked for, told, written whole, entered in the register."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from caseworker_app.features.diary.service.entries import wall_clock
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.export import (
    Exported,
    ExportFormat,
    ListExport,
    Value,
    headings,
    values,
)
from caseworker_app.features.directory.service.rows import rows_of
from caseworker_app.features.directory.store import listing, tables
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.sheets.writing import delimited, workbook
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

# Households read at once: between two batches other readings have their turn, and the person may stop.
BATCH = 200
TITLE = "Ménages"

Progress = Callable[[int, int], None]
# Runs a function that computes, elsewhere if it can.
Compute = Callable[..., Any]


def export_households(
    file: EncryptedFile,
    who: Who,
    household_ids: Sequence[str],
    columns: Sequence[ColumnKey],
    kind: ExportFormat,
    out: Path,
    *,
    progress: Progress = lambda _done, _total: None,
    compute: Compute = lambda function, *arguments: function(*arguments),
) -> tuple[Exported, Changes]:
    """Write households as a list at `out`, in the order given, and enter it in the register.

    Protected households are left out and counted apart. `progress` may raise to stop: nothing is then written.
    Raises InvalidEntry when nobody is left, PlaceNotWritable, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    day = today(file.clock)
    with file.reading() as connection:
        kept_apart = listing.kept_apart_among(connection, household_ids)
    wanted = [each for each in dict.fromkeys(household_ids) if each not in kept_apart]
    rows = _rows(file, who, wanted, columns, day, progress)
    if not rows:
        raise InvalidEntry(
            "Il n’y a personne à exporter\u00a0: sélectionnez des ménages ni protégés ni limités."
        )
    function = workbook if kind is ExportFormat.XLSX else delimited
    data: bytes = compute(function, TITLE, headings(columns), rows)
    progress(len(wanted), len(wanted))
    exported = Exported(len(rows), len(kept_apart))
    with file.unit_of_work(who.worker_id, "export_households") as uow:
        uow.insert(tables.list_export, _line(file, who, columns, kind, exported, data))
        # Within the transaction: no line without a file.
        write_atomically(data, out)
        file.accesses.note(who.worker_id, AccessKind.EXPORTED, None, f"{kind}:{exported.households}")
        return exported, uow.changes


def exports_made(connection: Connection, who: Who) -> list[ListExport]:
    """Return the register of exports, newest first. Raises NotAllowed."""
    who.require(Right.PRINT)
    return tables.all_exports(connection)


def _rows(
    file: EncryptedFile,
    who: Who,
    ids: Sequence[str],
    columns: Sequence[ColumnKey],
    day: date,
    progress: Progress,
) -> list[list[Value]]:
    rows: list[list[Value]] = []
    for start in range(0, len(ids), BATCH):
        progress(start, len(ids))
        with file.reading() as connection:
            found = rows_of(connection, who, ids[start : start + BATCH], day, columns=columns)
        # One that was put under protection meanwhile stays inside.
        rows += [values(row, columns) for row in found if not row.protected]
    return rows


def _line(
    file: EncryptedFile,
    who: Who,
    columns: Sequence[ColumnKey],
    kind: ExportFormat,
    exported: Exported,
    data: bytes,
) -> dict[str, Any]:
    return {
        "worker_id": who.worker_id,
        "made_at": wall_clock(file.clock),
        "format": kind,
        "columns": " ".join(columns),
        "households": exported.households,
        "left_out": exported.left_out,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
