"""`create`: a file, and its recovery key printed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import open_office, open_office_with_recovery_key
from tests.cli.ground import PASSPHRASE, Command
from tests.mortal import anybodys_place, needs_rights, refused_like_anybody

WORKER = ("--association", "Les Amarres", "--worker", "Claire Lenoir")


def test_a_file_is_made_and_its_recovery_key_opens_it(run: Command, tmp_path: Path) -> None:
    outcome = run("create", *WORKER, "--data", tmp_path / "data", "--json")
    assert outcome.code == 0
    assert outcome.err == ""
    key = outcome.value["recovery_key"]
    assert outcome.value["folder"] == str(tmp_path / "data")
    with open_office_with_recovery_key(tmp_path / "data", key) as office:
        assert office.who.name == "Claire Lenoir"
        assert office.file.state.device_mark == outcome.value["device_mark"]
    with open_office(tmp_path / "data", PASSPHRASE) as office:
        assert office.who.name == "Claire Lenoir"


def test_the_recovery_key_is_shown_once_and_kept_nowhere(run: Command, tmp_path: Path) -> None:
    data = tmp_path / "data"
    text = run("create", *WORKER, "--data", data).out
    key = next(line.strip() for line in text.splitlines() if line.startswith("    "))
    with open_office_with_recovery_key(data, key) as office:
        assert office.who.name == "Claire Lenoir"
    assert text.count(key) == 1
    assert "ne sera plus montrée" in text
    kept = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert key.encode() not in kept
    assert key.replace("-", "").encode() not in kept
    assert key not in run("verify", "--data", data).out


def test_a_file_that_is_there_is_never_overwritten(run: Command, data: Path) -> None:
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    outcome = run("create", *WORKER, "--data", data)
    assert outcome.code == 1
    assert outcome.out == ""
    assert "existe déjà" in outcome.err
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before


@pytest.mark.parametrize(
    ("association", "worker", "said"),
    [("  ", "Claire Lenoir", "Indiquez le nom de l’association"), ("Les Amarres", "", "Indiquez le nom")],
)
def test_names_must_say_something(
    run: Command, tmp_path: Path, association: str, worker: str, said: str
) -> None:
    data = tmp_path / "data"
    outcome = run("create", "--association", association, "--worker", worker, "--data", data)
    assert outcome.code == 1
    assert said in outcome.err
    assert not (data / "passerelle.db").exists()


@pytest.mark.parametrize("passphrase", ["", "court", "a" * 1025, "quatre mots\x07 sans"])
def test_a_passphrase_that_protects_nothing_is_refused(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", passphrase)
    outcome = run("create", *WORKER, "--data", tmp_path / "data")
    assert outcome.code == 1
    assert "phrase secrète" in outcome.err
    assert not (tmp_path / "data" / "passerelle.db").exists()


def test_a_refused_folder_can_be_used_once_the_reason_is_gone(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "court")
    assert run("create", *WORKER, "--data", data).code == 1
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    assert run("create", *WORKER, "--data", data).code == 0


def test_a_data_folder_that_is_a_file_is_refused(run: Command, tmp_path: Path) -> None:
    place = tmp_path / "fichier"
    place.write_text("des notes", encoding="utf-8")
    outcome = run("create", *WORKER, "--data", place)
    assert outcome.code == 1
    assert "choisissez un dossier" in outcome.err
    assert place.read_text(encoding="utf-8") == "des notes"


@needs_rights
def test_a_folder_one_may_not_write_in_is_refused(run: Command) -> None:
    with anybodys_place() as place:
        place.chmod(0o500)
        with refused_like_anybody():
            outcome = run("create", *WORKER, "--data", place / "data")
        assert list(place.iterdir()) == []
    assert outcome.code == 1
    assert "droit" in outcome.err
