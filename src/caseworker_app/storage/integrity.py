"""`verify`: does the file hold together, from its pages to its chains and its search index?"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlcipher3.dbapi2 import DatabaseError

from caseworker_app.storage.access_log import broken_accesses, count_accesses
from caseworker_app.storage.changesets import broken_links
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.history import count_changesets


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked and what was found; every list is empty when all is well.

    With damaged `pages` nothing else is looked at, and `changesets` is 0. `broken_accesses`: what does not hold in
    the log of accesses, of which there are `accesses` lines.
    """

    pages: tuple[str, ...]
    broken_changesets: tuple[str, ...]
    orphans: tuple[str, ...]
    households_not_searchable: int
    changesets: int
    broken_accesses: tuple[str, ...] = ()
    accesses: int = 0

    @property
    def whole(self) -> bool:
        """Say whether pages, changes, links and search hold together: whether the work can be trusted."""
        return not (self.pages or self.broken_changesets or self.orphans or self.households_not_searchable)

    @property
    def sound(self) -> bool:
        """Say whether everything holds together, the log of accesses too."""
        return self.whole and not self.broken_accesses


def verify(connection: Connection) -> Verification:
    """Check the pages (their HMACs and SQLite's own check), the chains, the references and the search
    index.
    """
    raw: Any = connection.connection.driver_connection
    pages = _pages(raw)
    if pages:
        # Reading rows out of torn pages would only stop half-way: what they say is not looked at.
        return Verification(pages, (), (), 0, 0)
    return Verification(
        pages=pages,
        broken_changesets=tuple(broken_links(connection)),
        orphans=tuple(_orphans(raw)),
        households_not_searchable=_not_searchable(raw),
        changesets=count_changesets(connection),
        broken_accesses=tuple(broken_accesses(connection)),
        accesses=count_accesses(connection),
    )


def _pages(raw: Any) -> tuple[str, ...]:
    forged = [row[0] for row in raw.execute("PRAGMA cipher_integrity_check").fetchall()]
    if forged:
        return tuple(forged)
    _forget_segments(raw)
    return tuple(row[0] for row in raw.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok")


def _forget_segments(raw: Any) -> None:
    """Have FTS5 read its list of segments again.

    A connection keeps the list of its last search: after another one wrote, the check takes its own memory
    for damage.
    """
    for index in ("search_identity", "search_body"):
        # Where the index is damaged indeed, the check that follows says so.
        with suppress(DatabaseError):
            raw.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH 'a' LIMIT 1").fetchone()


def _orphans(raw: Any) -> list[str]:
    found = []
    for name, declared in declared_tables().items():
        for field_name, declaration in declared.fields().items():
            if declaration.references is not None:
                query = _ORPHAN.format(table=name, field=field_name, parent=declaration.references)
                found += [f"{name}.{field_name}: {row[0]}" for row in raw.execute(query).fetchall()]
    return found


def _not_searchable(raw: Any) -> int:
    return int(raw.execute(_NOT_SEARCHABLE).fetchone()[0])


_ORPHAN = """
    SELECT id FROM "{table}"
    WHERE "{field}" IS NOT NULL AND "{field}" NOT IN (SELECT id FROM "{parent}") LIMIT 20
"""
_NOT_SEARCHABLE = """
    SELECT count(*) FROM household
    WHERE archived_on IS NULL AND id NOT IN (SELECT household_id FROM search_entry WHERE row_id IS NULL)
"""
