"""`verify`: a sound file says so; a damaged one is told with exit code 1, wherever the damage is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import open_office
from caseworker_app.features.intake.service.importing import import_list
from tests.cli.ground import PASSPHRASE, Command
from tests.cli.lists import tenant, write_list

PAGE = 4096


@pytest.fixture(scope="module")
def filled(blank_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    data = Path(shutil.copytree(blank_office, folder / "data"))
    with open_office(data, PASSPHRASE) as office:
        rows = [tenant(number) for number in range(1, 41)]
        import_list(office.file, office.who, write_list(folder / "liste.csv", rows))
    return data


@pytest.fixture
def damaged(filled: Path, tmp_path: Path) -> Path:
    """A copy to be damaged, opened once so that its new mark is written."""
    data = Path(shutil.copytree(filled, tmp_path / "data"))
    open_office(data, PASSPHRASE).close()
    return data


def spoil(path: Path, offset: int) -> None:
    """Turn some bytes of a file over."""
    with path.open("r+b") as stream:
        stream.seek(offset)
        there = stream.read(32)
        stream.seek(offset)
        stream.write(bytes(byte ^ 0xFF for byte in there))


def test_a_sound_file_says_so(run: Command, filled: Path) -> None:
    found = run("verify", "--json", "--data", filled).value
    assert found["sound"] is True
    assert found["changesets"] > 0
    assert (found["pages"], found["broken_changesets"], found["orphans"]) == ([], [], [])
    assert found["households_not_searchable"] == 0
    outcome = run("verify", "--data", filled)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Le fichier est sain")


@pytest.mark.parametrize("place", range(2, 60, 6))
def test_a_page_spoilt_anywhere_is_told(run: Command, damaged: Path, place: int) -> None:
    database = damaged / "passerelle.db"
    pages = database.stat().st_size // PAGE
    spoil(database, min(place, pages - 1) * PAGE + 100)
    outcome = run("verify", "--data", damaged)
    assert (outcome.code, outcome.out) == (1, "")
    assert "abîmé" in outcome.err
    assert "sauvegarde" in outcome.err
    assert outcome.err.count("\n") == 1


def test_the_damage_is_told_to_scripts_too(run: Command, damaged: Path) -> None:
    spoil(damaged / "passerelle.db", 40 * PAGE + 100)
    outcome = run("verify", "--json", "--data", damaged)
    assert outcome.code == 1
    assert outcome.value["sound"] is False
    assert outcome.value["pages"]


@pytest.mark.parametrize("command", ["search le", "show 2026-X-1", "undo-import"])
def test_other_commands_say_the_same_of_a_damaged_file(run: Command, damaged: Path, command: str) -> None:
    database = damaged / "passerelle.db"
    for page in range(2, database.stat().st_size // PAGE):
        spoil(database, page * PAGE + 100)
    outcome = run(*command.split(), "--data", damaged)
    assert (outcome.code, outcome.out) == (1, "")
    assert "abîmé" in outcome.err


def test_a_file_cut_short_emptied_or_gone_is_told(run: Command, damaged: Path) -> None:
    database = damaged / "passerelle.db"
    size = database.stat().st_size
    # An emptied file is told for what it is: no page is spoilt, all are missing.
    for left, told in ((size // 2, "abîmé"), (PAGE, "abîmé"), (10, "abîmé"), (0, "Il manque des parties")):
        with database.open("r+b") as stream:
            stream.truncate(left)
        outcome = run("verify", "--data", damaged)
        assert (outcome.code, outcome.out) == (1, ""), left
        assert told in outcome.err
        assert "sauvegarde" in outcome.err
    database.unlink()
    assert "introuvable" in run("verify", "--data", damaged).err


def test_one_spoilt_header_is_mended_and_two_are_told(run: Command, damaged: Path) -> None:
    spoil(damaged / "passerelle.cle", 40)
    assert run("verify", "--data", damaged).code == 0
    for name in ("passerelle.cle", "passerelle.cle.copie"):
        spoil(damaged / name, 40)
    outcome = run("verify", "--data", damaged)
    assert (outcome.code, outcome.out) == (1, "")
    assert "en-tête" in outcome.err


def test_a_change_altered_behind_the_program_is_told(run: Command, damaged: Path) -> None:
    with open_office(damaged, PASSPHRASE) as office, office.file.unit_of_work("x", "x") as uow:
        raw = uow.connection.connection.driver_connection
        raw.execute("UPDATE changeset SET worker_id = 'autre' WHERE number = 2")
    found = run("verify", "--json", "--data", damaged)
    assert found.code == 1
    assert found.value["broken_changesets"]
    assert "modification" in found.err


def test_a_household_search_would_not_find_is_told(run: Command, damaged: Path) -> None:
    with open_office(damaged, PASSPHRASE) as office, office.file.unit_of_work("x", "x") as uow:
        raw = uow.connection.connection.driver_connection
        raw.execute("DELETE FROM search_entry WHERE number = (SELECT min(number) FROM search_entry)")
    found = run("verify", "--json", "--data", damaged)
    assert found.code == 1
    assert found.value["households_not_searchable"] == 1
