"""The proof every file of the tests is put to: its summary of households says what its rows do."""

from __future__ import annotations

from typing import Any

from caseworker_app.features.directory.store import lines
from caseworker_app.kernel.clock import today
from caseworker_app.storage.encrypted_file import EncryptedFile

_HELD = f"SELECT {', '.join(lines.COLUMNS)} FROM {lines.TABLE} ORDER BY household_id"
_TRUE = f"{lines.READ} ORDER BY h.id"


def untrue_lines(file: EncryptedFile) -> list[Any]:
    """Return the lines that hold on the day and are not what the rows say, and those of nobody."""
    bound = {"day": today(file.clock).isoformat()}
    with file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        held, true = raw.execute(_HELD).fetchall(), raw.execute(_TRUE, bound).fetchall()
    # A line tells the day it holds from and the day it ceases to: those it does not hold on are read from the rows.
    holding = {line[1]: line for line in held if line[-2] <= bound["day"] < line[-1]}
    others = {line[1] for line in held} ^ {line[1] for line in true}
    return [line for line in true if holding.get(line[1], line)[:-2] != line[:-2]] + sorted(others)
