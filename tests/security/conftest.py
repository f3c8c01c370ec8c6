"""A vault made with next to no derivation cost, for the tests of this room."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from caseworker_app.security.data_key import DataKey
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.vault import create_vault

PASSPHRASE = "pivoine tabouret 47 orage"


@dataclass(frozen=True)
class Made:
    """A vault with what opens it."""

    folder: Path
    passphrase: str
    recovery: str
    data_key: DataKey


@pytest.fixture
def made(tmp_path: Path) -> Made:
    folder = tmp_path / "coffre"
    new = create_vault(folder, PASSPHRASE, kdf=THROW_AWAY)
    return Made(folder, PASSPHRASE, new.recovery_key.text, new.data_key)
