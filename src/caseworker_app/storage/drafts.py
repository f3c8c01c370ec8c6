"""Drafts: what is being typed, kept every two seconds in a small encrypted file of its own.

It has its own file so that no long write (an import) delays a draft. A draft is removed when its entry is
confirmed.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import orjson

from caseworker_app.kernel.clock import Clock, stamp
from caseworker_app.storage.engine import WrongKey, connect
from caseworker_app.storage.failures import FileDamaged, told
from caseworker_app.storage.place import Place

FILE_NAME, SET_ASIDE = "brouillons.db", "brouillons-abimes"
# What `security.data_key.derive` makes their key from.
PURPOSE = "drafts"


@dataclass(frozen=True, slots=True)
class Draft:
    """Something typed and not yet confirmed; `key` names the form it belongs to (e.g. `visit:HOUSEHOLD`)."""

    key: str
    household_id: str | None
    content: dict[str, Any]
    saved_at: str


class Drafts:
    """The file of drafts, under its own key derived from the data key.

    `notice`: what the person must be told of a damaged one, in French; None when all is well.
    """

    def __init__(self, folder: Path, key_hex: str, clock: Clock) -> None:
        """Open the file of drafts, making it when absent.

        A damaged one is put aside, never removed: what was typed last must not keep somebody from their file.
        """
        self.notice: str | None = None
        self._folder = folder
        try:
            self._raw = open_drafts(folder / FILE_NAME, key_hex)
        except WrongKey:
            self.notice = _NOTICE.format(name=_put_aside(folder))
            self._raw = open_drafts(folder / FILE_NAME, key_hex)
        self._place = Place.of(self._raw, folder / FILE_NAME)
        self._clock = clock
        self._busy = threading.Lock()

    def keep(self, key: str, content: dict[str, Any], household_id: str | None = None) -> str:
        """Keep a draft, replacing its previous state; return the instant it was kept (UTC).

        Raises DiskFull, FileReadOnly, FileDamaged, FileGone, like everything here that the engine refuses.
        """
        saved_at = stamp(self._clock)
        with told(self._folder), self._busy:
            self._place.refuse_when_gone()
            row = (key, household_id, orjson.dumps(content), saved_at)
            self._raw.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)", row)
        return saved_at

    def find(self, key: str) -> Draft | None:
        """Return the draft of a form, if one was left."""
        with told(self._folder), self._busy:
            row = self._raw.execute("SELECT * FROM draft WHERE key = ?", (key,)).fetchone()
        return _draft(row) if row else None

    def all(self) -> list[Draft]:
        """List every draft, newest first."""
        with told(self._folder), self._busy:
            rows = self._raw.execute("SELECT * FROM draft ORDER BY saved_at DESC, key").fetchall()
        return [_draft(row) for row in rows]

    def newest(self) -> str:
        """Return the instant the newest draft was kept (UTC text), "" when there is none."""
        with told(self._folder), self._busy:
            return str(self._raw.execute("SELECT coalesce(max(saved_at), '') FROM draft").fetchone()[0])

    def forget(self, key: str) -> None:
        """Remove a draft: its entry was confirmed, or the person threw it away."""
        with told(self._folder), self._busy:
            self._raw.execute("DELETE FROM draft WHERE key = ?", (key,))
            self._raw.execute("DELETE FROM followed WHERE key = ?", (key,))

    def colliding(self, household_id: str, other_id: str) -> list[str]:
        """Return the keys of drafts of a household that has one of the same form as another household."""
        with told(self._folder), self._busy:
            query = "SELECT key FROM draft WHERE household_id = ?"
            rows = self._raw.execute(query, (household_id,)).fetchall()
            return [key for (key,) in rows if self._holds(key.replace(household_id, other_id))]

    def follow(self, household_id: str, other_id: str) -> None:
        """Give the drafts of a household that is merged to the one that stays, except those that collide."""
        with told(self._folder), self._busy:
            query = "SELECT key, content FROM draft WHERE household_id = ?"
            for key, content in self._raw.execute(query, (household_id,)).fetchall():
                new_key = key.replace(household_id, other_id)
                if not self._holds(new_key):
                    moved = content.replace(household_id.encode(), other_id.encode())
                    self._rename(key, new_key, other_id, moved)
                    row = (new_key, key, household_id)
                    self._raw.execute("INSERT OR REPLACE INTO followed VALUES (?, ?, ?)", row)

    def follow_back(self, household_id: str, other_id: str) -> None:
        """Give back to a household the drafts that followed it into another, with what was typed in them
        since.
        """
        with told(self._folder), self._busy:
            for key, former_key, content in self._raw.execute(_FOLLOWED, (household_id,)).fetchall():
                if not self._holds(former_key):
                    back = content.replace(other_id.encode(), household_id.encode())
                    self._rename(key, former_key, household_id, back)
            self._raw.execute("DELETE FROM followed WHERE former_id = ?", (household_id,))

    def count_of(self, household_ids: Collection[str]) -> int:
        """Return how many drafts `erase` would remove."""
        with self._busy:
            rows = self._raw.execute("SELECT key, household_id, content FROM draft").fetchall()
        return sum(_speaks_of(household_ids, *row) for row in rows)

    def erase(self, household_ids: Collection[str]) -> int:
        """Remove for good every draft of some households, or that speaks of one by its id; return how many.

        The file is written anew: it holds nothing of them any more.
        """
        with self._busy:
            rows = self._raw.execute("SELECT key, household_id, content FROM draft").fetchall()
            gone = [
                key for key, household, content in rows if _speaks_of(household_ids, key, household, content)
            ]
            for key in gone:
                self._raw.execute("DELETE FROM draft WHERE key = ?", (key,))
                self._raw.execute("DELETE FROM followed WHERE key = ?", (key,))
            for household_id in household_ids:
                self._raw.execute("DELETE FROM followed WHERE former_id = ?", (household_id,))
            self._raw.execute("VACUUM")
            self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return len(gone)

    def _holds(self, key: str) -> bool:
        return self._raw.execute("SELECT 1 FROM draft WHERE key = ?", (key,)).fetchone() is not None

    def _rename(self, key: str, new_key: str, household_id: str, content: bytes) -> None:
        query = "UPDATE draft SET key = ?, household_id = ?, content = ? WHERE key = ?"
        self._raw.execute(query, (new_key, household_id, content, key))

    def close(self) -> None:
        """Close the file."""
        with self._busy:
            self._raw.close()

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close."""
        self.close()


