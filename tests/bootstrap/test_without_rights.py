"""A data folder that may not be written: refused at the entrance by a sentence, untouched, then open again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.bootstrap.backups import back_up, restore_and_open
from caseworker_app.bootstrap.office import Office, create_office, open_office
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage.backups.manifest import ASKED
from caseworker_app.storage.integrity import verify
from tests.mortal import anybodys_place, hand, lock_up, needs_rights, refused_like_anybody

pytestmark = needs_rights
PASSPHRASE = "quatre mots sans rapport"


@pytest.fixture
def folder(_stores: None) -> Iterator[Path]:
    with anybodys_place() as place:
        made = place / "data"
        create_office(made, PASSPHRASE, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY)[0].close()
        hand(place)
        yield made


def contents(folder: Path) -> dict[str, str]:
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def welcome(office: Office) -> str:
    return households.create_household(office.file, office.who, NewHousehold((NewMember("Ane"),)))[0]


@pytest.mark.parametrize(
    ("folders", "files", "said"),
    [
        (0o500, 0o400, "le droit d’y écrire"),
        (0o700, 0o400, "le droit d’y écrire"),
        (0o500, 0o600, "vérifiez vos droits"),
        (0o000, 0o400, "le droit de lire ce dossier"),
    ],
)
def test_it_is_refused_by_a_sentence_and_left_as_it_is(
    folder: Path, folders: int, files: int, said: str
) -> None:
    before = contents(folder)
    lock_up(folder, folders=folders, files=files)
    with refused_like_anybody(), pytest.raises(CaseworkerError, match=said):
        open_office(folder, PASSPHRASE)
    lock_up(folder, folders=0o700, files=0o600)
    assert contents(folder) == before
    with refused_like_anybody(), open_office(folder, PASSPHRASE) as office:
        assert office.notices == []
        assert welcome(office)


def test_a_backup_is_not_restored_there(folder: Path) -> None:
    with open_office(folder, PASSPHRASE) as office:
        backup = back_up(office.file.access, ASKED).backup
    hand(folder.parent)
    with refused_like_anybody():
        before = contents(folder)
        lock_up(folder)
        with pytest.raises(CaseworkerError, match="droit"):
            restore_and_open(folder, backup.folder, PASSPHRASE)
        lock_up(folder, folders=0o700, files=0o600)
        assert contents(folder) == before
        restore_and_open(folder, backup.folder, PASSPHRASE).close()


def test_rights_lost_while_it_is_open_lose_nothing(folder: Path) -> None:
    """What is open goes on being written; what needs a new file is refused by a sentence."""
    with refused_like_anybody():
        office = open_office(folder, PASSPHRASE)
        lock_up(folder)
        saved = welcome(office)
        office.drafts.keep("note", {"observed": "appelé ce matin"})
        with pytest.raises(CaseworkerError, match="droits"):
            attachments.keep_file(office.file, office.who, b"Quittance", "quittance.txt")
        office.close()
        lock_up(folder, folders=0o700, files=0o600)
        with open_office(folder, PASSPHRASE) as again, again.file.reading() as connection:
            assert again.notices == []
            assert households.open_household(connection, again.who, saved)
            assert [each.key for each in again.drafts.all()] == ["note"]
            assert verify(connection).sound
