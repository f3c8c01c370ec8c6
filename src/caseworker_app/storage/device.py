"""Which device this is: an incarnation minted on creation, on every restore and on every copy.

A copied or restored file must never reuse numbers of the one it came from. It is recognised by the place it lies in
(machine and file identity), of which only a hash is kept.
"""

from __future__ import annotations

import hashlib
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseworker_app.kernel.clock import Clock, stamp
from caseworker_app.kernel.ids import new_device_mark, new_id
from caseworker_app.storage.changesets import GENESIS


@dataclass(slots=True)
class LocalState:
    """What this device remembers between transactions."""

    device_id: str
    device_mark: str
    default_space: str
    schema_version: str
    owner_id: str | None = None

    def chain_end(self, raw: Any, space_id: str) -> tuple[int, bytes]:
        """Return the last sequence number and hash of this device's chain in a space (0 and zeros before any)."""
        row = raw.execute(_CHAIN_END, (self.device_id, space_id)).fetchone()
        return (row[0], row[1]) if row else (0, GENESIS)

    def next_lamport(self, raw: Any) -> int:
        """Advance and return the Lamport counter: larger than that of anything this device has seen."""
        row = raw.execute(
            "UPDATE local_state SET value = value + 1 WHERE key = 'lamport' RETURNING value"
        ).fetchone()
        return int(row[0])


def read_state(raw: Any) -> LocalState:
    """Read which device this is from an open file."""
    state = dict(raw.execute("SELECT key, value FROM local_state").fetchall())
    mark = raw.execute("SELECT mark FROM device WHERE id = ?", (state["device_id"],)).fetchone()[0]
    schema = raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return LocalState(state["device_id"], mark, state["default_space"], schema, state.get("owner"))


def set_owner(raw: Any, state: LocalState, worker_id: str) -> None:
    """Remember which worker this file belongs to."""
    raw.execute("INSERT OR REPLACE INTO local_state VALUES ('owner', ?)", (worker_id,))
    state.owner_id = worker_id


def first_incarnation(raw: Any, path: Path, clock: Clock) -> None:
    """Mint the device of a file just created, with its default space and Lamport counter at zero."""
    raw.execute("INSERT INTO local_state VALUES ('lamport', '0'), ('default_space', ?)", (new_id(),))
    mint(raw, path, clock, "creation")


def mint(raw: Any, path: Path, clock: Clock, reason: str) -> None:
    """Make a new incarnation of the device and make it the current one."""
    device_id = new_id()
    taken = {row[0] for row in raw.execute("SELECT mark FROM device")}
    mark = new_device_mark()
    while mark in taken:
        mark = new_device_mark()
    row = (device_id, mark, stamp(clock), reason, fingerprint(path, device_id))
    raw.execute("INSERT INTO device VALUES (?, ?, ?, ?, ?)", row)
    raw.execute("INSERT OR REPLACE INTO local_state VALUES ('device_id', ?)", (device_id,))


def lies_elsewhere(raw: Any, path: Path) -> bool:
    """Say whether the file was copied or restored since its device was minted."""
    row = raw.execute(
        "SELECT id, fingerprint FROM device WHERE id = (SELECT value FROM local_state WHERE key = 'device_id')"
    ).fetchone()
    return bool(row[1] != fingerprint(path, row[0]))


def fingerprint(path: Path, device_id: str) -> str:
    """Return a hash of the machine and of the file's identity on its disk, salted with the device's id."""
    place = f"{device_id}:{_machine()}:{path.stat().st_ino}"
    return hashlib.sha256(place.encode()).hexdigest()


def _machine() -> str:
    if sys.platform == "linux":
        machine_id = Path("/etc/machine-id")
        if machine_id.is_file() and (text := machine_id.read_text().strip()):
            return text
    return str(uuid.getnode())


_CHAIN_END = (
    "SELECT sequence, hash FROM changeset WHERE device_id = ? AND space_id = ? ORDER BY sequence DESC LIMIT 1"
)
