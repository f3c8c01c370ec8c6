"""A household a clumsy worker erases: what must go with it, what must stay as it was, and what is never taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pytest

from caseworker_app.bootstrap.office import Office
from caseworker_app.features.dossier.service.undoing import take_back_last, undo_change
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.data_key import DataKey, derive
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.drafts import FILE_NAME as DRAFTS_NAME
from caseworker_app.storage.drafts import PURPOSE
from caseworker_app.storage.encrypted_file import FILE_NAME
from caseworker_app.storage.replay import snapshot
from caseworker_app.storage.transactions import last_transactions
from tests.endurance.clumsy_reading import RowKey, Rows, by_id, ever_of, words_of_rows
from tests.features.retention.pages import plain_bytes


@dataclass(frozen=True)
class Going:
    """What goes with a household: the words only its rows say or ever said, these rows; all rows of before, changes.

    Found from the changesets, without what erasing itself reads.
    """

    words: frozenset[str]
    own: frozenset[RowKey]
    before: Rows
    changes: tuple[str, ...]

    @classmethod
    def of(cls, connection: Connection, household: str) -> Going:
        """Read it before the household goes."""
        raw: Any = connection.connection.driver_connection
        former = raw.execute("SELECT former_id FROM former_household WHERE household_id = ?", (household,))
        own = ever_of(connection, {household, *(row[0] for row in former)})
        words = frozenset(each for each, rows in words_of_rows(connection).items() if rows <= own)
        changes = last_transactions(connection, households=[household], limit=50)
        return cls(words, frozenset(own), snapshot(connection), tuple(each.id for each in changes))

    def check_what_stays(self, office: Office) -> None:
        """Everybody else is as before, but for pointers to what went; who held some of it is only written anew."""
        with office.file.reading() as connection:
            after, known = by_id(snapshot(connection), connection), by_id(self.before, connection)
        gone = {row_id for _, row_id in self.own}
        for key, values in known.items():
            if key not in self.own:
                now, then = _unversioned(after.get(key, {})), _unversioned(values, gone)
                assert now == then, f"{key}: {then} became {now}"
        assert not self.own & after.keys()

    def check_never_taken_back(self, office: Office) -> None:
        """What concerned it is not taken back, nor its going: a sentence says why, and nothing changes."""
        with office.file.reading() as connection:
            before = snapshot(connection)
        with pytest.raises(CaseworkerError, match="effacé"):
            take_back_last(office.file, office.who, office.drafts)
        for each in self.changes:
            with pytest.raises(CaseworkerError):
                undo_change(office.file, office.who, each, office.drafts)
        with office.file.reading() as connection:
            assert snapshot(connection) == before


def words_in_pages(office: Office, words: Collection[str]) -> set[str]:
    """Return which words any page or log of the file or of the drafts holds, free ones too, once decrypted."""
    key = office.file.access.key_hex
    of_drafts = derive(DataKey(bytes.fromhex(key)), PURPOSE).hex()
    data = b"".join(
        plain_bytes(office.folder / name, key_hex)
        for name, key_hex in ((FILE_NAME, key), (DRAFTS_NAME, of_drafts))
    )
    return {each for each in words if each.encode() in data}


def _unversioned(values: dict[str, Any], gone: Collection[str] = ()) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "version" and value not in gone}
