"""`backup`, `backups`, `restore` and `verify --backups`: as a script would call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import open_office
from caseworker_app.storage.backups.main_place import place_of
from caseworker_app.storage.backups.second_place import Standing, choose_place, keep_standing, read_standing
from tests.cli.ground import PASSPHRASE, Command


def spoil(path: Path) -> None:
    """Turn a byte of a file over."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_backup_is_made_listed_and_checked(command: Command, data: Path) -> None:
    made = command("backup", "--json")
    assert made.code == 0
    assert made.value["households"] == 0
    assert made.value["reason"] == "asked"
    assert Path(made.value["path"]).parent == place_of(data)
    listed = command("backups", "--json")
    assert [each["name"] for each in listed.value] == [made.value["name"]]
    checked = command("verify", "--backups", "--json")
    assert (checked.code, checked.value["backups"][0]["sound"]) == (0, True)


def test_the_list_needs_no_passphrase(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    command("backup")
    monkeypatch.delenv("CASEWORKER_PASSPHRASE")
    listed = command("backups")
    assert listed.code == 0
    assert "0\u00a0ménage" in listed.out


def test_none_made_yet(command: Command) -> None:
    assert command("backups").out == "Aucune sauvegarde.\n"
    assert command("backups", "--json").value == []


def test_elsewhere_and_found_there(command: Command, tmp_path: Path) -> None:
    made = command("backup", "--to", tmp_path / "ailleurs", "--json").value
    assert Path(made["path"]).parent == tmp_path / "ailleurs"
    assert command("backups", "--json").value == []
    assert command("backups", "--in", tmp_path / "ailleurs", "--json").value[0]["name"] == made["name"]


def test_restored_by_name_the_former_file_is_set_aside(command: Command, data: Path) -> None:
    name = command("backup", "--json").value["name"]
    with open_office(data, PASSPHRASE) as office:
        mark = office.file.state.device_mark
    restored = command("restore", name, "--json")
    assert restored.code == 0
    assert (Path(restored.value["set_aside"]) / "passerelle.db").is_file()
    with open_office(data, PASSPHRASE) as office:
        assert office.file.state.device_mark != mark
    assert command("verify").code == 0


def test_restored_by_path_into_a_new_folder(run: Command, command: Command, tmp_path: Path) -> None:
    path = command("backup", "--json").value["path"]
    restored = run("restore", path, "--data", tmp_path / "nouveau", "--json")
    assert (restored.code, restored.value["set_aside"]) == (0, None)
    assert run("verify", "--data", tmp_path / "nouveau").code == 0


def test_restored_with_the_recovery_key(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    key = run(
        "create", "--association", "Les Amarres", "--worker", "Claire Lenoir", "--data", data, "--json"
    ).value["recovery_key"]
    name = run("backup", "--data", data, "--json").value["name"]
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", key)
    assert run("restore", name, "--recovery-key", "--data", data).code == 0


def test_a_wrong_passphrase_is_code_three_and_replaces_nothing(
    command: Command, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = command("backup", "--json").value["name"]
    before = (data / "passerelle.db").read_bytes()
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "une autre phrase fausse")
    refused = command("restore", name)
    assert (refused.code, refused.out) == (3, "")
    assert (data / "passerelle.db").read_bytes() == before


def test_a_damaged_one_is_told_by_verify_and_by_restore(command: Command) -> None:
    path = Path(command("backup", "--json").value["path"])
    spoil(path / "passerelle.db")
    checked = command("verify", "--backups", "--json")
    assert checked.code == 1
    assert checked.value["sound"]
    assert checked.value["backups"] == [
        {"name": path.name, "sound": False, "fault": "son fichier est altéré"}
    ]
    refused = command("restore", path.name)
    assert refused.code == 1
    assert "est abîmée" in refused.err


def test_one_that_is_not_there_is_refused(command: Command) -> None:
    refused = command("restore", "2001-01-01_000000")
    assert refused.code == 1
    assert "Il n’y a pas de sauvegarde" in refused.err


def test_refused_while_the_file_is_open(command: Command, data: Path) -> None:
    name = command("backup", "--json").value["name"]
    with open_office(data, PASSPHRASE):
        assert command("restore", name).code == 1
        assert command("backup").code == 1


def test_a_copy_that_fails_is_told_and_the_backup_is_made_all_the_same(
    command: Command, data: Path, tmp_path: Path
) -> None:
    keep_standing(data, Standing(str(tmp_path / "clé absente")))
    made = command("backup", "--json")
    assert made.code == 0
    assert "introuvable" in made.value["copy_failure"]
    assert "introuvable" in made.err
    assert read_standing(data).failing_since


def test_a_copy_that_goes_well_is_said(command: Command, data: Path, tmp_path: Path) -> None:
    made = command("backup", "--json").value
    (tmp_path / "clé").mkdir()
    file_id = json.loads((Path(made["path"]) / "sauvegarde.json").read_text())["file_id"]
    choose_place(data, tmp_path / "clé", file_id)
    again = command("backup")
    assert again.code == 0
    assert "Copiée dans" in again.out
    assert len(command("backups", "--in", tmp_path / "clé", "--json").value) == 1


def test_the_place_of_the_backups_is_told_chosen_and_brought_back(
    command: Command, data: Path, tmp_path: Path
) -> None:
    name = command("backup", "--json").value["name"]
    told = command("backup-place", "--json").value
    assert (told["place"], told["chosen"], told["there"]) == (str(place_of(data)), False, True)
    disk = tmp_path / "disque"
    disk.mkdir()
    chosen = command("backup-place", disk, "--json")
    assert chosen.code == 0
    assert chosen.value["chosen"] is True
    moved = Path(chosen.value["place"])
    assert moved.parent == disk
    assert [each["name"] for each in command("backups", "--json").value] == [name]
    assert (moved / name).is_dir()
    made = command("backup", "--json").value
    assert Path(made["path"]).parent == moved
    back = command("backup-place", "--beside", "--json").value
    assert (back["chosen"], Path(back["place"])) == (False, place_of(data))
    assert {each["name"] for each in command("backups", "--json").value} == {name, made["name"]}
    assert list(disk.iterdir()) == []


def test_a_place_that_cannot_be_changes_nothing(command: Command, data: Path, tmp_path: Path) -> None:
    name = command("backup", "--json").value["name"]
    for place in (tmp_path / "absent", data / "dedans"):
        refused = command("backup-place", place)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err.count("\n") == 1
    assert [each["name"] for each in command("backups", "--json").value] == [name]


def test_the_place_is_not_changed_while_the_file_is_open(
    command: Command, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "disque").mkdir()
    with open_office(data, PASSPHRASE):
        assert command("backup-place", tmp_path / "disque").code == 1
        assert command("backup-place").code == 0
    assert list((tmp_path / "disque").iterdir()) == []


def test_a_place_that_is_not_there_is_told(command: Command, tmp_path: Path) -> None:
    disk = tmp_path / "disque"
    disk.mkdir()
    command("backup-place", disk)
    disk.rename(tmp_path / "débranché")
    told = command("backup-place")
    assert told.code == 0
    assert "rebranchez" in told.out


def test_no_place_without_a_file(run: Command, tmp_path: Path) -> None:
    assert run("backup-place", "--data", tmp_path / "rien").code == 1
