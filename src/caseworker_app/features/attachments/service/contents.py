"""Looking after the contents themselves: those that nothing refers to, those that are damaged or missing."""

from __future__ import annotations

import re
from collections.abc import Iterable

import orjson

from caseworker_app.features.attachments import store
from caseworker_app.features.attachments.domain.condition import DamagedAttachment
from caseworker_app.storage.attachments import ContentDamaged, ContentMissing, Swept
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.drafts import Draft, Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile

_HASH = re.compile(r"\b[0-9a-f]{64}\b")


def sweep_contents(file: EncryptedFile, drafts: Drafts, *, at_once: bool = False) -> Swept:
    """Set aside the contents that nothing refers to any more, and remove those that waited thirty days.

    Rows, changes that can be undone and drafts refer to contents. `at_once`: after an erasure, remove without
    waiting. Upkeep of the program itself, whoever is at work: it changes nothing anybody can see. With a damaged
    file of drafts nothing is swept, since nobody knows what it referred to.
    """
    if drafts.notice is not None and not at_once:
        return Swept()
    with file.reading() as connection:
        referenced = store.hashes_in_rows(connection) | store.hashes_in_changes(connection)
    # After the rows: what leaves a draft for a row meanwhile is held by `Contents` itself.
    return file.contents.sweep(referenced | _hashes_in(drafts.all()), at_once=at_once)


def damaged_attachments(file: EncryptedFile, connection: Connection) -> list[DamagedAttachment]:
    """Read every content through and return the attachments whose own is missing or damaged.

    For `verify`, which tells no names: a reference and an id only.
    """
    missing, damaged = set(), set()
    for digest in sorted(store.hashes_in_rows(connection)):
        try:
            file.contents.read(digest)
        except ContentMissing:
            missing.add(digest)
        except ContentDamaged:
            damaged.add(digest)
    gone = [DamagedAttachment(*place, missing=True) for place in store.places_of(connection, missing)]
    return gone + [DamagedAttachment(*place, missing=False) for place in store.places_of(connection, damaged)]


def _hashes_in(drafts: Iterable[Draft]) -> set[str]:
    """Return whatever looks like a hash in drafts: one kept too many does no harm."""
    return {found for each in drafts for found in _HASH.findall(orjson.dumps(each.content).decode())}
