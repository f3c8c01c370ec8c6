"""A demonstration filled for tests, and its content without what differs from one file to another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.ground import KEY, NOW

# Ids and numbers carry the device; everything else must be the same.
DEVICE_FIELDS = {("household", "reference"), ("diary_entry", "number"), ("referral", "number")}


@contextmanager
def demonstration(
    folder: Path, households: int, seed: int = 1, now: datetime = NOW
) -> Iterator[tuple[EncryptedFile, Who]]:
    """Make a file and fill it."""
    folder.mkdir(exist_ok=True)
    with EncryptedFile.create(folder, KEY, FixedClock(now)) as file:
        who, _ = team.found_office(file, DEMONSTRATION_OFFICE)
        fill(file, who, households=households, seed=seed)
        yield file, who


def content(file: EncryptedFile) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table, in order of creation, ids replaced by the place of what they name."""
    found: dict[str, list[dict[str, Any]]] = {}
    places: dict[str, str] = {}
    with file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        for name, declared in declared_tables().items():
            columns = [str(column.name) for column in declared.table.columns]
            rows = raw.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
            found[name] = [dict(zip(columns, row, strict=True)) for row in rows]
            places |= {row["id"]: f"{name} {place}" for place, row in enumerate(found[name])}
    places[file.state.default_space] = "space"
    return {name: [_without_device(name, row, places) for row in rows] for name, rows in found.items()}


def _without_device(name: str, row: dict[str, Any], places: dict[str, str]) -> dict[str, Any]:
    kept = {k: v for k, v in row.items() if k != "version" and (name, k) not in DEVICE_FIELDS}
    return {k: places.get(v, v) if isinstance(v, str) else v for k, v in kept.items()}
