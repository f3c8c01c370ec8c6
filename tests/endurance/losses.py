"""What a bad program would lose, done by hand to a sound folder: the judge must tell each."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from caseworker_app.security import vault
from caseworker_app.security.data_key import derive
from caseworker_app.storage import drafts
from caseworker_app.storage.backups.main_place import place_of
from caseworker_app.storage.encrypted_file import FILE_NAME
from caseworker_app.storage.engine import connect
from tests.endurance import day, judge
from tests.endurance.ground import phrase
from tests.endurance.lives import Ground

Spoil = Callable[[Path, str, judge.Told], None]


def judged_after(ground: Ground, scratch: Path, spoil: Spoil) -> list[str]:
    """Live a short day, spoil its folder, and return what the judge says."""
    folder, lists, journal = scratch / "data", scratch / "lists", scratch / "journal"
    lists.mkdir(parents=True)
    shutil.copytree(ground.present, folder)
    start = day.Start(str(folder), str(lists), str(journal), 0, 3, "visit")
    lived = day.Day(start, day.Journal(journal), day.here)
    for name in ("visit", "note", "import", "backup"):
        lived.act(name)
    lived.office.drafts.keep("visit:household", {"observed": "eee"})
    lived.rest()
    told = judge.Told.by(journal)
    told.typed = 3
    spoil(folder, vault.open_with_passphrase(folder, phrase(0)).hex(), told)
    return judge.judge(folder, told, ground.blank)


def _sql(statement: str) -> Spoil:
    def spoil(folder: Path, key: str, _told: judge.Told) -> None:
        with closing(connect(folder / FILE_NAME, key, writable=True)) as raw:
            raw.execute(statement)

    return spoil


def _a_save(_folder: Path, _key: str, told: judge.Told) -> None:
    told.saved.append("0" * 32)


def _a_letter_typed(folder: Path, key: str, _told: judge.Told) -> None:
    of_drafts = derive(vault.open_with_passphrase(folder, phrase(0)), drafts.PURPOSE).hex()
    with closing(connect(folder / drafts.FILE_NAME, of_drafts, writable=True)) as raw:
        raw.execute("UPDATE draft SET content = ?", (json.dumps({"observed": "ee"}).encode(),))


def _a_content(folder: Path, _key: str, _told: judge.Told) -> None:
    next((folder / "pieces").glob("*.piece")).unlink()


def _a_backup(folder: Path, _key: str, _told: judge.Told) -> None:
    shutil.rmtree(place_of(folder))


def _a_passphrase(_folder: Path, _key: str, told: judge.Told) -> None:
    told.phrase = 5


def _a_stray(folder: Path, _key: str, _told: judge.Told) -> None:
    (folder / "passerelle.cle.autre").touch()


LOSSES: dict[str, Spoil] = {
    "a save": _a_save,
    "a row behind the changes": _sql("UPDATE household SET name = 'Autre' WHERE rowid = 1"),
    "a link of the chain": _sql("DELETE FROM changeset WHERE number = 3"),
    "a word of the index": _sql("DELETE FROM search_body WHERE rowid = (SELECT max(rowid) FROM search_body)"),
    "a batch of an import": _sql("UPDATE import_run SET created = created - 1"),
    "a letter typed": _a_letter_typed,
    "a content": _a_content,
    "a backup": _a_backup,
    "a passphrase": _a_passphrase,
    "a stray": _a_stray,
}  # fmt: skip
