"""A process killed while it changes the passphrase: the last confirmed one opens, or the next."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from caseworker_app.security import vault
from caseworker_app.security.errors import WrongPassphrase

if TYPE_CHECKING:
    from conftest import Made

PROGRAM = """
import sys
from pathlib import Path
from caseworker_app.security import vault
from caseworker_app.security.passphrase import THROW_AWAY
folder, passphrase = Path(sys.argv[1]), sys.argv[2]
key = vault.open_with_passphrase(folder, passphrase)
for number in range(100_000):
    vault.change_passphrase(folder, key, f"phrase secrete {number}", kdf=THROW_AWAY)
    print(number, flush=True)
"""


@pytest.mark.parametrize("seed", range(8))
def test_a_killed_change_leaves_the_confirmed_passphrase_or_the_next(made: Made, seed: int) -> None:
    command = [sys.executable, "-c", PROGRAM, str(made.folder), made.passphrase]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="ascii") as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(random.Random(seed).randrange(1, 30))]
        process.kill()
        confirmed = int((lines + process.stdout.readlines())[-1])
    assert confirmed < 99_999
    opened = [number for number in range(confirmed + 2) if opens(made, f"phrase secrete {number}")]
    assert opened in ([confirmed], [confirmed + 1])
    assert vault.open_with_recovery_key(made.folder, made.recovery) == made.data_key
    assert vault.read_state(made.folder).both_copies_good


def opens(made: Made, passphrase: str) -> bool:
    try:
        return vault.open_with_passphrase(made.folder, passphrase) == made.data_key
    except WrongPassphrase:
        return False
