"""How a command gets its passphrase, and what a wrong one costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.ground import PASSPHRASE, Command


@pytest.fixture
def untold(run: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run commands without a passphrase in the environment."""
    monkeypatch.delenv("CASEWORKER_PASSPHRASE")
    return run


@pytest.mark.parametrize(
    "content",
    [
        PASSPHRASE.encode(),
        f"{PASSPHRASE}\n".encode(),
        f"{PASSPHRASE}\r\n".encode(),
        f"{PASSPHRASE}\nune seconde ligne\n".encode(),
        f"\ufeff{PASSPHRASE}\r\n".encode(),
        f"{PASSPHRASE}\r\n".encode("utf-16"),
        f"\ufeff{PASSPHRASE}\n".encode("utf-16-be"),
        f"{PASSPHRASE}\n".encode() + b"\xff" * 10_000,
    ],
    ids=["bare", "newline", "crlf", "second line", "bom", "utf-16", "utf-16-be", "rubbish after the line"],
)
def test_the_first_line_of_a_file_is_the_passphrase(
    untold: Command, data: Path, tmp_path: Path, content: bytes
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(content)
    outcome = untold("verify", "--data", data, "--passphrase-file", secret)
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", f"{PASSPHRASE}s".encode(), f"\n{PASSPHRASE}".encode()],
    ids=["empty", "empty line", "a letter more", "line before"],
)
def test_a_file_holding_something_else_does_not_open(
    untold: Command, data: Path, tmp_path: Path, content: bytes
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(content)
    outcome = untold("verify", "--data", data, "--passphrase-file", secret)
    assert outcome.code == 3
    assert outcome.out == ""
    assert "n’ouvre pas" in outcome.err


@pytest.mark.parametrize("kind", ["absent", "folder", "binary", "endless"])
def test_a_passphrase_file_that_cannot_be_one_is_refused(
    untold: Command, data: Path, tmp_path: Path, kind: str
) -> None:
    secret = tmp_path / "secret.txt"
    if kind == "folder":
        secret.mkdir()
    elif kind == "binary":
        secret.write_bytes(b"\xff\xfe\x00\xd8\x00\x00\xff")
    elif kind == "endless":
        secret.write_bytes(b"a" * 100_000)
    outcome = untold("verify", "--data", data, "--passphrase-file", secret)
    assert outcome.code == 1
    assert "secret.txt" in outcome.err


def test_the_file_named_goes_before_the_environment(run: Command, data: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("une autre phrase", encoding="utf-8")
    assert run("verify", "--data", data, "--passphrase-file", secret).code == 3


def test_a_wrong_passphrase_is_told_by_its_own_code(
    run: Command, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in ("", "fausse", PASSPHRASE.upper()):
        monkeypatch.setenv("CASEWORKER_PASSPHRASE", wrong)
        outcome = run("search", "dubois", "--data", data, "--json")
        assert (outcome.code, outcome.out) == (3, "")
        assert outcome.err.count("\n") == 1


def test_without_anybody_to_ask_the_command_says_how_to_give_it(untold: Command, data: Path) -> None:
    outcome = untold("verify", "--data", data)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--passphrase-file" in outcome.err
    assert "CASEWORKER_PASSPHRASE" in outcome.err


def test_nobody_is_asked_for_the_passphrase_of_a_file_that_is_not_there(
    untold: Command, tmp_path: Path
) -> None:
    outcome = untold("verify", "--data", tmp_path / "ailleurs")
    assert outcome.code == 1
    assert "pas de coffre" in outcome.err
    assert not (tmp_path / "ailleurs").exists()


@pytest.mark.parametrize("command", ["verify", "search mme", "show X", "undo-import", "import liste.csv"])
def test_a_folder_that_is_a_file_is_no_data_folder(run: Command, tmp_path: Path, command: str) -> None:
    place = tmp_path / "fichier"
    place.write_text("des notes", encoding="utf-8")
    outcome = run(*command.split(), "--data", place)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
