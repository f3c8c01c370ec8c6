"""The ways in from the command line: listed, changed, removed, and the data key changed after a theft."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import create_office, open_office, open_office_with_recovery_key
from caseworker_app.cli import main
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.security.errors import WrongPassphrase
from caseworker_app.security.passphrase import THROW_AWAY

OLD, NEW = "girafe tambour cerise lampadaire", "verger plume cargo fanfare"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "fichier"
    create_office(made, OLD, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY)[0].close()
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", OLD)
    monkeypatch.setenv("CASEWORKER_NEW_PASSPHRASE", NEW)
    # Passphrases of the commands are calibrated; the slots made here need not be slow.
    monkeypatch.setattr("caseworker_app.security.passphrase.calibrate", lambda *_: THROW_AWAY)
    return made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def run(*arguments: object, code: int = 0):
        capsys.readouterr()
        assert main([*map(str, arguments), "--json"]) == code
        told = capsys.readouterr()
        return json.loads(told.out) if told.out else told.err

    return run


def keys(value: object) -> set[str]:
    from tests.docs.test_command_line import keys_of

    return set(keys_of(value))


def test_ways_in_are_listed_as_the_page_says(run, folder) -> None:
    from tests.docs.test_command_line import documented

    found = run("ways-in", "--data", folder)
    assert [way["kind"] for way in found] == ["passphrase", "recovery"]
    assert not any(way["removable"] for way in found)
    assert keys(found) == documented("ways-in")


def test_the_last_of_its_kind_is_never_removed(run, folder) -> None:
    first = run("ways-in", "--data", folder)[0]["id"]
    assert "remplacez" in run("ways-in", "--remove", first, "--data", folder, code=1)
    open_office(folder, OLD).close()


def test_the_passphrase_is_changed(run, folder) -> None:
    run("change-passphrase", "--data", folder)
    with pytest.raises(WrongPassphrase):
        open_office(folder, OLD)
    open_office(folder, NEW).close()


def test_a_wrong_passphrase_changes_nothing(run, folder, monkeypatch) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "pas la bonne phrase")
    for command in ("change-passphrase", "new-recovery-key", "change-data-key"):
        run(command, "--data", folder, code=3)
    open_office(folder, OLD).close()


def test_a_new_recovery_key_opens(run, folder) -> None:
    key = run("new-recovery-key", "--data", folder)["recovery_key"]
    open_office_with_recovery_key(folder, key).close()


def test_the_data_key_is_changed(run, folder) -> None:
    key = run("change-data-key", "--data", folder)["recovery_key"]
    with pytest.raises(WrongPassphrase):
        open_office(folder, OLD)
    open_office(folder, NEW).close()
    open_office_with_recovery_key(folder, key).close()


def test_a_folder_held_by_the_window_is_refused(run, folder) -> None:
    with open_office(folder, OLD):
        assert "déjà ouvert" in run("change-passphrase", "--data", folder, code=1)
