"""Changesets: what each transaction changed, chained by hashes, with payloads that can be erased.

The chain of one (device incarnation, space) commits to the hash of each payload, never to the payload itself: erasing a
payload leaves the chain verifiable, with « effacé » in its place. A random nonce inside each payload keeps an erased
one from being guessed back from its hash.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, select

from caseworker_app.storage import tables
from caseworker_app.storage.tables import POSITION_BITS

NONCE_BYTES = 16
GENESIS = b"\x00" * 32


class ChangeKind(StrEnum):
    """What happened to a row."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


class Change(NamedTuple):
    """One row changed: fields `before` and `after` (stored forms), or both None once erased.

    A plain tuple, since an import makes hundreds of thousands of them.
    """

    table_name: str
    row_id: str
    household_id: str | None
    kind: ChangeKind
    base_version: str | None
    payload_hash: bytes
    payload: bytes | None

    @property
    def erased(self) -> bool:
        """Say whether the payload was erased."""
        return self.payload is None

    def values(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the fields before and after; two empty mappings once erased."""
        if self.payload is None:
            return {}, {}
        before, after = orjson.loads(self.payload[NONCE_BYTES:])
        return before, after


@dataclass(frozen=True, slots=True)
class Envelope:
    """One changeset without its payloads: who, when (for display), in which chain, and what it hashes to."""

    number: int
    id: str
    device_id: str
    space_id: str
    sequence: int
    previous_hash: bytes
    hash: bytes
    schema_version: str
    lamport: int
    worker_id: str
    made_at: str
    intention: str
    tag: str | None
    undoes: str | None


def make_payload(before: Mapping[str, Any], after: Mapping[str, Any]) -> bytes:
    """Return the payload of a change: a nonce, then both sides as JSON."""
    return os.urandom(NONCE_BYTES) + orjson.dumps((before, after))


def insert_payloads(rows: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """Return the payloads of the changes that added rows; quicker than one by one."""
    noise = os.urandom(NONCE_BYTES * len(rows))
    return [
        noise[at : at + NONCE_BYTES] + orjson.dumps(({}, after))
        for at, after in zip(range(0, len(noise), NONCE_BYTES), rows, strict=True)
    ]


def payload_hash(payload: bytes) -> bytes:
    """Return the SHA-256 the envelope commits to."""
    return hashlib.sha256(payload).digest()


def envelope_hash(envelope: Mapping[str, Any], changes: list[Change]) -> bytes:
    """Return the SHA-256 of everything an envelope says, payloads by their hash only."""
    head = [envelope[name] for name in _HASHED]
    body = [
        # The text of the kind: an enum takes ten times as long.
        (table_name, row_id, household_id, kind._value_, base_version, digest.hex())
        for table_name, row_id, household_id, kind, base_version, digest, _ in changes
    ]
    return hashlib.sha256(orjson.dumps((head, envelope["previous_hash"].hex(), body))).digest()


def read_envelopes(connection: Connection) -> Iterator[Envelope]:
    """Yield every changeset in the order this file received them."""
    for row in connection.execute(select(tables.changeset).order_by(tables.changeset.c.number)):
        yield Envelope(*row)


def read_changes(connection: Connection, number: int) -> list[Change]:
    """Return the changes of one changeset, in order."""
    c = tables.change.c
    first, end = number << POSITION_BITS, (number + 1) << POSITION_BITS
    query = select(c.table_name, c.row_id, c.household_id, c.kind, c.base_version, c.payload_hash, c.payload)
    rows = connection.execute(query.where(c.number >= first, c.number < end).order_by(c.number))
    return [Change(r[0], r[1], r[2], ChangeKind(r[3]), *r[4:]) for r in rows]


def broken_links(connection: Connection) -> list[str]:
    """Check every chain and return the ids of changesets that do not hold together (none: all is well)."""
    last: dict[tuple[str, str], tuple[int, bytes]] = {}
    broken = []
    for envelope in read_envelopes(connection):
        chain = (envelope.device_id, envelope.space_id)
        sequence, previous = last.get(chain, (0, GENESIS))
        if not _holds(connection, envelope, sequence, previous):
            broken.append(envelope.id)
        last[chain] = (envelope.sequence, envelope.hash)
    return broken


_HASHED = (
    "id", "device_id", "space_id", "sequence", "schema_version", "lamport", "worker_id", "made_at", "intention",
    "tag", "undoes",
)  # fmt: skip


def _holds(connection: Connection, envelope: Envelope, sequence: int, previous: bytes) -> bool:
    changes = read_changes(connection, envelope.number)
    fields = {name: getattr(envelope, name) for name in (*_HASHED, "previous_hash")}
    return (
        envelope.sequence == sequence + 1
        and envelope.previous_hash == previous
        and envelope.hash == envelope_hash(fields, changes)
        and all(c.payload is None or payload_hash(c.payload) == c.payload_hash for c in changes)
    )
