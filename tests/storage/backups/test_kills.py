"""A process killed while it makes backups: the last good one stays, and nothing half-made is taken for one."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app.bootstrap.backups import check
from caseworker_app.bootstrap.office import open_office
from caseworker_app.security import vault
from caseworker_app.storage.backups import making, shelf
from caseworker_app.storage.backups.main_place import place_of
from caseworker_app.storage.backups.manifest import ASKED
from tests.storage.backups.conftest import PASSPHRASE

PROGRAM = """
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from caseworker_app.storage.backups.main_place import place_of
from caseworker_app.bootstrap.office import open_office
from caseworker_app.kernel.clock import FixedClock, SystemClock
from caseworker_app.storage.backups.making import make_backup
folder = Path(sys.argv[1])
with open_office(folder, sys.argv[2]) as office:
    for number in range(1000):
        clock = FixedClock(SystemClock().now() - timedelta(hours=2000 - number))
        made = make_backup(replace(office.file.access, clock=clock), place_of(folder), "asked")
        print(made.name, flush=True)
"""


@pytest.mark.parametrize("seed", range(10))
def test_the_last_confirmed_backup_is_there_and_every_one_listed_is_sound(folder: Path, seed: int) -> None:
    draw = random.Random(seed)
    command = [sys.executable, "-c", PROGRAM, str(folder), PASSPHRASE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="ascii") as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(draw.randrange(1, 6))]
        try:
            process.wait(draw.uniform(0, 0.12))
        except subprocess.TimeoutExpired:
            process.kill()
        lines += process.stdout.readlines()
    place, key = place_of(folder), vault.open_with_passphrase(folder, PASSPHRASE)
    found = shelf.list_backups(place)
    # Rotation keeps the newest of a day: the last one that was confirmed, or one made just after it.
    assert found[0].name >= lines[-1].strip()
    assert all(check(each, key) == "" for each in found)
    with open_office(folder, PASSPHRASE) as office:
        made = making.make_backup(office.file.access, place, ASKED)
    assert made in shelf.list_backups(place)
    assert not [path for path in place.iterdir() if path.name.startswith(".")]