def open_drafts(path: Path, key_hex: str) -> Any:
    """Open the file and read all of it: it is small. Raises WrongKey for a damaged one, as for a wrong key."""
    with told(path.parent):
        raw = connect(path, key_hex, writable=True, create=True)
    try:
        with told(path.parent):
            # Each draft goes into the file itself at once: SQLite drops the end of a damaged log without a word.
            raw.execute("PRAGMA wal_autocheckpoint = 1")
            raw.execute(_CREATE)
            raw.execute(_CREATE_FOLLOWED)
            raw.execute("SELECT sum(length(content)) FROM draft").fetchone()
            raw.execute("SELECT count(former_key) FROM followed").fetchone()
    except Exception as error:
        raw.close()
        if isinstance(error, FileDamaged):
            raise WrongKey from error
        raise
    return raw


def _put_aside(folder: Path) -> str:
    """Rename the damaged file and what goes with it; return its new name."""
    number = 1
    while (folder / f"{SET_ASIDE}-{number}.db").exists():
        number += 1
    for ending in ("", "-wal", "-shm"):
        path = folder / f"{FILE_NAME}{ending}"
        if path.exists():
            path.rename(folder / f"{SET_ASIDE}-{number}.db{ending}")
    return f"{SET_ASIDE}-{number}.db"


def _speaks_of(household_ids: Collection[str], key: str, household: str | None, content: bytes) -> bool:
    return any(each == household or each in key or each.encode() in content for each in household_ids)


def _draft(row: tuple[str, str | None, bytes, str]) -> Draft:
    return Draft(row[0], row[1], orjson.loads(row[2]), row[3])


_NOTICE = (
    "Le fichier des brouillons était abîmé\u00a0: il a été mis de côté («\u00a0{name}\u00a0»). Les dossiers "
    "sont entiers\u202f; seul ce qui était en cours de frappe, et pas encore enregistré, manque."
)
_CREATE = """
    CREATE TABLE IF NOT EXISTS draft (
        key TEXT PRIMARY KEY, household_id TEXT, content BLOB NOT NULL, saved_at TEXT NOT NULL
    )
"""
# The drafts that came with a household merged into another, so that undoing gives them back.
_CREATE_FOLLOWED = """
    CREATE TABLE IF NOT EXISTS followed (
        key TEXT PRIMARY KEY, former_key TEXT NOT NULL, former_id TEXT NOT NULL
    )
"""
_FOLLOWED = """
    SELECT f.key, f.former_key, d.content FROM followed f JOIN draft d USING (key) WHERE former_id = ?
"""
