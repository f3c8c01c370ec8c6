"""What is written beside each backup: when and why it was made, what it holds, and the proof that it is that.

One canonical JSON object. It is read without a key, so it holds numbers only: the instant, sizes, counts. Its checksum
tells an accident, its MAC (under a key derived from the data key) tells anything else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from caseworker_app.security.data_key import DataKey, derive
from caseworker_app.security.header import canonical

MANIFEST_NAME = "sauvegarde.json"
FORMAT, MAXIMUM_BYTES = 1, 4096
# Why a backup was made; kept as written, so that a later version may have others.
OPENING, CLOSING, ASKED, MIGRATION, IMPORT = "opening", "closing", "asked", "migration", "import"
# The last one made for each of these stays whatever the rotation: what it comes before changes much at once.
LASTING = (MIGRATION, IMPORT)


class ManifestUnreadable(ValueError):
    """The bytes are no manifest that a program wrote."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is told of a backup.

    `file_id`: of the vault. `made_at`: UTC text with seconds. `revision`: of the tables. `changesets` and `households`:
    how many it holds. `generation`: of the header with the ways in of that day. `size`: bytes of the encrypted file;
    `sha256`: of the same bytes. `pieces`: how many contents of attachments it needs; `pieces_sha256`: of their list.
    `drafts_sha256`: of the file of drafts, empty when it has none (so had every backup of the first versions).
    """

    file_id: str
    made_at: str
    reason: str
    revision: str
    changesets: int
    households: int
    generation: int
    size: int
    sha256: str
    pieces: int
    pieces_sha256: str
    mac: str = ""
    drafts_sha256: str = ""

    @property
    def instant(self) -> datetime:
        """Return when it was made."""
        return datetime.strptime(self.made_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    def signed(self, key: DataKey) -> Manifest:
        """Return it with its MAC."""
        return replace(self, mac=_mac(self, key))

    def is_genuine(self, key: DataKey) -> bool:
        """Say whether whoever held this data key wrote just this."""
        return hmac.compare_digest(self.mac, _mac(self, key))


def encode(manifest: Manifest) -> bytes:
    """Return the bytes to write."""
    content = _content(manifest)
    return canonical({**content, "checksum": checksum(content)}) + b"\n"


def decode(data: bytes) -> Manifest:
    """Read a manifest, not yet authenticated. Raises ManifestUnreadable for anything but what `encode` gives."""
    try:
        content: dict[str, Any] = json.loads(data) if len(data) <= MAXIMUM_BYTES else {}
        del content["checksum"], content["format"]
        manifest = Manifest(**content)
        _ = manifest.instant
        same = encode(manifest) == data
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise ManifestUnreadable from error
    if not same or not all(type(getattr(manifest, name)) is int for name in _NUMBERS):
        raise ManifestUnreadable
    return manifest


def checksum(content: dict[str, Any]) -> str:
    """Return what tells that a small file written without a key was hurt by accident."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _content(manifest: Manifest) -> dict[str, Any]:
    content = {"format": FORMAT, **asdict(manifest)}
    if not manifest.drafts_sha256:
        del content["drafts_sha256"]  # as it was written before drafts were backed up
    return content


def _mac(manifest: Manifest, key: DataKey) -> str:
    content = canonical(_content(replace(manifest, mac="")))
    return hashlib.blake2b(content, digest_size=32, key=derive(key, "backups")).hexdigest()


_NUMBERS = ("changesets", "households", "generation", "size", "pieces")
