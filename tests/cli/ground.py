"""What the tests of the command line share: a passphrase, and what a command answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseworker_app.security.vault import open_with_passphrase
from caseworker_app.storage.encrypted_file import FILE_NAME
from caseworker_app.storage.engine import connect

PASSPHRASE = "quatre mots sans rapport"


def rows_kept(data: Path) -> dict[str, list[Any]]:
    """Return every row of a data folder, but for the log of accesses: opening a file leaves a line there."""
    raw = connect(data / FILE_NAME, open_with_passphrase(data, PASSPHRASE).hex(), writable=False)
    try:
        names = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        tables = [name for (name,) in names if not name.startswith(("access_", "sqlite_"))]
        found = {name: raw.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    finally:
        raw.close()
    found["local_state"] = [row for row in found["local_state"] if row[0] != "access_end"]
    return found


@dataclass(frozen=True)
class Outcome:
    """What a command answered: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The answer, which must be JSON and nothing else."""
        return json.loads(self.out)


Command = Callable[..., Outcome]
Imported = Callable[..., dict[str, Any]]
