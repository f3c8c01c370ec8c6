"""A shortened day in one process, to be watched: each act once. A folder that is not there is founded first.

`python -m tests.endurance.recorded FOLDER LISTS JOURNAL`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from caseworker_app.bootstrap.office import create_office, has_office
from caseworker_app.bootstrap.stores import load_stores
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.security.passphrase import THROW_AWAY
from tests.endurance import day
from tests.endurance.ground import phrase

WORK = (
    "household", "note", "draft", "visit", "budget", "goal", "photo", "undo", "passphrase", "backup", "import", "draft",
    "note", "new_key", "visit", "undo_import", "reopen", "draft", "backup", "note",
)  # fmt: skip


def main() -> None:
    """Found an office where there is none, then work."""
    load_stores()
    folder, lists, path = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    journal = day.Journal(path)
    if not has_office(folder):
        new = NewOffice("Les Amarres", "Claire Lenoir")
        create_office(folder, phrase(0), new, kdf=THROW_AWAY)[0].close()
    journal.tell("founded")
    lived = day.Day(day.Start(str(folder), lists, str(path), 0, 5, ""), journal, day.here)
    for name in WORK:
        lived.act(name)
    lived.rest()


if __name__ == "__main__":
    main()
