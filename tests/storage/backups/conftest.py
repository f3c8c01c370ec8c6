"""A founded office with a few invented households, made once and copied for each test; its clock can be moved."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import Office, create_office, open_office
from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.security.data_key import DataKey
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage.backups.main_place import place_of
from caseworker_app.storage.backups.making import make_backup
from caseworker_app.storage.backups.manifest import ASKED
from caseworker_app.storage.backups.shelf import Backup
from tests.ground import NOW

PASSPHRASE = "quatre mots sans rapport"


@pytest.fixture(scope="session")
def filled_office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with four households, and its recovery key."""
    folder = tmp_path_factory.mktemp("backups") / "data"
    office, recovery_key = create_office(folder, PASSPHRASE, DEMONSTRATION_OFFICE, kdf=THROW_AWAY)
    with office:
        fill(office.file, office.who, households=4, seed=1)
        office.file.contents.put(b"a scanned page")
    return folder, recovery_key


@pytest.fixture
def folder(filled_office: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled_office[0], tmp_path / "data"))


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    with open_office(folder, PASSPHRASE, clock=FixedClock(NOW)) as opened:
        yield opened


@pytest.fixture
def place(folder: Path) -> Path:
    return place_of(folder)


@pytest.fixture
def key(office: Office) -> DataKey:
    return DataKey(bytes.fromhex(office.file.access.key_hex))


@pytest.fixture
def back_up(office: Office, place: Path) -> Callable[..., Backup]:
    """Make a backup, so many days after the others."""

    def back_up(days: float = 0, reason: str = ASKED) -> Backup:
        access = replace(office.file.access, clock=FixedClock(NOW + timedelta(days=days)))
        return make_backup(access, place, reason)

    return back_up


@pytest.fixture
def add_household(office: Office) -> Callable[[str], str]:
    def add(name: str) -> str:
        return households.create_household(
            office.file, office.who, NewHousehold((NewMember(name, "Awa"),), (), ())
        )[0]

    return add
