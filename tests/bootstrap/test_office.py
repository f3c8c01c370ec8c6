"""A data folder from its making to its closing, by each way in."""

from __future__ import annotations

import pytest

from caseworker_app.bootstrap import office
from caseworker_app.bootstrap.office import (
    create_office,
    has_office,
    open_office,
    open_office_with_recovery_key,
)
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.security import vault
from caseworker_app.security.errors import (
    AlreadyOpen,
    HeaderNotWritten,
    VaultAlreadyExists,
    VaultMissing,
    WrongPassphrase,
)
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage import rekeying

PASSPHRASE = "quatre mots sans lien"
OFFICE = NewOffice("Les Amarres", "Claire Lenoir")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "fichier"


def _make(folder):
    made, key = create_office(folder, PASSPHRASE, OFFICE, kdf=THROW_AWAY)
    made.close()
    return key


def test_what_was_made_opens_again(folder):
    _make(folder)
    with open_office(folder, PASSPHRASE) as made:
        assert made.who.name == "Claire Lenoir"


def test_the_recovery_key_opens_it(folder):
    key = _make(folder)
    with open_office_with_recovery_key(folder, key.lower().replace("-", " ")) as made:
        assert made.who.name == "Claire Lenoir"


def test_a_wrong_passphrase_opens_nothing_and_holds_nothing(folder):
    _make(folder)
    with pytest.raises(WrongPassphrase):
        open_office(folder, "autre phrase secrète")
    open_office(folder, PASSPHRASE).close()


def test_one_opening_at_a_time(folder):
    _make(folder)
    with open_office(folder, PASSPHRASE), pytest.raises(AlreadyOpen):
        open_office(folder, PASSPHRASE)


def test_an_absent_file_is_told_and_nothing_is_made(folder):
    with pytest.raises(VaultMissing):
        open_office(folder, PASSPHRASE)
    assert not folder.exists()


def test_a_file_is_never_made_over_another(folder):
    _make(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(VaultAlreadyExists):
        create_office(folder, PASSPHRASE, OFFICE, kdf=THROW_AWAY)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_making_killed_before_its_end_is_begun_again(folder, monkeypatch):
    """Nobody was told of the file that a kill left: it stands in nobody's way."""

    def killed(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(vault, "found_vault", killed)
    monkeypatch.setattr(rekeying, "discard", lambda _folder: None)
    with pytest.raises(KeyboardInterrupt):
        create_office(folder, "autre phrase secrète", OFFICE, kdf=THROW_AWAY)
    assert (folder / "passerelle.db.nouveau").is_file()
    assert not has_office(folder)
    monkeypatch.undo()
    _make(folder)
    open_office(folder, PASSPHRASE).close()
    assert not [path.name for path in folder.iterdir() if "nouveau" in path.name]


def test_a_making_killed_once_its_ways_in_are_written_opens(folder, monkeypatch):
    def killed(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(office, "opened", killed)
    with pytest.raises(KeyboardInterrupt):
        create_office(folder, PASSPHRASE, OFFICE, kdf=THROW_AWAY)
    monkeypatch.undo()
    with open_office(folder, PASSPHRASE) as made:
        assert made.who.name == "Claire Lenoir"
    assert {path.name for path in folder.iterdir()} == {
        "passerelle.db", "passerelle.db-temoin", "passerelle.cle", "passerelle.cle.copie", "passerelle.verrou",
        "brouillons.db",
    }  # fmt: skip


def test_a_header_that_cannot_be_written_leaves_nothing(folder, monkeypatch):
    def full(*_arguments):
        raise HeaderNotWritten

    monkeypatch.setattr(vault, "found_vault", full)
    with pytest.raises(HeaderNotWritten, match="libérez de la place"):
        create_office(folder, PASSPHRASE, OFFICE, kdf=THROW_AWAY)
    assert {path.name for path in folder.iterdir()} == {"passerelle.verrou"}


def test_an_empty_name_makes_nothing(folder):
    with pytest.raises(InvalidEntry):
        create_office(folder, PASSPHRASE, NewOffice("  ", "Claire"), kdf=THROW_AWAY)
    assert not has_office(folder)


def test_drafts_open_with_the_file(folder):
    _make(folder)
    with open_office(folder, PASSPHRASE) as made:
        made.drafts.keep("visit:1", {"observed": "Aéré"})
    with open_office(folder, PASSPHRASE) as made:
        assert made.drafts.find("visit:1") is not None
